//! The landmarks of rendered clips, by native inference, kept beside the clips.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result};
use flow_assess::{Options, Run};
use flow_landmarks::Clip;
use flow_mannequin::{Encoding, Scenario, cached_clip};
use flow_native::{Library, OrtEngine, Sessions};

/// Finds landmarks.
pub struct Source {
    engine: OrtEngine,
    reuse: bool,
}

impl Source {
    /// An engine of its own; with `reuse` landmarks are read back where an earlier run left them.
    pub fn new(models: &Path, reuse: bool) -> Result<Self> {
        Library::load(Path::new(".flow")).context("ONNX Runtime is missing: run `cargo xtask build`")?;
        Ok(Self {
            engine: OrtEngine::new(Arc::new(Sessions::new(1)), models),
            reuse,
        })
    }

    /// The landmarks of a scenario's clip.
    pub fn of(&mut self, scenario: &Scenario) -> Result<Clip> {
        let video = cached_clip(scenario, Encoding::H264Baseline)?;
        let kept = kept(&video);
        if self.reuse && kept.exists() {
            return Ok(serde_json::from_reader(BufReader::new(File::open(kept)?))?);
        }
        let mut run = Run::new(fs::read(&video)?, scenario.test, &Options::default())?;
        while run.step(&mut self.engine)?.is_some() {}
        let clip = run.finish().clip;
        serde_json::to_writer(BufWriter::new(File::create(kept)?), &clip)?;
        Ok(clip)
    }
}

fn kept(video: &Path) -> PathBuf {
    video.with_extension("landmarks.json")
}
