//! One model, loaded from an ONNX file and ready to run.

use std::sync::{Mutex, PoisonError};

use crate::{
    Tensor,
    compile::{LoadError, compile},
    onnx::Model,
    plan::{Plan, ValueId, Workspace},
};

/// A model. Running it does not change it.
#[derive(Debug)]
pub struct Graph {
    plan: Plan,
    inputs: Vec<(Port, ValueId)>,
    outputs: Vec<(Port, ValueId)>,
    /// Memory of the last run, for the next one. A run that finds none makes its own.
    workspace: Mutex<Option<Workspace>>,
}

/// An input or output of a model: a tensor of `f32`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// Its name in the ONNX file.
    pub name: String,
    /// Size of each dimension.
    pub dims: Vec<usize>,
}

/// Why a model did not run: the inputs are not what it takes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// An input was given that the model does not have.
    #[error("the model has no input {0}")]
    UnknownInput(String),
    /// An input is missing.
    #[error("the model's input {0} is missing")]
    MissingInput(String),
    /// An input has another shape.
    #[error("the model's input {name} has dimensions {expected:?}, not {given:?}")]
    Shape {
        /// The input's name.
        name: String,
        /// Its dimensions.
        expected: Vec<usize>,
        /// The dimensions that were given.
        given: Vec<usize>,
    },
}

impl Graph {
    /// Reads an ONNX file and prepares it.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        let compiled = compile(Model::read(bytes)?)?;
        Ok(Self {
            plan: compiled.plan,
            inputs: compiled.inputs,
            outputs: compiled.outputs,
            workspace: Mutex::new(None),
        })
    }

    /// The inputs, in the order of the file.
    pub fn inputs(&self) -> impl ExactSizeIterator<Item = &Port> {
        self.inputs.iter().map(|(port, _)| port)
    }

    /// The outputs, in the order of the file.
    pub fn outputs(&self) -> impl ExactSizeIterator<Item = &Port> {
        self.outputs.iter().map(|(port, _)| port)
    }

    /// Runs the model on its inputs, given by name in any order, and returns its outputs in the order of the file.
    pub fn run(&self, inputs: &[(&str, &Tensor)]) -> Result<Vec<(String, Tensor)>, RunError> {
        self.check(inputs)?;
        let spare = self.lock().take();
        let mut workspace = spare.unwrap_or_else(|| self.plan.workspace());
        for (name, tensor) in inputs {
            for (_, value) in self.inputs.iter().filter(|(port, _)| port.name == *name) {
                let values = self.plan.values_mut(&mut workspace, *value);
                values[..tensor.values().len()].copy_from_slice(tensor.values());
            }
        }
        self.plan.run(&mut workspace);
        let outputs = self
            .outputs
            .iter()
            .map(|(port, value)| {
                let values = self.plan.values(&workspace, *value);
                (port.name.clone(), Tensor::filled_from(&port.dims, values))
            })
            .collect();
        *self.lock() = Some(workspace);
        Ok(outputs)
    }

    /// Whether `inputs` are the model's.
    fn check(&self, inputs: &[(&str, &Tensor)]) -> Result<(), RunError> {
        for (name, tensor) in inputs {
            let port = self.inputs().find(|port| port.name == *name);
            let port = port.ok_or_else(|| RunError::UnknownInput((*name).to_owned()))?;
            if port.dims != tensor.dims() {
                return Err(RunError::Shape {
                    name: port.name.clone(),
                    expected: port.dims.clone(),
                    given: tensor.dims().to_vec(),
                });
            }
        }
        let missing = self
            .inputs()
            .find(|port| inputs.iter().all(|(name, _)| port.name != *name));
        missing.map_or(Ok(()), |port| Err(RunError::MissingInput(port.name.clone())))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Workspace>> {
        // Memory is written before it is read, whatever a panic left in it.
        self.workspace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
