//! How well scoring measures rendered people: every scenario scored without a host around it, angles held against the
//! truth, and the document that says so.

pub mod angles;
pub mod changed;
pub mod document;
pub mod drift;
pub mod errors;
pub mod invariants;
mod landmarks;
pub mod measures;
pub mod real;
mod rows;
mod table;

pub use errors::Errors;
pub use landmarks::Engine;
pub use rows::{Row, score};
