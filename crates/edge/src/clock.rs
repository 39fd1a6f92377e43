//! The wall clock.

use std::time::SystemTime;

use chrono::{DateTime, Utc};

/// The time now.
#[must_use]
pub fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}
