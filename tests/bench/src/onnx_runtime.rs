//! ONNX Runtime called directly, with nothing of ours around it: the baseline of the models.

use std::{collections::HashMap, path::PathBuf};

use flow_pose::{Engine, EngineError, Model, Output};
use ort::{
    inputs,
    session::{Session, builder::GraphOptimizationLevel},
    value::TensorRef,
};

/// Sessions on one core over the ONNX files of a folder. The library must be loaded.
pub struct OnnxRuntime {
    models: PathBuf,
    sessions: HashMap<Model, Session>,
}

impl OnnxRuntime {
    pub fn new(models: PathBuf) -> Self {
        Self {
            models,
            sessions: HashMap::new(),
        }
    }

    fn compute(&mut self, model: Model, input: &[f32]) -> ort::Result<()> {
        if !self.sessions.contains_key(&model) {
            let session = Session::builder()?
                .with_optimization_level(GraphOptimizationLevel::Level3)?
                .with_intra_threads(1)?
                .commit_from_file(self.models.join(format!("{}.onnx", model.name())))?;
            self.sessions.insert(model, session);
        }
        if let Some(session) = self.sessions.get_mut(&model) {
            let side = model.input_side();
            let tensor = TensorRef::from_array_view(([1, side, side, 3], input))?;
            session.run(inputs![model.input_name() => tensor])?;
        }
        Ok(())
    }
}

impl Engine for OnnxRuntime {
    /// Runs the model and looks at nothing that comes out.
    fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
        let failed = |error: ort::Error| EngineError {
            model,
            reason: error.to_string(),
        };
        self.compute(model, input).map_err(failed)?;
        Ok(Vec::new())
    }
}
