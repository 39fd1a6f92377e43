//! Progress by key measures: every outcome of I3 from both sides of its limits, like compared with like, no percentage of nothing.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use flow_catalog::TestId::{self, AnkleMobility, OverheadSquat, Plank, ShoulderFlexion, SingleLegBalance};
use flow_interpretation::{
    Action::{self, Adjust, Continue, Stop},
    Progress, Taken,
    Verdict::{self, Good, Little, NoClearChange, Reached, Some as Some_, Worse},
    progress,
};
use flow_landmarks::Side::{self, Left, Right};
use flow_movement::assessment::{Measure, Unit};

fn day(number: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-03-02T18:30:00Z".parse().expect("a time");
    start + TimeDelta::days(number)
}

fn measure(name: &str, unit: Unit, side: Option<Side>, value: f64) -> Measure {
    Measure {
        name: name.to_owned(),
        value,
        unit,
        side,
        repetitions: Vec::new(),
    }
}

fn taken(test: TestId, on: i64, measures: Vec<Measure>) -> Taken {
    Taken {
        test,
        at: day(on),
        confidence: 0.9,
        measures,
    }
}

fn shin(on: i64, value: f64) -> Taken {
    let measures = vec![measure("shinLean", Unit::Degrees, Some(Right), value)];
    taken(AnkleMobility, on, measures)
}

fn only(history: &[Taken]) -> Progress {
    let rows = progress(history);
    let [row] = <[Progress; 1]>::try_from(rows).unwrap_or_else(|rows| panic!("{rows:?}"));
    row
}

fn hold(on: i64, value: f64) -> Taken {
    let measures = vec![measure("hold", Unit::Seconds, Some(Left), value)];
    taken(SingleLegBalance, on, measures)
}

fn arm(on: i64, value: f64) -> Taken {
    let measures = vec![measure("shoulderFlexion", Unit::Degrees, Some(Left), value)];
    taken(ShoulderFlexion, on, measures)
}

fn depth(on: i64, value: f64) -> Taken {
    let measures = vec![measure("thighBelowHorizontal", Unit::Degrees, Some(Left), value)];
    taken(OverheadSquat, on, measures)
}

fn clean(on: i64, value: f64) -> Taken {
    let measures = vec![measure("cleanTime", Unit::Seconds, None, value)];
    taken(Plank, on, measures)
}

/// What is compared, the value before and now, what it means, what to do, and the per cent.
type Case = (&'static str, f64, f64, Verdict, Action, Option<f64>);

/// Typical from 38 degrees, error 5.
const ANKLE: &[Case] = &[
    (
        "20 % and more than the error",
        28.0,
        33.6,
        Good,
        Continue,
        Some(20.0),
    ),
    ("a little less", 28.0, 33.5, Some_, Continue, Some(19.64)),
    (
        "20 % within the error",
        20.0,
        24.0,
        NoClearChange,
        Continue,
        Some(20.0),
    ),
    ("nothing", 28.0, 28.0, NoClearChange, Adjust, Some(0.0)),
    (
        "less within the error",
        28.0,
        23.0,
        NoClearChange,
        Adjust,
        Some(-17.86),
    ),
    ("less beyond the error", 28.0, 22.9, Worse, Stop, Some(-18.21)),
    ("typical now", 36.0, 38.0, Reached, Continue, Some(5.56)),
    (
        "typical, less within the error",
        45.0,
        40.0,
        Reached,
        Continue,
        Some(-11.11),
    ),
    ("typical and clearly less", 50.0, 40.0, Worse, Stop, Some(-20.0)),
];

/// Typical from 20 s, error 1 s; more than 20 s counts as 20 s.
const BALANCE: &[Case] = &[
    ("10 to 20 %", 10.0, 11.5, Some_, Continue, Some(15.0)),
    ("just 10 %", 15.0, 16.5, Some_, Continue, Some(10.0)),
    ("under 10 %", 15.0, 16.4, Little, Adjust, Some(9.33)),
    ("ended on purpose", 40.0, 21.0, Reached, Continue, Some(0.0)),
    ("put down early", 40.0, 18.0, Worse, Stop, Some(-10.0)),
];

/// Typical from 165 degrees, error 10.
const SHOULDER: &[Case] = &[("under 10 %", 140.0, 151.0, Little, Adjust, Some(7.86))];

/// Counted from a thigh straight down at -90 degrees, typical from 0, error 5.
const DEPTH: &[Case] = &[
    ("through level", -2.0, 6.0, Reached, Continue, Some(9.09)),
    ("short of level", -35.0, -24.0, Good, Continue, Some(20.0)),
    ("near level", -0.5, -3.0, NoClearChange, Adjust, Some(-2.79)),
];

/// Typical from 40 s, error 1 s: there is no percentage of less than the error.
const CLEAN_TIME: &[Case] = &[
    ("from next to nothing", 0.4, 6.0, Good, Continue, None),
    ("nothing to nothing", 0.4, 0.9, NoClearChange, Adjust, None),
];

#[test]
fn each_change_gets_its_verdict_and_what_to_do() {
    type Build = fn(i64, f64) -> Taken;
    for (taken, cases) in [
        (shin as Build, ANKLE),
        (hold, BALANCE),
        (arm, SHOULDER),
        (depth, DEPTH),
        (clean, CLEAN_TIME),
    ] {
        for &(name, before, now, verdict, action, percent) in cases {
            let row = only(&[taken(0, before), taken(14, now)]);
            assert_eq!((row.verdict, row.action), (verdict, action), "{name}: {row:?}");
            assert_eq!((row.percent, row.days), (percent, Some(14)), "{name}");
            assert!(row.text.len() > 20, "{name}: {:?}", row.text);
        }
    }
}

#[test]
fn the_result_nearest_to_two_weeks_before_is_compared() {
    for (days, before) in [
        (&[0, 5, 9][..], None),
        (&[0, 10], Some(0)),
        (&[0, 14, 28], Some(14)),
        (&[0, 30, 42], Some(30)),
        (&[0, 20, 30], Some(20)),
        (&[0, 20, 29], Some(0)),
        (&[0, 42], Some(0)),
    ] {
        let history: Vec<Taken> = days.iter().map(|&on| shin(on, 30.0)).collect();
        let row = only(&history);
        let on = |number: i64| day(number).date_naive();
        assert_eq!(row.before.map(|before| before.on), before.map(on), "{days:?}");
        assert_eq!(row.first.on, on(0), "{days:?}");
        if before.is_none() {
            assert_eq!((row.verdict, row.action), (Verdict::TooEarly, Action::Measure));
            assert_eq!(row.next_comparison, on(10));
        }
    }
    let row = only(&[shin(3, 30.0)]);
    assert_eq!(
        (row.verdict, row.change, row.percent),
        (Verdict::First, None, None)
    );
    assert_eq!(
        row.next_comparison,
        NaiveDate::from_ymd_opt(2026, 3, 15).expect("a day")
    );
}

#[test]
fn like_is_compared_with_like() {
    let left = |on, value| {
        let measures = vec![measure("shinLean", Unit::Degrees, Some(Left), value)];
        taken(AnkleMobility, on, measures)
    };
    assert_eq!(
        only(&[left(0, 20.0), shin(14, 35.0)]).verdict,
        Verdict::First,
        "another side"
    );

    let depth = |on, side, value| {
        let measures = vec![measure("thighBelowHorizontal", Unit::Degrees, side, value)];
        taken(OverheadSquat, on, measures)
    };
    let views = [depth(0, None, -30.0), depth(14, Some(Left), -5.0)];
    assert_eq!(only(&views).verdict, Verdict::First, "another view");

    let mut metres = shin(0, 0.4);
    metres.measures[0].unit = Unit::LegLengths;
    assert_eq!(
        only(&[metres, shin(14, 35.0)]).verdict,
        Verdict::First,
        "another unit"
    );

    let mut doubtful = shin(14, 20.0);
    doubtful.confidence = 0.4;
    let row = only(&[shin(0, 35.0), doubtful]);
    assert_eq!(
        (row.verdict, row.action),
        (Verdict::Unsure, Action::Measure),
        "a doubtful result stops nobody"
    );
}

#[test]
fn there_is_a_row_for_each_side_of_the_newest_result_and_the_order_of_results_does_not_matter() {
    let both = |on, left, right| {
        let measures = vec![
            measure("shinLean", Unit::Degrees, Some(Right), right),
            measure("shinLean", Unit::Degrees, Some(Left), left),
            measure("heelRise", Unit::LegLengths, Some(Left), 0.01),
            measure("shinLean", Unit::Degrees, None, f64::NAN),
        ];
        taken(AnkleMobility, on, measures)
    };
    let mut history = vec![
        both(0, 24.0, 30.0),
        both(14, 31.0, 30.5),
        taken(Plank, 3, vec![measure("cleanTime", Unit::Seconds, None, 12.0)]),
        taken(TestId::Clamshell, 3, vec![]),
    ];
    let rows = progress(&history);
    let told: Vec<_> = rows.iter().map(|row| (row.test, row.side, row.verdict)).collect();
    assert_eq!(
        told,
        [
            (Plank, None, Verdict::First),
            (AnkleMobility, Some(Left), Good),
            (AnkleMobility, Some(Right), NoClearChange),
        ]
    );
    history.reverse();
    assert_eq!(progress(&history), rows);
    assert_eq!(progress(&[]), []);
}

#[test]
fn a_row_reads_well_as_json() {
    let row = serde_json::to_value(only(&[shin(0, 28.0), shin(14, 34.0)])).expect("JSON");
    for (name, expected) in [
        ("verdict", "good".into()),
        ("action", "continue".into()),
        ("side", "right".into()),
        ("unit", "deg".into()),
        ("typical", 38.0.into()),
        ("error", 5.0.into()),
        ("nextComparison", "2026-03-26".into()),
        (
            "before",
            serde_json::json!({ "on": "2026-03-02", "value": 28.0, "sure": true }),
        ),
    ] {
        let value: &serde_json::Value = &row[name];
        assert_eq!(value, &expected, "{name}");
    }
}
