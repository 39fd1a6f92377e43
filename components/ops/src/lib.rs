//! The interface's document; for operators: health, metrics, migrations, dead letters, the audit log, bans, the circuit breaker.
#![cfg(target_arch = "wasm32")]

mod audit;
mod bans;
mod breaker;
mod dead_letters;
mod health;
mod inference;
mod metrics;
mod migrations;
mod openapi;

use flow_edge::{Body, Error, serve};
use http::{Method, Response};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    serve(request, async |call, body, settings| {
        match call.segments().as_slice() {
            ["health"] => {
                call.method(&[Method::GET])?;
                health::health(call, &settings).await
            }
            ["metrics"] => {
                call.method(&[Method::GET])?;
                metrics::show(call, &settings).await
            }
            ["api", "openapi.json"] => {
                call.method(&[Method::GET])?;
                openapi::document(call)
            }
            ["api", "ops", "migrations"] => {
                call.method(&[Method::GET])?;
                migrations::list(call, &settings).await
            }
            ["api", "ops", "migrations", "up"] => {
                call.method(&[Method::POST])?;
                migrations::up(call, &settings).await
            }
            ["api", "ops", "migrations", "down"] => {
                call.method(&[Method::POST])?;
                migrations::down(call, body, &settings).await
            }
            ["api", "ops", "dead-letters"] => {
                call.method(&[Method::GET])?;
                dead_letters::list(call, &settings).await
            }
            ["api", "ops", "dead-letters", id, "replay"] => {
                call.method(&[Method::POST])?;
                dead_letters::replay(call, id, &settings).await
            }
            ["api", "ops", "audit"] => {
                call.method(&[Method::GET])?;
                audit::list(call, &settings).await
            }
            ["api", "ops", "bans"] => {
                call.method(&[Method::GET])?;
                bans::list(call, &settings).await
            }
            ["api", "ops", "bans", id, "lift"] => {
                call.method(&[Method::POST])?;
                bans::lift(call, id, body, &settings).await
            }
            ["api", "ops", "breaker"] => {
                call.method(&[Method::GET])?;
                breaker::show(call, &settings).await
            }
            _ => Err(Error::NotFound("page")),
        }
    })
    .await
}
