//! `POST /internal/mails`, to be called every 15 seconds or so: sends what is due and removes what is over.
//!
//! The address has no route in `spin.toml`, so only the host's own call or a chained one reaches it. Where nothing inside the
//! application can call, operators call the same under `POST /api/ops/mails` with their token. It is safe to call at any time
//! and from several places at once.

use flow_edge::{Call, Error, Reply, Settings, json, now, require_operator};
use flow_store::{SpinDatabase, Store};
use http::StatusCode;

use crate::mail::send_due;

/// How many mails one call sends; the next one does the rest.
const AT_ONCE: u32 = 50;

/// Sends for an operator.
pub async fn send_for_operator(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    send(call, settings).await
}

/// Sends for whoever can reach this.
pub async fn send(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let store = Store::new(SpinDatabase::open().await?);
    store.tidy_accounts(now()).await?;
    json(
        StatusCode::OK,
        &send_due(&store, settings, &call.log, AT_ONCE).await?,
    )
}
