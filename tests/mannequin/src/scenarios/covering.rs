//! Choices of scenarios for what is slow to run on all of them. Where `FLOW_EVERY_SCENARIO` is set they are all.

use std::{collections::BTreeSet, env};

use flow_catalog::TestId;

use super::scenarios;
use crate::scenario::{Expect, Scenario};

/// Of each test a scenario for each bucket, and one that is refused.
#[must_use]
pub fn one_of_each_bucket() -> Vec<Scenario> {
    covering(|expect| match expect {
        Expect::Scored { bucket, .. } => vec![(*bucket).to_owned()],
        Expect::Refused { .. } => vec!["refused".to_owned()],
    })
}

/// Of each test scenarios for each bucket, each flag on each side, and each reason to be refused.
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

/// Scenarios that show all outcomes there are, in the order of the tables: again and again the one that shows most that
/// is new for each second it takes.
fn covering(outcomes: fn(&Expect) -> Vec<String>) -> Vec<Scenario> {
    let all = scenarios();
    if env::var_os("FLOW_EVERY_SCENARIO").is_some() {
        return all;
    }
    let mut shown: BTreeSet<(TestId, String)> = BTreeSet::new();
    let mut chosen = BTreeSet::new();
    loop {
        let rate = |scenario: &Scenario| {
            let new: BTreeSet<_> = outcomes(&scenario.expect)
                .into_iter()
                .filter(|what| !shown.contains(&(scenario.test, what.clone())))
                .collect();
            new.len() as f64 / scenario.seconds()
        };
        let best = (0..all.len()).max_by(|&a, &b| rate(&all[a]).total_cmp(&rate(&all[b])));
        let Some(best) = best.filter(|&best| rate(&all[best]) > 0.0) else {
            break;
        };
        let scenario = &all[best];
        shown.extend(
            outcomes(&scenario.expect)
                .into_iter()
                .map(|what| (scenario.test, what)),
        );
        chosen.insert(best);
    }
    chosen.into_iter().map(|index| all[index]).collect()
}
