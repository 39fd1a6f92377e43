//! Extended results: what is typical of each measure, its repetitions, the parts of the confidence.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use flow_catalog::TestId;
use flow_interpretation::{Better, extend};
use flow_landmarks::Side::Left;
use flow_movement::{
    Assessment, Status,
    assessment::{Bucket, Measure, Quality, TestResult, Unit},
};

fn assessment(test: TestId, measures: Vec<Measure>) -> Assessment {
    Assessment {
        test,
        status: Status::Valid,
        quality: Quality {
            quality_score: 0.9,
            confidence_avg: 0.9,
            motion_variance: 0.2,
            tracked_share: 0.9,
            pose_accuracy: Some(0.93),
            brightness: None,
            checks: Vec::new(),
        },
        feedback: String::new(),
        result: Some(TestResult {
            bucket: Bucket::Limited,
            bucket_text: String::new(),
            confidence: 0.63,
            severity: None,
            sides: Vec::new(),
            measures,
            flags: Vec::new(),
            not_measured: Vec::new(),
            repetitions: Vec::new(),
            evidence: Vec::new(),
            key_frames: Vec::new(),
        }),
    }
}

fn measure(name: &str, unit: Unit, value: f64, repetitions: &[f64]) -> Measure {
    Measure {
        name: name.to_owned(),
        value,
        unit,
        side: Some(Left),
        repetitions: repetitions.to_vec(),
    }
}

#[test]
fn a_measure_says_what_is_typical_where_that_comes_from_and_how_near_it_is() {
    let measures = vec![
        measure("shinLean", Unit::Degrees, 35.5, &[34.0, 35.5, 37.0]),
        measure("heelRise", Unit::LegLengths, 0.01, &[0.01]),
        measure("kneeOverBigToe", Unit::Degrees, 3.0, &[]),
    ];
    let extended = extend(&assessment(TestId::AnkleMobility, measures)).expect("a result");
    let [lean, heel, unknown] = extended.measures.as_slice() else {
        panic!("{extended:?}")
    };
    let typical = lean.typical.as_ref().expect("a cut-off");
    assert_eq!(
        (typical.limit, typical.better, typical.dead_band),
        (38.0, Better::Higher, 5.0)
    );
    assert_eq!(
        (typical.basis, typical.within, typical.certainty),
        ("published", false, 0.75)
    );
    assert!(typical.source.contains("Physiopedia"), "{}", typical.source);
    assert_eq!(
        (lean.words.as_str(), lean.key, lean.spread),
        ("Shin lean", true, Some(3.0))
    );
    let typical = heel.typical.as_ref().expect("a cut-off");
    assert!(typical.within && typical.better == Better::Lower && !heel.key && heel.spread.is_none());
    assert_eq!(
        (unknown.words.as_str(), unknown.typical.is_none()),
        ("Knee over big toe", true)
    );
}

#[test]
fn off_to_either_direction_is_off() {
    for (value, within) in [(-12.0, false), (-9.0, true), (9.0, true), (12.0, false)] {
        let hips = assessment(
            TestId::Plank,
            vec![measure("hipOffset", Unit::Degrees, value, &[])],
        );
        let extended = extend(&hips).expect("a result");
        let typical = extended.measures[0].typical.as_ref().expect("a cut-off");
        assert_eq!(typical.within, within, "{value}");
    }
}

#[test]
fn the_parts_of_the_confidence_multiply_to_it() {
    let extended = extend(&assessment(TestId::AnkleMobility, vec![])).expect("a result");
    let parts = extended.confidence;
    assert!(parts.tracking < 1.0 && parts.tracking > 0.8, "{parts:?}");
    assert!(
        (parts.tracking * parts.rest - parts.confidence).abs() < 0.02,
        "{parts:?}"
    );
    let mut refused = assessment(TestId::AnkleMobility, vec![]);
    refused.result = None;
    assert_eq!(extend(&refused), None);
}
