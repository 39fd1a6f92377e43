//! Our engine, natively and in wasm, gives on real crops what ONNX Runtime gives, model by model.
//!
//! Needs the directory with `clips/*.mp4` in `FLOW_SHARED`; without it says so and passes.

#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

use std::{path::Path, sync::Arc};

use flow_assess::{Options, Run};
use flow_catalog::TestId;
use flow_inference::ModelSet;
use flow_native::{Library, OrtEngine, Sessions};
use flow_pose::{Engine, EngineError, LandmarkModel, Model, Output};
use flow_system_tests::{NnComponent, models, nn_file, shared};

/// Largest difference of a value, as a share of the largest value of its output: a hundredth of a pixel of a crop. Parity of
/// landmarks with MediaPipe allows ten times as much in the mean.
const TOLERANCE: f32 = 5e-5;
/// Crops of each model.
const CROPS: usize = 5;
/// Frames between two crops, so that they differ.
const EVERY: usize = 7;

/// An engine that keeps what it is given.
struct Recorder<E> {
    engine: E,
    runs: [usize; Model::ALL.len()],
    crops: Vec<(Model, Vec<f32>)>,
}

impl<E: Engine> Engine for Recorder<E> {
    fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
        let runs = &mut self.runs[model as usize];
        if runs.is_multiple_of(EVERY) && *runs / EVERY < CROPS {
            self.crops.push((model, input.to_vec()));
        }
        *runs += 1;
        self.engine.run(model, input)
    }
}

/// What the pipeline asks its models on a real clip in which a face is seen.
fn crops(shared: &Path, engine: OrtEngine) -> (Vec<(Model, Vec<f32>)>, OrtEngine) {
    let name = "t09_lateral_raise_front_sports2d";
    let bytes = std::fs::read(shared.join(format!("clips/{name}.mp4"))).expect(name);
    let mut recorder = Recorder {
        engine,
        runs: [0; Model::ALL.len()],
        crops: Vec::new(),
    };
    for model in [LandmarkModel::Full, LandmarkModel::Lite] {
        let options = Options {
            model,
            ..Options::default()
        };
        let mut run = Run::new(bytes.clone(), TestId::NeckFlexionExtension, &options).expect(name);
        while run.step(&mut recorder).expect(name).is_some() {}
    }
    // The pipeline finds faces by the pose; the face detector gets every second pixel of the bodies.
    let faces: Vec<_> = recorder
        .crops
        .iter()
        .filter(|(model, _)| *model == Model::PoseLandmarkFull)
        .map(|(_, body)| (Model::FaceDetection, every_second_pixel(body)))
        .collect();
    recorder.crops.extend(faces);
    (recorder.crops, recorder.engine)
}

/// A body's crop in the size and range of the face detector, -1..1.
fn every_second_pixel(body: &[f32]) -> Vec<f32> {
    let side = Model::PoseLandmarkFull.input_side();
    let rows = body.chunks_exact(side * 3).step_by(2);
    let pixels = rows.flat_map(|row| row.chunks_exact(3).step_by(2));
    pixels.flatten().map(|value| value * 2.0 - 1.0).collect()
}

/// Holds an engine to ONNX Runtime's outputs.
fn check(name: &str, engine: &mut impl Engine) {
    let Some(shared) = shared() else { return };
    let state = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.flow");
    Library::load(&state).expect("ONNX Runtime, which `cargo xtask build` installs");
    let (crops, mut theirs) = crops(&shared, OrtEngine::new(Arc::new(Sessions::new(1)), &models()));
    for model in Model::ALL {
        let mut largest = 0.0_f32;
        let mut compared = 0;
        for (_, crop) in crops.iter().filter(|(of, _)| *of == model) {
            let expected = theirs.run(model, crop).expect("ONNX Runtime");
            let found = engine.run(model, crop).expect(name);
            for expected in expected {
                let found = found.iter().find(|output| output.name == expected.name);
                let found = found.expect("the same outputs");
                assert_eq!(found.values.len(), expected.values.len(), "{}", expected.name);
                let scale = expected
                    .values
                    .iter()
                    .fold(1.0_f32, |most, value| most.max(value.abs()));
                for (a, b) in found.values.iter().zip(&expected.values) {
                    largest = largest.max((a - b).abs() / scale);
                }
            }
            compared += 1;
        }
        println!(
            "{name}, {}: {compared} crops, off by {largest:e} at most",
            model.name()
        );
        assert!(compared >= 2, "{}: {compared} crops", model.name());
        assert!(largest <= TOLERANCE, "{name}, {}: {largest}", model.name());
    }
}

#[test]
fn the_portable_engine_gives_what_onnx_runtime_gives() {
    check("portable", &mut ModelSet::in_folder(models()));
}

#[test]
fn the_engine_in_wasm_gives_what_onnx_runtime_gives() {
    check(
        "wasm",
        &mut NnComponent::load(&nn_file(), &models()).expect("components/nn"),
    );
}
