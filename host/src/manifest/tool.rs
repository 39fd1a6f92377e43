//! This host's own settings, from the `tool.flow` tables that Spin leaves to other tools.
//!
//! ```toml
//! [application.tool.flow]
//! sweep = [
//!     { component = "pose-score", path = "/internal/sweep", every = "15s" },
//!     { component = "auth", path = "/internal/mails", every = "15s" },
//! ]
//! [component.pose-score.tool.flow]
//! memory = "1024MB"
//! request_limit = "45s"
//! concurrent_requests = 1
//! ```

use serde::Deserialize;
use std::time::Duration;

/// What one component may use, and how long its instances live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Linear memory of one instance in bytes. 1 GiB: the largest tier's processing budget.
    pub memory: usize,
    /// From a request's arrival to the last byte of its answer. 2 minutes: four times the largest tier's budget of 30 s,
    /// because a 50 MB upload over a slow line is a request too. Spin has no limit.
    pub request_limit: Duration,
    /// Requests an instance serves in all. Spin's default.
    pub reuse_requests: usize,
    /// Requests an instance serves at once. Spin's default; 1 for components that compute.
    pub concurrent_requests: usize,
    /// How long an idle instance is kept. Spin's default.
    pub idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            request_limit: Duration::from_mins(2),
            reuse_requests: 128,
            concurrent_requests: 16,
            idle: Duration::from_secs(1),
        }
    }
}

/// A periodic `POST` to a component, as a service-chained call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// The component that is called.
    pub component: String,
    /// Path of the call.
    pub path: String,
    /// Time from the end of one call to the start of the next.
    pub every: Duration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComponentTable {
    memory: Option<String>,
    request_limit: Option<String>,
    reuse_requests: Option<usize>,
    concurrent_requests: Option<usize>,
    idle: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApplicationTable {
    #[serde(default)]
    sweep: Vec<SweepTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SweepTable {
    component: String,
    path: String,
    every: String,
}

/// Reads `[component.ID.tool.flow]`.
pub(super) fn limits(table: &toml::Table) -> Result<Limits, String> {
    let table: ComponentTable = table.clone().try_into().map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    if let Some(memory) = table.memory {
        limits.memory = parse_bytes(&memory)?;
    }
    if let Some(limit) = table.request_limit {
        limits.request_limit = parse_duration(&limit)?;
    }
    if let Some(idle) = table.idle {
        limits.idle = parse_duration(&idle)?;
    }
    limits.reuse_requests = table.reuse_requests.unwrap_or(limits.reuse_requests);
    limits.concurrent_requests = table.concurrent_requests.unwrap_or(limits.concurrent_requests);
    if limits.reuse_requests == 0 || limits.concurrent_requests == 0 {
        return Err("reuse_requests and concurrent_requests must be at least 1".to_owned());
    }
    Ok(limits)
}

/// Reads `[application.tool.flow]`.
pub(super) fn sweeps(table: &toml::Table) -> Result<Vec<Sweep>, String> {
    let table: ApplicationTable = table.clone().try_into().map_err(|error| error.to_string())?;
    table
        .sweep
        .into_iter()
        .map(|sweep| {
            if !sweep.path.starts_with('/') {
                return Err(format!("the sweep path {:?} must start with /", sweep.path));
            }
            Ok(Sweep {
                component: sweep.component,
                path: sweep.path,
                every: parse_duration(&sweep.every)?,
            })
        })
        .collect()
}

/// Reads a duration such as `500ms`, `15s`, `2m` or `1h`.
///
/// # Errors
/// What was read and what is expected.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let malformed = || format!("{text:?} is not a duration: write for example 500ms, 15s, 2m or 1h");
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(malformed)?;
    let (number, unit) = text.split_at(unit_at);
    let number: u64 = number.parse().map_err(|_| malformed())?;
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err(malformed()),
    };
    number
        .checked_mul(milliseconds)
        .map(Duration::from_millis)
        .ok_or_else(malformed)
}

/// Reads a size such as `512MB` or `1GB` (powers of 1024, as for memory).
///
/// # Errors
/// What was read and what is expected.
pub fn parse_bytes(text: &str) -> Result<usize, String> {
    let malformed = || format!("{text:?} is not a size: write for example 512MB or 1GB");
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(malformed)?;
    let (number, unit) = text.split_at(unit_at);
    let number: usize = number.parse().map_err(|_| malformed())?;
    let shift = match unit.trim() {
        "KB" | "KiB" => 10,
        "MB" | "MiB" => 20,
        "GB" | "GiB" => 30,
        _ => return Err(malformed()),
    };
    number.checked_mul(1 << shift).ok_or_else(malformed)
}
