//! Figures as a Markdown table, with their ratios to a baseline.

use std::fmt::{self, Write as _};

/// A table whose rows are rendered as they are added.
pub struct Table {
    text: String,
}

impl Table {
    /// A table with a title above it and these column heads.
    pub fn new(title: &str, columns: &[&str]) -> Self {
        let rule = columns.iter().map(|_| "---").collect::<Vec<_>>().join("|");
        Self {
            text: format!("\n## {title}\n\n| {} |\n|{rule}|\n", columns.join(" | ")),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[String]) {
        // Writing to a String cannot fail.
        _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The median; 0 of nothing.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// `value` over `baseline`, or a dash without a baseline.
pub fn ratio(value: f64, baseline: Option<f64>) -> String {
    baseline.map_or_else(|| "-".to_owned(), |baseline| format!("{:.2}", value / baseline))
}

/// Whether what may be `limit` at most is.
pub fn verdict(value: f64, limit: f64) -> String {
    if value <= limit { "met" } else { "MISSED" }.to_owned()
}
