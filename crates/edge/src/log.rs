//! The log: lines of JSON on standard error, each with its time, its level, what happened and in which request.
//!
//! Lines name attempts, bans, mails and requests, and no person: no user id, no address of any kind, no token.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use flow_api::rfc3339;
use serde_json::{Map, Value};

use crate::{RequestId, now};

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// As it should be.
    Info,
    /// To be watched.
    Warning,
    /// A fault of ours, or of what we stand on.
    Error,
    /// Somebody should look at once.
    Alert,
}

impl Level {
    const fn name(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warning => "WARN",
            Self::Error => "ERROR",
            Self::Alert => "ALERT",
        }
    }
}

/// The log of one request, and of what goes on after its answer.
#[derive(Clone, Debug)]
pub struct Log {
    request_id: RequestId,
}

impl Log {
    /// The log of a request.
    #[must_use]
    pub const fn new(request_id: RequestId) -> Self {
        Self { request_id }
    }

    /// The request that the lines are about.
    #[must_use]
    pub const fn request_id(&self) -> &RequestId {
        &self.request_id
    }

    /// Writes that something is as it should be. `more` is a JSON object.
    pub fn info(&self, message: &str, more: Value) {
        self.write(Level::Info, message, more);
    }

    /// Writes of a fault. `more` is a JSON object.
    pub fn error(&self, message: &str, more: Value) {
        self.write(Level::Error, message, more);
    }

    /// Writes a line. `more` is a JSON object.
    pub fn write(&self, level: Level, message: &str, more: Value) {
        let mut line = self.line(level, message, more, now());
        line.push('\n');
        // In one piece: other instances write to the same place.
        eprint!("{line}");
    }

    /// A line without its end. Control characters are escaped, so nobody who is quoted in a line ends it or moves a cursor.
    fn line(&self, level: Level, message: &str, more: Value, at: DateTime<Utc>) -> String {
        let mut members = Map::new();
        for (name, value) in [
            ("timestamp", rfc3339(at)),
            ("level", level.name().to_owned()),
            ("message", message.to_owned()),
            ("requestId", self.request_id.as_str().to_owned()),
        ] {
            members.insert(name.to_owned(), value.into());
        }
        if let Value::Object(more) = more {
            members.extend(more);
        }
        let written = Value::Object(members).to_string();
        // JSON itself escapes those below the space only; most lines have no others.
        if !written.chars().any(char::is_control) {
            return written;
        }
        let mut line = String::with_capacity(written.len());
        for letter in written.chars() {
            if letter.is_control() {
                // Writing to a String cannot fail.
                _ = write!(line, "\\u{:04x}", u32::from(letter));
            } else {
                line.push(letter);
            }
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_is_one_line_whatever_is_quoted_in_it() {
        let log = Log::new(RequestId::choose(&HeaderMap::new(), || "r-1".into()));
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let hostile = "a\r\n{\"level\":\"info\"}\u{1b}[31m\u{0}\u{7f}\u{85}\u{9b}31m";
        let line = log.line(Level::Error, "a thing broke", json!({ "reason": hostile }), at);
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
        let read: Value = serde_json::from_str(&line).unwrap();
        let expected = json!({
            "timestamp": "2027-01-15T08:00:00.000Z",
            "level": "ERROR",
            "message": "a thing broke",
            "requestId": "r-1",
            "reason": hostile,
        });
        assert_eq!(read, expected);
    }
}
