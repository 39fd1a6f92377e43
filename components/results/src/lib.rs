//! Attempts and what they left, problem areas, the report.
#![cfg(target_arch = "wasm32")]

mod attempt;
mod problem_areas;
mod report;
mod stored;

use flow_edge::{Body, Error, serve};
use http::{Method, Response};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    serve(request, async |call, _, settings| {
        match call.segments().as_slice() {
            ["api", "attempts", id] => {
                call.method(&[Method::GET])?;
                attempt::show(call, id, &settings).await
            }
            ["api", "attempts", id, "details"] => {
                call.method(&[Method::GET])?;
                attempt::details(call, id, &settings).await
            }
            ["api", "attempts", id, "key-frames", name] => {
                call.method(&[Method::GET])?;
                attempt::key_frame(call, id, name, &settings).await
            }
            ["api", "problem-areas"] => {
                call.method(&[Method::GET])?;
                problem_areas::show(call, &settings).await
            }
            ["api", "report"] => {
                call.method(&[Method::GET])?;
                report::data(call, &settings).await
            }
            ["api", "report.html"] => {
                call.method(&[Method::GET])?;
                report::document(call, &settings).await
            }
            _ => Err(Error::NotFound("page")),
        }
    })
    .await
}
