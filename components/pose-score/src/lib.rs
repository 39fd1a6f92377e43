//! Scores videos and streams progress; sweeps what nobody scored.
#![cfg(target_arch = "wasm32")]

mod alone;
mod drive;
mod helper;
mod inference;
mod nn;
mod outcome;
mod part;
mod score;
mod sweep;
mod together;
mod turn;
mod video;

use flow_edge::{Body, Error, serve};
use http::{Method, Response};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    serve(request, async |call, body, settings| {
        match call.segments().as_slice() {
            ["api", "attempts", id, "score"] => {
                call.method(&[Method::POST])?;
                score::score(call, id, settings).await
            }
            ["api", "ops", "sweep"] => {
                call.method(&[Method::POST])?;
                sweep::sweep_for_operator(call, settings).await
            }
            ["internal", "sweep"] => {
                call.method(&[Method::POST])?;
                sweep::sweep(call, settings).await
            }
            ["internal", "inference"] => {
                call.method(&[Method::GET])?;
                inference::check()
            }
            ["internal", "part"] => {
                call.method(&[Method::POST])?;
                part::observe(call, body).await
            }
            _ => Err(Error::NotFound("page")),
        }
    })
    .await
}
