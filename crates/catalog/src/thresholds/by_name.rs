//! Cut-offs by the names they have in the data file, for what explains results rather than decides them.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize as _;

use crate::{Cutoff, TestId};

/// The cut-off of a test that has this name in the data file.
#[must_use]
pub fn cutoff(test: TestId, name: &str) -> Option<&'static Cutoff> {
    static CUTOFFS: LazyLock<BTreeMap<TestId, BTreeMap<String, Cutoff>>> = LazyLock::new(read);
    CUTOFFS.get(&test)?.get(name)
}

/// The file is known to be well formed: `thresholds` reads the same text into types.
fn read() -> BTreeMap<TestId, BTreeMap<String, Cutoff>> {
    let file: toml::Table = toml::from_str(super::DATA_FILE).unwrap_or_default();
    let of_test = |test: TestId| {
        let cutoffs = file.get(test.slug())?.get("cutoffs")?.as_table()?;
        let read = cutoffs
            .iter()
            .filter_map(|(name, entry)| Some((name.clone(), Cutoff::deserialize(entry.clone()).ok()?)));
        Some((test, read.collect()))
    };
    TestId::ALL.into_iter().filter_map(of_test).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thresholds;

    #[test]
    fn a_cutoff_is_found_by_its_test_and_name() {
        assert_eq!(
            cutoff(TestId::AnkleMobility, "shin_lean_deg"),
            Some(&thresholds().ankle_mobility.cutoffs.shin_lean_deg)
        );
        assert_eq!(
            cutoff(TestId::Plank, "hold_s"),
            Some(&thresholds().plank.cutoffs.hold_s)
        );
        assert_eq!(cutoff(TestId::Plank, "shin_lean_deg"), None);
    }
}
