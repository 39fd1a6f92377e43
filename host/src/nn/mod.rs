//! `wasi:nn` for guests, over native inference.

mod host;

pub use host::{Context, Graph, NnComponent, NnError, NnState, Tensor};
