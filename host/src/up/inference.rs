//! Who runs the models: ONNX Runtime in this process, or the provider component that the manifest names.

use flow_native::{Library, LibraryError, Sessions};
use std::path::Path;
use std::sync::Arc;

/// What the operator asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Inference {
    /// Native when the library is there, else the provider component.
    Auto,
    /// ONNX Runtime, or refuse to start.
    Native,
    /// The provider component.
    Wasm,
}

/// What was chosen.
#[derive(Clone, Debug)]
pub enum InferenceChoice {
    /// ONNX Runtime.
    Native {
        /// The library.
        library: Library,
        /// The models' sessions.
        sessions: Arc<Sessions>,
    },
    /// The provider component.
    Wasm {
        /// Why not native; `None` when it was not wanted.
        reason: Option<LibraryError>,
    },
}

impl InferenceChoice {
    /// Chooses; `threads` is how many cores one run of a model may use.
    pub fn new(inference: Inference, state_dir: &Path, threads: usize) -> Result<Self, LibraryError> {
        if inference == Inference::Wasm {
            return Ok(Self::Wasm { reason: None });
        }
        match Library::load(state_dir) {
            Ok(library) => Ok(Self::Native {
                library,
                sessions: Arc::new(Sessions::new(threads)),
            }),
            Err(error) if inference == Inference::Native => Err(error),
            Err(error) => Ok(Self::Wasm { reason: Some(error) }),
        }
    }

    /// The choice in one line.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Native { library, .. } => {
                format!(
                    "inference: native, ONNX Runtime {} ({})",
                    library.version,
                    library.path.display()
                )
            }
            Self::Wasm { reason: None } => "inference: the wasm provider component".to_owned(),
            Self::Wasm { reason: Some(reason) } => {
                format!("inference: the wasm provider component, slower than native: {reason}")
            }
        }
    }
}
