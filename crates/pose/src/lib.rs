//! Frames to body landmarks: the BlazePose pipeline over an inference engine.

mod engine;

pub use engine::{Engine, EngineError, Model, Output};
