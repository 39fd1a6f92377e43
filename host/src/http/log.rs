//! One line per request on standard error: what was asked, who answered, how it went, how long it took.
//!
//! Components write such a line themselves, on every host; this host's comes on top at the level `debug`, and at `info` only
//! where a component did not get to answer, or its answer did not get out.

use http::{Method, Response, StatusCode};
use std::time::Instant;

/// A path segment of this length may be a secret (a token, a calendar feed's key): only its start is written. UUIDs are ids.
const SECRET_LENGTH: usize = 32;

/// A request under way. The line is written when this is dropped: after the last byte, or when the client has gone.
pub(super) struct LogLine {
    method: Method,
    path: String,
    component: String,
    /// `None` when nobody waited for the answer.
    status: Option<StatusCode>,
    started: Instant,
    bytes: usize,
    failure: Option<String>,
    request_id: Option<String>,
}

impl LogLine {
    pub(super) fn new(method: Method, path: &str, started: Instant) -> Self {
        Self {
            method,
            path: redacted(path),
            component: "-".to_owned(),
            status: None,
            started,
            bytes: 0,
            failure: None,
            request_id: None,
        }
    }

    pub(super) fn answered<B>(&mut self, component: Option<&str>, response: &Response<B>) {
        if let Some(component) = component {
            component.clone_into(&mut self.component);
        }
        self.status = Some(response.status());
        let request_id = response.headers().get("x-request-id");
        self.request_id = request_id.and_then(|id| id.to_str().ok()).map(str::to_owned);
    }

    pub(super) fn add_bytes(&mut self, bytes: usize) {
        self.bytes += bytes;
    }

    pub(super) fn fail(&mut self, reason: String) {
        self.failure = Some(reason);
    }
}

impl Drop for LogLine {
    fn drop(&mut self) {
        let milliseconds = (self.started.elapsed().as_secs_f64() * 1e4).round() / 10.0;
        macro_rules! write_line {
            ($level:ident) => {
                tracing::$level!(
                    target: "flow::request",
                    method = %self.method,
                    path = %self.path,
                    status = self.status.map(|status| status.as_u16()),
                    component = %self.component,
                    milliseconds,
                    bytes = self.bytes,
                    requestId = self.request_id.as_deref(),
                    cut = self.failure.as_deref(),
                    "answered"
                )
            };
        }
        if self.request_id.is_some() && self.failure.is_none() {
            write_line!(debug);
        } else {
            write_line!(info);
        }
    }
}

/// The path without its query and without control characters, which move cursors; long segments cut to their first six
/// characters.
fn redacted(path: &str) -> String {
    path.replace(char::is_control, "\u{fffd}")
        .split('/')
        .map(|segment| {
            if segment.len() >= SECRET_LENGTH && !is_uuid(segment) {
                format!("{}…", segment.chars().take(6).collect::<String>())
            } else {
                segment.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

fn is_uuid(segment: &str) -> bool {
    segment.len() == 36
        && segment.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn long_segments_are_cut() {
        let attempt = "/api/attempts/01a20605-0027-726b-87fe-9be656cc5422/video";
        assert_eq!(redacted(attempt), attempt);
        assert_eq!(
            redacted("/api/attempts/01J9ZC4XTKJ2V7D8E9F0G1H2J3/score"),
            "/api/attempts/01J9ZC4XTKJ2V7D8E9F0G1H2J3/score"
        );
        assert_eq!(
            redacted("/calendar/0123456789abcdef0123456789abcdef.ics"),
            "/calendar/012345…"
        );
        assert_eq!(redacted("/a\u{9b}31m\u{7f}"), "/a\u{fffd}31m\u{fffd}");
    }
}
