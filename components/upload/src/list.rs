//! `GET /api/attempts`: a user's attempts, newest first.

use flow_api::{AttemptView, ListView};
use flow_edge::{Call, Error, Reply, Settings, enter, json};
use http::StatusCode;

pub async fn list(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter(call, settings).await?;
    let cursor = call.cursor(|text| text.parse().ok())?;
    let page = store
        .attempts(&identity.user, cursor.as_ref(), call.limit()?)
        .await?;
    let oldest = page.items.last().map(|attempt| attempt.id.to_string());
    let items: Result<_, _> = page.items.into_iter().map(AttemptView::listed).collect();
    let list = ListView {
        next_cursor: oldest.filter(|_| page.more),
        items: items?,
    };
    json(StatusCode::OK, &list)
}
