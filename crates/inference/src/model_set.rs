//! All models as the pose pipeline's engine, each loaded when it is first asked for.

use std::{collections::HashMap, fmt::Display, fs, io, path::PathBuf};

use flow_pose::{Engine, EngineError, Model, Output};

use crate::{Graph, Tensor};

/// The models, read by a function that gives a model's ONNX file.
#[derive(Debug)]
pub struct ModelSet<F> {
    read: F,
    graphs: HashMap<Model, Graph>,
}

/// Reads a model's ONNX file.
pub type ReadModel = Box<dyn Fn(Model) -> io::Result<Vec<u8>>>;

impl ModelSet<ReadModel> {
    /// An engine over the models in a folder, each a file of its own name.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self::new(Box::new(move |model| {
            fs::read(folder.join(format!("{}.onnx", model.name())))
        }))
    }
}

impl<F, E> ModelSet<F>
where
    F: Fn(Model) -> Result<Vec<u8>, E>,
    E: Display,
{
    /// An engine over the models that `read` gives. Nothing is read yet.
    pub fn new(read: F) -> Self {
        Self {
            read,
            graphs: HashMap::new(),
        }
    }

    /// Reads and prepares `model` unless that was done before. A failure is not remembered: the next call tries again.
    pub fn load(&mut self, model: Model) -> Result<&Graph, EngineError> {
        use std::collections::hash_map::Entry;
        match self.graphs.entry(model) {
            Entry::Occupied(loaded) => Ok(loaded.into_mut()),
            Entry::Vacant(free) => {
                let bytes = (self.read)(model).map_err(|error| failure(model, &error))?;
                let graph = Graph::load(&bytes).map_err(|error| failure(model, &error))?;
                Ok(free.insert(graph))
            }
        }
    }
}

impl<F, E> Engine for ModelSet<F>
where
    F: Fn(Model) -> Result<Vec<u8>, E>,
    E: Display,
{
    fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
        let graph = self.load(model)?;
        let side = model.input_side();
        let tensor =
            Tensor::new(vec![1, side, side, 3], input.to_vec()).map_err(|error| failure(model, &error))?;
        let outputs = graph
            .run(&[(model.input_name(), &tensor)])
            .map_err(|error| failure(model, &error))?;
        Ok(outputs
            .into_iter()
            .map(|(name, tensor)| Output {
                name,
                values: tensor.into_parts().1,
            })
            .collect())
    }
}

fn failure(model: Model, error: &dyn Display) -> EngineError {
    EngineError {
        model,
        reason: error.to_string(),
    }
}
