//! Limits, bans and the circuit breaker on a real database, from both sides of every edge.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use flow_catalog::{TestId, Tier};
use flow_limits::{
    BanLevel, BanReason, BreakerRules, Limits, Moment, NewBan, OpenReason, Policy, Refusal, Usage,
};
use futures_executor::block_on;
use proptest::prelude::*;

use super::*;
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

    fn usage(&self) -> Usage {
        block_on(self.harness.store.usage(&self.user, &self.rules())).unwrap()
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
            token: token(number),
            sha256: hash(number),
            bytes: 1000,
            chunks: 1,
        };
        let rules = self.rules();
        block_on(
            self.harness
                .store
                .accept_video(attempt, &received, "mp4", Some(&rules), self.harness.now()),
        )
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

#[test]
fn the_sixth_video_in_sixty_minutes_is_refused_until_the_first_is_that_old() {
    let harness = Harness::new();
    let ann = Person::new(&harness, "ann", Tier::ProPlus);
    for test in [SQUAT, SQUAT, SQUAT, REACH, REACH] {
        assert_eq!(ann.policy(test), None);
        harness.advance_seconds(600);
    }
    let refusal = ann.refusal(LEG).unwrap();
    assert_eq!(refusal.standing.policy, Policy::UserHour);
    assert_eq!(refusal.resets_at(), Some(harness.now() + TimeDelta::seconds(600)));
    harness.advance_seconds(599);
    assert_eq!(ann.policy(LEG), Some(Policy::UserHour));
    harness.advance_seconds(1);
    assert_eq!(ann.policy(LEG), None);
    assert_eq!(ann.policy(LEG), Some(Policy::UserHour));
    let bob = Person::new(&harness, "bob", Tier::Free);
    assert_eq!(bob.policy(SQUAT), None, "nobody pays for somebody else");
}

#[test]
fn a_day_has_three_videos_for_a_test_and_the_tiers_number_in_all_and_begins_at_the_users_midnight() {
    // In Kathmandu 18:15 UTC is midnight.
    let harness = Harness::new();
    at(&harness, "2027-02-01T18:15:00Z");
    let ann = Person {
        zone: Tz::Asia__Kathmandu,
        ..Person::new(&harness, "ann", Tier::Free)
    };
    for test in [SQUAT, REACH, LEG] {
        for _ in 0..3 {
            assert_eq!(ann.policy(test), None);
            harness.advance_seconds(1200);
        }
        if test != LEG {
            assert_eq!(ann.policy(test), Some(Policy::TestDay));
            harness.sql("DELETE FROM refused_submissions");
        }
    }
    assert_eq!(ann.policy(SQUAT), Some(Policy::TestDay));
    assert_eq!(ann.usage().day, 9);
    harness.sql("DELETE FROM bans");
    at(&harness, "2027-02-02T18:14:59Z");
    assert_eq!(ann.policy(SQUAT), Some(Policy::TestDay));
    harness.sql("DELETE FROM bans");
    harness.advance_seconds(1);
    assert_eq!(ann.policy(SQUAT), None);
}

#[test]
fn attempts_that_failed_by_our_fault_or_joined_another_give_themselves_back() {
    let harness = Harness::new();
    let dev = Person::new(&harness, "dev", Tier::Free);
    let first = harness.uploaded(1, &hash(1));
    harness.uploaded(2, &hash(2));
    harness.uploaded(3, &hash(3));
    assert_eq!(dev.usage().tests_of_day[&SQUAT], 3);
    harness.fail(3);
    assert_eq!(dev.usage().day, 2, "a failed attempt does not count");
    let twin = harness.created(4);
    assert_eq!(dev.usage().day, 3);
    harness.begin(&twin, &token(4));
    assert_eq!(
        harness.accept(&twin, &token(4), &hash(1)),
        Accepted::SameVideo(first)
    );
    assert_eq!(dev.usage().day, 2, "a video that was sent before does not count");
    assert_eq!(dev.usage().tries(), 2);
}

#[test]
fn tests_completed_in_the_month_are_capped_and_may_be_repeated() {
    let harness = Harness::new();
    let pro = Person::new(&harness, "dev", Tier::Pro);
    for (number, test) in [
        (1, TestId::Plank),
        (2, TestId::DeadBug),
        (3, TestId::AnkleMobility),
    ] {
        harness.uploaded(number, &hash(number));
        harness.sql(&format!(
            "UPDATE attempts SET test = '{}' WHERE id = '{}'",
            test.slug(),
            id(number)
        ));
        let leased = harness.leased(number);
        block_on(
            harness
                .store
                .finish(&leased, &Harness::scored(true), harness.now()),
        )
        .unwrap();
    }
    assert_eq!(pro.usage().completed.len(), 3);
    assert_eq!(pro.policy(SQUAT), None);

    let free = Person::new(&harness, "dev", Tier::Free);
    let refusal = free.refusal(SQUAT).unwrap();
    assert_eq!(
        (refusal.standing.policy, refusal.available_in()),
        (Policy::TestsOfMonth, Some(Tier::Pro))
    );
    assert_eq!(refusal.resets_at(), Some("2027-02-01T00:00:00Z".parse().unwrap()));
    assert_eq!(free.policy(TestId::Plank), None, "a re-test");
    at(&harness, "2027-02-01T00:00:00Z");
    assert_eq!(free.policy(SQUAT), None);
}

#[test]
fn a_video_that_would_complete_too_many_tests_is_not_accepted() {
    let harness = Harness::new();
    let dev = Person::new(&harness, "dev", Tier::Free);
    let attempts: Vec<_> = [SQUAT, REACH, LEG, SQUAT].map(|test| dev.submit(test)).into();
    for (number, test) in [(0, "plank"), (1, "dead-bug"), (2, "ankle-mobility")] {
        let attempt = &attempts[number];
        assert!(matches!(
            dev.send_video(attempt, number as u8 + 1).accepted,
            Accepted::Accepted(_)
        ));
        harness.sql(&format!("UPDATE attempts SET test = '{test}', state = 'scoring', lease_token = 't', lease_until = 1 WHERE id = '{}'", attempt.id));
    }
    let Accepted::Refused(refusal) = dev.send_video(&attempts[3], 9).accepted else {
        panic!("accepted")
    };
    assert_eq!(
        (refusal.standing.policy, refusal.ban),
        (Policy::TestsOfMonth, None)
    );
}

#[test]
fn more_than_three_videos_waiting_earn_a_day() {
    let harness = Harness::new();
    let dev = Person::new(&harness, "dev", Tier::ProPlus);
    let attempts: Vec<_> = [SQUAT, SQUAT, REACH, REACH].map(|test| dev.submit(test)).into();
    for (number, attempt) in (1..).zip(&attempts[..3]) {
        assert!(matches!(
            dev.send_video(attempt, number).accepted,
            Accepted::Accepted(_)
        ));
    }
    let sent = dev.send_video(&attempts[3], 4);
    let Accepted::Refused(refusal) = sent.accepted else {
        panic!("{sent:?}")
    };
    let ban = refusal.ban.unwrap();
    assert_eq!(
        (refusal.standing.policy, ban.level, ban.reason),
        (Policy::Waiting, BanLevel::Soft, BanReason::QueueFlooded)
    );
    assert_eq!(ban.ends_at, Some(harness.now() + TimeDelta::hours(24)));
    assert_eq!(sent.alerts.len(), 1);
    assert_eq!(dev.policy(LEG), Some(Policy::Ban));

    // A second time it is the same ban, and once a video is scored there is room for the fourth.
    assert_eq!(dev.send_video(&attempts[3], 5).alerts, []);
    harness.sql(&format!(
        "UPDATE attempts SET state = 'scoring', lease_token = 't', lease_until = 1 WHERE id = '{}'",
        attempts[0].id
    ));
    assert!(matches!(
        dev.send_video(&attempts[3], 6).accepted,
        Accepted::Accepted(_)
    ));
}

#[test]
fn asking_for_a_fourth_while_three_wait_earns_it_too() {
    let harness = Harness::new();
    for number in 1..=3 {
        harness.uploaded(number, &hash(number));
    }
    let dev = Person::new(&harness, "dev", Tier::ProPlus);
    let refusal = dev.refusal(REACH).unwrap();
    assert_eq!(refusal.standing.policy, Policy::Waiting);
    assert_eq!(refusal.ban.map(|ban| ban.reason), Some(BanReason::QueueFlooded));
}

#[test]
fn tries_over_the_quota_escalate_to_a_ban_for_good_that_is_reported() {
    let harness = Harness::new();
    let ann = Person::new(&harness, "ann", Tier::Free);
    let mut levels = Vec::new();
    for _ in 1..=120 {
        let creation = ann.ask(SQUAT);
        let level = match creation.created {
            Created::New(_) => None,
            Created::Refused(refusal) => refusal.ban.map(|ban| ban.level),
            other => panic!("{other:?}"),
        };
        levels.push(level);
        harness.advance_seconds(1);
    }
    let first = |wanted| levels.iter().position(|level| *level == Some(wanted)).unwrap() + 1;
    assert_eq!(
        [BanLevel::Soft, BanLevel::Hard, BanLevel::Permanent].map(first),
        [10, 51, 101]
    );
    assert!(levels[9..].iter().all(Option::is_some));
    assert_eq!(harness.count("bans"), 3);
    assert_eq!(
        ann.usage().tries(),
        101,
        "who is banned for good is not counted any more"
    );
    assert_eq!(
        harness.limit_events(),
        ["ban.placed", "ban.placed", "ban.reported"]
    );
    let bob = Person::new(&harness, "bob", Tier::Free);
    assert_eq!(bob.policy(SQUAT), None);
}

#[test]
fn a_ban_ends_by_itself_and_tries_of_the_next_day_count_anew() {
    let harness = Harness::new();
    at(&harness, "2027-02-01T10:00:00Z");
    let ann = Person::new(&harness, "ann", Tier::Free);
    for _ in 0..10 {
        ann.ask(SQUAT);
    }
    harness.advance_seconds(24 * 3600 - 1);
    assert_eq!(ann.policy(SQUAT), Some(Policy::Ban));
    harness.advance_seconds(1);
    assert_eq!(ann.policy(SQUAT), None);
    assert_eq!(ann.usage().tries(), 2);
}

#[test]
fn a_lifted_ban_is_over_at_once_and_does_not_come_back_with_the_next_try() {
    let harness = Harness::new();
    let ann = Person::new(&harness, "ann", Tier::Free);
    for _ in 0..12 {
        ann.ask(SQUAT);
    }
    let listed = block_on(harness.store.bans(Some("ann"), None, 10)).unwrap();
    let [record] = listed.items.as_slice() else {
        panic!("{listed:?}")
    };
    assert_eq!(
        (record.ban.level, &record.subject),
        (BanLevel::Soft, &Subject::User(ann.user.clone()))
    );
    assert_eq!(
        block_on(harness.store.ban_of(&ann.user, harness.now()))
            .unwrap()
            .as_ref(),
        Some(&record.ban)
    );
    let lift = |id: &str| block_on(harness.store.lift_ban(id, "a mistake", harness.now())).unwrap();
    assert!(matches!(lift(&record.ban.id), Lifted::Lifted(record) if record.lifted.is_some()));
    assert!(matches!(lift(&record.ban.id), Lifted::Over(_)));
    assert_eq!(lift("nothing"), Lifted::Unknown);
    assert_eq!(ann.policy(REACH), None);
    assert_eq!(ann.policy(SQUAT), Some(Policy::TestDay));
    assert_eq!(block_on(harness.store.ban_of(&ann.user, harness.now())), Ok(None));
    assert_eq!(
        block_on(harness.store.bans(Some("bob"), None, 10)).unwrap().items,
        []
    );
    assert_eq!(harness.limit_events(), ["ban.placed", "ban.lifted"]);
}

#[test]
fn an_address_that_sends_too_much_is_blocked_for_an_hour_whoever_asks() {
    let harness = Harness::new();
    let person = |name: &str, address| Person {
        address: Some(mark(address)),
        ..Person::new(&harness, name, Tier::ProPlus)
    };
    for number in 0..20 {
        assert_eq!(person(&format!("user-{number}"), 1).policy(SQUAT), None);
        harness.advance_seconds(60);
    }
    let refusal = person("zoe", 1).refusal(SQUAT).unwrap();
    assert_eq!(
        (refusal.standing.policy, refusal.ban),
        (Policy::AddressHour, None)
    );
    assert_eq!(
        refusal.standing.resets_at,
        Some(harness.now() + TimeDelta::hours(1))
    );
    assert_eq!(person("zoe", 2).policy(SQUAT), None, "from elsewhere");
    harness.advance_seconds(3599);
    assert_eq!(person("yan", 1).policy(SQUAT), Some(Policy::AddressHour));
    harness.advance_seconds(1);
    assert_eq!(person("yan", 1).policy(SQUAT), None);
}

#[test]
fn everybody_together_is_limited_and_that_is_nobodys_try() {
    let harness = Harness::new();
    let person = |name: &str| Person {
        everyone_per_hour: 3,
        ..Person::new(&harness, name, Tier::Free)
    };
    for name in ["a", "b", "c"] {
        assert_eq!(person(name).policy(SQUAT), None);
        harness.advance_seconds(100);
    }
    let refusal = person("d").refusal(SQUAT).unwrap();
    assert_eq!(refusal.standing.policy, Policy::EveryoneHour);
    assert_eq!(
        refusal.resets_at(),
        Some(harness.now() + TimeDelta::seconds(3300))
    );
    assert_eq!(person("d").usage().tries(), 0);
    harness.advance_seconds(3300);
    assert_eq!(person("d").policy(SQUAT), None);
}

#[test]
fn the_breaker_opens_on_refusals_lets_few_pass_and_closes_by_itself() {
    let harness = Harness::new();
    at(&harness, "2027-02-01T10:00:00Z");
    for number in 0..94 {
        assert_eq!(
            Person::new(&harness, &format!("user-{number}"), Tier::Free).policy(SQUAT),
            None
        );
    }
    let mut alerts = Vec::new();
    // Each has five and is refused once more.
    for name in ["a", "b", "c", "d", "e", "f", "g"] {
        let person = Person::new(&harness, name, Tier::ProPlus);
        for test in [SQUAT, SQUAT, SQUAT, REACH, REACH, REACH] {
            alerts.extend(person.ask(test).alerts);
        }
    }
    // 94 + 35 accepted, 7 refused with 429: more than 5 in 100.
    assert_eq!(alerts, [Alert::BreakerOpened(OpenReason::TooManyRefused)]);
    let seen = block_on(harness.store.breaker(&BREAKER, harness.now())).unwrap();
    assert_eq!(
        (seen.open, seen.signals.accepted, seen.signals.too_many),
        (Some(OpenReason::TooManyRefused), 129, 7)
    );
    assert_eq!(
        Person::new(&harness, "zoe", Tier::Free).policy(SQUAT),
        Some(Policy::Throttle)
    );
    harness.advance_seconds(60);
    for (name, policy) in [("u", None), ("v", None), ("w", Some(Policy::Throttle))] {
        assert_eq!(
            Person::new(&harness, name, Tier::Free).policy(SQUAT),
            policy,
            "{name}"
        );
    }
    harness.advance_seconds(4 * 60);
    let creation = Person::new(&harness, "x", Tier::Free).ask(SQUAT);
    assert_eq!(creation.alerts, [Alert::BreakerClosed]);
    assert_eq!(harness.limit_events(), ["breaker.opened", "breaker.closed"]);
}

#[test]
fn the_breaker_opens_on_cost_and_its_closing_is_told_without_submissions() {
    let harness = Harness::new();
    at(&harness, "2027-02-01T10:00:00Z");
    let review = || block_on(harness.store.review_breaker(&BREAKER, harness.now())).unwrap();
    // At one dollar an hour, ten hours are affordable.
    for _ in 0..10 {
        block_on(
            harness
                .store
                .add_compute(std::time::Duration::from_hours(1), harness.now()),
        )
        .unwrap();
        harness.advance_seconds(60);
        assert_eq!(review(), None);
    }
    block_on(
        harness
            .store
            .add_compute(std::time::Duration::from_millis(1), harness.now()),
    )
    .unwrap();
    assert_eq!(review(), Some(Alert::BreakerOpened(OpenReason::Cost)));
    assert_eq!(review(), None, "told once");
    for (name, policy) in [("u", None), ("v", None), ("w", Some(Policy::Throttle))] {
        assert_eq!(
            Person::new(&harness, name, Tier::Free).policy(SQUAT),
            policy,
            "{name}"
        );
    }
    at(&harness, "2027-02-01T10:59:59Z");
    assert_eq!(review(), None);
    harness.advance_seconds(1);
    assert_eq!(
        review(),
        Some(Alert::BreakerClosed),
        "the first hour of it is over"
    );
}

#[test]
fn what_was_counted_is_forgotten_when_it_is_no_longer_needed() {
    let harness = Harness::new();
    let ann = Person {
        address: Some(mark(1)),
        ..Person::new(&harness, "ann", Tier::Free)
    };
    for _ in 0..4 {
        ann.ask(SQUAT);
    }
    block_on(
        harness
            .store
            .add_compute(std::time::Duration::from_secs(1), harness.now()),
    )
    .unwrap();
    let forget = || block_on(harness.store.forget_old_counts(harness.now())).unwrap();
    let tables = [
        "submission_addresses",
        "refused_submissions",
        "refused_minutes",
        "compute_minutes",
    ];
    let counts = || tables.map(|table| harness.count(table));
    forget();
    assert_eq!(counts(), [3, 1, 1, 1]);
    harness.advance_seconds(24 * 3600);
    forget();
    assert_eq!(counts(), [0, 1, 1, 1]);
    harness.advance_seconds(24 * 3600);
    forget();
    assert_eq!(counts(), [0, 0, 1, 1]);
    harness.advance_seconds(5 * 24 * 3600);
    forget();
    assert_eq!(counts(), [0, 0, 0, 0]);
}

/// Counting must not take longer the more attempts there are.
#[test]
fn nothing_is_counted_by_reading_a_whole_table() {
    let harness = Harness::new();
    let rules = Person::new(&harness, "ann", Tier::Free).rules();
    let mut context = Context::new(&"ann".parse().unwrap(), &rules);
    let test = context.add("plank");
    let condition = admits(&mut context, &rules, &test);
    let question = format!("EXPLAIN QUERY PLAN SELECT 1 WHERE {condition}");
    let plan = block_on(harness.store.database.run(&question, context.values())).unwrap();
    let steps: Vec<String> = plan.iter().map(|row| row.text(3).unwrap()).collect();
    assert!(
        steps.iter().filter(|step| step.starts_with("SEARCH")).count() > 10,
        "{steps:#?}"
    );
    for step in steps {
        assert!(
            !step.starts_with("SCAN") || step == "SCAN CONSTANT ROW" || step.starts_with("SCAN (subquery"),
            "{step}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The statement that admits and the rules that explain agree on everything that was used, refused or banned.
    #[test]
    fn a_submission_is_admitted_exactly_where_no_rule_refuses_it(
        past in prop::collection::vec((0_u8..3, 0_i64..100_000, 0_u8..7, any::<bool>()), 0..40),
        refused in 0_u32..12,
        (throttled, everyone) in (0_u32..3, 1_u32..40),
        banned in prop::option::of(0_i64..200_000),
        hours in 0_u32..12,
    ) {
        let harness = Harness::new();
        let states = ["created", "uploaded", "scoring", "retrying", "valid", "invalid", "failed"];
        for (number, (test, age, state, from_here)) in past.into_iter().enumerate() {
            let state = states[usize::from(state)];
            let test = [SQUAT, REACH, LEG][usize::from(test)].slug();
            let at = harness.now().timestamp_millis() - age * 1000;
            let lease = if state == "scoring" { "'t', 1" } else { "NULL, NULL" };
            let end = if ["valid", "invalid", "failed"].contains(&state) { at.to_string() } else { "NULL".into() };
            harness.sql(&format!(
                "INSERT INTO attempts (id, user_id, test, tier, state, content_type, size_bytes, sha256, video_token, \
                 video_chunks, created_at, finished_at, lease_token, lease_until) \
                 VALUES ('old-{number}', 'ann', '{test}', 'free', '{state}', 'video/mp4', 1, 'h{number}', 't', 1, {at}, {end}, {lease})"
            ));
            if from_here {
                harness.sql(&format!(
                    "INSERT INTO submission_addresses VALUES ('old-{number}', '{}', {at})", mark(1)
                ));
            }
        }
        let minute = harness.now().timestamp_millis() / 60_000 * 60_000;
        harness.sql(&format!("INSERT INTO refused_minutes VALUES ({minute}, 100, {refused})"));
        harness.sql(&format!("INSERT INTO compute_minutes VALUES ({minute}, {})", hours * 3_600_000));
        if let Some(age) = banned {
            let at = harness.now() - TimeDelta::seconds(age);
            let ban = NewBan::for_tries(10, Tier::Free).unwrap().from("ban".into(), at);
            block_on(harness.store.place_ban(Subject::User("ann".parse().unwrap()), ban, &mut Vec::new())).unwrap();
        }
        let ann = Person {
            address: Some(mark(1)),
            everyone_per_hour: everyone,
            breaker: BreakerRules { throttled_per_minute: throttled, ..BREAKER },
            ..Person::new(&harness, "ann", Tier::Free)
        };
        let rules = ann.rules();
        let expected = ann.usage().refusal(SQUAT, Tier::Free, &rules.limits, &rules.breaker, &rules.moment);
        prop_assert_eq!(ann.policy(SQUAT), expected.map(|refusal| refusal.standing.policy));
    }
}
