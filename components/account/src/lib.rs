//! A person's account: shown, set to another time zone, exported. What needs the password is in the component `auth`.
#![cfg(target_arch = "wasm32")]

mod export;
mod show;
mod time_zone;

use flow_edge::{Body, Error, serve};
use http::{Method, Response};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    serve(request, async |call, body, settings| {
        match call.segments().as_slice() {
            ["api", "account"] => match call.method(&[Method::GET, Method::PATCH])? {
                &Method::PATCH => time_zone::change(call, body, &settings).await,
                _ => show::show(call, &settings).await,
            },
            ["api", "account", "export"] => {
                call.method(&[Method::GET])?;
                export::export(call, &settings).await
            }
            _ => Err(Error::NotFound("page")),
        }
    })
    .await
}
