//! Confidence against how often the bucket is right.

use flow_mannequin::{Expect, Scenario};
use flow_movement::{SURE, assess};

use super::name;
use crate::{
    Row,
    table::{Table, about, share},
};

/// Where bins begin; the last one ends at 1 and includes it.
const BINS: [f64; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

/// Truth is sampled at the rate of recordings, per second.
const SAMPLES_HZ: f64 = 10.0;

/// Results as sure as a bin says, and how many of them have the right bucket.
#[derive(Clone, Copy, Default)]
struct Bin {
    results: usize,
    right: usize,
}

impl Bin {
    fn count(&mut self, right: bool) {
        self.results += 1;
        self.right += usize::from(right);
    }
}

/// What came of the recordings of a sweep.
#[derive(Default)]
pub struct Swept {
    recordings: usize,
    bins: [Bin; BINS.len()],
    /// Recordings that were refused.
    refused: usize,
    /// Sure and wrong, in words.
    pub sure_and_wrong: Vec<String>,
}

/// The bucket that a recording of a sweep deserves: the one its dial names, else what its true landmarks get.
#[must_use]
pub fn deserved(sweep: &Scenario) -> &'static str {
    if let Expect::Scored { bucket, .. } = sweep.expect
        && !bucket.is_empty()
    {
        return bucket;
    }
    let truth = assess(sweep.test, &sweep.truth().clip(SAMPLES_HZ));
    truth.result.map_or("refused", |result| result.bucket.name())
}

fn bin(confidence: f64) -> usize {
    BINS.iter().rposition(|&start| confidence >= start).unwrap_or(0)
}

pub fn text(rows: &[Row], swept: &Swept) -> String {
    let mut clear = [Bin::default(); BINS.len()];
    for row in rows {
        if let Some(confidence) = row.judged().confidence() {
            let right = matches!(row.scenario.expect, Expect::Scored { bucket, .. }
                if row.judged().bucket() == Some(bucket));
            clear[bin(confidence)].count(right);
        }
    }
    let mut table = Table::new([
        "confidence",
        "clear recordings",
        "bucket right",
        "near cut-offs",
        "bucket right",
    ]);
    let ends = BINS.into_iter().skip(1).chain([1.0]);
    for (index, (start, end)) in BINS.into_iter().zip(ends).enumerate() {
        let cells = |bin: Bin| [about(bin.results), share(bin.right, bin.results)];
        let range = format!("{start:.1} to {end:.1}");
        let figures = [cells(clear[index]), cells(swept.bins[index])].concat();
        table.row([range].into_iter().chain(figures));
    }
    format!(
        "## Confidence

Each result says how sure it is, 0 to 1. A line is all results that were so sure, and the share of them whose bucket was
right: it should not be lower than the confidence. A value on a border counts in the upper line.

Clear recordings lie outside the dead bands of the cut-offs. For those near cut-offs a dial was turned in small steps from
one side of them to the other, {} recordings, some with one repetition, seen 25 degrees askew, in poor light or from far
away; right is the bucket that the movement deserves, which is what its true landmarks get. Refused: {}.

{}
Near cut-offs, sure by {SURE} or more and wrong: {}. They are named under what falls short.
",
        about(swept.recordings),
        about(swept.refused),
        table.markdown(),
        swept.sure_and_wrong.len()
    )
}

impl Swept {
    /// Holds what came out against what each recording deserves.
    pub fn of(sweeps: &[Row]) -> Self {
        let mut swept = Self {
            recordings: sweeps.len(),
            ..Self::default()
        };
        for row in sweeps {
            let Some(found) = &row.assessment.result else {
                swept.refused += 1;
                continue;
            };
            let expected = deserved(&row.scenario);
            let right = expected == found.bucket.name();
            swept.bins[bin(found.confidence)].count(right);
            if !right && found.confidence >= SURE {
                swept.sure_and_wrong.push(format!(
                    "- {}: `{}` is {}, should be {expected}",
                    name(row.scenario.test),
                    row.scenario.name,
                    found.bucket.name(),
                ));
            }
        }
        swept
    }
}
