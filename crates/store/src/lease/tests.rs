//! Who may score when, and what happens when a run breaks.

use futures_executor::block_on;

use super::*;
use crate::testing::{Harness, hash, lease_token};

#[test]
fn of_many_who_ask_one_scores_and_the_others_see_it() {
    let harness = Harness::new();
    harness.uploaded(1, &hash(1));
    let leased = harness.leased(1);
    assert_eq!((leased.attempt.state, leased.attempt.runs), (State::Scoring, 1));
    let Lease::Held(seen) = harness.lease(1) else {
        panic!("two hold it")
    };
    assert_eq!(seen.id, leased.attempt.id);
    block_on(
        harness
            .store
            .finish(&leased, &Harness::scored(true), harness.now()),
    )
    .unwrap();
    assert!(matches!(harness.lease(1), Lease::Final(attempt) if attempt.state == State::Valid));
}

#[test]
fn without_a_video_there_is_nothing_to_score() {
    let harness = Harness::new();
    harness.created(1);
    assert!(matches!(harness.lease(1), Lease::NoVideo(_)));
    assert_eq!(harness.lease(2), Lease::Unknown);
}

#[test]
fn a_lease_lives_on_with_progress_and_is_lost_in_silence() {
    let harness = Harness::new();
    harness.uploaded(1, &hash(1));
    let first = harness.leased(1);
    for done in 1..=3 {
        harness.advance_seconds(29);
        let progress = Some(Progress { done, total: 9 });
        block_on(
            harness
                .store
                .keep_lease(&first, progress, Harness::terms(), harness.now()),
        )
        .unwrap();
        let Lease::Held(seen) = harness.lease(1) else {
            panic!("lost after {done}")
        };
        assert_eq!(seen.progress, progress);
    }
    harness.uploaded(2, &hash(2));
    let other = harness.leased(2);
    let at_once = block_on(
        harness
            .store
            .keep_lease(&other, None, Harness::terms(), harness.now()),
    );
    assert_eq!(at_once, Ok(2));
    harness.advance_seconds(30);
    let second = harness.leased(1);
    assert_eq!((second.attempt.runs, second.attempt.progress), (2, None));
    let error = block_on(
        harness
            .store
            .keep_lease(&first, None, Harness::terms(), harness.now()),
    );
    assert_eq!(error, Err(Error::LeaseLost(first.attempt.id.to_string())));
    let error = block_on(harness.store.give_up_run(&first, "x", harness.now()));
    assert_eq!(error, Err(Error::LeaseLost(first.attempt.id.to_string())));
}

#[test]
fn whoever_helps_names_the_lease_that_holds_now() {
    let harness = Harness::new();
    harness.uploaded(1, &hash(1));
    let first = harness.leased(1);
    let held = |leased: &Leased| {
        block_on(
            harness
                .store
                .leased(&leased.attempt.id, &leased.token, harness.now()),
        )
        .unwrap()
    };
    assert_eq!(held(&first).as_ref(), Some(&first.attempt));
    harness.advance_seconds(30);
    assert_eq!(held(&first), None, "it fell silent");
    let second = harness.leased(1);
    assert_eq!(held(&first), None, "somebody else has it");
    assert_eq!(held(&second).as_ref(), Some(&second.attempt));
    block_on(
        harness
            .store
            .finish(&second, &Harness::scored(true), harness.now()),
    )
    .unwrap();
    assert_eq!(held(&second), None, "it is over");
}

#[test]
fn three_retries_then_failed_with_a_dead_letter_and_an_audit_event() {
    let harness = Harness::new();
    harness.uploaded(1, &hash(1));
    for run in 1..=MAX_RETRIES {
        let leased = harness.leased(1);
        let after = block_on(harness.store.give_up_run(&leased, "no memory", harness.now())).unwrap();
        assert_eq!((after.state, after.runs), (State::Retrying, run));
        assert_eq!(harness.count("dead_letters"), 0);
    }
    let leased = harness.leased(1);
    let after = block_on(harness.store.give_up_run(&leased, "no memory", harness.now())).unwrap();
    assert_eq!(
        (after.state, after.finished_at),
        (State::Failed, Some(harness.now()))
    );
    assert!(after.outcome.feedback.unwrap().contains("fault of ours"));
    assert_eq!(harness.count("dead_letters"), 1);
    let (event, detail) = harness.audit_trail().pop().unwrap();
    assert_eq!(event, "assessment.measurement_failed");
    assert!(
        detail.contains("\"FAILED\"") && detail.contains("no memory"),
        "{detail}"
    );
    assert!(matches!(harness.lease(1), Lease::Final(_)));
}

#[test]
fn silent_runs_are_broken_for_all_attempts_at_once() {
    let harness = Harness::new();
    for number in 1..=3 {
        harness.uploaded(number, &hash(number));
        harness.leased(number);
        harness.advance_seconds(10);
    }
    // Leases of 30 s taken 30, 20 and 10 s ago.
    let broken = block_on(harness.store.break_silent_runs(harness.now())).unwrap();
    assert_eq!(
        broken.iter().map(|attempt| attempt.state).collect::<Vec<_>>(),
        [State::Retrying]
    );
    assert!(matches!(harness.lease(2), Lease::Held(_)));
}

#[test]
fn slots_are_counted_over_all_users_and_come_free_again() {
    let harness = Harness::new();
    let terms = LeaseTerms {
        slots: 2,
        ..Harness::terms()
    };
    let take = |number: u8| {
        block_on(harness.store.take_lease(
            &crate::testing::id(number),
            &lease_token(number),
            terms,
            harness.now(),
        ))
        .unwrap()
    };
    for number in 1..=3 {
        harness.uploaded(number, &hash(number));
    }
    let Lease::Taken(first) = take(1) else {
        panic!("no slot")
    };
    // Free's share of two slots is one; another tier still gets the second.
    assert!(matches!(take(2), Lease::NoSlot(_)));
    harness.set_tier(2, "pro-plus");
    assert!(matches!(take(2), Lease::Taken(_)));
    harness.set_tier(3, "pro-plus");
    assert!(matches!(take(3), Lease::NoSlot(_)));
    block_on(
        harness
            .store
            .finish(&first, &Harness::scored(true), harness.now()),
    )
    .unwrap();
    assert!(matches!(take(3), Lease::Taken(_)));
}

#[test]
fn a_broken_run_frees_its_slot() {
    let harness = Harness::new();
    let terms = LeaseTerms {
        slots: 1,
        ..Harness::terms()
    };
    harness.uploaded(1, &hash(1));
    harness.uploaded(2, &hash(2));
    let take = |number: u8| {
        let id = crate::testing::id(number);
        block_on(
            harness
                .store
                .take_lease(&id, &lease_token(number), terms, harness.now()),
        )
        .unwrap()
    };
    assert!(matches!(take(1), Lease::Taken(_)));
    assert!(matches!(take(2), Lease::NoSlot(_)));
    harness.advance_seconds(30);
    assert!(matches!(take(2), Lease::Taken(_)));
}
