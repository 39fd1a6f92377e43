//! Milliseconds per run of each model on each engine.

use std::{path::Path, sync::Arc, time::Instant};

use anyhow::{Context as _, Result};
use flow_inference::ModelSet;
use flow_native::{Library, OrtEngine, Sessions};
use flow_pose::{Engine, Model};
use flow_system_tests::NnComponent;

use crate::{
    mediapipe::MediaPipeModels,
    onnx_runtime::OnnxRuntime,
    table::{Table, median, ratio},
};

/// Measures all models; the baseline is ONNX Runtime on one core, called directly. MediaPipe's column is its own runtime with
/// its own files, through `python`; a dash where the package lacks the model.
pub fn measure(runs: usize, python: &Path) -> Result<Table> {
    let models = Path::new("models");
    Library::load(Path::new(".flow"))
        .context("ONNX Runtime, the baseline, is missing: run `cargo xtask build`")?;
    let mut direct = OnnxRuntime::new(models.to_owned());
    let mut native = OrtEngine::new(Arc::new(Sessions::new(1)), models);
    let mut portable = ModelSet::in_folder(models);
    let mut wasm = NnComponent::load(models)?;
    let mut mediapipe = MediaPipeModels::start(python)?;
    let mut table = Table::new(
        "Milliseconds per run of a model, one core, median",
        &[
            "model",
            "ONNX Runtime directly",
            "native engine",
            "portable engine, native",
            "portable engine, wasm",
            "MediaPipe Python",
            "native engine / directly",
            "portable, native / directly",
            "portable, wasm / directly",
            "native engine / MediaPipe",
        ],
    );
    for model in Model::ALL {
        let input = picture(model.input_side());
        let mut engines: [&mut dyn Engine; 4] = [&mut direct, &mut native, &mut portable, &mut wasm];
        let mut times: [Vec<f64>; 4] = Default::default();
        let mut theirs = Vec::new();
        for round in 0..=runs {
            for (engine, times) in engines.iter_mut().zip(&mut times) {
                let start = Instant::now();
                engine.run(model, &input)?;
                // The first round loads the model.
                if round > 0 {
                    times.push(start.elapsed().as_secs_f64() * 1e3);
                }
            }
            if let Some(mediapipe) = &mut mediapipe {
                let time = mediapipe.run(model)?;
                theirs.extend(time.filter(|_| round > 0));
            }
        }
        let theirs = (!theirs.is_empty()).then(|| median(theirs));
        let [direct, native, portable, wasm] = times.map(median);
        table.row(&[
            model.name().to_owned(),
            format!("{direct:.2}"),
            format!("{native:.2}"),
            format!("{portable:.2}"),
            format!("{wasm:.2}"),
            theirs.map_or_else(|| "-".to_owned(), |theirs| format!("{theirs:.2}")),
            ratio(native, Some(direct)),
            ratio(portable, Some(direct)),
            ratio(wasm, Some(direct)),
            ratio(native, theirs),
        ]);
    }
    Ok(table)
}

/// A picture with edges and gradients, 0..1; the time does not depend on what is in it.
fn picture(side: usize) -> Vec<f32> {
    (0..side * side * 3)
        .map(|index| ((index * 7919) % 251) as f32 / 250.0)
        .collect()
}
