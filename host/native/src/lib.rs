//! Native inference with ONNX Runtime, loaded when it is first needed: one place that owns libraries and sessions.

mod engine;
mod library;
mod session;

pub use engine::OrtEngine;
pub use library::{Library, LibraryError, find_library};
pub use session::{ModelBytes, NamedTensor, Sessions, SharedModel};

/// Why native inference gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NativeError {
    /// The model's file cannot be read.
    #[error("cannot read the model {path}: {reason}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// ONNX Runtime's words.
    #[error("ONNX Runtime: {0}")]
    Runtime(String),
    /// The inputs are not what the model takes.
    #[error("{0}")]
    Input(String),
}

impl From<ort::Error> for NativeError {
    fn from(error: ort::Error) -> Self {
        Self::Runtime(error.message().to_owned())
    }
}
