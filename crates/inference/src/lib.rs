//! Runs the ONNX models of `models/` in portable Rust: inside wasm for `components/nn`, and natively where no ONNX
//! Runtime is installed.
//!
//! [`Graph`] is one model; [`ModelSet`] is all models as a [`flow_pose::Engine`]. The engine knows the operators of
//! these models and of networks like them: convolutions, pooling, resizing, and what goes with them, in `f32` and
//! for one picture at a time. Anything else is refused when it is loaded, never when it runs.
//!
//! Why not a library: on these models in wasm this takes 0.3 to 0.4 of the time of rten 0.27 and 0.4 to 0.6 of that of
//! tract 0.23 (`docs/performance.md` has them in one run, and where their time goes). It adds 0.2 MB to a component, tract
//! 18 MB and rten 3.6 MB, and it compiles in seconds instead of minutes.
//!
//! Pictures, landmarks and `wasi:nn` are for others.

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
pub use model_set::{ModelSet, ReadModel};
pub use onnx::Malformed;
pub use tensor::{ShapeError, Tensor};
