//! Attacks with the tokens in mails: used twice, too late, for something else, by somebody else, or only guessed.
#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use flow_system_tests::{
    Answer, Client, Host, HostOptions, Stored,
    accounts::{PASSWORD, SignedIn, login, mailed_token, member, registration, visitor},
};
use serde_json::{Value, json};

/// What a token from a mail can be used for.
const USES: [(&str, &str); 3] = [
    ("verify", "/api/auth/verify"),
    ("reset", "/api/auth/reset"),
    ("change-email", "/api/auth/change-email"),
];

const NEW_PASSWORD: &str = "ten brisk otters";

/// Uses a token.
fn spend(client: &Client, kind: &str, token: &str) -> Answer {
    let (_, path) = USES.iter().find(|(name, _)| *name == kind).expect("a use");
    let body = if kind == "reset" {
        json!({ "token": token, "password": NEW_PASSWORD })
    } else {
        json!({ "token": token })
    };
    client.post(path, &body)
}

fn assert_refused(answer: &Answer, case: &str) {
    let problem = answer.problem();
    assert_eq!(
        (answer.status, problem.as_str()),
        (400, "token-invalid"),
        "{case}: {}",
        answer.json()
    );
}

/// Has a token of a kind sent for this account, and reads it.
fn asked_for(host: &Host, kind: &str, who: &SignedIn) -> String {
    let email = &who.account["email"];
    let answer = match kind {
        "reset" => who.client.post("/api/auth/forgot", &json!({ "email": email })),
        "verify" => {
            host.change(&format!(
                "UPDATE accounts SET verified_at = NULL WHERE id = {}",
                id(who)
            ));
            who.client
                .post("/api/auth/verify/resend", &json!({ "email": email }))
        }
        _ => {
            let new = format!("new.{}", email.as_str().expect("an address"));
            who.client.post(
                "/api/account/email",
                &json!({ "password": PASSWORD, "newEmail": new }),
            )
        }
    };
    assert_eq!(answer.status, 202, "{}", answer.json());
    mailed_token(host, kind)
}

/// The account's id as SQL writes it.
fn id(who: &SignedIn) -> String {
    format!("'{}'", who.account["id"].as_str().expect("an id"))
}

#[test]
fn a_token_is_good_for_what_it_was_sent_for_and_for_nothing_else() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let eve = member(&host, "eve@example.org");
    let tokens = USES.map(|(kind, _)| (kind, asked_for(&host, kind, &ann)));
    let refresh = ann.cookie.split('=').nth(1).expect("a token").to_owned();
    let stored: Vec<String> = tokens
        .iter()
        .map(|(kind, _)| {
            host.ask(&format!(
                "SELECT hash FROM mail_tokens WHERE purpose = '{kind}' AND used_at IS NULL"
            ))
        })
        .collect();
    let before = Stored::in_host(&host);
    for (kind, _) in USES {
        for (other, token) in tokens.iter().filter(|(other, _)| *other != kind) {
            assert_refused(
                &spend(&visitor(&host), kind, token),
                &format!("a token for {other} as one for {kind}"),
            );
        }
        let flipped = tokens[0].1.chars().rev().collect::<String>();
        let guesses = [
            "",
            "0",
            &"A".repeat(43),
            "' OR '1'='1",
            "%",
            "null",
            &flipped,
            &refresh,
            &ann.access_token,
        ];
        // Whoever reads the database has the digests, and they open nothing.
        for token in guesses.into_iter().chain(stored.iter().map(String::as_str)) {
            assert_refused(
                &spend(&eve.client, kind, token),
                &format!("{token} as a token for {kind}"),
            );
        }
    }
    before.assert_unchanged(&host, "a token that is none, or one for something else");
}

#[test]
fn a_token_acts_on_its_own_account_whoever_sends_it_and_once() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let eve = member(&host, "eve@example.org");
    let eves = |host: &Host| -> String {
        host.ask(&format!(
            "SELECT json_array(email_lookup, email_sealed, password_hash, verified_at) FROM accounts WHERE id = {}",
            id(&eve)
        ))
    };
    let before = eves(&host);
    for (kind, _) in USES {
        let token = asked_for(&host, kind, &ann);
        assert_eq!(spend(&eve.client, kind, &token).status, 204, "{kind}");
        assert_eq!(eves(&host), before, "{kind}: whoever sends it gets nothing of it");
        let spent = Stored::in_host(&host);
        for client in [&eve.client, &ann.client, &visitor(&host)] {
            assert_refused(&spend(client, kind, &token), &format!("{kind} a second time"));
        }
        spent.assert_unchanged(&host, &format!("a token for {kind} a second time"));
        if kind == "reset" {
            // All links go with another password; this one was Ann's old one.
            host.change(&format!(
                "UPDATE accounts SET password_hash = (SELECT password_hash FROM accounts WHERE id = {}) WHERE id = {}",
                id(&eve),
                id(&ann)
            ));
            host.change(&format!(
                "UPDATE sessions SET revoked_at = NULL, revoked_reason = NULL WHERE account_id = {}",
                id(&ann)
            ));
        }
    }
}

#[test]
fn of_many_who_use_a_token_at_once_one_does() {
    let host = Host::start(HostOptions::default());
    for (kind, _) in USES {
        let who = member(&host, &format!("{kind}@example.org"));
        let token = asked_for(&host, kind, &who);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| spend(&visitor(&host), kind, &token).status))
                .collect();
            let ended = racers.into_iter().map(|racer| racer.join().expect("a racer"));
            ended.collect()
        });
        let won = statuses.iter().filter(|status| **status == 204).count();
        assert_eq!(won, 1, "{kind}: {statuses:?}");
        assert!(
            statuses.iter().all(|status| [204, 400].contains(status)),
            "{kind}: {statuses:?}"
        );
    }
}

#[test]
fn a_token_ends_with_its_time_and_with_what_makes_it_pointless() {
    /// Makes a token worthless.
    type Spoil = fn(&Host, &SignedIn);
    const SPOILED: [(&str, &str, Spoil); 8] = [
        ("verify", "a day later", |host, _| host.advance_clock(24 * 3600)),
        ("reset", "an hour later", |host, _| host.advance_clock(3600)),
        ("change-email", "a day later", |host, _| {
            host.advance_clock(24 * 3600);
        }),
        ("reset", "with another password", change_password),
        ("change-email", "with another password", change_password),
        ("reset", "without its account", delete),
        ("change-email", "without its account", delete),
        ("change-email", "once somebody has the address", |host, who| {
            let new = format!("new.{}", who.account["email"].as_str().expect("an address"));
            let registered = visitor(host).post("/api/auth/register", &registration(&new, PASSWORD));
            assert_eq!(registered.status, 202);
        }),
    ];
    let host = Host::start(HostOptions::default());
    for (number, (kind, case, spoil)) in SPOILED.into_iter().enumerate() {
        host.advance_clock(3600);
        let who = member(&host, &format!("person{number}@example.org"));
        let token = asked_for(&host, kind, &who);
        spoil(&host, &who);
        let before = Stored::in_host(&host);
        assert_refused(&spend(&visitor(&host), kind, &token), &format!("{kind} {case}"));
        before.assert_unchanged(&host, &format!("{kind} {case}"));
    }
}

fn change_password(_: &Host, who: &SignedIn) {
    let body = json!({ "password": PASSWORD, "newPassword": NEW_PASSWORD });
    assert_eq!(who.client.post("/api/account/password", &body).status, 204);
}

fn delete(_: &Host, who: &SignedIn) {
    let gone = who
        .client
        .post("/api/account/delete", &json!({ "password": PASSWORD }));
    assert_eq!(gone.status, 204);
}

/// Whoever registers somebody else's address first does not get into the account that its owner takes over.
#[test]
fn an_account_that_somebody_made_in_anothers_name_is_lost_to_them_with_the_first_reset() {
    let host = Host::start(HostOptions::default());
    let eve = visitor(&host);
    assert_eq!(
        eve.post("/api/auth/register", &registration("ann@example.org", PASSWORD))
            .status,
        202
    );
    let trap = SignedIn::from(&eve, &login(&eve, "ann@example.org", PASSWORD));
    let way_back = json!({ "password": PASSWORD, "newEmail": "eve@example.com" });
    assert_eq!(trap.client.post("/api/account/email", &way_back).status, 202);
    let stolen = mailed_token(&host, "change-email");

    let ann = visitor(&host);
    assert_eq!(
        ann.post("/api/auth/forgot", &json!({ "email": "ann@example.org" }))
            .status,
        202
    );
    assert_eq!(spend(&ann, "reset", &mailed_token(&host, "reset")).status, 204);
    let before = Stored::in_host(&host);
    assert_refused(&spend(&eve, "change-email", &stolen), "the way back");
    assert_eq!(trap.client.get("/api/account").problem(), "session-ended");
    assert_eq!(trap.refresh().problem(), "session-ended");
    before.assert_unchanged(&host, "what the first one kept of the account");
    assert_eq!(
        login(&eve, "ann@example.org", PASSWORD).problem(),
        "wrong-credentials"
    );
    let signed_in = SignedIn::from(&ann, &login(&ann, "ann@example.org", NEW_PASSWORD));
    assert_eq!(signed_in.account["emailVerified"], Value::Bool(true));
}
