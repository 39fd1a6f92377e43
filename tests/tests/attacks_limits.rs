//! Attacks on limits and bans: keys used again, addresses that somebody else has, and ways round a ban.

use flow_system_tests::{
    Answer, Client, Host, REACH, SQUAT, Stored, accepted,
    accounts::{self, PASSWORD, SignedIn, login, mailed_token, outbox, registration, visitor},
    limits_enforced, member, raw, refused, standing, submission,
};
use serde_json::{Value, json};

fn assert_problem(answer: &Answer, status: u16, problem: &str, case: &str) {
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (status, problem),
        "{case}: {}",
        answer.json()
    );
}

#[test]
fn an_idempotency_key_stands_for_one_request_of_one_person() {
    let host = Host::start(limits_enforced());
    let person = |name: &str, key: &str| member(&host, name, "pro-plus", "UTC").with("idempotency-key", key);
    let ann = person("ann", "k-1");
    let wanted = json!({ "test": SQUAT, "contentType": "video/mp4", "sizeBytes": 1000 });
    let made = ann.post("/api/attempts", &wanted);
    assert_eq!(made.status, 201);
    let before = Stored::in_host(&host);
    let respelled = format!(
        "{{\n \"sizeBytes\": 1000, \"contentType\": \"Video/MP4; codecs=avc1\", \"test\": {SQUAT:?} }}"
    );
    for _ in 0..5 {
        let again = ann.post("/api/attempts", &wanted);
        assert_eq!((again.status, &again.json()["id"]), (200, &made.json()["id"]));
        let again = ann.clone().with("content-type", "application/json");
        let again = again.call("POST", "/api/attempts", respelled.as_bytes());
        assert_eq!(
            (again.status, &again.json()["id"]),
            (200, &made.json()["id"]),
            "in other words"
        );
    }
    for (member, value) in [
        ("test", json!(REACH)),
        ("contentType", json!("video/webm")),
        ("sizeBytes", json!(1001)),
        ("sha256", json!("0".repeat(64))),
    ] {
        let mut other = wanted.clone();
        other[member] = value;
        assert_problem(
            &ann.post("/api/attempts", &other),
            422,
            "idempotency-key-reused",
            member,
        );
    }
    for key in [
        String::new(),
        "k".repeat(256),
        "k".repeat(10_000),
        "k\t1".to_owned(),
        "k 1".to_owned(),
    ] {
        assert_problem(
            &submission(&person("ann", &key), SQUAT),
            400,
            "invalid-value",
            &key,
        );
    }
    for byte in ["\0", "\u{1}", "\u{1b}", "\u{7f}", "\r", "\n", "\u{85}", "ü"] {
        let body = wanted.to_string();
        let key = format!("k{byte}1");
        let length = body.len().to_string();
        let headers = [
            ("x-dev-user", "ann"),
            ("content-type", "application/json"),
            ("content-length", &length),
            ("idempotency-key", &key),
        ];
        let mut request = raw::head(&host, "POST /api/attempts", &headers);
        request.extend(body.as_bytes());
        let status = raw::exchange(&host, &request).map(|answer| answer.status);
        assert_eq!(status, Some(400), "{key:?}");
    }
    before.assert_unchanged(&host, "a key that came again, or none");

    let eve = person("eve", "k-1");
    let hers = submission(&eve, SQUAT);
    assert_eq!(hers.status, 201, "somebody else's key is another key");
    assert_ne!(hers.json()["id"], made.json()["id"]);
    assert_eq!(submission(&eve, SQUAT).json()["id"], hers.json()["id"]);
    assert_eq!(submission(&ann, SQUAT).json()["id"], made.json()["id"]);
    assert_eq!(
        submission(&person("ann", &"k".repeat(255)), SQUAT).status,
        201,
        "so long and no longer"
    );
}

/// What a client may write of where it comes from.
fn claims(address: &str) -> Vec<(&'static str, String)> {
    let plain = [
        "x-real-ip",
        "x-client-ip",
        "true-client-ip",
        "cf-connecting-ip",
        "fly-client-ip",
        "fastly-client-ip",
        "x-cluster-client-ip",
        "x-original-forwarded-for",
        "x-envoy-external-address",
        "client-ip",
        "via",
        "from",
    ];
    let mut claims: Vec<_> = plain.map(|name| (name, address.to_owned())).into();
    claims.push(("forwarded", format!("for={address};proto=https")));
    claims.push(("spin-client-addr", format!("{address}:443")));
    claims
}

#[test]
fn without_proxies_nothing_that_a_client_writes_is_its_address() {
    let host = Host::start(limits_enforced().with("trusted_proxies", "0"));
    let mut everything: Vec<(&str, String)> = (1..=20).flat_map(|n| claims(&format!("10.1.1.{n}"))).collect();
    everything.extend((1..=6).map(|n| ("x-forwarded-for", format!("10.1.1.{n}"))));
    let claimed = |client: Client, index: usize| {
        let (name, value) = &everything[index % everything.len()];
        client.with(name, value)
    };
    for number in 0..20 {
        accepted(
            &claimed(host.client(&format!("user-{number}")), number * 7),
            SQUAT,
        );
    }
    let forgot = |number: usize| {
        let email = json!({ "email": format!("user{number}@example.org") });
        claimed(visitor(&host), number * 7).post("/api/auth/forgot", &email)
    };
    for number in 0..30 {
        assert_eq!(forgot(number).status, 202);
    }
    let before = Stored::without(
        &host,
        &["bans", "refused_submissions", "refused_minutes", "breaker"],
    );
    for (number, (name, value)) in everything.iter().enumerate() {
        let newcomer = host.client(&format!("newcomer-{number}")).with(name, value);
        refused(&newcomer, SQUAT, 429, "address-blocked");
        assert_problem(&forgot(number + 30), 429, "too-many-tries", name);
    }
    before.assert_unchanged(&host, "a forged address");
    let marks = "SELECT count(DISTINCT mark) FROM (SELECT mark FROM submission_addresses UNION ALL \
                 SELECT subject FROM bans WHERE subject_kind = 'address')";
    assert_eq!(
        host.ask::<i64>(marks),
        1,
        "all came from this machine, and it alone is blocked"
    );
}

#[test]
fn behind_a_proxy_nobody_gets_others_blocked_by_claiming_to_be_them() {
    const VICTIM: &str = "198.51.100.7";
    const ATTACKER: &str = "203.0.113.66";
    let host = Host::start(limits_enforced());
    // The proxy appends the address that it sees to whatever came.
    let through = |client: Client, claim: &str, seen: &str| {
        let forwarded = if claim.is_empty() {
            seen.to_owned()
        } else {
            format!("{claim}, {seen}")
        };
        client.with("x-forwarded-for", &forwarded)
    };
    let lies = [
        VICTIM.to_owned(),
        format!("{VICTIM}, {VICTIM}"),
        format!("{VICTIM}:80"),
        format!("for={VICTIM}"),
    ];
    for number in 0..30 {
        let mut attacker = through(
            host.client(&format!("puppet-{number}")),
            &lies[number % 4],
            ATTACKER,
        );
        for (name, value) in claims(VICTIM) {
            attacker = attacker.with(name, &value);
        }
        let expected = if number < 20 { 201 } else { 429 };
        assert_eq!(submission(&attacker, SQUAT).status, expected, "{number}");
        let mut guesser = through(visitor(&host), &lies[number % 4], ATTACKER);
        for (name, value) in claims(VICTIM) {
            guesser = guesser.with(name, &value);
        }
        for _ in 0..2 {
            assert_problem(
                &guesser.post("/api/auth/login", &json!({})),
                400,
                "bad-json",
                "a guess",
            );
        }
    }
    // The same in a header of its own before the proxy's.
    let headers = [
        ("x-forwarded-for", VICTIM),
        ("x-forwarded-for", ATTACKER),
        ("content-type", "application/json"),
    ];
    let mut request = raw::head(
        &host,
        "POST /api/auth/login",
        &[&headers[..], &[("content-length", "2")]].concat(),
    );
    request.extend(b"{}");
    let answer = raw::exchange(&host, &request).expect("an answer");
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (429, "too-many-tries"),
        "{}",
        answer.text()
    );

    let victim = through(host.client("victim"), "", VICTIM);
    accepted(&victim, SQUAT);
    assert_eq!(standing(&victim).get("addressBlockedUntil"), None);
    let tried = login(
        &through(visitor(&host), "", VICTIM),
        "nobody@example.org",
        PASSWORD,
    );
    assert_problem(&tried, 401, "wrong-credentials", "the victim's own");
    refused(
        &through(host.client("attacker"), "", ATTACKER),
        SQUAT,
        429,
        "address-blocked",
    );
    let bans: i64 = host.ask("SELECT count(*) FROM bans");
    assert_eq!(bans, 1, "one address is blocked: the attacker's");
}

const ANN: &str = "ann@example.org";

/// Signs in from a device and an address that nobody has seen before.
fn signed_in_afresh(host: &Host, email: &str, password: &str) -> Client {
    let device = visitor(host)
        .with("user-agent", "Mozilla/5.0 (iPhone) Version/18.6 Safari/604.1")
        .with("x-forwarded-for", "192.0.2.44");
    SignedIn::from(&device, &login(&device, email, password)).client
}

#[test]
fn a_ban_stays_with_a_person_whatever_they_change_and_outlives_the_account() {
    let host = Host::start(limits_enforced());
    let ann = accounts::member(&host, ANN);
    for _ in 0..52 {
        let _ = submission(&ann.client, SQUAT);
    }
    let banned = |client: &Client, case: &str| {
        assert_eq!(
            refused(client, REACH, 403, "banned")["banLevel"],
            "hard",
            "{case}"
        );
        assert_problem(&client.get("/api/attempts"), 403, "banned", case);
    };
    banned(&ann.client, "as it was");
    banned(&ann.refreshed().client, "with another token");
    banned(
        &signed_in_afresh(&host, ANN, PASSWORD),
        "on another device at another address",
    );
    let zone = json!({ "timeZone": "Pacific/Kiritimati" }).to_string();
    let json_client = ann.client.clone().with("content-type", "application/json");
    let _ = json_client.call("PATCH", "/api/account", zone.as_bytes());
    banned(&ann.client, "where the day is another one");
    host.change("INSERT INTO subscriptions (account_id, tier) SELECT id, 'pro-plus' FROM accounts");
    banned(&ann.client, "in another tier");
    let body = json!({ "password": PASSWORD, "newPassword": "ten brisk otters" });
    assert_eq!(ann.client.post("/api/account/password", &body).status, 204);
    let asked = visitor(&host).post("/api/auth/forgot", &json!({ "email": ANN }));
    assert_eq!(asked.status, 202);
    let body = json!({ "token": mailed_token(&host, "reset"), "password": PASSWORD });
    assert_eq!(visitor(&host).post("/api/auth/reset", &body).status, 204);
    let again = signed_in_afresh(&host, ANN, PASSWORD);
    banned(&again, "with other passwords");
    let body = json!({ "password": PASSWORD, "newEmail": "ann.archer@example.org" });
    assert_eq!(again.post("/api/account/email", &body).status, 202);
    let link = json!({ "token": mailed_token(&host, "change-email") });
    assert_eq!(visitor(&host).post("/api/auth/change-email", &link).status, 204);
    banned(&again, "under another address");

    assert_eq!(
        again
            .post("/api/account/delete", &json!({ "password": PASSWORD }))
            .status,
        204
    );
    let before = Stored::without(&host, &["mails"]);
    for spelling in [
        "ann.archer@example.org",
        " Ann.Archer@EXAMPLE.org ",
        "ａｎｎ.archer@example.org",
    ] {
        let asked = visitor(&host).post("/api/auth/register", &registration(spelling, PASSWORD));
        assert_eq!(asked.status, 202, "the answer tells nothing: {}", asked.json());
        assert_problem(
            &login(&visitor(&host), spelling, PASSWORD),
            401,
            "wrong-credentials",
            spelling,
        );
        assert_eq!(outbox(&host)[0].0, "barred", "{spelling}: the mail does");
    }
    before.assert_unchanged(&host, "registering with an address that is barred");
    host.advance_clock(7 * 86_400);
    let free = accounts::member(&host, "ann.archer@example.org");
    assert_eq!(
        standing(&free.client)["banned"],
        Value::Bool(false),
        "and the ban ends when it would have"
    );
}
