//! `GET /api/attempts/{id}` and its key frames.

use flow_edge::{AttemptView, Call, Error, Identity, Reply, Settings, bytes, json, with_header};
use flow_store::{Attempt, SpinDatabase, Store};
use http::{StatusCode, header::CACHE_CONTROL};

pub async fn show(call: &Call, id: &str, settings: &Settings) -> Result<Reply, Error> {
    let (store, attempt) = find(call, id, settings).await?;
    let key_frames = store.key_frames(&attempt.id).await?;
    json(StatusCode::OK, &AttemptView::full(attempt, key_frames)?)
}

pub async fn key_frame(call: &Call, id: &str, name: &str, settings: &Settings) -> Result<Reply, Error> {
    let (store, attempt) = find(call, id, settings).await?;
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

async fn find(call: &Call, id: &str, settings: &Settings) -> Result<(Store<SpinDatabase>, Attempt), Error> {
    let identity = Identity::of(&settings.environment, call.headers())?;
    let id = id.parse().map_err(|_| Error::NotFound("attempt"))?;
    let store = Store::new(SpinDatabase::open().await?);
    let attempt = store
        .attempt_of(&identity.user, &id)
        .await?
        .ok_or(Error::NotFound("attempt"))?;
    Ok((store, attempt))
}
