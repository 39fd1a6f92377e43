//! `GET /api/ops/breaker`: whether submissions are throttled, and what decides it.

use flow_api::BreakerView;
use flow_edge::{Call, Error, Reply, Settings, json, now, require_operator};
use flow_store::{SpinDatabase, Store};
use http::StatusCode;

pub async fn show(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    let store = Store::new(SpinDatabase::open().await?);
    let seen = store.breaker(&settings.breaker, now()).await?;
    json(StatusCode::OK, &BreakerView::new(&seen, &settings.breaker))
}
