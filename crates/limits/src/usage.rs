//! What was used, as the database counts it, and what follows for the next submission.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use flow_catalog::{TestId, Tier};

use crate::{Ban, BreakerRules, Limits, Moment, Policy, Refusal, Signals, Standing};

/// What was used in the last sixty minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sliding {
    /// How much.
    pub used: u32,
    /// When the first of it was.
    pub oldest: Option<DateTime<Utc>>,
}

impl Sliding {
    const LENGTH: TimeDelta = TimeDelta::hours(1);

    fn standing(self, policy: Policy, limit: u32, now: DateTime<Utc>) -> Standing {
        Standing {
            policy,
            limit,
            used: self.used,
            window_seconds: Some(Self::LENGTH.num_seconds()),
            resets_at: Some(self.oldest.unwrap_or(now) + Self::LENGTH),
        }
    }
}

/// What was used when. Submissions that joined another one with the same video, and those that failed by a fault of
/// ours, count for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Usage {
    /// The user's submissions of the last hour.
    pub hour: Sliding,
    /// The user's submissions of the day.
    pub day: u32,
    /// The same by test.
    pub tests_of_day: BTreeMap<TestId, u32>,
    /// Tests that the user completed this month.
    pub completed: BTreeSet<TestId>,
    /// Tests that the user may yet complete with videos that are here.
    pub coming: BTreeSet<TestId>,
    /// The user's videos that wait to be scored.
    pub waiting: u32,
    /// The user's submissions of the day that were refused.
    pub refused_today: u32,
    /// The user's hardest ban.
    pub ban: Option<Ban>,
    /// Submissions of the last hour from the address.
    pub address: Sliding,
    /// Until when the address is blocked.
    pub address_blocked_until: Option<DateTime<Utc>>,
    /// Everybody's submissions of the last hour.
    pub everyone: Sliding,
    /// Everybody's submissions of the clock's minute.
    pub minute: u32,
    /// What the circuit breaker looks at.
    pub signals: Signals,
}

impl Usage {
    /// Submissions of the day, accepted or not.
    #[must_use]
    pub const fn tries(&self) -> u32 {
        self.day.saturating_add(self.refused_today)
    }

    /// How the user's hour stands.
    #[must_use]
    pub fn user_hour(&self, limits: &Limits, moment: &Moment) -> Standing {
        self.hour.standing(Policy::UserHour, limits.per_hour, moment.now)
    }

    /// How the user's day stands.
    #[must_use]
    pub fn user_day(&self, limits: &Limits, moment: &Moment) -> Standing {
        Standing {
            policy: Policy::UserDay,
            limit: limits.per_day,
            used: self.day,
            window_seconds: Some(moment.day.length().num_seconds()),
            resets_at: Some(moment.day.end),
        }
    }

    /// How a test's day stands.
    #[must_use]
    pub fn test_day(&self, test: TestId, limits: &Limits, moment: &Moment) -> Standing {
        Standing {
            policy: Policy::TestDay,
            limit: limits.per_test_and_day,
            used: self.tests_of_day.get(&test).copied().unwrap_or(0),
            ..self.user_day(limits, moment)
        }
    }

    /// How the month's tests stand.
    #[must_use]
    pub fn tests_of_month(&self, limits: &Limits, moment: &Moment) -> Standing {
        Standing {
            policy: Policy::TestsOfMonth,
            limit: limits.tests_per_month,
            used: self.completed.len() as u32,
            window_seconds: Some(moment.month.length().num_seconds()),
            resets_at: Some(moment.month.end),
        }
    }

    /// Whether one more test may be completed this month: a test that was completed, or is about to be, may always.
    fn has_room_for(&self, test: TestId, limits: &Limits) -> bool {
        let mut tests = self.completed.union(&self.coming);
        tests.any(|counted| *counted == test)
            || self.completed.union(&self.coming).count() < limits.tests_per_month as usize
    }

    /// How the waiting videos stand. When one of them is scored cannot be known.
    fn waiting(&self, limits: &Limits, moment: &Moment) -> Standing {
        Standing {
            policy: Policy::Waiting,
            limit: limits.waiting,
            used: self.waiting,
            window_seconds: None,
            resets_at: Some(moment.now + TimeDelta::minutes(1)),
        }
    }

    /// Why a submission is refused, if it is: what holds longest comes first, what lies with the system comes last.
    #[must_use]
    pub fn refusal(
        &self,
        test: TestId,
        tier: Tier,
        limits: &Limits,
        breaker: &BreakerRules,
        moment: &Moment,
    ) -> Option<Refusal> {
        let now = moment.now;
        let refused = |standing, ban: Option<Ban>| Refusal {
            standing,
            ban,
            test,
            tier,
            at: now,
        };
        if let Some(ban) = &self.ban {
            return Some(refused(Standing::of_ban(ban), Some(ban.clone())));
        }
        let address = self
            .address
            .standing(Policy::AddressHour, limits.per_address_and_hour, now);
        if let Some(until) = self.address_blocked_until {
            let blocked = Standing {
                used: limits.per_address_and_hour,
                resets_at: Some(until),
                ..address
            };
            return Some(refused(blocked, None));
        }
        if let Some(full) = self.unscored_refusal(test, limits, moment) {
            return Some(refused(full, None));
        }
        let throttle = Standing {
            policy: Policy::Throttle,
            limit: breaker.throttled_per_minute,
            used: self.minute,
            window_seconds: Some(60),
            resets_at: Some(moment.minute() + TimeDelta::minutes(1)),
        };
        let open = breaker.open(&self.signals).is_some();
        let standings = [
            self.test_day(test, limits, moment),
            self.user_day(limits, moment),
            self.user_hour(limits, moment),
            address,
            self.everyone
                .standing(Policy::EveryoneHour, limits.everyone_per_hour, now),
        ];
        standings
            .into_iter()
            .chain(open.then_some(throttle))
            .find(|standing| standing.remaining() == 0)
            .map(|standing| refused(standing, None))
    }

    /// The limit that a video's arrival meets: too many wait to be scored, or too many tests would be completed.
    #[must_use]
    pub fn unscored_refusal(&self, test: TestId, limits: &Limits, moment: &Moment) -> Option<Standing> {
        let waiting = self.waiting(limits, moment);
        if waiting.remaining() == 0 {
            Some(waiting)
        } else if !self.has_room_for(test, limits) {
            Some(Standing {
                used: self.completed.union(&self.coming).count() as u32,
                ..self.tests_of_month(limits, moment)
            })
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests;
