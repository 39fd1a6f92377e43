//! Movement tests, tiers and cut-offs, as data.

mod cutoff;
mod entitlement;
mod test_id;
mod thresholds;
mod tier;

pub use cutoff::{Basis, Cutoff, Limit};
pub use entitlement::Feature;
pub use test_id::{TestId, UnknownTest};
pub use thresholds::*;
pub use tier::Tier;
