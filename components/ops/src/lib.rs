//! For operators: health, migrations, dead letters, the audit log.
#![cfg(target_arch = "wasm32")]

mod audit;
mod dead_letters;
mod health;
mod migrations;

use flow_edge::{Body, Error, serve};
use http::{Method, Response};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    serve(request, async |call, body, settings| {
        match call.segments().as_slice() {
            ["health"] => {
                call.method(&[Method::GET])?;
                health::health(&settings).await
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
            _ => Err(Error::NotFound("page")),
        }
    })
    .await
}
