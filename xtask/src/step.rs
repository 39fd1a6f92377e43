//! One line when a step begins and one when it ends, so that a long build says what it is doing.

use std::time::Instant;

use anyhow::{Context as _, Result};

/// Runs `work`, naming it before and timing it after; an error names the step it came from.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("==> {name}");
    let start = Instant::now();
    let outcome = work().with_context(|| format!("step failed: {name}"))?;
    eprintln!("    {name}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(outcome)
}
