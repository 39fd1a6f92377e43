//! Choices of scenarios for what is slow to run on all of them. Where `FLOW_EVERY_SCENARIO` is set they are all.

use std::{collections::BTreeSet, env};

use flow_catalog::TestId;

use super::scenarios;
use crate::scenario::{Expect, Scenario};

/// Of each test the first scenario that gets a bucket, and the first that is refused.
#[must_use]
pub fn one_of_each_bucket() -> Vec<Scenario> {
    covering(|expect| match expect {
        Expect::Scored { bucket, .. } => vec![(*bucket).to_owned()],
        Expect::Refused { .. } => vec!["refused".to_owned()],
    })
}

/// Of each test the first scenario that gets a bucket, raises a flag on a side, or is refused for a reason.
#[must_use]
pub fn one_of_each_outcome() -> Vec<Scenario> {
    covering(|expect| match expect {
        Expect::Scored { bucket, flags, .. } => {
            let flags = flags.iter().map(|flag| format!("{} {:?}", flag.code, flag.side));
            flags.chain([(*bucket).to_owned()]).collect()
        }
        Expect::Refused { code, .. } => vec![(*code).to_owned()],
    })
}

/// The scenarios that show something of their test which none before them does.
fn covering(outcomes: fn(&Expect) -> Vec<String>) -> Vec<Scenario> {
    let every = env::var_os("FLOW_EVERY_SCENARIO").is_some();
    let mut shown: BTreeSet<(TestId, String)> = BTreeSet::new();
    let mut chosen = scenarios();
    chosen.retain(|scenario| {
        let before = shown.len();
        shown.extend(
            outcomes(&scenario.expect)
                .into_iter()
                .map(|what| (scenario.test, what)),
        );
        shown.len() > before || every
    });
    chosen
}
