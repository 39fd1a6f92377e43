//! Confidence against how often the bucket is right.

use flow_mannequin::Expect;

use crate::{
    Row,
    table::{Table, about, share},
};

/// Where bins begin; the last one ends at 1 and includes it.
const BINS: [f64; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

pub fn text(rows: &[Row]) -> String {
    let mut table = Table::new(["confidence", "results", "bucket right"]);
    let mut bins = [(0_usize, 0_usize); BINS.len()];
    for row in rows {
        if let Some(confidence) = row.judged().confidence() {
            let right = matches!(row.scenario.expect, Expect::Scored { bucket, .. }
                if row.judged().bucket() == Some(bucket));
            let bin = BINS.iter().rposition(|&start| confidence >= start).unwrap_or(0);
            bins[bin].0 += 1;
            bins[bin].1 += usize::from(right);
        }
    }
    let ends = BINS.into_iter().skip(1).chain([1.0]);
    for ((start, end), (all, right)) in BINS.into_iter().zip(ends).zip(bins) {
        table.row([format!("{start:.1} to {end:.1}"), about(all), share(right, all)]);
    }
    format!(
        "## Confidence

Each result says how sure it is, 0 to 1. A line is all results that were so sure, and the share of them whose bucket was
right: it should not be lower than the confidence. A value on a border counts in the upper line. All recordings lie
outside the dead bands of the cut-offs, so that confidence is asked little here.

{}",
        table.markdown()
    )
}
