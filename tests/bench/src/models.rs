//! Milliseconds per run of each model on each engine.

use std::{path::Path, sync::Arc, time::Instant};

use anyhow::{Context as _, Result, bail};
use flow_inference::ModelSet;
use flow_native::{Library, OrtEngine, Sessions};
use flow_pose::{Engine, Model, Output};
use flow_system_tests::{NnComponent, nn_file};

use crate::{
    libraries,
    mediapipe::MediaPipeModels,
    onnx_runtime::OnnxRuntime,
    report::Report,
    table::{Table, median, ratio, verdict},
};

/// What the engine in wasm may take of rten's time in wasm, on the models of [`held`].
const LIMIT_OF_RTEN: f64 = 0.45;

/// Billions of multiplications with addition a second that one core does at best in wasm, about: the inner loop of
/// `flow_inference`'s products alone was measured at 17.
const LIMIT_GMAC_S: f64 = 15.0;

/// What an output may differ from our engine's, of its largest value: the libraries do the same work.
const TOLERANCE: f32 = 0.01;

/// What the largest value is taken for at least: of a probability that is as good as none, nothing is asked.
const LARGEST: f32 = 0.1;

/// Billions of multiplications with addition per run: `models/README.md`.
const fn gmac(model: Model) -> f64 {
    match model {
        Model::PoseDetection => 0.430,
        Model::PoseLandmarkLite => 0.166,
        Model::PoseLandmarkFull => 0.351,
        Model::FaceDetection => 0.031,
        Model::FaceLandmark => 0.035,
    }
}

const fn held(model: Model) -> bool {
    matches!(model, Model::PoseLandmarkLite | Model::PoseLandmarkFull)
}

/// Who runs the models, in the order of the columns.
const ENGINES: [&str; 9] = [
    "ONNX Runtime directly",
    "native engine",
    "portable, native",
    "portable, wasm",
    "rten, wasm",
    "tract, wasm",
    "rten, native",
    "tract, native",
    "MediaPipe Python",
];

/// Measures all models on one core. The baseline is ONNX Runtime, called directly. MediaPipe's column is its own runtime with
/// its own files, through `python`; a dash where the package lacks the model.
pub fn measure(report: &mut Report, runs: usize, python: &Path) -> Result<()> {
    let models = Path::new("models");
    Library::load(Path::new(".flow"))
        .context("ONNX Runtime, the baseline, is missing: run `cargo xtask build`")?;
    let mut libraries = libraries::libraries()?;
    crate::profile::measure(report, &libraries, runs)?;
    let mut direct = OnnxRuntime::new(models.to_owned());
    let mut native = OrtEngine::new(Arc::new(Sessions::new(1)), models);
    let mut portable = ModelSet::in_folder(models);
    let mut wasm = NnComponent::load(&nn_file(), models)?;
    let [mut rten, mut tract] = [libraries[0].wasm(false)?, libraries[1].wasm(false)?];
    let mut mediapipe = MediaPipeModels::start(python)?;
    let mut tables = Tables::new(runs);
    for model in Model::ALL {
        let input = picture(model.input_side());
        let mut engines: [&mut dyn Engine; 6] = [
            &mut direct,
            &mut native,
            &mut portable,
            &mut wasm,
            &mut rten,
            &mut tract,
        ];
        let mut times: [Vec<f64>; ENGINES.len()] = Default::default();
        for round in 0..=runs {
            let mut outputs = Vec::new();
            for (engine, times) in engines.iter_mut().zip(&mut times) {
                let start = Instant::now();
                outputs.push(engine.run(model, &input)?);
                // The first round loads the model.
                if round > 0 {
                    times.push(start.elapsed().as_secs_f64() * 1e3);
                }
            }
            if round == 0 {
                for (name, theirs) in ENGINES.iter().zip(&outputs).skip(4) {
                    same(&outputs[3], theirs).with_context(|| format!("{name}, {}", model.name()))?;
                }
            }
            let natives = libraries
                .iter_mut()
                .map(|library| library.run_natively(model).map(Some));
            let theirs = mediapipe.iter_mut().map(|mediapipe| mediapipe.run(model));
            for (time, times) in natives.chain(theirs).zip(&mut times[engines.len()..]) {
                times.extend(time?.filter(|_| round > 0));
            }
        }
        tables.add(report, model, times);
    }
    report.add(&tables.times);
    report.add(&tables.ratios);
    Ok(())
}

/// The times and what follows from them.
struct Tables {
    times: Table,
    ratios: Table,
}

impl Tables {
    fn new(runs: usize) -> Self {
        let heads: Vec<&str> = ["model"].into_iter().chain(ENGINES).collect();
        Self {
            times: Table::new(
                &format!("Milliseconds per run of a model, one core, median of {runs}"),
                &heads,
            ),
            ratios: Table::new(
                "Models: ratios of these times",
                &[
                    "model",
                    "native engine / directly",
                    "portable, native / directly",
                    "portable, wasm / directly",
                    "native engine / MediaPipe",
                    "portable, native / rten, native",
                    "portable, native / tract, native",
                    "portable, wasm / tract, wasm",
                    "portable, wasm / rten, wasm",
                    "at most",
                    "bar",
                    &format!("GMAC / {LIMIT_GMAC_S} GMAC/s, ms"),
                    "portable, wasm / this",
                ],
            ),
        }
    }

    fn add(&mut self, report: &mut Report, model: Model, times: [Vec<f64>; ENGINES.len()]) {
        let times = times.map(|times| (!times.is_empty()).then(|| median(times)));
        let texts = times.map(|time| time.map_or_else(|| "-".to_owned(), |time| format!("{time:.2}")));
        let name = || [model.name().to_owned()].into_iter();
        self.times.row(&name().chain(texts).collect::<Vec<_>>());

        let [
            direct,
            native,
            portable,
            wasm,
            rten,
            tract,
            rten_native,
            tract_native,
            mediapipe,
        ] = times;
        let over = |time: Option<f64>, other| time.map_or_else(|| "-".to_owned(), |time| ratio(time, other));
        let (limit, met) = match (wasm, rten) {
            (Some(wasm), Some(rten)) if held(model) => {
                let what = format!("{}: our time in wasm / rten's", model.name());
                report.hold(&what, wasm / rten, LIMIT_OF_RTEN);
                (LIMIT_OF_RTEN.to_string(), verdict(wasm / rten, LIMIT_OF_RTEN))
            }
            _ => ("-".to_owned(), "-".to_owned()),
        };
        let least = gmac(model) / LIMIT_GMAC_S * 1e3;
        let cells = [
            over(native, direct),
            over(portable, direct),
            over(wasm, direct),
            over(native, mediapipe),
            over(portable, rten_native),
            over(portable, tract_native),
            over(wasm, tract),
            over(wasm, rten),
            limit,
            met,
            format!("{least:.2}"),
            over(wasm, Some(least)),
        ];
        self.ratios.row(&name().chain(cells).collect::<Vec<_>>());
    }
}

/// Fails where a library does not come to what our engine does.
fn same(ours: &[Output], theirs: &[Output]) -> Result<()> {
    for ours in ours {
        let theirs = theirs
            .iter()
            .find(|output| output.name == ours.name && output.values.len() == ours.values.len())
            .with_context(|| format!("no output like {}", ours.name))?;
        let largest = ours
            .values
            .iter()
            .fold(LARGEST, |most: f32, value| most.max(value.abs()));
        let apart = ours
            .values
            .iter()
            .zip(&theirs.values)
            .fold(0.0, |most: f32, (a, b)| most.max((a - b).abs()));
        if apart > largest * TOLERANCE {
            bail!("{} is off by {apart}, of {largest}", ours.name);
        }
    }
    Ok(())
}

/// A picture with edges and gradients, 0..1; the time does not depend on what is in it.
pub fn picture(side: usize) -> Vec<f32> {
    (0..side * side * 3)
        .map(|index| ((index * 7919) % 251) as f32 / 250.0)
        .collect()
}
