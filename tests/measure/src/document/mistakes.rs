//! What falls short, by name.

use super::{angles::Line, calibration::Swept, confusion::Confusion, name};
use crate::{Row, table::Table};

pub fn text(rows: &[Row], swept: &Swept, lines: &[Line], confusion: &Confusion) -> String {
    let wrong = rows.iter().filter_map(|row| {
        let mistakes = row.mistakes();
        (!mistakes.is_empty()).then(|| format!("- `{}`: {}", row.scenario.name, mistakes.join("; ")))
    });
    let taken = confusion
        .pairs()
        .filter(|(recorded, test, pair)| recorded != test && pair.accepted > 0)
        .map(|(recorded, test, pair)| {
            format!(
                "- {} is taken for {}: {} times",
                name(recorded),
                name(test),
                pair.accepted
            )
        });
    let mut beyond = Table::new(Line::HEADS);
    for line in lines.iter().filter(|line| !line.met()) {
        beyond.row(line.cells());
    }
    let beyond = if beyond.is_empty() {
        "None.\n".to_owned()
    } else {
        beyond.markdown()
    };
    format!(
        "## What falls short

Recordings that come out wrong:

{}

Recordings near cut-offs that are sure of a wrong bucket, {} of them:

{}

Tests taken for another one:

{}

Angles beyond their target, in the words of the tables above:

{beyond}",
        list(wrong),
        swept.sure_and_wrong.len(),
        list(swept.sure_and_wrong.iter().cloned()),
        list(taken)
    )
}

/// One line for each, or that there are none.
pub fn list(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        "None.".to_owned()
    } else {
        lines.join("\n")
    }
}
