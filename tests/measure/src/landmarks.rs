//! The landmarks of rendered clips, by either engine, kept beside the clips.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter},
    path::Path,
    sync::Arc,
};

use anyhow::{Context as _, Result};
use flow_assess::{Options, Run};
use flow_catalog::TestId;
use flow_inference::ModelSet;
use flow_landmarks::Clip;
use flow_mannequin::{Encoding, Scenario, cached_clip};
use flow_native::{Library, OrtEngine, Sessions};

/// What runs the models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    /// ONNX Runtime, as native hosts do.
    OnnxRuntime,
    /// The engine that runs in wasm, built natively.
    Portable,
}

/// Finds landmarks.
pub struct Source {
    engine: Box<dyn flow_pose::Engine>,
    kept_as: &'static str,
    reuse: bool,
}

impl Source {
    /// An engine of its own; with `reuse` landmarks are read back where an earlier run left them.
    pub fn new(engine: Engine, models: &Path, reuse: bool) -> Result<Self> {
        let (engine, kept_as): (Box<dyn flow_pose::Engine>, _) = match engine {
            Engine::OnnxRuntime => {
                Library::load(Path::new(".flow"))
                    .context("ONNX Runtime is missing: run `cargo xtask build`")?;
                (
                    Box::new(OrtEngine::new(Arc::new(Sessions::new(1)), models)),
                    "landmarks.json",
                )
            }
            Engine::Portable => (Box::new(ModelSet::in_folder(models)), "portable.landmarks.json"),
        };
        Ok(Self {
            engine,
            kept_as,
            reuse,
        })
    }

    /// The landmarks of a scenario's clip.
    pub fn of(&mut self, scenario: &Scenario) -> Result<Clip> {
        let video = cached_clip(scenario, Encoding::H264Baseline)?;
        let kept = video.with_extension(self.kept_as);
        if self.reuse && kept.exists() {
            return Ok(serde_json::from_reader(BufReader::new(File::open(kept)?))?);
        }
        // With the face too, so that a recording can be handed in as any test.
        let mut run = Run::new(
            fs::read(&video)?,
            TestId::NeckFlexionExtension,
            &Options::default(),
        )?;
        while run.step(&mut self.engine)?.is_some() {}
        let clip = run.finish().clip;
        serde_json::to_writer(BufWriter::new(File::create(kept)?), &clip)?;
        Ok(clip)
    }
}
