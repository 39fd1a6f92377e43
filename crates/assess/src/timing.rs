//! Where the time of a run went.

use std::{
    ops::AddAssign,
    time::{Duration, Instant},
};

use flow_pose::{Engine, EngineError, Model, Output};

/// Time spent in the parts of a run. When decoding happens on another thread, or parts of the clip elsewhere, they overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Timings {
    /// Demuxing, decoding and colour conversion.
    pub decode: Duration,
    /// Inside the inference engine.
    pub inference: Duration,
    /// Cropping and tracking.
    pub rest: Duration,
    /// Gates and scoring, once all landmarks are there.
    pub scoring: Duration,
}

impl AddAssign for Timings {
    fn add_assign(&mut self, other: Self) {
        self.decode += other.decode;
        self.inference += other.inference;
        self.rest += other.rest;
        self.scoring += other.scoring;
    }
}

/// Runs `work` and adds the time it took to `total`.
pub(crate) fn timed<T>(total: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = work();
    *total += start.elapsed();
    value
}

/// An engine that adds up the time it spends.
pub(crate) struct TimedEngine<'a, E> {
    pub engine: &'a mut E,
    pub spent: &'a mut Duration,
}

impl<E: Engine> Engine for TimedEngine<'_, E> {
    fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
        timed(self.spent, || self.engine.run(model, input))
    }
}
