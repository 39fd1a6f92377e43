//! The four interfaces of `wasi:nn@0.2.0-rc-2024-10-28`. f32 tensors, ONNX models, the processor: what this app uses; the rest is refused.

use crate::runtime::Host;
use crate::runtime::bindings::nn::errors::{self, ErrorCode};
use crate::runtime::bindings::nn::graph::{self, ExecutionTarget, GraphEncoding};
use crate::runtime::bindings::nn::inference;
use crate::runtime::bindings::nn::tensor::{self, TensorType};
use crate::runtime::blocking;
use flow_native::{NamedTensor, NativeError, Sessions, SharedModel};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wasmtime::component::Resource;

/// Native inference for one component: the sessions and the models among its files.
#[derive(Debug)]
pub struct NnComponent {
    sessions: Arc<Sessions>,
    models: HashMap<String, PathBuf>,
}

impl NnComponent {
    /// Finds the `.onnx` files under `files`; their names, without the ending, are what `load-by-name` takes.
    #[must_use]
    pub fn new(sessions: Arc<Sessions>, files: Option<&Path>) -> Self {
        let mut models = HashMap::new();
        let mut folders: Vec<PathBuf> = files.map(Path::to_owned).into_iter().collect();
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(&folder)
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.path())
            {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "onnx")
                    && let Some(name) = path.file_stem().and_then(|name| name.to_str())
                {
                    models.insert(name.to_owned(), path.clone());
                }
            }
        }
        Self { sessions, models }
    }
}

/// What one instance needs for inference.
#[derive(Clone, Debug)]
pub struct NnState {
    /// `None` when the component's inference is not native.
    pub component: Option<Arc<NnComponent>>,
}

/// A tensor of a guest.
#[derive(Clone, Debug)]
pub struct Tensor {
    dimensions: Vec<u32>,
    ty: TensorType,
    data: Vec<u8>,
}

/// A loaded model of a guest.
#[derive(Clone, Debug)]
pub struct Graph(Arc<SharedModel>);

/// A model that a guest can run.
#[derive(Clone, Debug)]
pub struct Context(Arc<SharedModel>);

/// An error of a guest.
#[derive(Clone, Debug)]
pub struct NnError {
    code: ErrorCode,
    data: String,
}

impl From<NativeError> for NnError {
    fn from(error: NativeError) -> Self {
        let code = match error {
            NativeError::Read { .. } => ErrorCode::NotFound,
            NativeError::Runtime(_) => ErrorCode::RuntimeError,
            NativeError::Input(_) => ErrorCode::InvalidArgument,
        };
        Self {
            code,
            data: error.to_string(),
        }
    }
}

impl Tensor {
    /// The values, without a copy where the guest's bytes happen to lie as f32 do.
    fn values(&self) -> Result<Cow<'_, [f32]>, NnError> {
        let invalid = |data: &str| NnError {
            code: ErrorCode::InvalidArgument,
            data: data.to_owned(),
        };
        if self.ty != TensorType::Fp32 {
            return Err(invalid("only FP32 tensors are supported"));
        }
        let (values, rest) = self.data.as_chunks::<4>();
        let count = self
            .dimensions
            .iter()
            .try_fold(1usize, |count, size| count.checked_mul(*size as usize));
        if !rest.is_empty() || count != Some(values.len()) {
            return Err(invalid("the tensor's data does not fill its dimensions"));
        }
        if cfg!(target_endian = "little")
            && let Ok(values) = bytemuck::try_cast_slice(&self.data)
        {
            return Ok(Cow::Borrowed(values));
        }
        Ok(values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    fn from_native(tensor: &NamedTensor) -> Self {
        Self {
            dimensions: tensor
                .shape
                .iter()
                .map(|size| u32::try_from(*size).unwrap_or(u32::MAX))
                .collect(),
            ty: TensorType::Fp32,
            data: if cfg!(target_endian = "little") {
                bytemuck::cast_slice(&tensor.values).to_vec()
            } else {
                tensor
                    .values
                    .iter()
                    .flat_map(|value| value.to_le_bytes())
                    .collect()
            },
        }
    }
}

/// The guest's side of a result: its value, or an error resource.
type Answer<T> = wasmtime::Result<Result<T, Resource<NnError>>>;

impl Host {
    fn answer<T: Send + 'static>(&mut self, result: Result<T, NnError>) -> Answer<Resource<T>> {
        Ok(match result {
            Ok(value) => Ok(self.table.push(value)?),
            Err(error) => Err(self.table.push(error)?),
        })
    }

    fn native(&self) -> Result<Arc<NnComponent>, NnError> {
        self.nn.component.clone().ok_or_else(|| NnError {
            code: ErrorCode::UnsupportedOperation,
            data: "this component's inference is not native".to_owned(),
        })
    }
}

impl tensor::Host for Host {}

impl tensor::HostTensor for Host {
    fn new(
        &mut self,
        dimensions: Vec<u32>,
        ty: TensorType,
        data: Vec<u8>,
    ) -> wasmtime::Result<Resource<Tensor>> {
        Ok(self.table.push(Tensor { dimensions, ty, data })?)
    }

    fn dimensions(&mut self, tensor: Resource<Tensor>) -> wasmtime::Result<Vec<u32>> {
        Ok(self.table.get(&tensor)?.dimensions.clone())
    }

    fn ty(&mut self, tensor: Resource<Tensor>) -> wasmtime::Result<TensorType> {
        Ok(self.table.get(&tensor)?.ty)
    }

    fn data(&mut self, tensor: Resource<Tensor>) -> wasmtime::Result<Vec<u8>> {
        Ok(self.table.get(&tensor)?.data.clone())
    }

    fn drop(&mut self, tensor: Resource<Tensor>) -> wasmtime::Result<()> {
        self.table.delete(tensor)?;
        Ok(())
    }
}

impl errors::Host for Host {}

impl errors::HostError for Host {
    fn code(&mut self, error: Resource<NnError>) -> wasmtime::Result<ErrorCode> {
        Ok(self.table.get(&error)?.code)
    }

    fn data(&mut self, error: Resource<NnError>) -> wasmtime::Result<String> {
        Ok(self.table.get(&error)?.data.clone())
    }

    fn drop(&mut self, error: Resource<NnError>) -> wasmtime::Result<()> {
        self.table.delete(error)?;
        Ok(())
    }
}

impl graph::Host for Host {
    async fn load(
        &mut self,
        builder: Vec<Vec<u8>>,
        encoding: GraphEncoding,
        target: ExecutionTarget,
    ) -> Answer<Resource<Graph>> {
        let unsupported = |data: &str| NnError {
            code: ErrorCode::UnsupportedOperation,
            data: data.to_owned(),
        };
        let checked = self.native().and_then(|native| {
            if !matches!(encoding, GraphEncoding::Onnx | GraphEncoding::Autodetect) {
                return Err(NnError {
                    code: ErrorCode::InvalidEncoding,
                    data: "only ONNX models are supported".to_owned(),
                });
            }
            if target != ExecutionTarget::Cpu {
                return Err(unsupported("only the cpu target is supported"));
            }
            match <[Vec<u8>; 1]>::try_from(builder) {
                Ok([bytes]) => Ok((native, bytes)),
                Err(_) => Err(unsupported("an ONNX model is one part")),
            }
        });
        let loaded = match checked {
            Ok((native, bytes)) => blocking(move || native.sessions.bytes(&bytes)).await?,
            Err(error) => return self.answer(Err(error)),
        };
        self.answer(loaded.map(Graph).map_err(NnError::from))
    }

    async fn load_by_name(&mut self, name: String) -> Answer<Resource<Graph>> {
        let found = self.native().and_then(|native| {
            let path = native.models.get(&name).cloned().ok_or_else(|| NnError {
                code: ErrorCode::NotFound,
                data: format!("no {name}.onnx among the component's files"),
            })?;
            Ok((native, path))
        });
        let loaded = match found {
            Ok((native, path)) => blocking(move || native.sessions.file(&path)).await?,
            Err(error) => return self.answer(Err(error)),
        };
        self.answer(loaded.map(Graph).map_err(NnError::from))
    }
}

impl graph::HostGraph for Host {
    fn init_execution_context(&mut self, graph: Resource<Graph>) -> Answer<Resource<Context>> {
        let Graph(model) = self.table.get(&graph)?.clone();
        Ok(Ok(self.table.push(Context(model))?))
    }

    fn drop(&mut self, graph: Resource<Graph>) -> wasmtime::Result<()> {
        self.table.delete(graph)?;
        Ok(())
    }
}

impl inference::Host for Host {}

impl inference::HostGraphExecutionContext for Host {
    async fn compute(
        &mut self,
        context: Resource<Context>,
        inputs: Vec<(String, Resource<Tensor>)>,
    ) -> Answer<Vec<(String, Resource<Tensor>)>> {
        let Context(model) = self.table.get(&context)?.clone();
        let mut tensors = Vec::with_capacity(inputs.len());
        for (name, handle) in inputs {
            tensors.push((name, self.table.delete(handle)?));
        }
        let outputs = blocking(move || run(&model, &tensors)).await?;
        Ok(match outputs {
            Ok(outputs) => {
                let mut named = Vec::with_capacity(outputs.len());
                for (name, tensor) in outputs {
                    named.push((name, self.table.push(tensor)?));
                }
                Ok(named)
            }
            Err(error) => Err(self.table.push(error)?),
        })
    }

    fn drop(&mut self, context: Resource<Context>) -> wasmtime::Result<()> {
        self.table.delete(context)?;
        Ok(())
    }
}

fn run(model: &SharedModel, tensors: &[(String, Tensor)]) -> Result<Vec<(String, Tensor)>, NnError> {
    let mut inputs = Vec::with_capacity(tensors.len());
    for (name, tensor) in tensors {
        let shape: Vec<usize> = tensor.dimensions.iter().map(|size| *size as usize).collect();
        inputs.push((name.as_str(), shape, tensor.values()?));
    }
    let views: Vec<(&str, &[usize], &[f32])> = inputs
        .iter()
        .map(|(name, shape, values)| (*name, shape.as_slice(), values.as_ref()))
        .collect();
    let outputs = model.run(&views)?;
    Ok(outputs
        .iter()
        .map(|tensor| (tensor.name.clone(), Tensor::from_native(tensor)))
        .collect())
}
