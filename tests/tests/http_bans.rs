//! Bans over HTTP: what earns them, what they shut, how they end.

use flow_system_tests::{
    Answer, Client, Host, REACH, SQUAT, accepted,
    accounts::{self, SignedIn},
    host_at, limits_enforced, member, moving_pattern, refused, standing, submission,
};
use serde_json::{Value, json};

#[test]
fn tries_escalate_to_a_ban_for_good_that_no_session_tier_zone_or_address_evades() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    let ann = member(&host, "wilhelmina", "free", "UTC");
    let level = |answer: &Answer| answer.json()["banLevel"].as_str().unwrap_or("none").to_owned();
    let mut levels = Vec::new();
    for _ in 0..104 {
        levels.push(level(&submission(&ann, SQUAT)));
    }
    let first = |wanted: &str| {
        levels
            .iter()
            .position(|level| level == wanted)
            .map(|index| index + 1)
    };
    assert_eq!(
        ["soft", "hard", "permanent"].map(first),
        [Some(10), Some(51), Some(101)],
        "{levels:?}"
    );
    for other in [
        member(&host, "wilhelmina", "pro-plus", "UTC"),
        member(&host, "wilhelmina", "free", "Pacific/Kiritimati"),
        ann.clone()
            .with("x-forwarded-for", "10.77.0.1")
            .with("user-agent", "another browser"),
    ] {
        let answer = submission(&other, SQUAT);
        let document = answer.json();
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (403, "banned"),
            "{document}"
        );
        assert_eq!(document["banLevel"], "permanent");
        assert_eq!(
            (answer.header("ratelimit"), answer.header("retry-after")),
            ("\"ban\";r=0", "")
        );
        assert_eq!(
            other.get("/api/attempts").problem(),
            "banned",
            "account features are shut"
        );
        let shown = standing(&other);
        assert_eq!(
            (&shown["banned"], &shown["banLevel"], &shown["banReason"]),
            (&json!(true), &json!("permanent"), &json!("over-hundred-tries"))
        );
        assert_eq!(shown.get("banEndsAt"), None);
    }
    accepted(&member(&host, "bob", "free", "UTC"), SQUAT);
    let placed = host.logged("a ban was placed");
    let alerts = placed.iter().filter(|line| line["level"] == "ALERT");
    assert_eq!(alerts.count(), 1, "{placed:?}");
    assert!(!host.log().contains("wilhelmina"), "no log names a user");
    assert_eq!(
        host.ask::<i64>(
            "SELECT count(*) FROM audit_log WHERE event = 'ban.reported' AND subject = 'wilhelmina'"
        ),
        1
    );
}

#[test]
fn a_soft_ban_shuts_submissions_for_a_day_and_a_hard_one_the_account_for_a_week() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    for (user, tries, days, shut) in [("ann", 10, 1, false), ("bob", 51, 7, true)] {
        host.set_clock("2027-02-01T10:00:00Z".parse().unwrap());
        let person = member(&host, user, "free", "UTC");
        let kept = accepted(&person, SQUAT).json()["id"].clone();
        for _ in 1..tries {
            let _ = submission(&person, SQUAT);
        }
        let path = format!("/api/attempts/{}", kept.as_str().unwrap());
        assert_eq!(person.get(&path).status, if shut { 403 } else { 200 }, "{user}");
        host.advance_clock(days * 86_400 - 60);
        refused(&person, SQUAT, 403, "banned");
        host.advance_clock(65);
        accepted(&person, SQUAT);
        assert_eq!(person.get(&path).status, 200);
        assert_eq!(standing(&person)["banned"], false);
    }
}

#[test]
fn what_was_asked_before_is_answered_again_and_costs_nothing() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    let ann = member(&host, "ann", "free", "UTC");
    let keyed = ann.clone().with("idempotency-key", "k-1");
    let first = accepted(&keyed, SQUAT).json()["id"].clone();
    for _ in 0..20 {
        let again = submission(&keyed, SQUAT);
        assert_eq!((again.status, &again.json()["id"]), (200, &first));
    }
    assert_eq!(standing(&ann)["remainingToday"]["remaining"], 8);
    for _ in 0..12 {
        let _ = submission(&ann, SQUAT);
    }
    assert_eq!(
        submission(&keyed, SQUAT).status,
        200,
        "nothing new, even for who is banned"
    );
    refused(&ann.with("idempotency-key", "k-2"), REACH, 403, "banned");
}

#[test]
fn a_fourth_video_that_waits_is_refused_and_earns_a_day() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    let ann = member(&host, "ann", "pro-plus", "UTC");
    let videos: Vec<Vec<u8>> = (0..4).map(|number| moving_pattern(2, number * 40)).collect();
    let ids: Vec<String> = videos
        .iter()
        .map(|video| {
            ann.create(video).json()["id"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .take(3)
        .collect();
    let last = ann.post(
        "/api/attempts",
        &json!({ "test": REACH, "contentType": "video/mp4", "sizeBytes": videos[3].len() }),
    );
    let last = last.json()["id"].as_str().unwrap().to_owned();
    for (id, video) in ids.iter().zip(&videos) {
        assert_eq!(ann.upload(id, video).status, 200);
    }
    let sent = ann.upload(&last, &videos[3]);
    let document = sent.json();
    assert_eq!(
        (sent.status, sent.problem().as_str()),
        (429, "queue-full"),
        "{document}"
    );
    assert_eq!(document["banReason"], "queue-flooded", "{document}");
    assert!(!sent.header("retry-after").is_empty() && !sent.header("ratelimit").is_empty());
    assert_eq!(host.stored_videos().len(), 3, "what was refused is not kept");
    refused(&ann, REACH, 403, "banned");

    // What was accepted before is scored as ever, and makes room.
    assert_eq!(ann.scored(&ids[0]).last().unwrap()["attempt"]["state"], "invalid");
    assert_eq!(ann.upload(&last, &videos[3]).status, 200);
    host.advance_clock(86_400);
    assert_eq!(standing(&ann)["banned"], false);
}

#[test]
fn a_ban_holds_in_every_session_of_an_account_and_is_recorded_without_its_id() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    let ann = accounts::member(&host, "ann@example.org");
    let sign_in = || {
        let visitor = accounts::visitor(&host);
        let answer = accounts::login(&visitor, "ann@example.org", accounts::PASSWORD);
        SignedIn::from(&visitor, &answer).client
    };
    let elsewhere = sign_in();
    accepted(&elsewhere, SQUAT);
    assert_eq!(
        standing(&ann.client)["remainingToday"]["resetsAt"],
        "2027-02-01T23:00:00.000Z",
        "the day is the one of the account's time zone"
    );
    // The development identity's headers mean nothing beside a token.
    let disguised = ann
        .client
        .clone()
        .with("x-dev-user", "bob")
        .with("x-dev-tier", "pro-plus");
    for _ in 0..50 {
        let _ = submission(&disguised, SQUAT);
    }
    for client in [&ann.client, &elsewhere, &disguised, &sign_in()] {
        assert_eq!(refused(client, REACH, 403, "banned")["banLevel"], "hard");
        assert_eq!(client.get("/api/attempts").problem(), "banned");
        assert_eq!(standing(client)["banReason"], "over-fifty-tries");
    }
    let placed = "SELECT count(*) FROM audit_log WHERE event = 'ban.placed' AND subject = \
                  (SELECT audit_subject FROM accounts)";
    assert_eq!(host.ask::<i64>(placed), 2);
    let named = "SELECT count(*) FROM audit_log WHERE subject = (SELECT id FROM accounts)";
    assert_eq!(host.ask::<i64>(named), 0);
}

fn operator(host: &Host) -> Client {
    host.client("nobody").with("authorization", "Bearer t0ken")
}

fn bans_of(host: &Host, subject: &str) -> Vec<Value> {
    let answer = operator(host).get(&format!("/api/ops/bans?subject={subject}"));
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()["items"].as_array().cloned().unwrap_or_default()
}

#[test]
fn operators_see_bans_and_lift_them_and_that_is_recorded() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    let ann = member(&host, "ann", "free", "UTC");
    for _ in 0..60 {
        let _ = submission(&ann, SQUAT);
    }
    let bans = bans_of(&host, "ann");
    let levels: Vec<&Value> = bans.iter().map(|ban| &ban["level"]).collect();
    assert_eq!(levels, ["hard", "soft"], "newest first");
    assert_eq!(bans_of(&host, "bob"), Vec::<Value>::new());
    let lift = |id: &str, body: &Value| operator(&host).post(&format!("/api/ops/bans/{id}/lift"), body);
    for ban in &bans {
        let id = ban["id"].as_str().unwrap();
        assert_eq!(lift(id, &json!({ "reason": "" })).problem(), "invalid-value");
        let lifted = lift(id, &json!({ "reason": "a broken client" }));
        assert_eq!(lifted.status, 200, "{}", lifted.json());
        assert_eq!(lifted.json()["liftReason"], "a broken client");
        assert_eq!(lift(id, &json!({ "reason": "again" })).problem(), "ban-is-over");
    }
    assert_eq!(lift("nothing", &json!({ "reason": "x" })).problem(), "not-found");
    assert_eq!(standing(&ann)["banned"], false);
    accepted(&ann, REACH);
    let recorded = "SELECT count(*) FROM audit_log WHERE event = 'ban.lifted' AND subject = 'ann'";
    assert_eq!(host.ask::<i64>(recorded), 2);

    for (method, path) in [
        ("GET", "/api/ops/bans"),
        ("POST", "/api/ops/bans/x/lift"),
        ("GET", "/api/ops/breaker"),
    ] {
        assert_eq!(
            ann.call(method, path, b"{}").problem(),
            "operator-required",
            "{path}"
        );
    }
}
