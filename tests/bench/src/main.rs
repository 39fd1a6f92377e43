//! Measured figures and their ratios to named baselines, all from one run: `cargo xtask bench`.
//!
//! Nothing here asserts a time. Every figure is a median; what is compared is measured in turns, so that a busy
//! moment of the machine falls on all alike.

mod clips;
mod cold;
mod document;
mod frame;
mod libraries;
mod mediapipe;
mod models;
mod onnx_runtime;
mod process;
mod profile;
mod report;
mod routes;
mod scoring;
mod served;
mod table;
mod wasm_scoring;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};

use crate::report::Report;

#[derive(Parser)]
#[command(about = "Measure models, clips and routes; needs what `cargo xtask build` makes")]
struct Arguments {
    /// Measure only this
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Measure everything and write `docs/performance.md`
    #[arg(long, conflicts_with = "only")]
    document: bool,
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
    Cold,
    Frame,
    Clips,
    Scores,
    Routes,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let wanted = |part: Part| arguments.only.is_none_or(|only| only == part);
    let mut report = Report::new();
    // Clips first: what a process starts counts its memory as its own, and the libraries take much.
    if wanted(Part::Clips) {
        scoring::measure(&mut report, arguments.clip_runs, &arguments.python)?;
    }
    if wanted(Part::Scores) {
        report.add(&wasm_scoring::measure(arguments.clip_runs)?);
    }
    if wanted(Part::Frame) {
        frame::measure(&mut report, arguments.clip_runs)?;
    }
    if wanted(Part::Routes) {
        routes::measure(&mut report)?;
    }
    if wanted(Part::Cold) {
        cold::measure(&mut report)?;
    }
    if wanted(Part::Models) {
        models::measure(&mut report, arguments.model_runs, &arguments.python)?;
    }
    let tables = report.finish();
    if arguments.document {
        document::write(&tables)?;
    }
    Ok(())
}
