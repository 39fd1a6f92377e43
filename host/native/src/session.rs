//! Sessions of ONNX Runtime, made once per model and shared by all who run it.

use crate::NativeError;
use ort::session::builder::GraphOptimizationLevel;
use ort::session::{Session, SessionInputValue};
use ort::value::TensorRef;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Where a model's ONNX bytes are.
#[derive(Clone, Debug)]
pub enum ModelBytes {
    /// In a file.
    File(PathBuf),
    /// In memory.
    Memory(Arc<[u8]>),
}

impl ModelBytes {
    /// How far ONNX Runtime may rearrange the model.
    ///
    /// Its blocked layout (level 3) runs in half the time, and adds up in another order than MediaPipe's runtime. A detector
    /// starts a track, each frame of which begins where the last one ended: last digits there can decide which of two legs a
    /// hidden one is taken for, seconds later. It runs for few frames, so detectors keep MediaPipe's order.
    fn optimization(&self) -> GraphOptimizationLevel {
        let detects = |path: &Path| {
            path.file_stem()
                .is_some_and(|stem| stem.to_string_lossy().ends_with("_detection"))
        };
        match self {
            Self::File(path) if detects(path) => GraphOptimizationLevel::Level2,
            Self::File(_) | Self::Memory(_) => GraphOptimizationLevel::Level3,
        }
    }
}

/// A tensor by name: f32 values in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedTensor {
    /// Name in the graph.
    pub name: String,
    /// Size of each dimension.
    pub shape: Vec<usize>,
    /// Values.
    pub values: Vec<f32>,
}

/// One model. A session runs one input at a time, so there are as many as ever ran at once.
pub struct SharedModel {
    bytes: ModelBytes,
    threads: usize,
    idle: Mutex<Vec<Session>>,
}

impl std::fmt::Debug for SharedModel {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SharedModel")
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl SharedModel {
    fn new(bytes: ModelBytes, threads: usize) -> Result<Self, NativeError> {
        let model = Self {
            bytes,
            threads,
            idle: Mutex::default(),
        };
        // The first session now, so that a model that does not load says so when it is loaded.
        let session = model.session()?;
        model.put_back(session);
        Ok(model)
    }

    fn session(&self) -> Result<Session, NativeError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(session) = idle {
            return Ok(session);
        }
        let builder = Session::builder()?
            .with_optimization_level(self.bytes.optimization())?
            .with_intra_threads(self.threads)?
            .with_inter_threads(1)?
            // Spinning threads would take the cores from the guests that decode the next frame.
            .with_intra_op_spinning(false)?;
        Ok(match &self.bytes {
            ModelBytes::File(path) => builder.commit_from_file(path)?,
            ModelBytes::Memory(bytes) => builder.commit_from_memory(bytes)?,
        })
    }

    fn put_back(&self, session: Session) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(session);
    }

    /// Runs the model on its inputs, by name.
    pub fn run(&self, inputs: &[(&str, &[usize], &[f32])]) -> Result<Vec<NamedTensor>, NativeError> {
        let mut session = self.session()?;
        let outputs = Self::run_on(&mut session, inputs);
        // A session that failed on bad input is as good as before.
        self.put_back(session);
        outputs
    }

    fn run_on(
        session: &mut Session,
        inputs: &[(&str, &[usize], &[f32])],
    ) -> Result<Vec<NamedTensor>, NativeError> {
        if inputs.len() != session.inputs.len() {
            return Err(NativeError::Input(format!(
                "the model takes {} inputs, {} were given",
                session.inputs.len(),
                inputs.len()
            )));
        }
        let mut feeds: Vec<(Cow<'_, str>, SessionInputValue<'_>)> = Vec::with_capacity(inputs.len());
        for (name, shape, values) in inputs {
            if !session.inputs.iter().any(|input| input.name == *name) {
                return Err(NativeError::Input(format!("the model has no input {name:?}")));
            }
            let tensor = TensorRef::from_array_view((shape.to_vec(), *values))?;
            feeds.push((Cow::Borrowed(*name), tensor.into()));
        }
        let outputs = session.run(feeds)?;
        outputs
            .iter()
            .map(|(name, value)| {
                let (shape, values) = value.try_extract_tensor::<f32>()?;
                Ok(NamedTensor {
                    name: name.to_owned(),
                    shape: shape
                        .iter()
                        .map(|size| usize::try_from(*size).unwrap_or(0))
                        .collect(),
                    values: values.to_vec(),
                })
            })
            .collect()
    }
}

/// All models of a process, each loaded once.
#[derive(Debug)]
pub struct Sessions {
    threads: usize,
    files: Mutex<HashMap<PathBuf, Arc<SharedModel>>>,
    memory: Mutex<HashMap<[u8; 32], Arc<SharedModel>>>,
}

impl Sessions {
    /// `threads` is how many cores one run of a model may use.
    #[must_use]
    pub fn new(threads: usize) -> Self {
        Self {
            threads,
            files: Mutex::default(),
            memory: Mutex::default(),
        }
    }

    /// The model in `path`.
    pub fn file(&self, path: &Path) -> Result<Arc<SharedModel>, NativeError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(model) = files.get(path) {
            return Ok(model.clone());
        }
        std::fs::metadata(path).map_err(|error| NativeError::Read {
            path: path.display().to_string(),
            reason: error.to_string(),
        })?;
        let model = Arc::new(SharedModel::new(ModelBytes::File(path.to_owned()), self.threads)?);
        files.insert(path.to_owned(), model.clone());
        Ok(model)
    }

    /// The model in `bytes`; the same bytes are the same model.
    pub fn bytes(&self, bytes: &[u8]) -> Result<Arc<SharedModel>, NativeError> {
        use sha2::Digest;
        let key: [u8; 32] = sha2::Sha256::digest(bytes).into();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(model) = memory.get(&key) {
            return Ok(model.clone());
        }
        let model = Arc::new(SharedModel::new(ModelBytes::Memory(bytes.into()), self.threads)?);
        memory.insert(key, model.clone());
        Ok(model)
    }
}
