//! The report from results: limitations by priority, phases, progress, re-tests, what the tier has; and the page made of it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use chrono::{DateTime, TimeDelta, Utc};
use flow_catalog::{
    TestId::{self, AnkleMobility, Clamshell, OverheadSquat, Plank},
    Tier,
};
use flow_interpretation::{Taken, Verdict};
use flow_landmarks::{
    Landmarks, Point, Pose,
    Side::{self, Left, Right},
    WorldPoint,
};
use flow_movement::{
    Assessment, Status,
    assessment::{
        Bucket, Flag, FlagCode, KeyFrame, Mark, MarkKind, Measure, Quality, SideResult, TestResult, Unit,
    },
};
use flow_report::{Measured, Report, page};

fn now() -> DateTime<Utc> {
    "2026-11-25T10:00:00Z".parse().expect("a time")
}

fn measured(test: TestId, days_ago: i64, bucket: Bucket, measures: Vec<Measure>) -> Measured {
    let result = TestResult {
        bucket,
        bucket_text: format!("What {} came to.", test.title()),
        confidence: 0.9,
        severity: None,
        sides: Vec::new(),
        measures,
        flags: Vec::new(),
        not_measured: Vec::new(),
        repetitions: Vec::new(),
        evidence: Vec::new(),
        key_frames: Vec::new(),
    };
    Measured {
        attempt: Some(format!("attempt-{}", test.number())),
        at: now() - TimeDelta::days(days_ago),
        assessment: Assessment {
            test,
            status: Status::Valid,
            quality: Quality {
                quality_score: 0.9,
                confidence_avg: 0.95,
                motion_variance: 0.2,
                tracked_share: 1.0,
                pose_accuracy: Some(0.93),
                brightness: None,
                checks: Vec::new(),
            },
            feedback: String::new(),
            result: Some(result),
        },
    }
}

fn result(measured: &mut Measured) -> &mut TestResult {
    measured.assessment.result.as_mut().expect("a result")
}

fn lean(side: Side, value: f64) -> Measure {
    Measure {
        name: "shinLean".to_owned(),
        value,
        unit: Unit::Degrees,
        side: Some(side),
        repetitions: vec![value - 1.0, value, value + 1.0],
    }
}

fn ankle(days_ago: i64, left: f64, right: f64) -> Measured {
    let mut ankle = measured(
        AnkleMobility,
        days_ago,
        Bucket::Limited,
        vec![lean(Left, left), lean(Right, right)],
    );
    result(&mut ankle).sides.push(SideResult {
        side: Right,
        measured: true,
        bucket: Some(Bucket::Limited),
    });
    ankle
}

fn squat(days_ago: i64) -> Measured {
    let mut squat = measured(OverheadSquat, days_ago, Bucket::Compensation, Vec::new());
    let found = result(&mut squat);
    found.flags.push(Flag {
        code: FlagCode::KneeValgus,
        side: Some(Right),
        text: "The right knee moves inside the foot on the way down.".to_owned(),
        value: 14.6,
        unit: Unit::Degrees,
        severe: false,
    });
    found
        .not_measured
        .push("Heels: turn side-on for three squats.".to_owned());
    squat
}

fn taken(measured: &Measured) -> Taken {
    let result = measured.assessment.result.as_ref().expect("a result");
    Taken {
        test: measured.assessment.test,
        at: measured.at,
        confidence: result.confidence,
        measures: result.measures.clone(),
    }
}

/// A person with a stiff right ankle, re-checked after two weeks, and a squat that shows it.
fn example(tier: Tier) -> Report {
    let newest = [
        ankle(2, 39.5, 34.0),
        squat(16),
        measured(Clamshell, 16, Bucket::NeedsWork, vec![]),
    ];
    let history: Vec<Taken> = [&ankle(16, 39.0, 27.0), &newest[0], &newest[1], &newest[2]]
        .into_iter()
        .map(taken)
        .collect();
    Report::new(&newest, &history, tier, now())
}

#[test]
fn the_report_holds_what_was_found_what_comes_next_and_what_changed() {
    let report = example(Tier::ProPlus);
    let names = |areas: &[flow_interpretation::ProblemArea]| {
        areas.iter().map(|area| area.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&report.limitations.p1), ["ankle-mobility", "hip-control"]);
    assert_eq!(names(&report.limitations.p2), ["knee-valgus"]);

    let phases: Vec<_> = report
        .phases
        .iter()
        .map(|phase| (phase.from.to_string(), phase.to.to_string(), phase.areas.len()))
        .collect();
    assert_eq!(
        phases,
        [
            ("2026-11-09".to_owned(), "2026-11-22".to_owned(), 2),
            ("2026-11-23".to_owned(), "2026-12-06".to_owned(), 1)
        ]
    );
    let full = report.retests.full.as_ref().expect("there are results");
    assert_eq!(
        (full.from.to_string(), full.by.to_string()),
        ("2026-12-07".into(), "2026-12-21".into())
    );
    let quick: Vec<_> = report
        .retests
        .quick
        .iter()
        .map(|recheck| (recheck.test, recheck.on.to_string()))
        .collect();
    assert_eq!(
        quick,
        [
            (Clamshell, "2026-11-23".to_owned()),
            (AnkleMobility, "2026-12-07".to_owned())
        ]
    );

    let verdicts: Vec<_> = report
        .progress
        .iter()
        .map(|row| (row.side, row.verdict))
        .collect();
    assert_eq!(
        verdicts,
        [(Some(Left), Verdict::Reached), (Some(Right), Verdict::Good)]
    );
    assert_eq!(report.not_measured[0].test, OverheadSquat);
    assert!(report.not_taken.contains(&Plank) && !report.not_taken.contains(&AnkleMobility));
}

#[test]
fn a_tier_sees_its_tests_and_what_it_pays_for() {
    let pro = example(Tier::Pro);
    let tests: Vec<TestId> = pro.tests.iter().map(|test| test.test).collect();
    assert_eq!(tests, [OverheadSquat, AnkleMobility], "the clamshell is locked");
    assert!(pro.tests.iter().all(|test| test.pose_accuracy.is_none()));
    assert!(pro.limitations.p1.iter().all(|area| area.id != "hip-control"));
    assert!(
        !serde_json::to_string(&pro)
            .expect("JSON")
            .contains("poseAccuracy")
    );
    assert!(!page(&pro).html.contains("Pose accuracy 93"));

    let full = example(Tier::ProPlus);
    assert!(full.tests.iter().all(|test| test.pose_accuracy == Some(0.93)));
    assert!(page(&full).html.contains("Pose accuracy 93"));
}

#[test]
fn the_report_is_the_same_whatever_the_order_of_results() {
    let (a, b) = (ankle(2, 39.5, 34.0), squat(16));
    let history = [taken(&a), taken(&b)];
    let straight = Report::new(&[a.clone(), b.clone()], &history, Tier::Pro, now());
    let turned = Report::new(
        &[b, a],
        &[history[1].clone(), history[0].clone()],
        Tier::Pro,
        now(),
    );
    assert_eq!(straight, turned);
}

#[test]
fn the_page_says_all_of_it_in_words() {
    let html = page(&example(Tier::ProPlus)).html;
    for expected in [
        "<title>Movement report, 25 November 2026</title>",
        "First priority (P1)",
        "Ankle mobility",
        "Hip abduction control",
        "Second priority (P2)",
        "Knees move inward",
        "The right knee moves inside the foot on the way down. 15°.",
        "<b>Ankle mobility</b>: found",
        "1. Local work",
        "9\u{a0}Nov to 22\u{a0}Nov\u{a0}2026",
        "2. Integration",
        "7\u{a0}Dec to 21\u{a0}Dec\u{a0}2026",
        "7° better (26\u{a0}%)",
        "Clear progress. Keep going.",
        "from 38°",
        "Physiopedia",
        "Heels: turn side-on for three squats.",
        "Tests without a result",
        "It is no diagnosis and no medical advice",
    ] {
        assert!(html.contains(expected), "{expected} is missing");
    }
}

#[test]
fn nothing_that_a_result_says_becomes_markup() {
    let evil = "</style><script>alert(1)</script><img src=x onerror='a'>\"&";
    let mut squat = squat(0);
    let found = result(&mut squat);
    found.bucket_text = evil.to_owned();
    found.flags[0].text = evil.to_owned();
    found.not_measured.push(evil.to_owned());
    found.measures.push(Measure {
        name: evil.to_owned(),
        value: f64::NAN,
        unit: Unit::Degrees,
        side: None,
        repetitions: Vec::new(),
    });
    found.key_frames.push(KeyFrame {
        frame: 1,
        t: 0.1,
        what: evil.to_owned(),
        aspect: 1.0,
        pose: Pose {
            image: Landmarks([Point::default(); 33]),
            world: Landmarks([WorldPoint::default(); 33]),
        },
        marks: vec![Mark {
            kind: MarkKind::Knee,
            side: None,
            label: evil.to_owned(),
            flagged: true,
        }],
    });
    squat.attempt = Some(evil.to_owned());
    let html = page(&Report::new(&[squat], &[], Tier::ProPlus, now())).html;
    assert!(html.contains("&lt;script&gt;alert(1)"), "the text is shown");
    for dangerous in ["<script", "<img"] {
        assert!(!html.contains(dangerous), "{dangerous}");
    }
    assert_eq!(html.matches("</style>").count(), 1);
}

#[test]
fn the_page_needs_nothing_and_runs_nothing() {
    let page = page(&example(Tier::ProPlus));
    assert!(
        page.policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{}",
        page.policy
    );
    assert!(page.policy.contains("frame-ancestors 'none'") && !page.policy.contains("unsafe"));
    for forbidden in [
        " style=\"",
        "<script",
        "<link",
        "url(",
        " src=",
        "@import",
        " onload=",
    ] {
        assert!(!page.html.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn without_results_the_report_says_so() {
    let report = Report::new(&[], &[], Tier::Pro, now());
    assert!(report.phases.is_empty() && report.progress.is_empty() && report.retests.full.is_none());
    let html = page(&report).html;
    assert!(html.contains("Nothing can be said before the first test has a result."));

    let mut refused = squat(0);
    refused.assessment.status = Status::Invalid;
    refused.assessment.result = None;
    let report = Report::new(&[refused], &[], Tier::Pro, now());
    assert!(report.tests.is_empty() && report.retests.full.is_none());
    assert!(report.not_taken.contains(&OverheadSquat));
}

#[test]
fn nothing_found_is_good_news_and_no_plan() {
    let well = measured(OverheadSquat, 3, Bucket::Good, vec![]);
    let report = Report::new(&[well], &[], Tier::Pro, now());
    assert!(report.phases.is_empty() && report.retests.quick.is_empty() && report.retests.full.is_some());
    assert!(page(&report).html.contains("Nothing stood out in your tests."));
}
