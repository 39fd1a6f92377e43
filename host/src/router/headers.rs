//! The request headers that Spin adds for the guest (`spin-path-info` and so on), and the ones it removes.

use super::RouteMatch;
use http::header::{CONNECTION, HOST};
use http::uri::{Authority, Scheme};
use http::{HeaderName, HeaderValue, Request, Uri};
use std::net::SocketAddr;

/// Why a request cannot be handed to a component; whoever sent it has to mend it.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The request says for no host, or for two.
    #[error("the request has no usable host: {0}")]
    Host(&'static str),
    /// A header is not text.
    #[error("the header {0} is not UTF-8")]
    Header(HeaderName),
    /// What the guest is told of the path is not allowed in a header.
    #[error("cannot build the request headers: {0}")]
    Build(#[from] http::Error),
}

/// The component that `NAME.spin.internal` means.
#[must_use]
pub fn service_chain_target(host: &str) -> Option<&str> {
    let host = host.trim();
    let host = host.rsplit_once(':').map_or(host, |(host, _port)| host);
    let (component, domain) = host.split_once('.')?;
    (domain == "spin.internal").then_some(component)
}

/// Makes a request ready for a guest: absolute URI, no connection headers, Spin's own headers appended.
///
/// Appended, not replaced: a value that the client sent under such a name comes first, as in Spin.
pub fn prepare_request<B>(
    request: &mut Request<B>,
    route: &RouteMatch<'_>,
    scheme: Scheme,
    client: SocketAddr,
) -> Result<(), RequestError> {
    strip_forbidden(request);
    make_absolute(request, scheme)?;
    for (name, value) in request.headers() {
        if std::str::from_utf8(value.as_bytes()).is_err() {
            return Err(RequestError::Header(name.clone()));
        }
    }
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    let uri = request.uri();
    let full_url = format!(
        "{}://{host}{}",
        uri.scheme_str().unwrap_or("http"),
        uri.path_and_query().map_or("/", |path| path.as_str())
    );
    let mut added = vec![
        ("spin-path-info".to_owned(), route.path_info.clone()),
        ("spin-full-url".to_owned(), full_url),
        ("spin-matched-route".to_owned(), super::based(&route.route)),
        ("spin-base-path".to_owned(), "/".to_owned()),
        (
            "spin-raw-component-route".to_owned(),
            route.route.clone().into_owned(),
        ),
        (
            "spin-component-route".to_owned(),
            route.route_or_prefix().to_owned(),
        ),
        ("spin-client-addr".to_owned(), client.to_string()),
    ];
    for (name, value) in &route.parameters {
        added.push((
            format!("spin-path-match-{}", name.to_ascii_lowercase()),
            value.clone(),
        ));
    }
    for (name, value) in added {
        let name: HeaderName = name.parse().map_err(http::Error::from)?;
        let value = HeaderValue::from_str(&value).map_err(http::Error::from)?;
        request.headers_mut().append(name, value);
    }
    Ok(())
}

fn strip_forbidden<B>(request: &mut Request<B>) {
    let headers = request.headers_mut();
    let chained = headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .is_some_and(|host| service_chain_target(host).is_some());
    if chained {
        headers.remove(HOST);
    }
    headers.remove(CONNECTION);
}

fn make_absolute<B>(request: &mut Request<B>, scheme: Scheme) -> Result<(), RequestError> {
    let header: Option<Authority> = request
        .headers()
        .get(HOST)
        .map(|host| {
            host.to_str()
                .ok()
                .and_then(|host| host.parse().ok())
                .ok_or(RequestError::Host("the Host header is not an authority"))
        })
        .transpose()?;
    let mut parts = request.uri().clone().into_parts();
    let authority = match (header, parts.authority.take()) {
        (None, None) => return Err(RequestError::Host("no Host header")),
        (None, Some(only)) | (Some(only), None) => only,
        (Some(header), Some(uri)) if header == uri => header,
        (Some(_), Some(_)) => return Err(RequestError::Host("the Host header and the URI differ")),
    };
    parts.scheme = Some(scheme);
    parts.authority = Some(authority);
    if parts.path_and_query.is_none() {
        parts.path_and_query = Some(http::uri::PathAndQuery::from_static("/"));
    }
    *request.uri_mut() = Uri::from_parts(parts).map_err(http::Error::from)?;
    Ok(())
}
