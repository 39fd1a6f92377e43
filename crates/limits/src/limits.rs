//! How much is allowed, as data (product requirements, sections T and L).

use flow_catalog::Tier;

/// How much somebody is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Videos of a user in any hour.
    pub per_hour: u32,
    /// Videos of a user in a day.
    pub per_day: u32,
    /// Videos of a user for one test in a day.
    pub per_test_and_day: u32,
    /// Different tests that a user completes in a calendar month.
    pub tests_per_month: u32,
    /// Videos of a user that wait to be scored at once.
    pub waiting: u32,
    /// Videos from one address in any hour.
    pub per_address_and_hour: u32,
    /// Videos of everybody in any hour.
    pub everyone_per_hour: u32,
}

impl Limits {
    /// Videos of everybody in any hour, unless the operator sets another number.
    pub const EVERYONE_PER_HOUR: u32 = 1000;

    /// What a tier is allowed, where everybody together is allowed `everyone_per_hour`.
    #[must_use]
    pub const fn of(tier: Tier, everyone_per_hour: u32) -> Self {
        Self {
            per_hour: 5,
            per_day: tier.videos_per_day(),
            per_test_and_day: tier.videos_per_test_and_day(),
            tests_per_month: tier.tests_per_month(),
            waiting: 3,
            per_address_and_hour: 20,
            everyone_per_hour,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_those_of_the_product() {
        let of = |tier| {
            let limits = Limits::of(tier, Limits::EVERYONE_PER_HOUR);
            assert_eq!(
                (
                    limits.per_hour,
                    limits.waiting,
                    limits.per_address_and_hour,
                    limits.everyone_per_hour
                ),
                (5, 3, 20, 1000)
            );
            (limits.per_test_and_day, limits.per_day, limits.tests_per_month)
        };
        assert_eq!(Tier::ALL.map(of), [(3, 9, 3), (3, 9, 3), (3, 21, 7), (3, 45, 15)]);
    }
}
