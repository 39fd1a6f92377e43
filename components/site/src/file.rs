//! One file of the web client as a response.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use flow_edge::{Call, Error, Reply, bytes, etag, is_known, with_header};
use http::{
    HeaderName, StatusCode,
    header::{ACCEPT, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, VARY},
};

use crate::{encoding::Encoding, pages::is_page};

/// Where `spin.toml` mounts the built client.
pub(crate) const ROOT: &str = "/web";

/// All pages of the client.
const INDEX: &str = "/index.html";

/// What pages may do: run and show what comes from here; camera pictures and recordings are `blob:`. WebAssembly is what finds the
/// body in the camera's picture while somebody records; text never becomes script.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    font-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

pub fn answer(call: &Call) -> Result<Reply, Error> {
    let name = if is_page(call.path())? { INDEX } else { call.path() };
    match send(call, name, StatusCode::OK) {
        // Who looks for a page is told by the client that there is none.
        Err(Error::NotFound(_)) if wants_a_page(call) => send(call, INDEX, StatusCode::NOT_FOUND),
        answer => answer,
    }
}

/// Whether a browser asks for something to show in its window.
fn wants_a_page(call: &Call) -> bool {
    call.header(ACCEPT)
        .is_some_and(|accepted| accepted.contains("text/html"))
}

fn send(call: &Call, name: &str, status: StatusCode) -> Result<Reply, Error> {
    let path = locate(name).ok_or(Error::NotFound("page"))?;
    let (content, encoding) = read(&path, &Encoding::accepted(call))?;
    let etag = etag(&content);
    let (status, content) = if status == StatusCode::OK && is_known(call, &etag) {
        (StatusCode::NOT_MODIFIED, Vec::new())
    } else {
        (status, content)
    };
    let mut reply = bytes(status, media_type(name), content);
    for (name, value) in [
        (CACHE_CONTROL, cache_control(name)),
        (ETAG, etag.as_str()),
        (VARY, "accept-encoding"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (
            HeaderName::from_static("referrer-policy"),
            "strict-origin-when-cross-origin",
        ),
    ] {
        reply = with_header(reply, name, value)?;
    }
    match encoding {
        Some(encoding) => with_header(reply, CONTENT_ENCODING, encoding.name()),
        None => Ok(reply),
    }
}

/// The file, or its copy in the first of `encodings` that the build has laid beside it.
fn read(path: &Path, encodings: &[Encoding]) -> Result<(Vec<u8>, Option<Encoding>), Error> {
    let copies = encodings.iter().map(|encoding| Some(*encoding)).chain([None]);
    for copy in copies {
        let ending = copy.map_or("", Encoding::ending);
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        match fs::read(&file) {
            Ok(content) => return Ok((content, copy)),
            Err(error) if names_no_file(error.kind()) => {}
            Err(error) => {
                return Err(Error::Internal(format!("{}: {error}", path.display())));
            }
        }
    }
    Err(Error::NotFound("page"))
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
