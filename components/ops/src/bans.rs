//! `GET /api/ops/bans`: bans, newest first; `POST /api/ops/bans/{id}/lift`: ends one.

use flow_api::{BanView, LONGEST_LIFT_REASON, LiftRequest, ListView};
use flow_edge::{Call, Error, Reply, RequestBody, Settings, json, now, read_json, require_operator};
use flow_store::{Lifted, SpinDatabase, Store};
use http::StatusCode;

pub async fn list(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    // An empty parameter is a form field that nobody filled in.
    let subject = call.query("subject")?.filter(|value| !value.is_empty());
    let store = Store::new(SpinDatabase::open().await?);
    let page = store.bans(subject, call.uuid_cursor()?, call.limit()?).await?;
    let oldest = page.items.last().map(|record| record.ban.id.clone());
    let now = now();
    let list = ListView {
        next_cursor: oldest.filter(|_| page.more),
        items: page
            .items
            .into_iter()
            .map(|record| BanView::new(record, now))
            .collect(),
    };
    json(StatusCode::OK, &list)
}

pub async fn lift<B>(call: &Call, id: &str, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    require_operator(settings, call.headers())?;
    let LiftRequest { reason } = read_json(call, body).await?;
    let reason = reason.trim();
    if !(1..=LONGEST_LIFT_REASON).contains(&reason.len()) {
        return Err(Error::Invalid {
            field: "reason",
            reason: format!("say in 1 to {LONGEST_LIFT_REASON} bytes why the ban is lifted"),
        });
    }
    let store = Store::new(SpinDatabase::open().await?);
    let now = now();
    match store.lift_ban(id, reason, now).await? {
        Lifted::Lifted(record) => json(StatusCode::OK, &BanView::new(record, now)),
        Lifted::Over(_) => Err(Error::BanIsOver),
        Lifted::Unknown => Err(Error::NotFound("ban")),
    }
}
