//! Limits, bans and the circuit breaker on a real database, from both sides of every edge.

mod bans;
mod breaker;
mod counts;
mod upkeep;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use flow_catalog::{TestId, Tier};
use flow_limits::{
    BanLevel, BanReason, BreakerRules, Limits, Moment, NewBan, OpenReason, Policy, Refusal, Sliding, Usage,
};
use futures_executor::block_on;
use proptest::prelude::*;

use super::{usage::Counted, *};
use crate::{
    Accepted, Created, Creation, NewAttempt, Received, Subject, UserId,
    testing::{Harness, hash, id, token},
};

/// Somebody who submits; their clock is the harness's.
struct Person<'a> {
    harness: &'a Harness,
    user: UserId,
    tier: Tier,
    zone: Tz,
    address: Option<AddressMark>,
    everyone_per_hour: u32,
    breaker: BreakerRules,
}

const BREAKER: BreakerRules = BreakerRules {
    dollars_per_compute_hour: 1.0,
    throttled_per_minute: 2,
};

impl<'a> Person<'a> {
    fn new(harness: &'a Harness, user: &str, tier: Tier) -> Self {
        Self {
            harness,
            user: user.parse().unwrap(),
            tier,
            zone: Tz::UTC,
            address: None,
            everyone_per_hour: Limits::EVERYONE_PER_HOUR,
            breaker: BREAKER,
        }
    }

    fn rules(&self) -> Rules {
        Rules {
            limits: Limits::of(self.tier, self.everyone_per_hour),
            breaker: self.breaker,
            moment: Moment::new(self.zone, self.harness.now()),
            address: self.address.clone(),
        }
    }

    fn ask(&self, test: TestId) -> Creation {
        let number = 1000
            + self.harness.sql("SELECT count(*) FROM attempts")[0]
                .count(0)
                .unwrap();
        let refused = self
            .harness
            .sql("SELECT coalesce(sum(count), 0) FROM refused_submissions")[0]
            .count(0)
            .unwrap();
        let new = NewAttempt {
            id: format!("0193e7b0-{refused:04x}-7000-8000-{number:012x}")
                .parse()
                .unwrap(),
            user: self.user.clone(),
            tier: self.tier,
            test,
            ..Harness::wanted(1)
        };
        block_on(
            self.harness
                .store
                .create(&new, Some(&self.rules()), self.harness.now()),
        )
        .unwrap()
    }

    /// `None` when a submission passes.
    fn refusal(&self, test: TestId) -> Option<Refusal> {
        match self.ask(test).created {
            Created::New(_) => None,
            Created::Refused(refusal) => Some(*refusal),
            other => panic!("{other:?}"),
        }
    }

    fn policy(&self, test: TestId) -> Option<Policy> {
        self.refusal(test).map(|refusal| refusal.standing.policy)
    }

    /// What was used, of which the user is shown the same.
    fn usage(&self) -> Usage {
        let store = &self.harness.store;
        let Counted { usage, .. } = block_on(store.counted(&self.user, &self.rules())).unwrap();
        let shown = block_on(store.shown_usage(&self.user, &self.rules())).unwrap();
        let of_admission_alone = Usage {
            coming: BTreeSet::new(),
            waiting: 0,
            refused_today: 0,
            address: Sliding::default(),
            everyone: Sliding::default(),
            minute: 0,
            ..usage.clone()
        };
        assert_eq!(shown, of_admission_alone);
        usage
    }

    /// Submits a video that is accepted and returns its attempt's id.
    fn submit(&self, test: TestId) -> crate::Attempt {
        match self.ask(test).created {
            Created::New(attempt) => attempt,
            other => panic!("{other:?}"),
        }
    }

    fn send_video(&self, attempt: &crate::Attempt, number: u8) -> crate::Acceptance {
        self.harness.begin(attempt, &token(number));
        let received = Received {
            sha256: hash(number),
            bytes: 1000,
            chunks: 1,
        };
        let rules = self.rules();
        block_on(self.harness.store.accept_video(
            attempt,
            &self.harness.upload(&token(number)),
            &received,
            "mp4",
            Some(&rules),
            self.harness.now(),
        ))
        .unwrap()
    }
}

const SQUAT: TestId = TestId::OverheadSquat;
const REACH: TestId = TestId::YBalance;
const LEG: TestId = TestId::SingleLegBalance;

fn mark(number: u8) -> AddressMark {
    format!("{number:064x}").parse().unwrap()
}

/// Moves the clock to a time of day that leaves room before and after.
fn at(harness: &Harness, time: &str) {
    let time: DateTime<Utc> = time.parse().unwrap();
    harness.advance_seconds((time - harness.now()).num_seconds());
}
