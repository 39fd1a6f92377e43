//! The interface `graph`: loads models, from bytes or by the name of a file.

use std::{cell::RefCell, collections::HashMap, fs, io::ErrorKind, rc::Rc};

use flow_inference::Graph as Model;

use crate::{
    Provider,
    bindings::exports::wasi::nn::{
        errors::{Error, ErrorCode},
        graph::{ExecutionTarget, Graph, GraphEncoding, Guest, GuestGraph},
        inference::GraphExecutionContext,
    },
    errors::Failure,
    inference::Context,
};

/// Where the application mounts its models.
const FOLDER: &str = "/models";

thread_local! {
    /// The models of `FOLDER` that were loaded. An instance serves many requests; models are the same for all of them.
    static LOADED: RefCell<HashMap<String, Rc<Model>>> = RefCell::default();
}

impl Guest for Provider {
    type Graph = Loaded;

    fn load(parts: Vec<Vec<u8>>, encoding: GraphEncoding, target: ExecutionTarget) -> Result<Graph, Error> {
        let model = from_parts(&parts, encoding, target)?;
        Ok(Graph::new(Loaded(Rc::new(model))))
    }

    fn load_by_name(name: String) -> Result<Graph, Error> {
        Ok(Graph::new(Loaded(by_name(name)?)))
    }
}

/// A model of the caller.
#[derive(Clone, Debug)]
pub struct Loaded(Rc<Model>);

impl GuestGraph for Loaded {
    fn init_execution_context(&self) -> Result<GraphExecutionContext, Error> {
        Ok(GraphExecutionContext::new(Context(self.0.clone())))
    }
}

/// A model from the parts of its encoding.
fn from_parts(parts: &[Vec<u8>], encoding: GraphEncoding, target: ExecutionTarget) -> Result<Model, Failure> {
    if !matches!(encoding, GraphEncoding::Onnx | GraphEncoding::Autodetect) {
        let message = "only ONNX models are supported";
        return Err(Failure::new(ErrorCode::InvalidEncoding, message));
    }
    if target != ExecutionTarget::Cpu {
        let message = "only the target cpu is supported";
        return Err(Failure::new(ErrorCode::UnsupportedOperation, message));
    }
    let [bytes] = parts else {
        let message = format!("an ONNX model has one part, not {}", parts.len());
        return Err(Failure::new(ErrorCode::InvalidArgument, message));
    };
    Ok(Model::load(bytes)?)
}

/// The model in the file `name`, loaded once. Failures are not remembered.
fn by_name(name: String) -> Result<Rc<Model>, Failure> {
    if let Some(model) = LOADED.with_borrow(|loaded| loaded.get(&name).cloned()) {
        return Ok(model);
    }
    // Only names of files in the folder itself.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if name.is_empty() || !name.bytes().all(plain) {
        let message = format!("{name:?} is not the name of a model");
        return Err(Failure::new(ErrorCode::InvalidArgument, message));
    }
    let path = format!("{FOLDER}/{name}.onnx");
    let bytes = fs::read(&path).map_err(|error| {
        let code = match error.kind() {
            ErrorKind::NotFound => ErrorCode::NotFound,
            _ => ErrorCode::RuntimeError,
        };
        Failure::new(code, format!("{path} cannot be read: {error}"))
    })?;
    let model = Rc::new(Model::load(&bytes)?);
    LOADED.with_borrow_mut(|loaded| loaded.insert(name, model.clone()));
    Ok(model)
}
