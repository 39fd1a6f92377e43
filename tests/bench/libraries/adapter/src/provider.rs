//! `wasi:nn` over a library: as little as the bench asks of it.

use std::{env, fs, rc::Rc};

use bindings::exports::wasi::nn::{
    errors::{self, ErrorCode},
    graph::{self, ExecutionTarget, GraphEncoding},
    inference::{self, GraphExecutionContext},
    tensor::{self, TensorType},
};

use crate::{Library, Output};

/// What the interfaces of `wit/wasi-nn` are in Rust.
pub mod bindings {
    wit_bindgen::generate!({
        path: "../../../../wit/wasi-nn",
        world: "provider",
        pub_export_macro: true,
    });
}

/// A component that runs models with `L`. With `PROFILE` in its environment it prints where the time of each run went.
pub struct Provider<L>(L);

pub struct Failure(String);

impl<L: Library> errors::Guest for Provider<L> {
    type Error = Failure;
}

impl errors::GuestError for Failure {
    fn code(&self) -> ErrorCode {
        ErrorCode::RuntimeError
    }

    fn data(&self) -> String {
        self.0.clone()
    }
}

fn failed(message: impl ToString) -> errors::Error {
    errors::Error::new(Failure(message.to_string()))
}

impl<L: Library> tensor::Guest for Provider<L> {
    type Tensor = Tensor;
}

pub struct Tensor {
    dimensions: Vec<u32>,
    data: Vec<u8>,
}

impl tensor::GuestTensor for Tensor {
    fn new(dimensions: Vec<u32>, _: TensorType, data: Vec<u8>) -> Self {
        Self { dimensions, data }
    }

    fn dimensions(&self) -> Vec<u32> {
        self.dimensions.clone()
    }

    fn ty(&self) -> TensorType {
        TensorType::Fp32
    }

    fn data(&self) -> Vec<u8> {
        self.data.clone()
    }
}

impl<L: Library> graph::Guest for Provider<L> {
    type Graph = Model<L>;

    fn load(
        mut parts: Vec<Vec<u8>>,
        _: GraphEncoding,
        _: ExecutionTarget,
    ) -> Result<graph::Graph, errors::Error> {
        let bytes = parts.pop().ok_or_else(|| failed("no model"))?;
        let model = L::load(bytes).map_err(failed)?;
        Ok(graph::Graph::new(Model(Rc::new(model))))
    }

    fn load_by_name(name: String) -> Result<graph::Graph, errors::Error> {
        let bytes = fs::read(format!("/models/{name}.onnx")).map_err(failed)?;
        <Self as graph::Guest>::load(vec![bytes], GraphEncoding::Onnx, ExecutionTarget::Cpu)
    }
}

/// A loaded model; also its execution context.
pub struct Model<L>(Rc<L>);

impl<L: Library> graph::GuestGraph for Model<L> {
    fn init_execution_context(&self) -> Result<GraphExecutionContext, errors::Error> {
        Ok(GraphExecutionContext::new(Self(self.0.clone())))
    }
}

impl<L: Library> inference::Guest for Provider<L> {
    type GraphExecutionContext = Model<L>;
}

type Named = (String, tensor::Tensor);

impl<L: Library> inference::GuestGraphExecutionContext for Model<L> {
    fn compute(&self, mut inputs: Vec<Named>) -> Result<Vec<Named>, errors::Error> {
        let (_, input) = inputs.pop().ok_or_else(|| failed("no input"))?;
        let Tensor { dimensions, data } = input.into_inner();
        let shape: Vec<usize> = dimensions.iter().map(|&size| size as usize).collect();
        let values = data
            .as_chunks()
            .0
            .iter()
            .copied()
            .map(f32::from_le_bytes)
            .collect();
        let profile = env::var_os("PROFILE").is_some();
        let outputs = self.0.run(&shape, values, profile).map_err(failed)?;
        Ok(outputs.into_iter().map(named).collect())
    }
}

fn named(output: Output) -> Named {
    let tensor = Tensor {
        dimensions: output.shape.iter().map(|&size| size as u32).collect(),
        data: output
            .values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect(),
    };
    (output.name, tensor::Tensor::new(tensor))
}
