//! `components/nn` built without relaxed SIMD runs where there is none, and comes to what the engine does natively.
//!
//! Needs `target/plain-simd`, which `cargo xtask test` builds.

#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

use std::path::Path;

use flow_inference::ModelSet;
use flow_pose::{Engine as _, Model};
use flow_system_tests::{CompiledNn, models, nn_file, person};
use flow_video::{Limits, RgbImage, open};
use wasmtime::{Config, Engine};

const COMPONENT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../target/plain-simd/wasm32-wasip2/release/nn.wasm"
);

/// What a value may be off, of the largest value of its output: sums are rounded otherwise where additions are fused.
const TOLERANCE: f32 = 1e-3;

/// The host's engine, but for relaxed SIMD.
fn without_relaxed_simd() -> Engine {
    let mut config = Config::new();
    config.wasm_component_model(true).wasm_relaxed_simd(false);
    config.epoch_interruption(true);
    Engine::new(&config).expect("an engine")
}

/// The picture in the size and range that `model` takes.
fn input(model: Model, picture: &RgbImage) -> Vec<f32> {
    let side = model.input_side();
    let signed = matches!(model, Model::PoseDetection | Model::FaceDetection);
    let (scale, offset) = if signed { (127.5, 1.0) } else { (255.0, 0.0) };
    let mut values = Vec::with_capacity(side * side * 3);
    for row in 0..side {
        for column in 0..side {
            let (x, y) = (column * picture.width / side, row * picture.height / side);
            let start = (y * picture.width + x) * 3;
            let pixel = &picture.data[start..start + 3];
            values.extend(pixel.iter().map(|&value| f32::from(value) / scale - offset));
        }
    }
    values
}

#[test]
fn a_build_without_relaxed_simd_sees_what_the_engine_sees_natively() {
    let engine = without_relaxed_simd();
    assert!(
        Path::new(COMPONENT).exists(),
        "target/plain-simd is missing: `cargo xtask test` builds it"
    );
    assert!(
        CompiledNn::compile_for(&engine, &nn_file()).is_err(),
        "the engine has relaxed SIMD after all, or the build that is served has none"
    );
    let compiled =
        CompiledNn::compile_for(&engine, Path::new(COMPONENT)).expect("valid without relaxed SIMD");
    let mut wasm = compiled.instantiate(&models(), &[]).expect("an instance");
    let mut native = ModelSet::in_folder(models());
    let mut video = open(person("single-leg-balance-pass"), &Limits::default()).expect("a video");
    let picture = video.next_frame().expect("readable").expect("a frame").to_rgb();
    let mut off = Vec::new();
    for model in Model::ALL {
        let input = input(model, &picture);
        let expected = native.run(model, &input).expect("outputs");
        let outputs = wasm.run(model, &input).expect("outputs");
        assert_eq!(outputs.len(), expected.len(), "{}", model.name());
        for (output, expected) in outputs.iter().zip(&expected) {
            assert_eq!(output.name, expected.name, "{}", model.name());
            assert_eq!(output.values.len(), expected.values.len(), "{}", model.name());
            let largest = expected
                .values
                .iter()
                .fold(0.0, |most: f32, value| most.max(value.abs()));
            let apart = output.values.iter().zip(&expected.values);
            let apart = apart.fold(0.0, |most: f32, (a, b)| most.max((a - b).abs()));
            println!("{} {}: {apart} of {largest}", model.name(), output.name);
            let near = apart <= largest * TOLERANCE && output.values.iter().all(|value| value.is_finite());
            if !near {
                off.push(format!("{} {}: {apart} of {largest}", model.name(), output.name));
            }
        }
    }
    assert!(off.is_empty(), "{off:#?}");
}
