//! Scenarios, scored on all cores.

use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context as _, Result};
use flow_landmarks::Clip;
use flow_mannequin::{Judged, Scenario};
use flow_movement::Assessment;
use serde_json::Value;

use crate::landmarks::{Engine, Source};

/// A scenario with what came out.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was rendered.
    pub scenario: Scenario,
    /// The landmarks that were found.
    pub clip: Clip,
    /// What was made of them.
    pub assessment: Assessment,
    /// The same as the API gives it.
    pub json: Value,
}

impl Row {
    /// Scores landmarks of a scenario.
    ///
    /// # Errors
    ///
    /// The assessment has no JSON.
    pub fn new(scenario: &Scenario, clip: Clip) -> Result<Self> {
        let assessment = flow_movement::assess(scenario.test, &clip);
        Ok(Self {
            scenario: *scenario,
            clip,
            json: serde_json::to_value(&assessment)?,
            assessment,
        })
    }

    /// What came out, to be held against what was rendered.
    #[must_use]
    pub const fn judged(&self) -> Judged<'_> {
        Judged(&self.json)
    }

    /// What differs from what was rendered, in words.
    #[must_use]
    pub fn mistakes(&self) -> Vec<String> {
        self.judged().mistakes(&self.scenario.expect)
    }
}

/// Scores scenarios by an engine with the models of a folder, and gives them back in their order. With `reuse` landmarks are taken from
/// the last run, where they are.
///
/// # Errors
///
/// ONNX Runtime or FFmpeg is missing, or a clip cannot be made or read.
pub fn score(scenarios: &[Scenario], engine: Engine, models: &Path, reuse: bool) -> Result<Vec<Row>> {
    let next = AtomicUsize::new(0);
    let scored = Mutex::new(Vec::new());
    let work = || -> Result<()> {
        let mut source = Source::new(engine, models, reuse)?;
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(scenario) = scenarios.get(index) else {
                return Ok(());
            };
            let row = source
                .of(scenario)
                .and_then(|clip| Row::new(scenario, clip))
                .context(scenario.name)?;
            if let Ok(mut scored) = scored.lock() {
                scored.push((index, row));
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..thread::available_parallelism()?.get())
            .map(|_| scope.spawn(work))
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| anyhow::bail!("a worker panicked"))
        })
    })?;
    let mut scored = scored.into_inner().unwrap_or_default();
    scored.sort_by_key(|(index, _)| *index);
    Ok(scored.into_iter().map(|(_, row)| row).collect())
}
