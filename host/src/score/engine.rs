//! The engine that `flow score` runs the models on: ONNX Runtime, or the one in portable Rust that the wasm provider has.

use crate::up::Inference;
use anyhow::{Context, Result};
use flow_catalog::{Landmarker, TestId};
use flow_inference::ModelSet;
use flow_native::{Library, OrtEngine, Sessions};
use flow_pose::{Engine, LandmarkModel, Model};
use std::path::Path;
use std::sync::Arc;

/// Makes the engine and checks that the models it will need for `test` are there. Also returns what was chosen, in one line.
pub fn choose_engine(
    inference: Inference,
    state_dir: &Path,
    models: &Path,
    test: TestId,
    model: LandmarkModel,
    threads: usize,
) -> Result<(Box<dyn Engine>, String)> {
    let landmark = match model {
        LandmarkModel::Lite => Model::PoseLandmarkLite,
        LandmarkModel::Full => Model::PoseLandmarkFull,
    };
    let face = test.landmarkers().contains(&Landmarker::FaceMesh);
    let needed = [Model::PoseDetection, landmark].into_iter();
    for needed in needed.chain(face.then_some(Model::FaceLandmark)) {
        let path = models.join(format!("{}.onnx", needed.name()));
        std::fs::metadata(&path).with_context(|| format!("the model {} is missing", path.display()))?;
    }
    if inference != Inference::Wasm {
        match Library::load(state_dir) {
            Ok(library) => {
                let engine = OrtEngine::new(Arc::new(Sessions::new(threads)), models);
                return Ok((
                    Box::new(engine),
                    format!("inference: ONNX Runtime {}", library.version),
                ));
            }
            Err(error) if inference == Inference::Native => return Err(error.into()),
            Err(_) => {}
        }
    }
    Ok((
        Box::new(ModelSet::in_folder(models)),
        "inference: portable Rust".to_owned(),
    ))
}
