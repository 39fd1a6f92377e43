//! How the slots for scoring are shared between tiers.

use flow_catalog::Tier;

/// Share of the compute that a tier may hold while slots are scarce, 0..1 (SPEC, section T).
///
/// Basic's share is given as 25 to 30 %; with the lower figure nobody gets less than promised.
#[must_use]
pub const fn compute_share(tier: Tier) -> f64 {
    match tier {
        Tier::Free => 0.20,
        Tier::Basic => 0.25,
        Tier::Pro => 0.45,
        Tier::ProPlus => 1.0,
    }
}

/// Seconds after which a refused caller may ask again: a slot of ten comes free about every 2 s when each video takes
/// 20 s; the smaller a tier's share, the longer its turn takes to come.
#[must_use]
pub fn retry_after_seconds(tier: Tier) -> u32 {
    (2.0 / compute_share(tier)).ceil() as u32
}

/// How many of `slots` a tier may hold while they are scarce; at least one.
#[must_use]
pub fn slot_share(tier: Tier, slots: u32) -> u32 {
    ((compute_share(tier) * f64::from(slots)).ceil() as u32).max(1)
}

/// How many instances may work on each of the videos that are scored `at_once`, itself included, so that together they are
/// no more than `slots`.
#[must_use]
pub fn instances_each(slots: u32, at_once: u32) -> u32 {
    (slots / at_once.max(1)).max(1)
}

/// How many slots are taken, by all and by one tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub all: u32,
    pub tier: u32,
}

/// Whether one more video of `tier` may be scored now.
///
/// Slots are scarce once half of them are taken. Until then every tier may take any; from then on a tier may hold no
/// more than its share (at least one slot), and never are more taken than there are.
pub(crate) fn admits(tier: Tier, slots: u32, taken: Taken) -> bool {
    taken.all < slots && (taken.all * 2 < slots || taken.tier < slot_share(tier, slots))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_keeps_to_its_share_once_half_the_slots_are_taken() {
        let cases = [
            // (tier, slots, all, of the tier, admitted)
            (Tier::Free, 10, 0, 0, true),
            (Tier::Free, 10, 4, 4, true),
            (Tier::Free, 10, 5, 5, false),
            (Tier::Free, 10, 5, 1, true),
            (Tier::Free, 10, 5, 2, false),
            (Tier::Basic, 10, 6, 2, true),
            (Tier::Basic, 10, 6, 3, false),
            (Tier::Pro, 10, 9, 4, true),
            (Tier::Pro, 10, 9, 5, false),
            (Tier::ProPlus, 10, 9, 9, true),
            (Tier::ProPlus, 10, 10, 0, false),
            (Tier::Free, 1, 0, 0, true),
            (Tier::Free, 1, 1, 1, false),
            (Tier::Free, 2, 1, 0, true),
            (Tier::ProPlus, 0, 0, 0, false),
        ];
        for (tier, slots, all, of_tier, admitted) in cases {
            assert_eq!(
                admits(tier, slots, Taken { all, tier: of_tier }),
                admitted,
                "{tier:?}: {of_tier} of {all} taken, {slots} slots"
            );
        }
    }

    #[test]
    fn instances_together_are_no_more_than_there_are_slots() {
        for (slots, at_once, each) in [
            (10, 1, 10),
            (10, 2, 5),
            (10, 4, 2),
            (10, 6, 1),
            (10, 10, 1),
            (1, 1, 1),
            (0, 0, 1),
        ] {
            assert_eq!(
                instances_each(slots, at_once),
                each,
                "{at_once} videos in {slots} slots"
            );
        }
    }

    #[test]
    fn a_dearer_tier_waits_less() {
        assert_eq!(Tier::ALL.map(retry_after_seconds), [10, 8, 5, 2]);
    }
}
