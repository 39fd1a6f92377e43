//! One file of the web client as a response.

use std::{fs, io::ErrorKind, path::PathBuf};

use flow_edge::{Call, Error, Reply, bytes, etag, is_known, with_header};
use http::{
    HeaderName, StatusCode,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG},
};

/// Where `spin.toml` mounts the built client.
const ROOT: &str = "/web";

/// What pages may do: run and show what comes from here; camera pictures and recordings are `blob:`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

pub fn answer(call: &Call) -> Result<Reply, Error> {
    let path = locate(call.path()).ok_or(Error::NotFound("page"))?;
    let content = match fs::read(&path) {
        Ok(content) => content,
        Err(error) if names_no_file(error.kind()) => return Err(Error::NotFound("page")),
        Err(error) => return Err(Error::Internal(format!("{}: {error}", path.display()))),
    };
    let etag = etag(&content);
    let known = is_known(call, &etag);
    let (status, content) = if known {
        (StatusCode::NOT_MODIFIED, Vec::new())
    } else {
        (StatusCode::OK, content)
    };
    let mut reply = bytes(status, media_type(call.path()), content);
    for (name, value) in [
        (CACHE_CONTROL, cache_control(call.path())),
        (ETAG, etag.as_str()),
        (CONTENT_SECURITY_POLICY, POLICY),
        (
            HeaderName::from_static("referrer-policy"),
            "strict-origin-when-cross-origin",
        ),
    ] {
        reply = with_header(reply, name, value)?;
    }
    Ok(reply)
}

/// Whether there is no such file: nothing, a folder, something below a file, a name longer than any file has.
const fn names_no_file(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::NotFound | ErrorKind::IsADirectory | ErrorKind::NotADirectory | ErrorKind::InvalidFilename
    )
}

/// The file behind an address, if the address can have one: names of letters, digits, `-`, `_` and inner dots only.
fn locate(path: &str) -> Option<PathBuf> {
    let path = if path == "/" { "/index.html" } else { path };
    let mut file = PathBuf::from(ROOT);
    for part in path.strip_prefix('/')?.split('/') {
        let harmless = part
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if part.is_empty() || part.starts_with('.') || !harmless {
            return None;
        }
        file.push(part);
    }
    Some(file)
}

/// Built assets carry a hash of their content in their names and never change; the rest is asked for anew, which costs a
/// 304 when nothing changed.
fn cache_control(path: &str) -> &'static str {
    if path.starts_with("/assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "public, no-cache"
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("html", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
