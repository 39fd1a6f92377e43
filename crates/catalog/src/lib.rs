//! Movement tests, tiers and cut-offs, as data.

mod test_id;
mod tier;

pub use test_id::{TestId, UnknownTest};
pub use tier::Tier;
