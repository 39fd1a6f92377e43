//! What the results of several movement tests mean together: problem areas with priorities, each naming the findings it
//! rests on.
//!
//! The rules are data (`data/rules.toml`). Root-cause candidates (P1) come before consequence patterns (P2); a P2 area says
//! which P1 areas it may follow from and whether those were found, not found, or not tested. The same results give the same
//! interpretation, in whatever order they come.

mod area;
mod interpret;
mod rules;
mod trail;

pub use area::{Cause, CauseStatus, Finding, Interpretation, Priority, ProblemArea, Quantity};
pub use interpret::interpret;
pub use trail::trail;
