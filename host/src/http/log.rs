//! One line per request on standard error: what was asked, who answered, how it went, how long it took.

use http::{Method, StatusCode};
use std::fmt::Write as _;
use std::time::Instant;

/// A path segment of this length may be a secret (a token, a calendar feed's key): only its start is written. UUIDs are ids.
const SECRET_LENGTH: usize = 32;

/// A request under way. The line is written when this is dropped: after the last byte, or when the client has gone.
pub(super) struct LogLine {
    method: Method,
    path: String,
    component: String,
    status: StatusCode,
    started: Instant,
    bytes: usize,
    failure: Option<String>,
}

impl LogLine {
    pub(super) fn new(method: Method, path: &str, started: Instant) -> Self {
        Self {
            method,
            path: redacted(path),
            component: "-".to_owned(),
            status: StatusCode::INTERNAL_SERVER_ERROR,
            started,
            bytes: 0,
            failure: None,
        }
    }

    pub(super) fn answered(&mut self, component: Option<&str>, status: StatusCode) {
        if let Some(component) = component {
            component.clone_into(&mut self.component);
        }
        self.status = status;
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
        let milliseconds = self.started.elapsed().as_secs_f64() * 1e3;
        let mut line = format!(
            "{} {} {} component={} ms={milliseconds:.1} bytes={}",
            self.method,
            self.path,
            self.status.as_u16(),
            self.component,
            self.bytes
        );
        if let Some(failure) = &self.failure {
            // Writing to a String cannot fail.
            _ = write!(line, " cut={failure:?}");
        }
        tracing::info!(target: "flow::request", "{line}");
    }
}

/// The path without its query, long segments cut to their first six characters.
fn redacted(path: &str) -> String {
    path.split('/')
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
    }
}
