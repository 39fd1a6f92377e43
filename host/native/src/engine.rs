//! The pose pipeline's engine on ONNX Runtime.

use crate::{Sessions, SharedModel};
use flow_pose::{Engine, EngineError, Model, Output};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Runs the models of one folder.
#[derive(Debug)]
pub struct OrtEngine {
    sessions: Arc<Sessions>,
    models: PathBuf,
    loaded: HashMap<Model, Arc<SharedModel>>,
}

impl OrtEngine {
    /// An engine over the `.onnx` files in `models`. The library must be loaded ([`crate::Library::load`]).
    #[must_use]
    pub fn new(sessions: Arc<Sessions>, models: &Path) -> Self {
        Self {
            sessions,
            models: models.to_owned(),
            loaded: HashMap::new(),
        }
    }

    fn model(&mut self, model: Model) -> Result<Arc<SharedModel>, EngineError> {
        if let Some(loaded) = self.loaded.get(&model) {
            return Ok(loaded.clone());
        }
        let path = self.models.join(format!("{}.onnx", model.name()));
        let loaded = self.sessions.file(&path).map_err(|error| EngineError {
            model,
            reason: error.to_string(),
        })?;
        self.loaded.insert(model, loaded.clone());
        Ok(loaded)
    }
}

impl Engine for OrtEngine {
    fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
        let side = model.input_side();
        let outputs = self
            .model(model)?
            .run(&[(model.input_name(), &[1, side, side, 3], input)])
            .map_err(|error| EngineError {
                model,
                reason: error.to_string(),
            })?;
        Ok(outputs
            .into_iter()
            .map(|tensor| Output {
                name: tensor.name,
                values: tensor.values,
            })
            .collect())
    }
}
