//! Times as text.

use chrono::{DateTime, SecondsFormat, Utc};

/// A time in RFC 3339, UTC, to the millisecond.
#[must_use]
pub fn rfc3339(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
