//! Turns an ONNX graph into a plan: checks every shape, prepares weights, and joins operations that are one pass
//! over the values.

mod builder;
mod convolution;
mod operators;

use crate::{
    graph::Port,
    onnx::{Malformed, Model},
    plan::{Plan, ValueId},
    shape::Shape,
};
use builder::Builder;

/// Why a file is not a model that runs here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The file is damaged or not ONNX.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The model needs something that the engine does not do.
    #[error("the operator {operator} is not supported: {reason}")]
    Unsupported {
        /// ONNX's name of the operator.
        operator: String,
        /// What about it.
        reason: &'static str,
    },
    /// An input or output is not a tensor of `f32` with a fixed size.
    #[error("the input or output {0} is not a tensor of float32 with a fixed size")]
    Port(String),
    /// A node or output uses a value that nothing makes.
    #[error("nothing makes the value {0}")]
    UnknownValue(String),
}

/// A plan, with the values of its inputs and outputs.
pub(crate) struct Compiled {
    pub plan: Plan,
    pub inputs: Vec<(Port, ValueId)>,
    pub outputs: Vec<(Port, ValueId)>,
}

/// Prepares a model to run.
pub(crate) fn compile(model: Model) -> Result<Compiled, LoadError> {
    let Model {
        nodes,
        constants,
        inputs,
        outputs,
    } = model;
    let mut builder = Builder::new(&nodes, constants, &outputs);
    let mut input_values = Vec::new();
    for port in &inputs {
        let fixed = port.dims.iter().copied().collect::<Option<Vec<_>>>();
        let dims = fixed.filter(|dims| port.element == 1 && Shape::Flat(dims.clone()).quads().is_some());
        let dims = dims.ok_or_else(|| LoadError::Port(port.name.clone()))?;
        let value = builder.input(&port.name, dims.clone());
        let name = port.name.clone();
        input_values.push((Port { name, dims }, value));
    }
    builder.fold_casts();
    for index in 0..nodes.len() {
        builder.node(index)?;
    }
    let mut output_values = Vec::new();
    for port in &outputs {
        let (value, dims) = builder.output(&port.name)?;
        let name = port.name.clone();
        output_values.push((Port { name, dims }, value));
    }
    let ends = input_values.iter().chain(&output_values);
    let kept: Vec<_> = ends.map(|(_, value)| *value).collect();
    Ok(Compiled {
        plan: builder.finish(&kept),
        inputs: input_values,
        outputs: output_values,
    })
}

#[cfg(test)]
mod reference;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
