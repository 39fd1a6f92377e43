//! Measured figures and their ratios to named baselines, all from one run: `cargo xtask bench`.
//!
//! Nothing here asserts a time. Every figure is a median; what is compared is measured in turns, so that a busy
//! moment of the machine falls on all alike.

mod clips;
mod mediapipe;
mod models;
mod onnx_runtime;
mod scoring;
mod served;
mod table;
mod wasm_scoring;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};

#[derive(Parser)]
#[command(about = "Measure models and clips; needs what `cargo xtask build` makes")]
struct Arguments {
    /// Measure only this
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Runs of every model on every engine
    #[arg(long, default_value_t = 30)]
    model_runs: usize,
    /// Runs over every clip
    #[arg(long, default_value_t = 3)]
    clip_runs: usize,
    /// A Python that has MediaPipe 0.10 and OpenCV; without it that baseline is left out
    #[arg(long, env = "FLOW_MEDIAPIPE_PYTHON", default_value = "python3")]
    python: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Models,
    Clips,
    Scores,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let wanted = |part: Part| arguments.only.is_none_or(|only| only == part);
    if wanted(Part::Models) {
        println!("{}", models::measure(arguments.model_runs, &arguments.python)?);
    }
    if wanted(Part::Clips) {
        println!("{}", scoring::measure(arguments.clip_runs, &arguments.python)?);
    }
    if wanted(Part::Scores) {
        println!("{}", wasm_scoring::measure(arguments.clip_runs)?);
    }
    Ok(())
}
