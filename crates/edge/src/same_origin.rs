//! Requests that a browser makes because another site told it to: refused where a cookie says who asks.

use http::{HeaderValue, Uri, header, uri::Authority};

use crate::{AccountSettings, Call, Error};

/// Lets through what this site's own pages ask and what no browser asks.
///
/// Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin` alone; a page cannot change either.
/// Other sites of the same domain are other sites. A client that sends neither is no browser that somebody could abuse.
pub fn require_same_origin(call: &Call, settings: &AccountSettings) -> Result<(), Error> {
    match call.headers().get("sec-fetch-site").map(HeaderValue::as_bytes) {
        Some(b"same-origin" | b"none") => return Ok(()),
        Some(_) => return Err(Error::CrossSite),
        None => {}
    }
    let Some(origin) = call.headers().get(header::ORIGIN) else {
        return Ok(());
    };
    let origin: Option<Uri> = origin.to_str().ok().and_then(|origin| origin.parse().ok());
    // `null`, which sandboxed pages send, has no authority.
    let Some(origin) = origin.as_ref().and_then(Uri::authority) else {
        return Err(Error::CrossSite);
    };
    let public: Option<Uri> = settings.public_url().ok().and_then(|url| url.parse().ok());
    let ours = [
        call.header(header::HOST),
        public.as_ref().and_then(Uri::authority).map(Authority::as_str),
    ];
    if ours
        .into_iter()
        .flatten()
        .any(|ours| ours.eq_ignore_ascii_case(origin.as_str()))
    {
        Ok(())
    } else {
        Err(Error::CrossSite)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RequestId;

    fn check(headers: &[(&'static str, &str)]) -> bool {
        let get = |name: &str| (name == "public_url").then(|| "https://flow.example.com".to_owned());
        let settings = AccountSettings::from_variables(get, false);
        let mut request = http::Request::post("/api/auth/refresh");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let request_id = RequestId::choose(&parts.headers, String::new);
        let outcome = require_same_origin(&Call::new(parts, request_id), &settings);
        assert!(matches!(outcome, Ok(()) | Err(Error::CrossSite)));
        outcome.is_ok()
    }

    #[test]
    fn other_sites_are_refused_and_clients_that_are_no_browsers_are_not() {
        const HOST: (&str, &str) = ("host", "127.0.0.1:3000");
        for (headers, passes) in [
            (vec![HOST], true),
            (vec![HOST, ("sec-fetch-site", "same-origin")], true),
            (vec![HOST, ("sec-fetch-site", "none")], true),
            (vec![HOST, ("sec-fetch-site", "cross-site")], false),
            (vec![HOST, ("sec-fetch-site", "same-site")], false),
            (vec![HOST, ("sec-fetch-site", "anything")], false),
            (vec![HOST, ("origin", "http://127.0.0.1:3000")], true),
            (vec![HOST, ("origin", "https://flow.example.com")], true),
            (vec![HOST, ("origin", "https://FLOW.example.com")], true),
            (vec![HOST, ("origin", "https://evil.example.com")], false),
            (vec![HOST, ("origin", "https://flow.example.com.evil.com")], false),
            (vec![HOST, ("origin", "http://127.0.0.1:3001")], false),
            (vec![HOST, ("origin", "null")], false),
            (vec![HOST, ("origin", "")], false),
            (vec![HOST, ("origin", "https://flow.example.com@evil.com")], false),
            (
                vec![
                    HOST,
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://flow.example.com"),
                ],
                false,
            ),
            (vec![("origin", "https://evil.example.com")], false),
        ] {
            assert_eq!(check(&headers), passes, "{headers:?}");
        }
    }
}
