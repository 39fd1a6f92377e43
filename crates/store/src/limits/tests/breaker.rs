//! When the breaker opens and closes.

use super::*;

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
