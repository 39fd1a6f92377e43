//! Every limit from both sides, and which one is told where several refuse.

use chrono_tz::Tz;

use super::*;
use crate::NewBan;

const BREAKER: BreakerRules = BreakerRules {
    dollars_per_compute_hour: 0.04048,
    throttled_per_minute: 10,
};

const SQUAT: TestId = TestId::OverheadSquat;
const REACH: TestId = TestId::YBalance;
const LEG: TestId = TestId::SingleLegBalance;
const PLANK: TestId = TestId::Plank;

fn moment() -> Moment {
    Moment::new(Tz::Europe__Berlin, "2026-10-25T12:00:30Z".parse().unwrap())
}

fn refusal_of(usage: &Usage, tier: Tier) -> Option<Refusal> {
    let limits = Limits::of(tier, Limits::EVERYONE_PER_HOUR);
    usage.refusal(TestId::OverheadSquat, tier, &limits, &BREAKER, &moment())
}

fn minutes_ago(used: u32, minutes: i64) -> Sliding {
    Sliding {
        used,
        oldest: Some(moment().now - TimeDelta::minutes(minutes)),
    }
}

fn ban(tries: u32) -> Option<Ban> {
    NewBan::for_tries(tries, Tier::Free).map(|new| new.from("b".into(), moment().now))
}

/// What was used, who used it, and the refusal with its reset as (policy, minutes from now).
type Case = (&'static str, fn(&mut Usage), Tier, Option<(Policy, i64)>);

fn check(cases: &[Case]) {
    for (name, used, tier, expected) in cases {
        let mut usage = Usage::default();
        used(&mut usage);
        let found = refusal_of(&usage, *tier).map(|refusal| {
            let minutes = (refusal.resets_at().unwrap() - moment().now).num_minutes();
            (refusal.standing.policy, minutes)
        });
        assert_eq!(found, *expected, "{name}");
    }
}

/// Berlin's 25 October 2026 ends at 23:00 UTC, its October six days later.
const DAY: i64 = 11 * 60 - 1;
const MONTH: i64 = DAY + 6 * 24 * 60;

#[test]
fn each_limit_of_a_user_lets_the_last_one_pass_and_refuses_the_next() {
    use Policy::{TestDay, UserDay, UserHour, Waiting};
    use Tier::{Free, Pro, ProPlus};
    check(&[
        ("nothing", |_| (), Free, None),
        ("4 in the hour", |u| u.hour = minutes_ago(4, 50), Free, None),
        (
            "5 in the hour",
            |u| u.hour = minutes_ago(5, 50),
            ProPlus,
            Some((UserHour, 10)),
        ),
        ("8 in the day", |u| u.day = 8, Free, None),
        ("9 in the day", |u| u.day = 9, Free, Some((UserDay, DAY))),
        ("9 in Pro's day", |u| u.day = 9, Pro, None),
        ("21 in Pro's day", |u| u.day = 21, Pro, Some((UserDay, DAY))),
        ("44 in Pro+'s day", |u| u.day = 44, ProPlus, None),
        ("45 in Pro+'s day", |u| u.day = 45, ProPlus, Some((UserDay, DAY))),
        (
            "2 of the test",
            |u| u.tests_of_day = [(SQUAT, 2)].into(),
            Free,
            None,
        ),
        (
            "3 of the test",
            |u| u.tests_of_day = [(SQUAT, 3)].into(),
            Free,
            Some((TestDay, DAY)),
        ),
        (
            "3 of another test",
            |u| u.tests_of_day = [(LEG, 3)].into(),
            Free,
            None,
        ),
        ("2 waiting", |u| u.waiting = 2, Free, None),
        ("3 waiting", |u| u.waiting = 3, Free, Some((Waiting, 1))),
        (
            "a soft ban",
            |u| u.ban = ban(10),
            Free,
            Some((Policy::Ban, 24 * 60)),
        ),
    ]);
}

#[test]
fn different_tests_of_a_month_are_limited_and_those_that_count_may_be_repeated() {
    use Tier::{Free, Pro};
    let full = Some((Policy::TestsOfMonth, MONTH));
    check(&[
        ("2 done", |u| u.completed = [LEG, REACH].into(), Free, None),
        ("3 done", |u| u.completed = [LEG, REACH, PLANK].into(), Free, full),
        (
            "3 done in Pro",
            |u| u.completed = [LEG, REACH, PLANK].into(),
            Pro,
            None,
        ),
        (
            "a re-test",
            |u| u.completed = [LEG, REACH, SQUAT].into(),
            Free,
            None,
        ),
        (
            "2 done, 1 of them coming again",
            |u| (u.completed, u.coming) = ([LEG, REACH].into(), [LEG].into()),
            Free,
            None,
        ),
        (
            "2 done, another coming",
            |u| (u.completed, u.coming) = ([LEG, REACH].into(), [REACH, PLANK].into()),
            Free,
            full,
        ),
        (
            "2 done, this one coming",
            |u| (u.completed, u.coming) = ([LEG, REACH].into(), [SQUAT].into()),
            Free,
            None,
        ),
    ]);
}

#[test]
fn limits_beyond_the_user_let_the_last_one_pass_and_refuse_the_next() {
    use Policy::{AddressHour, EveryoneHour, Throttle};
    let blocked: fn(&mut Usage) = |u| u.address_blocked_until = Some(moment().now + TimeDelta::minutes(7));
    check(&[
        (
            "19 from the address",
            |u| u.address = minutes_ago(19, 1),
            Tier::Free,
            None,
        ),
        (
            "20 from it",
            |u| u.address = minutes_ago(20, 20),
            Tier::Free,
            Some((AddressHour, 40)),
        ),
        ("a blocked address", blocked, Tier::Free, Some((AddressHour, 7))),
        (
            "999 of everybody",
            |u| u.everyone = minutes_ago(999, 59),
            Tier::Free,
            None,
        ),
        (
            "1000 of them",
            |u| u.everyone = minutes_ago(1000, 59),
            Tier::Free,
            Some((EveryoneHour, 1)),
        ),
        ("a closed breaker", |u| u.minute = 900, Tier::Free, None),
    ]);
    for (minute, expected) in [(9, None), (10, Some(Throttle))] {
        let mut usage = Usage {
            minute,
            ..Usage::default()
        };
        usage.signals.compute_milliseconds = u64::MAX;
        let refusal = refusal_of(&usage, Tier::Free);
        let at = "2026-10-25T12:01:00Z".parse().ok();
        assert_eq!(refusal.as_ref().map(|refusal| refusal.standing.policy), expected);
        assert_eq!(refusal.and_then(|refusal| refusal.resets_at()), expected.and(at));
    }
}

#[test]
fn where_several_limits_refuse_the_one_that_holds_longest_is_told() {
    use Policy as P;
    let mut usage = Usage {
        hour: minutes_ago(5, 1),
        day: 9,
        tests_of_day: [(SQUAT, 3)].into(),
        completed: [PLANK, REACH, LEG].into(),
        waiting: 3,
        ban: ban(101),
        address: minutes_ago(20, 1),
        address_blocked_until: Some(moment().now + TimeDelta::minutes(7)),
        everyone: minutes_ago(1000, 1),
        minute: 10,
        signals: Signals {
            compute_milliseconds: u64::MAX,
            ..Signals::default()
        },
        ..Usage::default()
    };
    let mut told = Vec::new();
    while let Some(refusal) = refusal_of(&usage, Tier::Free) {
        assert_eq!(refusal.standing.remaining(), 0);
        let policy = refusal.standing.policy;
        match policy {
            Policy::Ban => {
                assert_eq!(refusal.resets_at(), None, "for good");
                usage.ban = None;
            }
            Policy::AddressHour if usage.address_blocked_until.is_some() => {
                usage.address_blocked_until = None;
            }
            Policy::AddressHour => usage.address.used = 19,
            Policy::Waiting => usage.waiting = 2,
            Policy::TestsOfMonth => usage.completed.clear(),
            Policy::TestDay => usage.tests_of_day.clear(),
            Policy::UserDay => usage.day = 8,
            Policy::UserHour => usage.hour.used = 4,
            Policy::EveryoneHour => usage.everyone.used = 999,
            Policy::Throttle => usage.minute = 9,
        }
        told.push(policy);
    }
    assert_eq!(
        told,
        [
            P::Ban,
            P::AddressHour,
            P::Waiting,
            P::TestsOfMonth,
            P::TestDay,
            P::UserDay,
            P::UserHour,
            P::AddressHour,
            P::EveryoneHour,
            P::Throttle
        ]
    );
}
