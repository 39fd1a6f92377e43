//! `GET /api/openapi.json`: what the interface is, for people and for generated clients.

use std::sync::OnceLock;

use flow_edge::{Call, Error, Reply, bytes, etag, is_known, with_header};
use http::{
    StatusCode,
    header::{CACHE_CONTROL, ETAG},
};

/// It changes with releases only.
const CACHED: &str = "public, max-age=300";

pub fn document(call: &Call) -> Result<Reply, Error> {
    static TAG: OnceLock<String> = OnceLock::new();
    let etag = TAG.get_or_init(|| etag(flow_api::OPENAPI.as_bytes()));
    let reply = if is_known(call, etag) {
        bytes(StatusCode::NOT_MODIFIED, "application/json", "")
    } else {
        bytes(StatusCode::OK, "application/json", flow_api::OPENAPI)
    };
    with_header(with_header(reply, ETAG, etag)?, CACHE_CONTROL, CACHED)
}
