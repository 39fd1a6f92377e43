//! Movement tests, tiers and cut-offs, as data.

mod consent;
mod cutoff;
mod entitlement;
mod landmarker;
mod test_id;
mod thresholds;
mod tier;

pub use consent::CONSENT_VERSION;
pub use cutoff::{Basis, Cutoff, Limit};
pub use entitlement::Feature;
pub use landmarker::Landmarker;
pub use test_id::{TestId, UnknownTest};
pub use thresholds::*;
pub use tier::Tier;
