//! The circuit breaker: when signals say that something is wrong, few submissions pass until it is over (product
//! requirement L3).

use serde::Serialize;

const MILLISECONDS_PER_HOUR: f64 = 3_600_000.0;

/// What the operator configures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakerRules {
    /// What an hour of one instance that computes costs, in US dollars.
    pub dollars_per_compute_hour: f64,
    /// How many submissions a minute pass while it is open.
    pub throttled_per_minute: u32,
}

/// What the breaker looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Signals {
    /// Submissions accepted in the last [`BreakerRules::MINUTES`].
    pub accepted: u64,
    /// Submissions refused in the same minutes because of limits or bans.
    pub refused: u64,
    /// Those of them that were refused with 429.
    pub too_many: u64,
    /// Time that instances computed in the last hour, in milliseconds.
    pub compute_milliseconds: u64,
}

/// Why the breaker is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ThrottleReason"))]
#[serde(rename_all = "kebab-case")]
pub enum OpenReason {
    /// Too many submissions are refused with 429.
    TooManyRefused,
    /// Computing costs too much.
    Cost,
}

impl OpenReason {
    /// The name in the database and in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooManyRefused => "too-many-refused",
            Self::Cost => "cost",
        }
    }
}

impl Signals {
    /// All submissions of the minutes looked at.
    #[must_use]
    pub const fn submissions(&self) -> u64 {
        self.accepted.saturating_add(self.refused)
    }

    /// What the last hour's computing cost, in US dollars.
    #[must_use]
    pub fn dollars(&self, rules: &BreakerRules) -> f64 {
        self.compute_milliseconds as f64 / MILLISECONDS_PER_HOUR * rules.dollars_per_compute_hour
    }
}

impl BreakerRules {
    /// The cost of computing in an hour above which the breaker opens, in US dollars.
    pub const DOLLARS_PER_HOUR: f64 = 10.0;

    /// How many minutes of submissions count, the one that is not over included.
    pub const MINUTES: i64 = 5;

    /// How many minutes of computing count, the one that is not over included.
    pub const COST_MINUTES: i64 = 60;

    /// Fewest submissions from which the share of refused ones counts.
    pub const LEAST_SUBMISSIONS: u64 = 100;

    /// The share of submissions refused with 429 that is still accepted, in percent.
    pub const REFUSED_PERCENT: u64 = 5;

    /// Most computing in an hour that is affordable, in milliseconds.
    #[must_use]
    pub fn affordable_milliseconds(&self) -> u64 {
        // What costs nothing is affordable in any amount: the cast keeps infinity at the largest number.
        (Self::DOLLARS_PER_HOUR / self.dollars_per_compute_hour * MILLISECONDS_PER_HOUR) as u64
    }

    /// Why the breaker is open with these signals; `None` when it is closed.
    #[must_use]
    pub fn open(&self, signals: &Signals) -> Option<OpenReason> {
        let submissions = signals.submissions();
        if submissions >= Self::LEAST_SUBMISSIONS
            && signals.too_many.saturating_mul(100) > submissions.saturating_mul(Self::REFUSED_PERCENT)
        {
            Some(OpenReason::TooManyRefused)
        } else if signals.compute_milliseconds > self.affordable_milliseconds() {
            Some(OpenReason::Cost)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: BreakerRules = BreakerRules {
        dollars_per_compute_hour: 0.04048,
        throttled_per_minute: 10,
    };

    #[test]
    fn it_opens_above_five_percent_of_a_hundred_submissions() {
        let cases = [
            // (accepted, refused, of them with 429, open)
            (0, 0, 0, false),
            (0, 99, 99, false),
            (0, 100, 100, true),
            (95, 5, 5, false),
            (94, 6, 6, true),
            (94, 6, 5, false),
            (190, 10, 10, false),
            (189, 11, 11, true),
            (u64::MAX, 10, 10, false),
        ];
        for (accepted, refused, too_many, open) in cases {
            let signals = Signals {
                accepted,
                refused,
                too_many,
                compute_milliseconds: 0,
            };
            let expected = open.then_some(OpenReason::TooManyRefused);
            assert_eq!(RULES.open(&signals), expected, "{signals:?}");
        }
    }

    #[test]
    fn it_opens_above_ten_dollars_an_hour_at_any_price() {
        // 10 $ at 0.04048 $ are 247 hours of computing.
        for (dollars_per_compute_hour, affordable) in
            [(0.04048, 889_328_063), (10.0, 3_600_000), (0.0, u64::MAX)]
        {
            let rules = BreakerRules {
                dollars_per_compute_hour,
                ..RULES
            };
            assert_eq!(rules.affordable_milliseconds(), affordable);
            let signals = |compute_milliseconds| Signals {
                compute_milliseconds,
                ..Signals::default()
            };
            assert_eq!(rules.open(&signals(affordable)), None);
            if let Some(more) = affordable.checked_add(1) {
                assert_eq!(rules.open(&signals(more)), Some(OpenReason::Cost));
            }
        }
        let hour = Signals {
            compute_milliseconds: 3_600_000,
            ..Signals::default()
        };
        assert!((hour.dollars(&RULES) - 0.04048).abs() < 1e-12);
    }
}
