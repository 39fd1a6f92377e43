//! When tests are taken again and what is worked on when, from days and problem areas.
#![allow(clippy::expect_used, reason = "helpers of tests fail like tests")]

use chrono::{Days, NaiveDate};
use flow_catalog::TestId::{self, AnkleMobility, OverheadSquat, Plank, SingleLegBalance};
use flow_interpretation::{
    Cause, CauseStatus, DueStatus, Finding, Interpretation, Phase, PhaseStatus, Priority, ProblemArea,
    phases, retests,
};

fn day(number: u64) -> NaiveDate {
    let start = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
    start + Days::new(number)
}

fn area(id: &str, priority: Priority, test: TestId, cause: Option<CauseStatus>) -> ProblemArea {
    ProblemArea {
        id: id.to_owned(),
        name: format!("Area {id}"),
        priority,
        text: String::new(),
        sides: Vec::new(),
        severe: false,
        confidence: 0.9,
        sure: true,
        findings: vec![Finding {
            test,
            code: "limited".to_owned(),
            text: String::new(),
            side: None,
            value: None,
            confidence: 0.9,
        }],
        causes: Vec::from_iter(cause.map(|status| Cause {
            id: "ankle".to_owned(),
            name: "Ankle".to_owned(),
            status,
            tests: vec![AnkleMobility],
        })),
    }
}

fn found(areas: Vec<ProblemArea>) -> Interpretation {
    Interpretation {
        tests: Vec::new(),
        areas,
    }
}

#[test]
fn key_limitations_are_due_after_two_weeks_and_all_tests_after_four_to_six() {
    use DueStatus::{Due, Overdue, Upcoming};

    let ankle = area("ankle", Priority::P1, AnkleMobility, None);
    let follows = area("valgus", Priority::P2, OverheadSquat, Some(CauseStatus::Found));
    let alone = area(
        "balance",
        Priority::P2,
        SingleLegBalance,
        Some(CauseStatus::NotTested),
    );
    let interpretation = found(vec![ankle, follows, alone]);
    let newest = [
        (OverheadSquat, day(0)),
        (SingleLegBalance, day(3)),
        (AnkleMobility, day(1)),
        (Plank, day(1)),
    ];
    let at = |today: u64| retests(&newest, &interpretation, day(today));
    let quick: Vec<_> = at(0)
        .quick
        .into_iter()
        .map(|recheck| (recheck.test, recheck.on, recheck.areas))
        .collect();
    assert_eq!(
        quick,
        [
            (AnkleMobility, day(15), vec!["Area ankle".to_owned()]),
            (SingleLegBalance, day(17), vec!["Area balance".to_owned()]),
        ],
        "what follows from an area that was found waits for the full reassessment"
    );
    let full = at(0).full.expect("there are results");
    assert_eq!((full.from, full.by), (day(28), day(42)));
    assert_eq!(
        full.tests,
        [Plank, OverheadSquat, AnkleMobility, SingleLegBalance]
    );

    for (today, ankle, full) in [
        (0, Upcoming, Upcoming),
        (14, Upcoming, Upcoming),
        (15, Due, Upcoming),
        (22, Due, Upcoming),
        (23, Overdue, Upcoming),
        (27, Overdue, Upcoming),
        (28, Overdue, Due),
        (42, Overdue, Due),
        (43, Overdue, Overdue),
    ] {
        let retests = at(today);
        assert_eq!(retests.quick[0].status, ankle, "day {today}");
        assert_eq!(retests.full.map(|full| full.status), Some(full), "day {today}");
    }
}

#[test]
fn a_quick_recheck_moves_its_own_date_and_not_the_full_reassessment() {
    let interpretation = found(vec![area("ankle", Priority::P1, AnkleMobility, None)]);
    let newest = [(AnkleMobility, day(15)), (Plank, day(1))];
    let retests = retests(&newest, &interpretation, day(15));
    assert_eq!(retests.quick[0].on, day(29));
    assert_eq!(
        retests.full.map(|full| (full.since, full.from)),
        Some((day(1), day(29)))
    );
}

#[test]
fn nothing_measured_is_nothing_to_repeat_and_nothing_found_is_nothing_to_recheck() {
    let nothing = retests(&[], &found(vec![]), day(0));
    assert!(nothing.quick.is_empty() && nothing.full.is_none());
    let well = retests(&[(Plank, day(0))], &found(vec![]), day(0));
    assert!(well.quick.is_empty() && well.full.is_some());
}

fn ids(phase: &Phase) -> Vec<&str> {
    phase.areas.iter().map(|area| area.id.as_str()).collect()
}

#[test]
fn causes_are_worked_on_first_and_patterns_second() {
    let interpretation = found(vec![
        area("ankle", Priority::P1, AnkleMobility, None),
        area("core", Priority::P1, Plank, None),
        area("valgus", Priority::P2, OverheadSquat, Some(CauseStatus::Found)),
        area(
            "balance",
            Priority::P2,
            SingleLegBalance,
            Some(CauseStatus::NotTested),
        ),
    ]);
    for (today, status) in [
        (0, [PhaseStatus::Current, PhaseStatus::Upcoming]),
        (13, [PhaseStatus::Current, PhaseStatus::Upcoming]),
        (14, [PhaseStatus::Done, PhaseStatus::Current]),
        (28, [PhaseStatus::Done, PhaseStatus::Done]),
    ] {
        let phases = phases(&interpretation, day(0), day(today));
        let given: Vec<PhaseStatus> = phases.iter().map(|phase| phase.status).collect();
        assert_eq!(given, status, "day {today}");
    }
    let phases = phases(&interpretation, day(0), day(0));
    assert_eq!(ids(&phases[0]), ["ankle", "core"]);
    assert_eq!(ids(&phases[1]), ["valgus", "balance"]);
    assert_eq!(
        phases
            .iter()
            .map(|phase| (phase.from, phase.to))
            .collect::<Vec<_>>(),
        [(day(0), day(13)), (day(14), day(27))]
    );
    assert_eq!(phases[1].areas[0].why, "May follow from: ankle.");
}

#[test]
fn a_priority_without_areas_leaves_its_phase_to_the_other_and_says_so() {
    let causes = phases(
        &found(vec![area("ankle", Priority::P1, AnkleMobility, None)]),
        day(0),
        day(0),
    );
    assert_eq!((ids(&causes[0]), ids(&causes[1])), (vec!["ankle"], vec!["ankle"]));
    assert!(causes[1].text.contains("whole movements"), "{}", causes[1].text);
    let alone = area(
        "balance",
        Priority::P2,
        SingleLegBalance,
        Some(CauseStatus::NotFound),
    );
    let patterns = phases(&found(vec![alone]), day(0), day(0));
    assert_eq!(
        (ids(&patterns[0]), ids(&patterns[1])),
        (vec!["balance"], vec!["balance"])
    );
    assert!(
        patterns[0].text.contains("No area of the first priority"),
        "{}",
        patterns[0].text
    );
    assert_eq!(phases(&found(vec![]), day(0), day(0)), []);
}
