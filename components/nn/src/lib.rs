//! Provides `wasi:nn` in wasm, for hosts that have none: ONNX models, on the processor, in `f32`.
#![cfg(target_arch = "wasm32")]

mod bindings;
mod errors;
mod graph;
mod inference;
mod tensor;

/// The component.
struct Provider;
