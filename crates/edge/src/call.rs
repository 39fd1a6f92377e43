//! One request as handlers see it: method, path in parts, query, headers, id.

use flow_api::{DEFAULT_LIMIT, MAX_LIMIT};
use http::{HeaderMap, HeaderName, Method, request::Parts};

use crate::{Error, Log, ids::is_uuid};

/// The id under which a request is logged and answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// The caller's `x-request-id` if it is one, else `fresh`.
    #[must_use]
    pub fn choose(headers: &HeaderMap, fresh: impl FnOnce() -> String) -> Self {
        let given = headers
            .get("x-request-id")
            .and_then(|value| value.to_str().ok())
            .filter(|id| {
                (8..=64).contains(&id.len())
                    && id
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            });
        Self(given.map_or_else(fresh, str::to_owned))
    }

    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One request without its body.
#[derive(Clone, Debug)]
pub struct Call {
    parts: Parts,
    /// Where to write what happens in it.
    pub log: Log,
}

impl Call {
    /// A call from the head of a request.
    #[must_use]
    pub const fn new(parts: Parts, request_id: RequestId) -> Self {
        Self {
            parts,
            log: Log::new(request_id),
        }
    }

    /// Its id.
    #[must_use]
    pub const fn request_id(&self) -> &RequestId {
        self.log.request_id()
    }

    /// Its method.
    #[must_use]
    pub const fn any_method(&self) -> &Method {
        &self.parts.method
    }

    /// The parts of the path, for a `match` on a slice. Nothing is decoded: ids and names need no escapes, so what has
    /// some matches no route.
    #[must_use]
    pub fn segments(&self) -> Vec<&str> {
        self.parts.uri.path().trim_start_matches('/').split('/').collect()
    }

    /// The path as it came.
    #[must_use]
    pub fn path(&self) -> &str {
        self.parts.uri.path()
    }

    /// The method, if it is one of `allowed`. Where there is GET, HEAD counts as it: the answer's body is left out later.
    pub fn method(&self, allowed: &'static [Method]) -> Result<&'static Method, Error> {
        let asked = if self.is_head() {
            &Method::GET
        } else {
            &self.parts.method
        };
        let found = allowed.iter().find(|method| *method == asked);
        found.ok_or(Error::MethodNotAllowed(allowed))
    }

    /// Whether only the head of the answer is asked for.
    #[must_use]
    pub fn is_head(&self) -> bool {
        self.parts.method == Method::HEAD
    }

    /// All headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// One header as text; `None` when it is missing or no text.
    #[must_use]
    pub fn header(&self, name: impl Into<HeaderName>) -> Option<&str> {
        self.parts
            .headers
            .get(name.into())
            .and_then(|value| value.to_str().ok())
    }

    /// The media type of the body without its parameters, in lower case; empty when it is missing.
    #[must_use]
    pub fn media_type(&self) -> String {
        let declared = self.header(http::header::CONTENT_TYPE).unwrap_or("");
        declared
            .split(';')
            .next()
            .unwrap_or("")
            .trim()
            .to_ascii_lowercase()
    }

    /// The declared length of the body.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.header(http::header::CONTENT_LENGTH)
            .and_then(|text| text.parse().ok())
    }

    /// A parameter of the query. Given twice it is refused: whoever reads the first one would not know of the second.
    pub fn query(&self, name: &'static str) -> Result<Option<&str>, Error> {
        let query = self.parts.uri.query().unwrap_or_default();
        let mut values = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value);
        let value = values.next();
        match values.next() {
            None => Ok(value),
            Some(_) => Err(Error::Invalid {
                field: name,
                reason: "give it once".into(),
            }),
        }
    }

    /// The `limit` of a list, from 1 to [`MAX_LIMIT`]; [`DEFAULT_LIMIT`] when it is missing.
    pub fn limit(&self) -> Result<u32, Error> {
        let limit = self.query("limit")?.map_or(Some(DEFAULT_LIMIT), |text| {
            text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit))
        });
        limit.ok_or_else(|| Error::Invalid {
            field: "limit",
            reason: format!("a number from 1 to {MAX_LIMIT} is expected"),
        })
    }

    /// The `cursor` of a list, read by `read`.
    pub fn cursor<'a, T>(&'a self, read: impl FnOnce(&'a str) -> Option<T>) -> Result<Option<T>, Error> {
        let Some(text) = self.query("cursor")? else {
            return Ok(None);
        };
        let cursor = read(text).ok_or_else(|| Error::Invalid {
            field: "cursor",
            reason: "the nextCursor of the page before is expected".into(),
        })?;
        Ok(Some(cursor))
    }

    /// The `cursor` of a list whose items have UUIDs.
    pub fn uuid_cursor(&self) -> Result<Option<&str>, Error> {
        self.cursor(|text| is_uuid(text).then_some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(uri: &str) -> Call {
        let (parts, ()) = http::Request::get(uri)
            .header("x-request-id", "abcd-1234")
            .body(())
            .unwrap()
            .into_parts();
        let request_id = RequestId::choose(&parts.headers, || "fresh".into());
        Call::new(parts, request_id)
    }

    #[test]
    fn a_path_is_taken_apart_and_nothing_else_is_done_to_it() {
        for (uri, segments) in [
            ("/", vec![""]),
            ("/api/attempts", vec!["api", "attempts"]),
            ("/api/attempts/", vec!["api", "attempts", ""]),
            ("/api/%61ttempts", vec!["api", "%61ttempts"]),
        ] {
            assert_eq!(call(uri).segments(), segments, "{uri}");
        }
    }

    #[test]
    fn head_is_allowed_where_get_is_and_nowhere_else() {
        const BOTH: &[Method] = &[Method::GET, Method::POST];
        const POST: &[Method] = &[Method::POST];
        let asked = |method: &str, allowed: &'static [Method]| {
            let (parts, ()) = http::Request::builder()
                .method(method)
                .uri("/x")
                .body(())
                .unwrap()
                .into_parts();
            let request_id = RequestId::choose(&parts.headers, String::new);
            Call::new(parts, request_id).method(allowed).ok()
        };
        assert_eq!(asked("GET", BOTH), Some(&Method::GET));
        assert_eq!(asked("HEAD", BOTH), Some(&Method::GET));
        assert_eq!(asked("POST", BOTH), Some(&Method::POST));
        assert_eq!(asked("HEAD", POST), None);
        for other in ["OPTIONS", "PUT", "TRACE", "PROPFIND", "get"] {
            assert_eq!(asked(other, BOTH), None, "{other}");
        }
    }

    #[test]
    fn limits_of_lists_are_checked() {
        assert_eq!(call("/x").limit().unwrap(), 20);
        assert_eq!(call("/x?cursor=a&limit=7").limit().unwrap(), 7);
        for uri in [
            "/x?limit=0",
            "/x?limit=101",
            "/x?limit=-1",
            "/x?limit=",
            "/x?limit=ten",
            "/x?limit",
            "/x?limit=1&limit=1",
        ] {
            assert!(call(uri).limit().is_err(), "{uri}");
        }
    }

    #[test]
    fn cursors_are_what_a_page_gave_and_given_once() {
        const ID: &str = "0193e7b0-1c5a-7000-8000-0123456789ab";
        assert_eq!(call("/x").uuid_cursor().unwrap(), None);
        assert_eq!(call(&format!("/x?cursor={ID}")).uuid_cursor().unwrap(), Some(ID));
        for uri in [
            "/x?cursor=".to_owned(),
            "/x?cursor".to_owned(),
            "/x?cursor=null".to_owned(),
            format!("/x?cursor={}", ID.to_ascii_uppercase()),
            format!("/x?cursor={ID}&limit=2&cursor={ID}"),
        ] {
            assert!(call(&uri).uuid_cursor().is_err(), "{uri}");
        }
    }

    #[test]
    fn a_request_id_is_taken_over_only_when_it_is_harmless() {
        assert_eq!(call("/x").request_id().as_str(), "abcd-1234");
        for bad in ["short", "has spaces in it", &"a".repeat(65), "line\\break\"quote"] {
            let mut headers = HeaderMap::new();
            headers.insert("x-request-id", bad.parse().unwrap());
            assert_eq!(
                RequestId::choose(&headers, || "fresh".into()).as_str(),
                "fresh",
                "{bad}"
            );
        }
    }
}
