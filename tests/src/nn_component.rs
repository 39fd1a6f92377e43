//! A component that provides `wasi:nn`, with nothing around it but the host's engine: the time of the wasm engine alone.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use anyhow::{Result, anyhow};
use flow::runtime::new_engine;
use flow_pose::{Engine, EngineError, Model, Output};
use wasmtime::{
    Store,
    component::{Component, Linker, ResourceAny},
};
use wasmtime_wasi::{FsPerms, WasiCtx, p2::pipe::MemoryOutputPipe};

use crate::guest::{Guest, linker, store};

mod bindings {
    wasmtime::component::bindgen!({ path: "../wit/wasi-nn", world: "provider" });
}

/// What `cargo xtask build` makes of `components/nn`.
pub fn nn_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/wasm32-wasip2/release/nn.wasm")
}

/// A provider compiled to machine code, ready to be instantiated.
pub struct CompiledNn {
    component: Component,
    linker: Linker<Guest>,
}

impl CompiledNn {
    /// Compiles `file` for the engine that serves the app: guests are interrupted at every tick.
    pub fn compile(file: &Path) -> Result<Self> {
        Self::compile_for(&new_engine()?, file)
    }

    /// Compiles `file` for an engine that has epochs.
    pub fn compile_for(engine: &wasmtime::Engine, file: &Path) -> Result<Self> {
        let linker = linker(engine)?;
        let component = Component::from_file(engine, file)?;
        Ok(Self { component, linker })
    }

    /// Starts an instance with the folder `models` mounted.
    pub fn instantiate(&self, models: &Path, environment: &[(&str, &str)]) -> Result<NnComponent> {
        let printed = MemoryOutputPipe::new(usize::MAX);
        let wasi = WasiCtx::builder()
            .preopened_dir(models, "/models", FsPerms::ReadOnly)?
            .envs(environment)
            .stdout(printed.clone())
            .build();
        let mut store = store(self.component.engine(), wasi);
        let provider = bindings::Provider::instantiate(&mut store, &self.component, &self.linker)?;
        Ok(NnComponent {
            store,
            provider,
            contexts: HashMap::new(),
            printed,
        })
    }
}

/// An instance of a provider.
pub struct NnComponent {
    store: Store<Guest>,
    provider: bindings::Provider,
    contexts: HashMap<Model, ResourceAny>,
    printed: MemoryOutputPipe,
}

impl NnComponent {
    /// Compiles and starts the component in `file`, which [`nn_file`] names for the product's own, with `models` mounted.
    pub fn load(file: &Path, models: &Path) -> Result<Self> {
        CompiledNn::compile(file)?.instantiate(models, &[])
    }

    /// What the guest has written to standard output.
    pub fn printed(&self) -> String {
        String::from_utf8_lossy(&self.printed.contents()).into_owned()
    }

    /// Loads `model`, unless it is loaded already.
    pub fn prepare(&mut self, model: Model) -> Result<()> {
        self.context(model).map(drop)
    }

    fn context(&mut self, model: Model) -> Result<ResourceAny> {
        if let Some(context) = self.contexts.get(&model) {
            return Ok(*context);
        }
        let graphs = self.provider.wasi_nn_graph();
        let graph = graphs.call_load_by_name(&mut self.store, model.name())?;
        let graph = self.checked(graph)?;
        let context = self
            .provider
            .wasi_nn_graph()
            .graph()
            .call_init_execution_context(&mut self.store, graph)?;
        let context = self.checked(context)?;
        self.contexts.insert(model, context);
        Ok(context)
    }

    fn compute(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>> {
        let context = self.context(model)?;
        let bytes: Vec<u8> = input.iter().flat_map(|value| value.to_le_bytes()).collect();
        let side = u32::try_from(model.input_side())?;
        let tensors = self.provider.wasi_nn_tensor().tensor();
        let kind = bindings::exports::wasi::nn::tensor::TensorType::Fp32;
        let shape = vec![1, side, side, 3];
        let tensor = tensors.call_constructor(&mut self.store, &shape, kind, &bytes)?;
        let contexts = self.provider.wasi_nn_inference().graph_execution_context();
        let inputs = [(model.input_name().to_owned(), tensor)];
        let outputs = contexts.call_compute(&mut self.store, context, &inputs)?;
        let outputs = self.checked(outputs)?;
        let mut read = Vec::new();
        for (name, tensor) in outputs {
            let data = self
                .provider
                .wasi_nn_tensor()
                .tensor()
                .call_data(&mut self.store, tensor)?;
            tensor.resource_drop(&mut self.store)?;
            let (numbers, _) = data.as_chunks::<4>();
            read.push(Output {
                name,
                values: numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect(),
            });
        }
        Ok(read)
    }

    fn checked<T>(&mut self, result: Result<T, ResourceAny>) -> Result<T> {
        let error = match result {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        let text = self
            .provider
            .wasi_nn_errors()
            .error()
            .call_data(&mut self.store, error)?;
        Err(anyhow!("the wasi:nn provider said: {text}"))
    }
}

impl Engine for NnComponent {
    fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
        self.compute(model, input).map_err(|error| EngineError {
            model,
            reason: format!("{error:#}"),
        })
    }
}
