//! `GET /api/ops/audit`: what was done and decided, newest first.

use flow_api::{AuditEntryView, ListView};
use flow_edge::{Call, Error, Reply, Settings, json, require_operator};
use flow_store::{AuditFilter, SpinDatabase, Store};
use http::StatusCode;

pub async fn list(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    // An empty parameter is a form field that nobody filled in.
    let given = |name| Ok::<_, Error>(call.query(name)?.filter(|value| !value.is_empty()));
    let filter = AuditFilter {
        event: given("event")?,
        subject: given("subject")?,
        before: call.cursor(|text| text.parse().ok())?,
    };
    let limit = call.limit()?;
    let store = Store::new(SpinDatabase::open().await?);
    let page = store.audit_log(filter, limit).await?;
    let oldest = page.items.last().map(|entry| entry.id.to_string());
    let list = ListView {
        next_cursor: oldest.filter(|_| page.more),
        items: page
            .items
            .into_iter()
            .map(AuditEntryView::try_from)
            .collect::<Result<Vec<_>, _>>()?,
    };
    json(StatusCode::OK, &list)
}
