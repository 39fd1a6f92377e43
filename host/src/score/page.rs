//! The report of one result as a file.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use flow_catalog::Tier;
use flow_interpretation::Taken;
use flow_movement::Assessment;
use flow_report::{Measured, Report, page};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Writes the report as a page; who runs this has everything that any tier has. A refused clip has a report without a result.
pub fn write_report(assessment: &Assessment, path: &Path) -> Result<()> {
    let now: DateTime<Utc> = SystemTime::now().into();
    let history = assessment.result.as_ref().map(|result| Taken {
        test: assessment.test,
        at: now,
        confidence: result.confidence,
        measures: result.measures.clone(),
    });
    let newest = Measured {
        attempt: None,
        at: now,
        assessment: assessment.clone(),
    };
    let report = Report::new(&[newest], history.as_slice(), Tier::ProPlus, now);
    fs::write(path, page(&report).html).with_context(|| format!("cannot write {}", path.display()))
}
