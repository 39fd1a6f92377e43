//! The interface `errors`: what goes wrong, with a code and a message.

use flow_inference::{LoadError, RunError};

use crate::{
    Provider,
    bindings::exports::wasi::nn::errors::{Error, ErrorCode, Guest, GuestError},
};

impl Guest for Provider {
    type Error = Failure;
}

/// An error on its way to the caller.
#[derive(Clone, Debug)]
pub struct Failure {
    code: ErrorCode,
    message: String,
}

impl Failure {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }
}

impl GuestError for Failure {
    fn code(&self) -> ErrorCode {
        self.code
    }

    fn data(&self) -> String {
        self.message.clone()
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::new(failure)
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        let code = match error {
            LoadError::Malformed(_) => ErrorCode::InvalidEncoding,
            LoadError::Unsupported { .. } | LoadError::Port(_) => ErrorCode::UnsupportedOperation,
            LoadError::UnknownValue(_) => ErrorCode::InvalidArgument,
        };
        Self::new(code, error.to_string())
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        Self::new(ErrorCode::InvalidArgument, error.to_string())
    }
}
