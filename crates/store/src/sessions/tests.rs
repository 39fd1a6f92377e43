//! The life of a session: refreshed, refreshed twice at once, stolen, listed, ended, forgotten.

use futures_executor::block_on;

use super::*;
use crate::testing::{Harness, account_id, session_id};

const AGENT: &str = "mark-of-agent";

fn rotated(number: u8) -> Refreshed {
    Refreshed::Rotated {
        session: session_id(number),
        account: account_id(1),
    }
}

fn reused(number: u8) -> Refreshed {
    Refreshed::Reused {
        session: session_id(number),
        account: account_id(1),
    }
}

/// One account with one session, whose first refresh token has the number 10.
fn signed_in() -> Harness {
    let harness = Harness::new();
    harness.registered(1);
    harness.signed_in(1, 10);
    harness
}

#[test]
fn each_token_is_good_once_and_its_successor_follows() {
    let harness = signed_in();
    for token in 10..20 {
        harness.advance_seconds(900);
        assert_eq!(harness.refresh(token, AGENT), rotated(10), "{token}");
    }
    assert!(harness.member(&session_id(10)).is_some());
    assert_eq!(harness.refresh(99, AGENT), Refreshed::Ended, "an unknown one");
    assert!(
        harness.member(&session_id(10)).is_some(),
        "which says nothing about anybody's session"
    );
}

#[test]
fn a_client_that_comes_twice_at_once_gets_the_same_successor() {
    let harness = signed_in();
    assert_eq!(harness.refresh(10, AGENT), rotated(10));
    harness.advance_seconds(10);
    assert_eq!(harness.refresh(10, AGENT), rotated(10));
    assert_eq!(harness.count("refresh_tokens"), 2);
    assert_eq!(
        harness.refresh(11, AGENT),
        rotated(10),
        "and the successor is good"
    );
}

#[test]
fn a_token_that_comes_again_later_or_from_another_client_ends_the_session() {
    for (seconds, agent, expected) in [
        (0, AGENT, rotated(10)),
        (10, AGENT, rotated(10)),
        (11, AGENT, reused(10)),
        (0, "mark-of-thief", reused(10)),
        (86_400, AGENT, reused(10)),
    ] {
        let harness = signed_in();
        harness.refresh(10, AGENT);
        harness.advance_seconds(seconds);
        let outcome = harness.refresh(10, agent);
        assert_eq!(outcome, expected, "{seconds} {agent}");
        let over = outcome == reused(10);
        assert_eq!(harness.member(&session_id(10)).is_none(), over);
        let successor = harness.refresh(11, AGENT);
        assert_eq!(successor, if over { Refreshed::Ended } else { rotated(10) });
        let reasons = harness.sql("SELECT revoked_reason FROM sessions");
        let expected = over.then(|| "token-reused".to_owned());
        assert_eq!(reasons[0].maybe_text(0).unwrap(), expected);
    }
}

#[test]
fn using_the_grace_does_not_make_it_longer() {
    let harness = signed_in();
    harness.refresh(10, AGENT);
    harness.advance_seconds(6);
    assert_eq!(harness.refresh(10, AGENT), rotated(10));
    harness.advance_seconds(6);
    assert_eq!(harness.refresh(10, AGENT), reused(10));
}

#[test]
fn a_client_whose_name_changes_with_an_update_stays_signed_in() {
    let harness = signed_in();
    assert_eq!(harness.refresh(10, "mark-of-update"), rotated(10));
    assert_eq!(
        harness.refresh(10, "mark-of-update"),
        rotated(10),
        "it is the client now"
    );
    assert_eq!(harness.refresh(11, "mark-of-update"), rotated(10));
}

#[test]
fn a_session_ends_when_nobody_uses_it_for_thirty_days_and_after_half_a_year_at_the_longest() {
    let harness = signed_in();
    harness.advance_seconds(30 * 86_400 - 1);
    assert_eq!(harness.refresh(10, AGENT), rotated(10));
    harness.advance_seconds(30 * 86_400);
    assert_eq!(harness.refresh(11, AGENT), Refreshed::Ended);
    assert_eq!(harness.member(&session_id(10)), None);

    let harness = signed_in();
    for token in 10..16 {
        harness.advance_seconds(29 * 86_400);
        assert_eq!(harness.refresh(token, AGENT), rotated(10), "{token}");
    }
    // 174 days are over; six are left.
    harness.advance_seconds(6 * 86_400);
    assert_eq!(harness.refresh(16, AGENT), Refreshed::Ended);
}

#[test]
fn sessions_are_listed_and_ended_by_their_owner_only() {
    let harness = signed_in();
    harness.registered(2);
    harness.signed_in(2, 50);
    harness.advance_seconds(1);
    harness.signed_in(1, 20);
    harness.advance_seconds(1);
    harness.signed_in(1, 30);
    let list = |account: u8| -> Vec<SessionId> {
        let sessions = block_on(harness.store.sessions(&account_id(account), harness.now(), 10)).unwrap();
        sessions.into_iter().map(|session| session.id).collect()
    };
    assert_eq!(list(1), [session_id(30), session_id(20), session_id(10)]);
    let end = |account: u8, session: u8| {
        let end = SessionEnd::Revoked;
        let account = account_id(account);
        block_on(
            harness
                .store
                .end_session(&account, &session_id(session), end, harness.now()),
        )
        .unwrap()
    };
    assert!(!end(2, 20), "not theirs");
    assert!(end(1, 20));
    assert!(!end(1, 20), "over already");
    assert_eq!(harness.refresh(20, AGENT), Refreshed::Ended);
    assert_eq!(harness.member(&session_id(20)), None);
    let end_others = block_on(harness.store.end_sessions(
        &account_id(1),
        Some(&session_id(10)),
        SessionEnd::Revoked,
        harness.now(),
    ));
    assert_eq!(end_others, Ok(1));
    assert_eq!(list(1), [session_id(10)]);
    assert_eq!(list(2), [session_id(50)]);
}

#[test]
fn signing_out_ends_the_session_of_the_token_even_if_it_was_used() {
    let harness = signed_in();
    harness.refresh(10, AGENT);
    let sign_out = |hash: &str| {
        let end = harness
            .store
            .end_session_of_token(hash, SessionEnd::SignedOut, harness.now());
        block_on(end).unwrap()
    };
    assert!(!sign_out("unknown"));
    assert!(sign_out("refresh-10"));
    assert!(!sign_out("refresh-10"));
    assert_eq!(harness.refresh(11, AGENT), Refreshed::Ended);
}

#[test]
fn an_outdated_hash_is_replaced_when_somebody_signs_in() {
    let harness = signed_in();
    let new = NewSession {
        id: session_id(40),
        account: &account_id(1),
        client_label: "curl",
        client_mark: AGENT,
        refresh_hash: "refresh-40",
        rehashed: Some("phc-rehashed"),
    };
    block_on(harness.store.open_session(&new, harness.now())).unwrap();
    let credentials = block_on(harness.store.credentials("mark-1", harness.now()))
        .unwrap()
        .unwrap();
    assert_eq!(credentials.password_hash, "phc-rehashed");
}

#[test]
fn what_happens_to_sessions_is_recorded_under_the_name_that_the_log_knows() {
    let harness = signed_in();
    harness.refresh(10, AGENT);
    harness.refresh(10, "mark-of-thief");
    let rows = harness.sql("SELECT event, subject, reference, detail FROM audit_log ORDER BY id");
    let entries: Vec<[String; 4]> = rows
        .iter()
        .map(|row| [0, 1, 2, 3].map(|column| row.maybe_text(column).unwrap().unwrap_or_default()))
        .collect();
    let session = session_id(10).to_string();
    let expected = [
        [
            "account.registered",
            "subject-1",
            "",
            r#"{"consent":"consent-1"}"#,
        ],
        ["session.opened", "subject-1", &session, "{}"],
        [
            "session.ended",
            "subject-1",
            &session,
            r#"{"reason":"token-reused"}"#,
        ],
    ];
    assert_eq!(entries, expected.map(|entry| entry.map(str::to_owned)));
}
