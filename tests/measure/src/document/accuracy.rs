//! Pose accuracy of good recordings, test by test.

use flow_catalog::TestId;
use flow_mannequin::Expect;

use super::name;
use crate::{Row, table::Table};

pub fn text(rows: &[Row]) -> String {
    let mut table = Table::new(["test", "good recordings", "mean", "least"]);
    for test in TestId::ALL {
        let good = rows
            .iter()
            .filter(|row| row.scenario.test == test && matches!(row.scenario.expect, Expect::Scored { .. }));
        let found: Vec<f64> = good
            .filter_map(|row| row.assessment.quality.pose_accuracy)
            .collect();
        table.row([
            name(test),
            found.len().to_string(),
            format!("{:.2}", found.iter().sum::<f64>() / found.len() as f64),
            format!("{:.2}", found.iter().copied().fold(f64::NAN, f64::min)),
        ]);
    }
    format!(
        "## Pose accuracy

The share of a good recording in which the body was read plausibly, as [follow-up.md](follow-up.md) defines it.

{}",
        table.markdown()
    )
}
