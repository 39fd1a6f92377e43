//! The report of a person (product requirement I4): limitations by priority, the phases of the plan, progress of key measures,
//! re-test dates, every result with what is typical, and what was not measured.
//!
//! Problem areas and the extended result of one attempt are here too, as clients see them.
//!
//! [`Report::new`] assembles it as data; [`page`] writes it as one HTML document to read, print and keep, which needs nothing
//! from anywhere and runs nothing. What is decided is decided in `flow-interpretation`; nothing is judged here.

mod details;
mod html;
mod problem_areas;
mod report;

pub use details::AttemptDetails;
pub use html::{Page, page};
pub use problem_areas::{ProblemAreas, ResultSource};
pub use report::{Figure, Limitations, Measured, NotMeasured, Report, TestSummary};
