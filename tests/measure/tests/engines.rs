//! The portable engine, which runs in wasm, and ONNX Runtime give the same bucket: one rendered recording of each test and
//! bucket, and one of each test that has to be refused; every recording when `FLOW_EVERY_SCENARIO` is set.

use std::{collections::BTreeSet, env, path::Path};

use flow_mannequin::{Expect, Scenario, scenarios};
use flow_measure::{Engine, Row, score};
use flow_movement::SURE;

/// The first scenario of each test and bucket, and the first of each test that is refused.
fn sample() -> Vec<Scenario> {
    let mut seen = BTreeSet::new();
    let every = env::var_os("FLOW_EVERY_SCENARIO").is_some();
    scenarios()
        .into_iter()
        .filter(|scenario| {
            let bucket = match scenario.expect {
                Expect::Scored { bucket, .. } => bucket,
                Expect::Refused { .. } => "refused",
            };
            seen.insert((scenario.test, bucket)) || every
        })
        .collect()
}

/// The bucket, or the failed check that is named, and the confidence.
fn outcome(row: &Row) -> (&str, Option<f64>) {
    let failed = row.assessment.quality.checks.iter().find(|check| !check.passed);
    match (&row.assessment.result, failed) {
        (Some(result), _) => (result.bucket.name(), Some(result.confidence)),
        (None, check) => (check.map_or("refused", |check| check.code.code()), None),
    }
}

#[test]
fn both_engines_give_the_same_bucket() {
    // Clips are made, and found again, from the project's root.
    env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).expect("the project");
    let sample = sample();
    let [native, portable] = [Engine::OnnxRuntime, Engine::Portable]
        .map(|engine| score(&sample, engine, Path::new("models"), false).expect("both engines"));
    let mut differences = Vec::new();
    for (native, portable) in native.iter().zip(&portable) {
        let line = format!(
            "{}: ONNX Runtime {:?}, portable {:?}",
            native.scenario.name,
            outcome(native),
            outcome(portable),
        );
        println!("{line}");
        // In the dead band of a cut-off either is right, and neither is sure.
        let unsure = [native, portable]
            .iter()
            .all(|row| outcome(row).1.is_some_and(|confidence| confidence < SURE));
        if outcome(native).0 != outcome(portable).0 && !unsure {
            differences.push(line);
        }
    }
    println!("{} recordings", native.len());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
