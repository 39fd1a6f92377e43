//! What the app's routes are measured against, on the same host: `/` answers two bytes, `/password` hashes one password with
//! the product's parameters.
#![cfg(target_arch = "wasm32")]

use bytes::Bytes;
use flow_identity::{Password, verify_nobody};
use http::{Response, StatusCode};
use http_body_util::Full;
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> anyhow::Result<Response<Full<Bytes>>> {
    if request.uri().path() == "/password" {
        verify_nobody(&Password::typed("seven quiet herons"))?;
    }
    let mut response = Response::new(Full::new(Bytes::from_static(b"ok")));
    *response.status_mut() = StatusCode::OK;
    Ok(response)
}
