//! `flow doctor`: what the app needs, what of it is there, and what to do about the rest.

mod checks;
mod models;

pub use checks::{Request, examine};

use std::fmt::Write as _;

/// How one thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Ok,
    /// The app runs, but less well.
    Warning,
    /// The app does not run.
    Missing,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Missing => "MISSING",
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub subject: String,
    /// How it stands.
    pub state: State,
    /// What was found.
    pub detail: String,
    /// What to do; empty when there is nothing to do.
    pub remedy: String,
}

impl Finding {
    fn ok(subject: &str, detail: impl Into<String>) -> Self {
        Self {
            subject: subject.to_owned(),
            state: State::Ok,
            detail: detail.into(),
            remedy: String::new(),
        }
    }

    fn missing(subject: &str, detail: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            subject: subject.to_owned(),
            state: State::Missing,
            detail: detail.into(),
            remedy: remedy.into(),
        }
    }

    fn warning(subject: &str, detail: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            state: State::Warning,
            ..Self::missing(subject, detail, remedy)
        }
    }
}

/// The findings as an aligned table.
#[must_use]
pub fn table(findings: &[Finding]) -> String {
    let width = findings
        .iter()
        .map(|finding| finding.subject.chars().count())
        .max()
        .unwrap_or(0);
    let mut table = String::new();
    for finding in findings {
        // Writing to a String cannot fail.
        _ = writeln!(
            table,
            "{:<width$}  {:<7}  {}",
            finding.subject,
            finding.state.word(),
            finding.detail
        );
        if !finding.remedy.is_empty() {
            _ = writeln!(table, "{:<width$}           -> {}", "", finding.remedy);
        }
    }
    table
}
