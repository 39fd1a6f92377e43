//! Buckets, flags and refusals, test by test.

use flow_catalog::TestId;
use flow_mannequin::{Expect, FlagMistakes};

use super::name;
use crate::{
    Row,
    table::{Table, met, share},
};

/// The least share of right buckets that is good enough.
const BUCKET_TARGET: f64 = 0.95;

pub fn text(rows: &[Row]) -> String {
    let mut table = Table::new([
        "test",
        "good recordings",
        "bucket right",
        "share",
        "target",
        "flags wanted",
        "missed",
        "too much",
        "to be refused",
        "refused right",
    ]);
    let mut total = Outcomes::default();
    for test in TestId::ALL {
        let mut outcomes = Outcomes::default();
        for row in rows.iter().filter(|row| row.scenario.test == test) {
            outcomes.count(row);
            total.count(row);
        }
        table.row(outcomes.cells(name(test)));
    }
    table.row(total.cells("all".to_owned()));
    format!(
        "## Results

Read a line from left to right: of so many good recordings so many got the bucket that was rendered, which should be a
share of {BUCKET_TARGET} or more. Of the flags that had to be raised so many were not, and so many were raised that should
not have been. Of the recordings that had to be refused so many were, for the right reason.

{}",
        table.markdown()
    )
}

/// How often things came out right.
#[derive(Default)]
struct Outcomes {
    good: usize,
    bucket_right: usize,
    flags: usize,
    missed: usize,
    extra: usize,
    bad: usize,
    refused_right: usize,
}

impl Outcomes {
    fn count(&mut self, row: &Row) {
        match row.scenario.expect {
            Expect::Scored { bucket, flags, may } => {
                let FlagMistakes { missed, extra } = row.judged().flag_mistakes(flags, may);
                self.good += 1;
                self.bucket_right += usize::from(row.judged().bucket() == Some(bucket));
                self.flags += flags.len();
                self.missed += missed.len();
                self.extra += extra.len();
            }
            Expect::Refused { .. } => {
                self.bad += 1;
                self.refused_right += usize::from(row.mistakes().is_empty());
            }
        }
    }

    fn cells(&self, name: String) -> [String; 10] {
        [
            name,
            self.good.to_string(),
            self.bucket_right.to_string(),
            share(self.bucket_right, self.good),
            met(self.bucket_right as f64 >= BUCKET_TARGET * self.good as f64),
            self.flags.to_string(),
            self.missed.to_string(),
            self.extra.to_string(),
            self.bad.to_string(),
            self.refused_right.to_string(),
        ]
    }
}
