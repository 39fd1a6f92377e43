//! `docs/measurement.md`: what the product measures, as text. One file for each part; all figures are computed here.

mod accuracy;
mod angles;
mod calibration;
mod confusion;
mod invariants;
mod mistakes;
mod outcomes;
mod recordings;

pub use calibration::deserved;

use anyhow::Result;
use flow_catalog::TestId;
use flow_mannequin::{Expect, Truth};

use crate::{Row, drift};

/// The whole document, from the scenarios and from the dials swept across the cut-offs.
///
/// # Errors
///
/// A test of a sweep has no scoring.
pub fn text(rows: &[Row], sweeps: &[Row]) -> Result<String> {
    let good = good(rows);
    let frames = angles::by_frame(&good);
    let measures = angles::by_repetition(&good);
    let confusion = confusion::Confusion::of(&good);
    let swept = calibration::Swept::of(sweeps);
    let parts = [
        head(),
        recordings::text(rows),
        outcomes::text(rows),
        angles::text(&frames, &measures),
        confusion.text(),
        invariants::text(&crate::invariants::laws(rows)),
        calibration::text(rows, &swept),
        accuracy::text(rows),
        mistakes::text(rows, &swept, &[frames, measures].concat(), &confusion),
    ];
    Ok(parts.join("\n"))
}

fn head() -> String {
    format!(
        "# What the product measures, and how well

Rendered people whose joint angles are known are filmed, tracked and scored; this file holds what came out against what
was rendered. It is written by `cargo xtask measure --document`, and `cargo xtask test` fails when it is no longer true.
Nothing in it is written by hand. Its last line is a hash of all that it is made from: sources, models, versions of libraries.
Where that has not changed, the check believes the file; else it measures everything anew.

Figures differ a little between processors. The check allows {} degrees for figures with °, {} for figures with a decimal
point, and for counts with ≈ {} or {} %, whichever is more. An angle
whose error lies that near its target may be called met or missed. Everything else must be exactly the same.
",
        drift::DEGREES,
        drift::SHARE,
        drift::COUNT,
        100.0 * drift::COUNT_SHARE
    )
}

/// A good recording of a test: it has to be scored.
struct Good<'a> {
    row: &'a Row,
    truth: Truth,
}

fn good(rows: &[Row]) -> Vec<Good<'_>> {
    rows.iter()
        .filter(|row| matches!(row.scenario.expect, Expect::Scored { .. }))
        .map(|row| Good {
            row,
            truth: row.scenario.truth(),
        })
        .collect()
}

/// A test's number and name.
pub(crate) fn name(test: TestId) -> String {
    format!("{} {}", test.number(), test.title())
}
