//! Serves the web client: files, how long they may be kept, and what the pages may do.
#![cfg(target_arch = "wasm32")]

mod encoding;
mod file;
mod pages;

use flow_edge::{Body, Error, serve_uncounted};
use http::{Method, Response};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    serve_uncounted(request, async |call, _, _| {
        call.method(&[Method::GET])?;
        // Addresses of the API that no component answers get a problem, never a page.
        if call.segments().first() == Some(&"api") {
            return Err(Error::NotFound("page"));
        }
        file::answer(call)
    })
    .await
}
