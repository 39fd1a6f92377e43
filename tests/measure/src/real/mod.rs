//! Real people: landmarks that MediaPipe found in footage of them, and the document of what each recording scores.
//!
//! The recordings lie in `reference/landmarks` of the folder that `FLOW_SHARED` names; without it there is nothing here to
//! look at.

mod document;
mod sequence;

use std::path::PathBuf;

pub use document::text;
pub use sequence::{SEQUENCES, Sequence, sequence, summary};

/// The folder with the recordings, if this machine has them.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("FLOW_SHARED").map(|shared| PathBuf::from(shared).join("reference/landmarks"))
}
