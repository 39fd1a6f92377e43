//! What a run has measured: tables as they come, and the bars that some figures are held to.

use crate::table::{Table, verdict};

/// All tables of a run, printed as they come.
pub struct Report {
    text: String,
    bars: Table,
}

impl Report {
    pub fn new() -> Self {
        Self {
            text: String::new(),
            bars: Table::new("Bars", &["what", "measured", "at most", "bar"]),
        }
    }

    pub fn add(&mut self, table: &Table) {
        let table = table.to_string();
        println!("{table}");
        self.text += &table;
    }

    /// Holds a figure to the most that it may be.
    pub fn hold(&mut self, what: &str, measured: f64, limit: f64) {
        self.bars.row(&[
            what.to_owned(),
            format!("{measured:.2}"),
            limit.to_string(),
            verdict(measured, limit),
        ]);
    }

    /// Adds the bars, and gives all tables as Markdown.
    pub fn finish(mut self) -> String {
        println!("{}", self.bars);
        self.text += &self.bars.to_string();
        self.text
    }
}
