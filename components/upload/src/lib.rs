//! Makes attempts and receives their videos.
//!
//! Spin routes by path alone, so the list of attempts, which shares its path with their making, is answered here too.
#![cfg(target_arch = "wasm32")]

mod create;
mod list;
mod sending;
mod video;

use flow_api::VIDEO_TYPES;
use flow_edge::{Body, Error, serve};
use http::{Method, Response};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    serve(request, async |call, body, settings| {
        match call.segments().as_slice() {
            ["api", "attempts"] => match call.method(&[Method::GET, Method::POST])? {
                &Method::POST => create::create(call, body, &settings).await,
                _ => list::list(call, &settings).await,
            },
            ["api", "attempts", id, "video"] => {
                match *call.method(&[Method::GET, Method::PUT, Method::PATCH])? {
                    Method::PUT => video::receive(call, id, body, &settings).await,
                    Method::PATCH => video::go_on(call, id, body, &settings).await,
                    _ => video::progress(call, id, &settings).await,
                }
            }
            _ => Err(Error::NotFound("page")),
        }
    })
    .await
}

/// Checks a declared media type; parameters such as codecs are left out.
fn video_type(declared: &str) -> Result<String, Error> {
    let name = declared
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase();
    if VIDEO_TYPES.contains(&name.as_str()) {
        return Ok(name);
    }
    Err(Error::MediaType {
        found: name.chars().filter(char::is_ascii_graphic).take(60).collect(),
        accepted: "video/mp4, video/quicktime or video/webm",
    })
}
