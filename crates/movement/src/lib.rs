//! Landmarks to signals, quality gates and scores.
//!
//! [`assess`] is the way in: a [`flow_landmarks::Clip`] and a test go in, an [`Assessment`] comes out. Everything here
//! is pure and deterministic, and no clip, however broken, makes it panic.

mod accuracy;
pub mod assessment;
mod confidence;
mod confusion;
pub mod draw;
mod filter;
mod gates;
pub mod geometry;
mod motion;
mod protocols;
mod score;
pub mod signals;
pub mod track;
mod unrest;

pub use assessment::{Assessment, Status};
pub use confidence::{SURE, tracking as tracking_confidence};
pub use filter::CUT_OFF_HZ;
pub use score::{Scorer, assess};
