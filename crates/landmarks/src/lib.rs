//! Body landmarks, the face, and what was observed in each sampled frame of a clip: the data every other crate shares.
//!
//! Producers are `flow-video` and `flow-pose`; `flow-movement` is the consumer. No behaviour lives here beyond
//! naming, indexing and mirroring.

mod body;
mod clip;
mod face;

pub use body::{Landmark, Landmarks, Point, Pose, Side, WorldPoint};
pub use clip::{Clip, Observation};
pub use face::{Face, Place};
