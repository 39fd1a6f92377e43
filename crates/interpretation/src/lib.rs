//! What the results of several movement tests mean together: problem areas with priorities, each naming the findings it
//! rests on.
//!
//! The rules are data (`data/rules.toml`). Root-cause candidates (P1) come before consequence patterns (P2); a P2 area says
//! which P1 areas it may follow from and whether those were found, not found, or not tested. The same results give the same
//! interpretation, in whatever order they come.
//!
//! What follows from it is here too: when which test is taken again ([`retests`]), how key measures changed ([`progress`]),
//! which areas are worked on first ([`phases`]), and what is typical for each measure of a result ([`extend`]). Their figures
//! and words are in `data/follow_up.toml` and `data/measures.toml`; days come in as arguments.

mod area;
mod cadence;
mod extended;
mod follow_up;
mod interpret;
mod measures;
mod phases;
mod progress;
mod rules;
mod trail;

pub use area::{Cause, CauseStatus, Finding, Interpretation, Priority, ProblemArea, Quantity};
pub use cadence::{FullReassessment, QuickRecheck, Retests, retests};
pub use extended::{ConfidenceParts, ExtendedMeasure, ExtendedResult, Typical, extend};
pub use follow_up::DueStatus;
pub use interpret::interpret;
pub use measures::Better;
pub use phases::{Phase, PhaseArea, PhaseStatus, phases};
pub use progress::{Action, Progress, Reading, Taken, Verdict, progress};
pub use trail::trail;
