//! `GET /.well-known/jwks.json`: the public keys of access tokens.

use flow_edge::{Error, Reply, Settings, json, with_header};
use http::{StatusCode, header::CACHE_CONTROL};

/// A new key is put before the old ones before it signs for longer than this, so nobody meets a key they cannot find.
const CACHED: &str = "public, max-age=300";

pub fn jwks(settings: &Settings) -> Result<Reply, Error> {
    let keys = settings.accounts.verifier()?.jwks();
    with_header(json(StatusCode::OK, &keys)?, CACHE_CONTROL, CACHED)
}
