//! One clip from video bytes to an assessment, with progress.
//!
//! [`Run`] is driven step by step, so that the caller decides when to report progress, yield or give up: a component
//! between two events of a stream, the command line between two ticks of a progress bar.

mod division;
mod observer;
mod parts;
mod run;
mod sample;
mod timing;
mod upright;

pub use division::Division;
pub use parts::{Observed, Part, WARM_UP};
pub use run::{Assessed, Error, Options, Progress, Run, assess};
pub use sample::{Sample, SampleSource};
pub use timing::Timings;
