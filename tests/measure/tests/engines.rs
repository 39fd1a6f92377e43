//! The portable engine, which runs in wasm, and ONNX Runtime give the same bucket: two rendered recordings of each test; every
//! recording when `FLOW_EVERY_SCENARIO` is set.

use std::{collections::BTreeMap, env, path::Path};

use flow_mannequin::{Scenario, one_of_each_bucket};
use flow_measure::{Engine, Row, score};
use flow_movement::SURE;

/// Of the recordings of each bucket and of what has to be refused the first two of every test: that the models come to the same is
/// held for each of them by `tests/tests/models_parity.rs`.
fn sample() -> Vec<Scenario> {
    let mut sample = one_of_each_bucket();
    if env::var_os("FLOW_EVERY_SCENARIO").is_none() {
        let mut of_test = BTreeMap::new();
        sample.retain(|scenario| {
            let taken: &mut u32 = of_test.entry(scenario.test).or_default();
            *taken += 1;
            *taken <= 2
        });
    }
    sample
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
        // Both refuse, for another reason: a share lies near its limit.
        let refused = [native, portable]
            .iter()
            .all(|row| row.assessment.result.is_none());
        if outcome(native).0 != outcome(portable).0 && !unsure && !refused {
            differences.push(line);
        }
    }
    println!("{} recordings", native.len());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
