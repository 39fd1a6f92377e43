//! What is forgotten, and how questions are answered.

use super::*;

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
