//! The inference engine for the pose models in portable Rust.
