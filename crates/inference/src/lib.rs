//! Runs the ONNX models of `models/` in portable Rust: inside wasm for `components/nn`, and natively where no ONNX
//! Runtime is installed.
//!
//! [`Graph`] is one model; [`ModelSet`] is all models as a [`flow_pose::Engine`]. The engine knows the operators of
//! these models and of networks like them: convolutions, pooling, resizing, and what goes with them, in `f32` and
//! for one picture at a time. Anything else is refused when it is loaded, never when it runs.
//!
//! Why not a library: in wasm this takes half the time of rten 0.27 and a third of tract 0.23 on these models, and
//! adds a hundredth of their code. Pictures, landmarks and `wasi:nn` are for others.

#![cfg_attr(
    test,
    expect(clippy::float_cmp, reason = "what must pass unchanged is compared exactly")
)]

mod compile;
mod graph;
mod lanes;
mod model_set;
mod onnx;
mod ops;
mod plan;
mod shape;
mod tensor;

pub use compile::LoadError;
pub use graph::{Graph, Port, RunError};
pub use model_set::ModelSet;
pub use onnx::Malformed;
pub use tensor::{ShapeError, Tensor};
