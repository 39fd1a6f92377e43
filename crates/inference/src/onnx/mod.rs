//! Reads ONNX files: the protobuf encoding, and the part of ONNX that the models use.

mod model;
mod wire;

pub(crate) use model::{Constant, Model, Node, Port, Values};
pub use wire::Malformed;
