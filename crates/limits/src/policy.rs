//! One limit as it stands for somebody, and the headers that tell it (draft-ietf-httpapi-ratelimit-headers).

use chrono::{DateTime, Utc};

use crate::Ban;

/// Which limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Policy {
    /// A ban of the user.
    Ban,
    /// Videos from an address in an hour, and the block of one that sent too many.
    AddressHour,
    /// Videos of the user that wait to be scored.
    Waiting,
    /// Different tests completed in the user's month.
    TestsOfMonth,
    /// Videos of the user for one test in a day.
    TestDay,
    /// Videos of the user in a day.
    UserDay,
    /// Videos of the user in an hour.
    UserHour,
    /// Videos of everybody in an hour.
    EveryoneHour,
    /// Videos of everybody in a minute while the circuit breaker is open.
    Throttle,
}

impl Policy {
    /// All policies.
    pub const ALL: [Self; 9] = [
        Self::Ban,
        Self::AddressHour,
        Self::Waiting,
        Self::TestsOfMonth,
        Self::TestDay,
        Self::UserDay,
        Self::UserHour,
        Self::EveryoneHour,
        Self::Throttle,
    ];

    /// The name in the headers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ban => "ban",
            Self::AddressHour => "address-hour",
            Self::Waiting => "waiting",
            Self::TestsOfMonth => "tests-of-month",
            Self::TestDay => "test-day",
            Self::UserDay => "day",
            Self::UserHour => "hour",
            Self::EveryoneHour => "everyone-hour",
            Self::Throttle => "throttle",
        }
    }

    /// Whether a refusal counts as a submission tried. What the system as a whole cannot take is nobody's fault.
    #[must_use]
    pub const fn counts_as_try(self) -> bool {
        !matches!(self, Self::EveryoneHour | Self::Throttle)
    }

    /// Whether a refusal is one of too many requests, which the circuit breaker watches: those answered with 429.
    #[must_use]
    pub const fn is_too_many(self) -> bool {
        matches!(
            self,
            Self::AddressHour | Self::Waiting | Self::UserDay | Self::UserHour
        )
    }

    /// What is counted, if not requests.
    const fn unit(self) -> Option<&'static str> {
        match self {
            Self::TestsOfMonth => Some("distinct-tests"),
            Self::Waiting => Some("concurrent-requests"),
            _ => None,
        }
    }
}

/// A limit as it stands for somebody now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub policy: Policy,
    /// How much is allowed.
    pub limit: u32,
    /// How much is used.
    pub used: u32,
    /// How long the span is in which it is counted, in seconds; `None` where no span is.
    pub window_seconds: Option<i64>,
    /// When more is allowed; `None` is never.
    pub resets_at: Option<DateTime<Utc>>,
}

impl Standing {
    /// A ban as a limit of nothing at all.
    #[must_use]
    pub fn of_ban(ban: &Ban) -> Self {
        Self {
            policy: Policy::Ban,
            limit: 0,
            used: 0,
            window_seconds: ban.level.length().map(|length| length.num_seconds()),
            resets_at: ban.ends_at,
        }
    }

    /// How much is left.
    #[must_use]
    pub const fn remaining(&self) -> u32 {
        self.limit.saturating_sub(self.used)
    }
}

/// Whole seconds from `now` until `time`, at least one, so that who waits for them is not early.
#[must_use]
pub fn seconds_until(time: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    let milliseconds = (time - now).num_milliseconds();
    (milliseconds.saturating_add(999) / 1000).max(1)
}

/// The values of `RateLimit-Policy` and `RateLimit` for limits as they stand.
#[must_use]
pub fn rate_limit_headers(standings: &[Standing], now: DateTime<Utc>) -> [(&'static str, String); 2] {
    let policies = standings.iter().map(|standing| {
        let unit = standing
            .policy
            .unit()
            .map_or_else(String::new, |unit| format!(";qu=\"{unit}\""));
        let window = standing
            .window_seconds
            .map_or_else(String::new, |seconds| format!(";w={seconds}"));
        format!(
            "\"{}\";q={}{unit}{window}",
            standing.policy.name(),
            standing.limit
        )
    });
    let states = standings.iter().map(|standing| {
        let reset = standing
            .resets_at
            .map_or_else(String::new, |time| format!(";t={}", seconds_until(time, now)));
        format!("\"{}\";r={}{reset}", standing.policy.name(), standing.remaining())
    });
    [
        ("ratelimit-policy", policies.collect::<Vec<_>>().join(", ")),
        ("ratelimit", states.collect::<Vec<_>>().join(", ")),
    ]
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn headers_tell_quota_span_rest_and_reset_of_each_limit() {
        let now = DateTime::from_timestamp_millis(1_800_000_000_400).unwrap();
        let standing = |policy, limit, used, window_seconds, milliseconds: Option<i64>| Standing {
            policy,
            limit,
            used,
            window_seconds,
            resets_at: milliseconds.map(|milliseconds| now + TimeDelta::milliseconds(milliseconds)),
        };
        let cases = [
            (
                vec![
                    standing(Policy::UserHour, 5, 2, Some(3600), Some(61_001)),
                    standing(Policy::UserDay, 9, 9, Some(82_800), Some(0)),
                ],
                "\"hour\";q=5;w=3600, \"day\";q=9;w=82800",
                "\"hour\";r=3;t=62, \"day\";r=0;t=1",
            ),
            (
                vec![standing(Policy::TestsOfMonth, 3, 4, Some(2_678_400), Some(1000))],
                "\"tests-of-month\";q=3;qu=\"distinct-tests\";w=2678400",
                "\"tests-of-month\";r=0;t=1",
            ),
            (
                vec![standing(Policy::Ban, 0, 0, None, None)],
                "\"ban\";q=0",
                "\"ban\";r=0",
            ),
            (vec![], "", ""),
        ];
        for (standings, policy, state) in cases {
            let headers = rate_limit_headers(&standings, now);
            assert_eq!(
                headers,
                [("ratelimit-policy", policy.into()), ("ratelimit", state.into())]
            );
        }
    }

    #[test]
    fn every_policy_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<&str> = Policy::ALL.into_iter().map(Policy::name).collect();
        assert_eq!(names.len(), Policy::ALL.len());
        for policy in Policy::ALL {
            assert!(!policy.is_too_many() || policy.counts_as_try(), "{policy:?}");
        }
    }
}
