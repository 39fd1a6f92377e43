//! A person's account over HTTP: seen, changed, exported, deleted without a trace.
#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use flow_system_tests::{
    Host, HostOptions,
    accounts::{PASSWORD, SignedIn, login, mailed_token, member, outbox, visitor},
    moving_pattern,
};
use serde_json::{Value, json};

const ANN: &str = "ann.archer@example.org";

/// The files of a zip.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a whole zip");
    let files = zip.len();
    let read = |index: usize| {
        let mut file = zip.by_index(index).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        (file.name().expect("a name").into_owned(), bytes)
    };
    (0..files).map(read).collect()
}

fn table(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    serde_json::from_slice(&files[&format!("{name}.json")]).expect("a table")
}

#[test]
fn an_account_is_shown_and_moved_to_another_time_zone_but_not_too_often() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, ANN);
    let account = ann.client.get("/api/account");
    assert_eq!(account.status, 200, "{}", account.json());
    let account = account.json();
    assert_eq!(account["email"], ANN);
    assert_eq!(account["timeZone"], "Europe/Berlin");
    assert_eq!(account["tier"], "free");
    assert_eq!(account["emailVerified"], true);
    assert_eq!(account["consentVersion"], flow_catalog::CONSENT_VERSION);

    let patch = |body: &Value| {
        ann.client.clone().with("content-type", "application/json").call(
            "PATCH",
            "/api/account",
            body.to_string().as_bytes(),
        )
    };
    let moved = patch(&json!({ "timeZone": "Asia/Tokyo" }));
    assert_eq!(
        (moved.status, &moved.json()["timeZone"]),
        (200, &json!("Asia/Tokyo"))
    );
    assert_eq!(patch(&json!({ "timeZone": "Asia/Tokyo" })).status, 200);
    assert_eq!(patch(&json!({ "timeZone": "Europe/Berlin" })).status, 200);
    let refused = patch(&json!({ "timeZone": "Asia/Tokyo" }));
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (429, "too-many-tries")
    );
    assert!(!refused.header("retry-after").is_empty());
    let nowhere = patch(&json!({ "timeZone": "Mars/Olympus" }));
    assert_eq!(
        (nowhere.status, nowhere.problem().as_str()),
        (400, "invalid-value")
    );
    assert_eq!(patch(&json!({ "email": "x@example.org" })).problem(), "bad-json");
    assert_eq!(ann.client.get("/api/account").json()["timeZone"], "Europe/Berlin");
}

#[test]
fn a_new_password_needs_the_old_one_and_ends_all_other_sessions() {
    let host = Host::start(HostOptions::default());
    let here = member(&host, ANN);
    let there = SignedIn::from(&visitor(&host), &login(&visitor(&host), ANN, PASSWORD));
    let change = |old: &str, new: &str| {
        here.client.post(
            "/api/account/password",
            &json!({ "password": old, "newPassword": new }),
        )
    };
    let wrong = change("not my password", "six loud geese");
    assert_eq!((wrong.status, wrong.problem().as_str()), (403, "wrong-password"));
    let weak = change(PASSWORD, "password1");
    assert_eq!((weak.status, weak.problem().as_str()), (422, "weak-password"));
    assert_eq!(there.client.get("/api/account").status, 200);
    assert_eq!(change(PASSWORD, "six loud geese").status, 204);
    assert_eq!(
        here.client.get("/api/account").status,
        200,
        "the session that asked goes on"
    );
    assert_eq!(there.client.get("/api/account").status, 401);
    assert_eq!(there.refresh().status, 401);
    assert_eq!(login(&visitor(&host), ANN, PASSWORD).status, 401);
    assert_eq!(login(&visitor(&host), ANN, "six loud geese").status, 200);
    assert_eq!(outbox(&host)[0].0, "password-changed");
}

#[test]
fn a_new_address_holds_once_its_mail_was_read_and_the_old_one_is_told() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, ANN);
    let bob = member(&host, "bob.baker@example.org");
    let ask = |who: &SignedIn, new: &str| {
        let body = json!({ "password": PASSWORD, "newEmail": new });
        who.client.post("/api/account/email", &body)
    };
    let taken = ask(&bob, ANN);
    let free = ask(&ann, "Ann.New@Example.org ");
    assert_eq!((taken.status, free.status), (202, 202));
    assert_eq!(taken.json(), free.json(), "nobody learns who has an account");
    let mails = outbox(&host);
    assert!(
        mails
            .iter()
            .any(|(kind, to, _)| kind == "already-registered" && to == ANN)
    );
    assert_eq!(
        login(&visitor(&host), "ann.new@example.org", PASSWORD).status,
        401
    );

    let link = json!({ "token": mailed_token(&host, "change-email") });
    assert_eq!(visitor(&host).post("/api/auth/change-email", &link).status, 204);
    let again = visitor(&host).post("/api/auth/change-email", &link);
    assert_eq!((again.status, again.problem().as_str()), (400, "token-invalid"));
    assert_eq!(login(&visitor(&host), ANN, PASSWORD).status, 401);
    assert_eq!(
        login(&visitor(&host), "ann.new@example.org", PASSWORD).status,
        200
    );
    assert_eq!(
        ann.client.get("/api/account").json()["email"],
        "ann.new@example.org"
    );
    let mails = outbox(&host);
    assert!(
        mails
            .iter()
            .any(|(kind, to, _)| kind == "email-changed" && to == ANN)
    );
}

#[test]
fn an_export_has_everything_of_its_owner_and_nothing_of_others() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, ANN);
    let bob = member(&host, "bob.baker@example.org");
    let first = ann.client.submit(&moving_pattern(2, 0));
    ann.client.scored(&first);
    let other = bob.client.submit(&moving_pattern(2, 40));
    bob.client.scored(&other);

    let answer = ann.client.get("/api/account/export");
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/zip")
    );
    assert!(
        answer
            .header("content-disposition")
            .starts_with("attachment; filename=\"flow-logic-export-")
    );
    let files = unpacked(&answer.bytes);
    let readme = String::from_utf8(files["README.txt"].clone()).unwrap();
    let tables = files.keys().filter(|name| !name.contains('/'));
    for table in tables.filter_map(|name| name.strip_suffix(".json")) {
        assert!(readme.contains(table), "{table} is not explained");
        assert!(files.contains_key(&format!("{table}.csv")), "{table}");
    }
    let account = &table(&files, "accounts")[0];
    assert_eq!(
        (&account["email_sealed"], &account["id"]),
        (&json!(ANN), &ann.account["id"])
    );
    let attempts = table(&files, "attempts");
    assert_eq!(attempts.as_array().unwrap().len(), 1);
    assert_eq!(
        (&attempts[0]["id"], &attempts[0]["state"]),
        (&json!(first), &json!("invalid"))
    );
    assert!(
        attempts[0]["assessment"]["quality"]["checks"].is_array(),
        "{attempts}"
    );
    assert_eq!(
        table(&files, "landmarks")[0]["clip"],
        format!("landmarks/{first}.json.gz")
    );
    assert!(files[&format!("landmarks/{first}.json.gz")].starts_with(&[0x1f, 0x8b]));
    assert_eq!(table(&files, "consents").as_array().unwrap().len(), 1);
    let events: Vec<String> = table(&files, "audit_log")
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["event"].as_str().unwrap().to_owned())
        .collect();
    assert!(
        events
            .iter()
            .any(|event| event == "assessment.measurement_failed"),
        "{events:?}"
    );

    let all: Vec<u8> = files.values().flatten().copied().collect();
    let has = |text: &str| all.windows(text.len()).any(|window| window == text.as_bytes());
    for foreign in ["bob.baker", &other, bob.account["id"].as_str().unwrap()] {
        assert!(!has(foreign), "{foreign}");
    }
    for secret in ["$argon2id$", "development."] {
        assert!(!has(secret), "{secret}");
    }
}

#[test]
fn a_deleted_account_leaves_nothing_that_names_it() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, ANN);
    let bob = member(&host, "bob.baker@example.org");
    let scored = ann.client.submit(&moving_pattern(2, 0));
    ann.client.scored(&scored);
    let waiting = ann.client.submit(&moving_pattern(2, 40));
    let kept = bob.client.submit(&moving_pattern(2, 80));
    let id = ann.account["id"].as_str().unwrap().to_owned();
    let subject: String = host.ask(&format!("SELECT audit_subject FROM accounts WHERE id = '{id}'"));
    let mark: String = host.ask(&format!("SELECT email_lookup FROM accounts WHERE id = '{id}'"));
    assert!(
        host.traces_of(&id, &[]).contains(&"accounts.id".to_owned()),
        "the search finds what is there"
    );

    let delete = |password: &str| {
        ann.client
            .post("/api/account/delete", &json!({ "password": password }))
    };
    let wrong = delete("not my password");
    assert_eq!((wrong.status, wrong.problem().as_str()), (403, "wrong-password"));
    let gone = delete(PASSWORD);
    assert_eq!(gone.status, 204, "{}", gone.json());
    assert!(
        gone.header("set-cookie").contains("Max-Age=0"),
        "{}",
        gone.header("set-cookie")
    );

    for trace in [
        id.as_str(),
        ANN,
        "ann.archer",
        &mark,
        &scored,
        &waiting,
        &ann.cookie,
        &ann.access_token,
    ] {
        assert_eq!(
            host.traces_of(trace, &["audit_log"]),
            Vec::<String>::new(),
            "{trace}"
        );
    }
    assert_eq!(
        host.ask::<i64>(&format!(
            "SELECT count(*) FROM audit_log WHERE subject = '{subject}' AND event = 'account.deleted'"
        )),
        1
    );
    for personal in [id.as_str(), "ann.archer", &mark] {
        assert_eq!(host.traces_of(personal, &[]), Vec::<String>::new(), "{personal}");
    }
    assert_eq!(ann.client.get("/api/account").status, 401);
    assert_eq!(ann.refresh().status, 401);
    assert_eq!(login(&visitor(&host), ANN, PASSWORD).status, 401);
    assert_eq!(host.stored_videos().len(), 1, "bob's");
    assert_eq!(bob.client.get(&format!("/api/attempts/{kept}")).status, 200);

    // The address is free again.
    let again = member(&host, ANN);
    assert_ne!(again.account["id"], ann.account["id"]);
    assert_eq!(again.client.get("/api/attempts").json()["items"], json!([]));
}
