//! What is counted, for people, tests, addresses and everybody.

use super::*;

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
