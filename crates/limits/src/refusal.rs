//! Why a submission is refused, and until when.

use chrono::{DateTime, Utc};
use flow_catalog::{TestId, Tier};

use crate::{Ban, Policy, Standing};

/// A submission that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The limit that refuses it.
    pub standing: Standing,
    /// The user's ban: the one that refuses it, or one that was earned by trying.
    pub ban: Option<Ban>,
    /// The test that was to be submitted.
    pub test: TestId,
    /// The user's tier.
    pub tier: Tier,
    /// When it was refused.
    pub at: DateTime<Utc>,
}

impl Refusal {
    /// When it may be tried again: when the limit allows it and no ban is in the way. `None` is never.
    #[must_use]
    pub fn resets_at(&self) -> Option<DateTime<Utc>> {
        match &self.ban {
            Some(ban) if self.standing.policy == Policy::Ban => ban.ends_at,
            Some(ban) => ban
                .ends_at
                .zip(self.standing.resets_at)
                .map(|(ban, limit)| ban.max(limit)),
            None => self.standing.resets_at,
        }
    }

    /// The next tier in which more is allowed of what ran out, if the tier is the reason.
    #[must_use]
    pub fn available_in(&self) -> Option<Tier> {
        let allowed = match self.standing.policy {
            Policy::TestsOfMonth => Tier::tests_per_month,
            Policy::UserDay => Tier::videos_per_day,
            _ => return None,
        };
        Tier::ALL
            .into_iter()
            .find(|tier| allowed(*tier) > self.standing.limit)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::NewBan;

    fn refusal(policy: Policy, limit: u32, ban: Option<Ban>) -> Refusal {
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Refusal {
            standing: Standing {
                policy,
                limit,
                used: limit,
                window_seconds: None,
                resets_at: Some(at + TimeDelta::hours(2)),
            },
            ban,
            test: TestId::Plank,
            tier: Tier::Free,
            at,
        }
    }

    #[test]
    fn a_ban_that_was_earned_lasts_beyond_the_limit_that_refused() {
        let at = refusal(Policy::UserDay, 9, None).at;
        let ban = |tries| NewBan::for_tries(tries, Tier::Free).map(|new| new.from("b".into(), at));
        for (tries, hours) in [(9, Some(2)), (10, Some(24)), (51, Some(7 * 24)), (101, None)] {
            let resets = refusal(Policy::UserDay, 9, ban(tries)).resets_at();
            assert_eq!(
                resets,
                hours.map(|hours| at + TimeDelta::hours(hours)),
                "{tries} tries"
            );
        }
        let blocked = NewBan::for_flooding_address().from("b".into(), at);
        let resets = refusal(Policy::AddressHour, 20, Some(blocked)).resets_at();
        assert_eq!(resets, Some(at + TimeDelta::hours(2)), "the later of both");
    }

    #[test]
    fn the_tier_that_allows_more_is_named_where_there_is_one() {
        for (policy, limit, tier) in [
            (Policy::TestsOfMonth, 3, Some(Tier::Pro)),
            (Policy::TestsOfMonth, 7, Some(Tier::ProPlus)),
            (Policy::TestsOfMonth, 15, None),
            (Policy::UserDay, 9, Some(Tier::Pro)),
            (Policy::UserDay, 45, None),
            (Policy::UserHour, 5, None),
            (Policy::TestDay, 3, None),
        ] {
            assert_eq!(
                refusal(policy, limit, None).available_in(),
                tier,
                "{policy:?} {limit}"
            );
        }
    }
}
