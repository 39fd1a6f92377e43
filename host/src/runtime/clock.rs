//! The wall clock that guests see: the machine's, moved by a fixed amount or by what a file says.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use wasmtime_wasi::HostWallClock;

/// Where the guests' wall clock comes from.
#[derive(Clone, Debug, Default)]
pub enum ClockSource {
    /// The machine's clock.
    #[default]
    Machine,
    /// The machine's clock plus seconds (may be negative).
    Offset(i64),
    /// The machine's clock plus the seconds in this file, read at every look at the clock, so that a test can move time under a running
    /// app. A missing or malformed file means no offset.
    File(Arc<PathBuf>),
}

/// A clock over a source.
#[derive(Clone, Debug, Default)]
pub struct Clock(pub ClockSource);

impl Clock {
    fn offset_seconds(&self) -> i64 {
        match &self.0 {
            ClockSource::Machine => 0,
            ClockSource::Offset(seconds) => *seconds,
            ClockSource::File(path) => std::fs::read_to_string(path.as_path())
                .ok()
                .and_then(|text| text.trim().parse().ok())
                .unwrap_or(0),
        }
    }
}

impl HostWallClock for Clock {
    fn resolution(&self) -> Duration {
        Duration::from_nanos(1)
    }

    fn now(&self) -> Duration {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let offset = self.offset_seconds();
        let distance = Duration::from_secs(offset.unsigned_abs());
        if offset < 0 {
            now.saturating_sub(distance)
        } else {
            now.saturating_add(distance)
        }
    }
}
