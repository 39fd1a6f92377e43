//! `GET /api/attempts/{id}`, its details and its key frames.

use flow_api::AttemptView;
use flow_catalog::Feature;
use flow_edge::{Call, Error, Identity, Reply, Settings, bytes, enter, json, with_header};
use flow_report::AttemptDetails;
use flow_store::{Attempt, SpinDatabase, Store};
use http::{StatusCode, header::CACHE_CONTROL};

use crate::stored::assessment;

pub async fn show(call: &Call, id: &str, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter(call, settings).await?;
    let attempt = find(&store, &identity, id).await?;
    let key_frames = store.key_frames(&attempt.id).await?;
    json(
        StatusCode::OK,
        &AttemptView::full(attempt, key_frames, identity.tier)?,
    )
}

pub async fn details(call: &Call, id: &str, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter(call, settings).await?;
    identity.require(Feature::ExtendedResults)?;
    let attempt = find(&store, &identity, id).await?;
    let stored = attempt.outcome.assessment.ok_or(Error::NotFound("result"))?;
    let assessment = assessment(&attempt.id, &stored)?;
    let details = AttemptDetails::new(attempt.id.to_string(), &assessment, identity.tier);
    let details = details.ok_or(Error::NotFound("result"))?;
    json(StatusCode::OK, &details)
}

pub async fn key_frame(call: &Call, id: &str, name: &str, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter(call, settings).await?;
    let attempt = find(&store, &identity, id).await?;
    let number = name.strip_suffix(".svg").and_then(|number| number.parse().ok());
    let number = number.ok_or(Error::NotFound("key frame"))?;
    let frame = store
        .key_frame(&attempt.id, number)
        .await?
        .ok_or(Error::NotFound("key frame"))?;
    // A key frame never changes, and belongs to one person.
    with_header(
        bytes(StatusCode::OK, "image/svg+xml", frame.svg),
        CACHE_CONTROL,
        "private, max-age=31536000, immutable",
    )
}

async fn find(store: &Store<SpinDatabase>, identity: &Identity, id: &str) -> Result<Attempt, Error> {
    let id = id.parse().map_err(|_| Error::NotFound("attempt"))?;
    let attempt = store.attempt_of(&identity.user, &id).await?;
    attempt.ok_or(Error::NotFound("attempt"))
}
