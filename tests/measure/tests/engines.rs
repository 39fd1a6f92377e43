//! The portable engine, which runs in wasm, and ONNX Runtime give the same bucket: one rendered recording of each test and
//! bucket, and one of each test that has to be refused.

use std::{collections::BTreeSet, env, fs, path::Path, time::Instant};

use flow_assess::{Options, Run};
use flow_inference::ModelSet;
use flow_mannequin::{Encoding, Expect, Scenario, cached_clip, scenarios};
use flow_measure::score;
use flow_movement::{Assessment, SURE, assess};

/// The first scenario of each test and bucket, and the first of each test that is refused.
fn sample() -> Vec<Scenario> {
    let mut seen = BTreeSet::new();
    scenarios()
        .into_iter()
        .filter(|scenario| {
            let bucket = match scenario.expect {
                Expect::Scored { bucket, .. } => bucket,
                Expect::Refused { .. } => "refused",
            };
            seen.insert((scenario.test, bucket))
        })
        .collect()
}

/// The bucket, or the failed check that is named.
fn outcome(assessment: &Assessment) -> String {
    let failed = assessment.quality.checks.iter().find(|check| !check.passed);
    match (&assessment.result, failed) {
        (Some(result), _) => result.bucket.name().to_owned(),
        (None, check) => check.map_or("refused", |check| check.code.code()).to_owned(),
    }
}

#[test]
fn both_engines_give_the_same_bucket() {
    // Clips are made, and found again, from the project's root.
    env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).expect("the project");
    let sample = sample();
    let native = score(&sample, Path::new("models"), true).expect("ONNX Runtime");
    let mut portable = ModelSet::new(|model| fs::read(format!("models/{}.onnx", model.name())));
    let (start, mut differences) = (Instant::now(), Vec::new());
    for row in &native {
        let scenario = &row.scenario;
        let video = cached_clip(scenario, Encoding::H264Baseline).expect(scenario.name);
        let bytes = fs::read(video).expect(scenario.name);
        let mut run = Run::new(bytes, scenario.test, &Options::default()).expect(scenario.name);
        while run.step(&mut portable).expect(scenario.name).is_some() {}
        let found = assess(scenario.test, &run.finish().clip);
        let confidence = |assessment: &Assessment| assessment.result.as_ref().map(|result| result.confidence);
        println!(
            "{}: {} {:?}, portable {} {:?}",
            scenario.name,
            outcome(&row.assessment),
            confidence(&row.assessment),
            outcome(&found),
            confidence(&found),
        );
        // In the dead band of a cut-off either is right, and neither is sure.
        let unsure = [&row.assessment, &found]
            .iter()
            .all(|assessment| confidence(assessment).is_some_and(|confidence| confidence < SURE));
        if outcome(&found) != outcome(&row.assessment) && !unsure {
            differences.push(format!(
                "{}: {} and {}",
                scenario.name,
                outcome(&row.assessment),
                outcome(&found)
            ));
        }
    }
    println!(
        "{} recordings, {:.0} s by the portable engine",
        native.len(),
        start.elapsed().as_secs_f64()
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
