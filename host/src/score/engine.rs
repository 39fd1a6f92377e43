//! The engine that `flow score` runs the models on: ONNX Runtime, or the one in portable Rust that the wasm provider has.

use crate::up::Inference;
use anyhow::{Context, Result};
use flow_catalog::{Landmarker, TestId};
use flow_inference::ModelSet;
use flow_native::{Library, OrtEngine, Sessions};
use flow_pose::{Engine, EngineError, LandmarkModel, Model, Output};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Reads a model's ONNX file.
type ReadModel = Box<dyn Fn(Model) -> io::Result<Vec<u8>>>;

/// One of the two engines.
pub enum ScoreEngine {
    /// ONNX Runtime.
    Native(OrtEngine),
    /// Portable Rust.
    Portable(ModelSet<ReadModel>),
}

impl ScoreEngine {
    /// Makes the engine and checks that the models it will need for `test` are there. Also returns what was chosen, in one line.
    pub fn new(
        inference: Inference,
        state_dir: &Path,
        models: &Path,
        test: TestId,
        model: LandmarkModel,
        threads: usize,
    ) -> Result<(Self, String)> {
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
                        Self::Native(engine),
                        format!("inference: ONNX Runtime {}", library.version),
                    ));
                }
                Err(error) if inference == Inference::Native => return Err(error.into()),
                Err(_) => {}
            }
        }
        let folder = models.to_owned();
        let read: ReadModel =
            Box::new(move |model| std::fs::read(folder.join(format!("{}.onnx", model.name()))));
        Ok((
            Self::Portable(ModelSet::new(read)),
            "inference: portable Rust".to_owned(),
        ))
    }
}

impl Engine for ScoreEngine {
    fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
        match self {
            Self::Native(engine) => engine.run(model, input),
            Self::Portable(engine) => engine.run(model, input),
        }
    }
}
