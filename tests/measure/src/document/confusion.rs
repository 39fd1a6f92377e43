//! Good recordings of one test handed in as another.

use std::collections::BTreeMap;

use flow_catalog::TestId;
use flow_movement::Assessment;

use super::{Good, name};
use crate::table::Table;

/// What came of the recordings of a test handed in as another one.
#[derive(Clone, Debug, Default)]
pub struct Pair {
    pub accepted: usize,
    /// Codes of the first failed checks, how often each.
    refused: BTreeMap<&'static str, usize>,
}

/// All tests handed in as all tests: recorded, handed in as.
pub struct Confusion(BTreeMap<(TestId, TestId), Pair>);

impl Confusion {
    pub fn of(good: &[Good<'_>]) -> Self {
        let mut pairs: BTreeMap<(TestId, TestId), Pair> = BTreeMap::new();
        for good in good {
            for test in TestId::ALL {
                let pair = pairs.entry((good.row.scenario.test, test)).or_default();
                pair.count(&flow_movement::assess(test, &good.row.clip));
            }
        }
        Self(pairs)
    }

    /// Recorded, handed in as, what came of it.
    pub fn pairs(&self) -> impl Iterator<Item = (TestId, TestId, &Pair)> {
        self.0
            .iter()
            .map(|(&(recorded, test), pair)| (recorded, test, pair))
    }

    pub fn text(&self) -> String {
        let heads = TestId::ALL.map(|test| format!("as {}", test.number()));
        let mut accepted = Table::new(["recorded".to_owned()].into_iter().chain(heads));
        let mut refused = Table::new(["recorded", "handed in as", "refused with"]);
        for recorded in TestId::ALL {
            let pairs = || {
                TestId::ALL
                    .into_iter()
                    .filter_map(|test| Some((test, self.0.get(&(recorded, test))?)))
            };
            let counts = pairs().map(|(_, pair)| format!("{} of {}", pair.accepted, pair.all()));
            accepted.row([name(recorded)].into_iter().chain(counts));
            for (test, pair) in pairs().filter(|(_, pair)| !pair.refused.is_empty()) {
                refused.row([name(recorded), name(test), pair.codes()]);
            }
        }
        format!(
            "## Tests taken for each other

Every good recording handed in as every test that can be scored. A line is what was recorded, a column what it was handed
in as; a cell says how many were accepted. Only where both are the same test should any be.

{}
Why the others were refused: the first failed check, and how often.

{}",
            accepted.markdown(),
            refused.markdown()
        )
    }
}

impl Pair {
    fn count(&mut self, assessment: &Assessment) {
        let failed = assessment.quality.checks.iter().find(|check| !check.passed);
        match failed {
            Some(check) => *self.refused.entry(check.code.code()).or_default() += 1,
            None => self.accepted += 1,
        }
    }

    fn all(&self) -> usize {
        self.accepted + self.refused.values().sum::<usize>()
    }

    fn codes(&self) -> String {
        let codes: Vec<String> = self
            .refused
            .iter()
            .map(|(code, count)| format!("{count} {code}"))
            .collect();
        codes.join(", ")
    }
}
