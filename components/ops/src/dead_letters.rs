//! What an operator sees of attempts that failed by a fault of ours, and replaying them.

use flow_api::{AttemptView, DeadLetterView, ListView, ReplayView};
use flow_edge::{Call, Error, Reply, Settings, json, now, require_operator};
use flow_store::{Replayed, SpinDatabase, Store};
use http::StatusCode;

pub async fn list(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    let store = Store::new(SpinDatabase::open().await?);
    let page = store.dead_letters(call.uuid_cursor()?, call.limit()?).await?;
    let oldest = page.items.last().map(|letter| letter.id.clone());
    let list = ListView {
        next_cursor: oldest.filter(|_| page.more),
        items: page.items.into_iter().map(DeadLetterView::from).collect(),
    };
    json(StatusCode::OK, &list)
}

pub async fn replay(call: &Call, id: &str, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    let store = Store::new(SpinDatabase::open().await?);
    let (outcome, attempt) = match store.replay(id, now()).await? {
        Replayed::Waiting(attempt) => ("waiting", attempt),
        Replayed::NeedsVideo(attempt) => ("needs-video", attempt),
        Replayed::SentAgain(attempt) => ("sent-again", attempt),
        Replayed::Already => return Err(Error::AlreadyReplayed),
        Replayed::Unknown => return Err(Error::NotFound("dead letter")),
    };
    json(
        StatusCode::OK,
        &ReplayView {
            outcome,
            attempt: AttemptView::brief(attempt),
        },
    )
}
