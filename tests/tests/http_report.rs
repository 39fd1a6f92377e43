//! The report, extended results and pose accuracy over HTTP: what each tier gets, from each person's own results.

use flow_system_tests::{Client, Host, HostOptions, person};
use serde_json::{Value, json};

fn in_tier(host: &Host, user: &str, tier: &str) -> Client {
    host.client(user).with("x-dev-tier", tier)
}

/// Moves an attempt so many days into the past.
fn age(host: &Host, id: &str, days: u32) {
    host.change(&format!(
        "UPDATE attempts SET finished_at = finished_at - {days} * 86400000 WHERE id = '{id}'"
    ));
}

fn list<'a>(answer: &'a Value, name: &str) -> &'a [Value] {
    answer
        .pointer(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// A squat and an ankle two weeks ago, and the ankle today; the answer is today's attempt.
fn with_results(host: &Host, ann: &Client) -> String {
    let squat = ann.submit(&person("overhead-squat-valgus-right"));
    ann.scored(&squat);
    let before = ann.submit_for("ankle-mobility", &person("ankle-mobility-both-limited"));
    ann.scored(&before);
    age(host, &squat, 14);
    age(host, &before, 14);
    let after = ann.submit_for("ankle-mobility", &person("ankle-mobility-right-significant"));
    ann.scored(&after);
    after
}

#[test]
fn the_report_follows_the_results_of_its_person() {
    let host = Host::start(HostOptions::default());
    let ann = in_tier(&host, "ann", "pro-plus");
    let nothing = ann.get("/api/report");
    assert_eq!(nothing.status, 200, "{}", nothing.json());
    assert_eq!(
        (&nothing.json()["limitations"], &nothing.json()["retests"]),
        (
            &json!({ "p1": [], "p2": [] }),
            &json!({ "quick": [], "full": null })
        )
    );

    let newest = with_results(&host, &ann);
    let report = ann.get("/api/report").json();
    let ids = |name: &str| {
        list(&report, name)
            .iter()
            .map(|area| area["id"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("/limitations/p1"), ["ankle-mobility"]);
    assert_eq!(ids("/limitations/p2"), ["knee-valgus"]);
    assert_eq!(ids("/phases/0/areas"), ["ankle-mobility"]);
    assert_eq!(ids("/phases/1/areas"), ["knee-valgus"]);
    assert_eq!(report["phases"][1]["status"], "current", "{}", report["phases"]);
    assert_eq!(report["retests"]["quick"][0]["test"], "ankle-mobility");
    assert_eq!(report["retests"]["quick"][0]["status"], "upcoming");

    // The right ankle bends clearly less than two weeks ago, the left one reaches the typical range.
    let progress: Vec<Value> = list(&report, "/progress")
        .iter()
        .map(|row| {
            json!([
                row["test"],
                row["side"],
                row["days"],
                row["verdict"],
                row["action"]
            ])
        })
        .collect();
    assert_eq!(
        progress,
        [
            json!(["overhead-squat", "left", null, "first", "measure"]),
            json!(["ankle-mobility", "left", 14, "reached", "continue"]),
            json!(["ankle-mobility", "right", 14, "worse", "stop"]),
        ],
        "{}",
        report["progress"]
    );
    let ankle = list(&report, "/tests")
        .iter()
        .find(|test| test["test"] == "ankle-mobility")
        .unwrap();
    assert_eq!(ankle["attempt"], newest);
    let frame = ann.get(&format!(
        "/api/attempts/{newest}/key-frames/{}.svg",
        ankle["figures"][0]["number"]
    ));
    assert_eq!(
        (frame.status, frame.header("content-type")),
        (200, "image/svg+xml")
    );

    let eve = in_tier(&host, "eve", "pro").get("/api/report").json();
    assert_eq!(
        (list(&eve, "/tests").len(), list(&eve, "/progress").len()),
        (0, 0)
    );
    assert_eq!(ann.post("/api/report", &json!({})).status, 405);
}

#[test]
fn the_report_is_a_page_that_needs_nothing_and_can_be_kept() {
    let host = Host::start(HostOptions::default());
    let ann = in_tier(&host, "ann", "pro-plus");
    with_results(&host, &ann);
    let page = ann.get("/api/report.html");
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(
        page.header("content-disposition")
            .starts_with("inline; filename=\"flow-logic-report-")
    );
    assert_eq!(page.header("cache-control"), "no-store");
    let html = String::from_utf8(page.bytes).unwrap();
    for expected in [
        "Ankle mobility",
        "Knees move inward",
        "<svg",
        "talk to a specialist",
        "Pose accuracy",
    ] {
        assert!(html.contains(expected), "{expected} is missing");
    }
    let saved = ann.get("/api/report.html?download=1");
    assert!(saved.header("content-disposition").starts_with("attachment;"));
}

#[test]
fn each_tier_gets_what_it_pays_for_and_is_told_which_tier_has_the_rest() {
    let host = Host::start(HostOptions::default());
    let free = host.client("ann");
    let id = free.submit(&person("overhead-squat-front-only"));
    let told = free.scored(&id).pop().unwrap();
    let details = format!("/api/attempts/{id}/details");
    let plain = format!("/api/attempts/{id}");
    let accuracy = "/assessment/quality/poseAccuracy";
    assert_eq!(
        told["attempt"].pointer(accuracy),
        None,
        "a stream tells no more than the tier has"
    );
    assert!(told["attempt"]["assessment"]["quality"]["trackedShare"].is_number());

    for tier in ["free", "basic"] {
        let client = in_tier(&host, "ann", tier);
        for (path, feature) in [
            ("/api/report", "report"),
            ("/api/report.html", "report"),
            (details.as_str(), "extended-results"),
        ] {
            let answer = client.get(path);
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (403, "tier-lacks-feature"),
                "{tier} {path}"
            );
            let problem = answer.json();
            assert_eq!(
                (&problem["feature"], &problem["tier"], &problem["availableIn"]),
                (&json!(feature), &json!(tier), &json!("pro"))
            );
            assert!(
                problem["detail"].as_str().unwrap().contains("Pro and above"),
                "{problem}"
            );
        }
        assert_eq!(
            client.get("/api/problem-areas").status,
            200,
            "problem areas are everybody's"
        );
    }

    for (tier, has) in [("free", false), ("pro", false), ("pro-plus", true)] {
        let seen = in_tier(&host, "ann", tier).get(&plain).json();
        assert_eq!(seen.pointer(accuracy).is_some(), has, "{tier}");
        assert!(seen["assessment"]["result"]["measures"].is_array(), "{tier}");
    }
    for (tier, has) in [("pro", false), ("pro-plus", true)] {
        let client = in_tier(&host, "ann", tier);
        let extended = client.get(&details).json();
        let share = extended["poseAccuracy"].as_f64();
        assert_eq!(
            share.is_some_and(|share| share > 0.5 && share <= 1.0),
            has,
            "{tier}: {share:?}"
        );
        let knee = list(&extended, "/measures")
            .iter()
            .find(|measure| measure["name"] == "kneeInsideFoot")
            .unwrap();
        assert_eq!(
            (&knee["typical"]["limit"], &knee["typical"]["deadBand"]),
            (&json!(10.0), &json!(5.0))
        );
        assert_eq!(knee["typical"]["basis"], "proposed");
        assert!(knee["typical"]["source"].as_str().unwrap().contains("Herrington"));
        assert!(list(knee, "/repetitions").len() > 1, "{knee}");
        let parts = &extended["confidence"];
        assert!(
            parts["tracking"].as_f64() >= parts["confidence"].as_f64(),
            "{parts}"
        );
    }

    let eve = in_tier(&host, "eve", "pro-plus");
    assert_eq!(eve.get(&details).problem(), "not-found");
    let refused = free.submit(&person("overhead-squat-dark"));
    free.scored(&refused);
    let pro = in_tier(&host, "ann", "pro");
    assert_eq!(
        pro.get(&format!("/api/attempts/{refused}/details")).problem(),
        "not-found"
    );
}
