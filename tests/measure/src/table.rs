//! Markdown tables whose columns line up, so that they read well as plain text, and the ways numbers are written in them.

/// A table being written.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new<T: Into<String>>(heads: impl IntoIterator<Item = T>) -> Self {
        Self {
            rows: vec![heads.into_iter().map(Into::into).collect()],
        }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether there is nothing under the heads.
    pub fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }

    /// Numbers to the right, words to the left.
    pub fn markdown(&self) -> String {
        let columns = self.rows.first().map_or(0, Vec::len);
        let cells = |column: usize| self.rows.iter().filter_map(move |row| row.get(column));
        let widths: Vec<usize> = (0..columns)
            .map(|column| cells(column).map(|cell| width(cell)).max().unwrap_or(0).max(3))
            .collect();
        let right: Vec<bool> = (0..columns)
            .map(|column| cells(column).skip(1).all(|cell| is_number(cell)))
            .collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).zip(&right);
            let padded: Vec<String> = cells
                .map(|((cell, &most), &right)| {
                    let padding = " ".repeat(most - width(cell));
                    if right {
                        format!(" {padding}{cell} ")
                    } else {
                        format!(" {cell}{padding} ")
                    }
                })
                .collect();
            format!("|{}|\n", padded.join("|"))
        };
        let rule: Vec<String> = widths
            .iter()
            .zip(&right)
            .map(|(&most, &right)| format!("{}{}", "-".repeat(most + 1), if right { ":" } else { "-" }))
            .collect();
        let mut lines: Vec<String> = self.rows.iter().map(line).collect();
        lines.insert(1, format!("|{}|\n", rule.join("|")));
        lines.concat()
    }
}

fn width(cell: &str) -> usize {
    cell.chars().count()
}

fn is_number(cell: &str) -> bool {
    cell.ends_with(|last: char| last.is_ascii_digit() || last == '°') || cell.is_empty()
}

/// Degrees.
pub fn degrees(value: f64) -> String {
    format!("{value:.1}°")
}

/// Degrees with their sign.
pub fn signed_degrees(value: f64) -> String {
    // Adding zero makes minus zero plus zero.
    format!("{:+.1}°", (10.0 * value).round() / 10.0 + 0.0)
}

/// A share of a whole, 0 to 1; empty when there is no whole.
pub fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        String::new()
    } else {
        format!("{:.2}", part as f64 / whole as f64)
    }
}

/// A count that may differ a little from machine to machine.
pub fn about(count: usize) -> String {
    format!("≈ {count}")
}

/// The word for a target that is met.
pub const MET: &str = "met";
/// The word for one that is not.
pub const MISSED: &str = "MISSED";

/// Whether a target is met.
pub fn met(met: bool) -> String {
    if met { MET } else { MISSED }.to_owned()
}
