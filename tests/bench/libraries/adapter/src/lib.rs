//! What a library needs around it to be timed: `wasi:nn` in wasm, a process that answers one run at a time natively.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod provider;

#[cfg(not(target_arch = "wasm32"))]
pub use native::answer;
#[cfg(target_arch = "wasm32")]
pub use provider::{Provider, bindings};

/// A model as a library holds it.
pub trait Library: Sized + 'static {
    /// Loads the bytes of an ONNX file, optimised as much as the library can.
    fn load(bytes: Vec<u8>) -> Result<Self, String>;

    /// Runs the model on its one input. With `profile`, prints where the time went to standard output.
    fn run(&self, shape: &[usize], values: Vec<f32>, profile: bool) -> Result<Vec<Output>, String>;
}

/// An output of a model: its name in the ONNX file, its shape, its values in row-major order.
pub struct Output {
    pub name: String,
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}
