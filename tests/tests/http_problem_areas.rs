//! Problem areas over HTTP: from the newest result of each test, each person's own.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use flow_system_tests::{Host, HostOptions, person};
use serde_json::{Value, json};

/// Priority, id and sides of each area.
fn areas(answer: &Value) -> Vec<Value> {
    let areas = answer["areas"].as_array().unwrap();
    areas
        .iter()
        .map(|area| json!([area["priority"], area["id"], area["sides"]]))
        .collect()
}

#[test]
fn problem_areas_follow_the_newest_result_of_each_test() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann").with("x-dev-tier", "pro-plus");
    let read = || {
        let answer = ann.get("/api/problem-areas");
        assert_eq!(answer.status, 200, "{}", answer.json());
        answer.json()
    };
    let nothing = read();
    assert_eq!(
        (&nothing["tests"], &nothing["areas"], &nothing["results"]),
        (&json!([]), &json!([]), &json!([]))
    );

    let squat = ann.submit(&person("overhead-squat-valgus-right"));
    ann.scored(&squat);
    let valgus = read();
    assert_eq!(areas(&valgus), [json!(["P2", "knee-valgus", ["right"]])]);
    let causes = &valgus["areas"][0]["causes"];
    assert_eq!(
        (&causes[0]["id"], &causes[0]["status"], &causes[1]["status"]),
        (
            &json!("ankle-mobility"),
            &json!("not-tested"),
            &json!("not-tested")
        )
    );

    let ankle = ann.submit_for("ankle-mobility", &person("ankle-mobility-right-significant"));
    ann.scored(&ankle);
    let both = read();
    assert_eq!(
        areas(&both),
        [
            json!(["P1", "ankle-mobility", ["right"]]),
            json!(["P2", "knee-valgus", ["right"]])
        ]
    );
    assert_eq!(both["areas"][1]["causes"][0]["status"], "found");
    let sources: Vec<&Value> = both["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| &result["attempt"])
        .collect();
    assert_eq!(sources, [&json!(squat), &json!(ankle)]);
    let explanation = both["explanation"].as_str().unwrap();
    assert!(
        explanation.contains("P1 Ankle mobility (right)")
            && explanation.contains("may follow from Ankle mobility: found"),
        "{explanation}"
    );

    // A later squat without the fault takes the pattern away; a refused clip takes nothing away.
    ann.scored(&ann.submit(&person("overhead-squat-dark")));
    assert_eq!(areas(&read()), areas(&both));
    ann.scored(&ann.submit(&person("overhead-squat-good")));
    assert_eq!(areas(&read()), [json!(["P1", "ankle-mobility", ["right"]])]);

    let eve = host.client("eve").get("/api/problem-areas").json();
    assert_eq!((&eve["areas"], &eve["results"]), (&json!([]), &json!([])));
    let posted = ann.post("/api/problem-areas", &json!({}));
    assert_eq!(posted.status, 405, "{}", posted.json());
}
