//! `GET /api/tiers`: what the tiers offer. `GET /api/limits/status`: how many videos somebody may still send, when there will be
//! more, and whether they are banned.
//!
//! Banned people are told too. The figures are those that submissions are held against; asking changes nothing.
#![cfg(target_arch = "wasm32")]

use flow_api::{LimitsView, ListView, TierOffer};
use flow_edge::{
    Body, Call, Error, Reply, Settings, enter_even_if_banned, json, now, serve, user_rules, with_header,
};
use http::{Method, Response, StatusCode, header::CACHE_CONTROL};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    serve(request, async |call, _, settings| {
        match call.segments().as_slice() {
            ["api", "limits", "status"] => {
                call.method(&[Method::GET])?;
                status(call, &settings).await
            }
            ["api", "tiers"] => {
                call.method(&[Method::GET])?;
                tiers()
            }
            _ => Err(Error::NotFound("page")),
        }
    })
    .await
}

/// They change with releases only.
const CACHED: &str = "public, max-age=300";

fn tiers() -> Result<Reply, Error> {
    let tiers = ListView {
        items: TierOffer::all(),
        next_cursor: None,
    };
    with_header(json(StatusCode::OK, &tiers)?, CACHE_CONTROL, CACHED)
}

async fn status(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter_even_if_banned(call, settings).await?;
    let rules = user_rules(call, settings, &identity, now())?;
    let usage = store.shown_usage(&identity.user, &rules).await?;
    let view = LimitsView::new(&usage, identity.tier, &rules, settings.submission_limits);
    json(StatusCode::OK, &view)
}
