//! `flow score`.

use super::say;
use crate::score::{Request, choose_engine, extended, report, score, write_key_frames, write_report};
use crate::up::Inference;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use flow_catalog::TestId;
use flow_interpretation::{interpret, trail};
use flow_movement::{Assessment, Status};
use flow_pose::LandmarkModel;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct ScoreArgs {
    /// The video: MP4, MOV or WebM, at most 45 s
    file: PathBuf,
    /// The movement test it shows, by name or number
    #[arg(long)]
    test: String,
    /// Print the assessment as JSON
    #[arg(long)]
    json: bool,
    /// Tell what is typical for each measure, and which problem areas the result shows, and why
    #[arg(long, conflicts_with = "json")]
    explain: bool,
    /// Write the report of this one result as a page to read and print
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Write skeleton key frames as SVG files into this folder
    #[arg(long, value_name = "DIR")]
    svg: Option<PathBuf>,
    /// Which landmark model
    #[arg(long, value_enum, default_value = "full")]
    model: ModelChoice,
    /// Who runs the models; wasm is the engine of the wasm provider, run outside of wasm
    #[arg(long, value_enum, default_value = "auto")]
    inference: Inference,
    /// Folder of the .onnx files
    #[arg(long, value_name = "DIR", default_value = "models", env = "FLOW_MODELS")]
    models: PathBuf,
    /// Folder of the ONNX Runtime library
    #[arg(long, value_name = "DIR", default_value = ".flow")]
    state_dir: PathBuf,
    /// Cores that one run of a model may use
    #[arg(long, value_name = "N", default_value_t = 1)]
    inference_threads: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModelChoice {
    Lite,
    Full,
}

pub(super) fn run(args: ScoreArgs) -> Result<ExitCode> {
    let model = match args.model {
        ModelChoice::Lite => LandmarkModel::Lite,
        ModelChoice::Full => LandmarkModel::Full,
    };
    let test: TestId = args.test.parse()?;
    let (mut engine, chosen) = choose_engine(
        args.inference,
        &args.state_dir,
        &args.models,
        test,
        model,
        args.inference_threads,
    )?;
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::new(0)
    } else {
        ProgressBar::hidden()
    };
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} frames {msg}").context("progress bar")?);
    bar.set_message(chosen);
    let request = Request {
        file: args.file,
        test,
        model,
    };
    let result = score(&request, &mut engine, |progress| {
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
    });
    bar.finish_and_clear();
    let assessed = result?;
    let key_frames = args
        .svg
        .map(|folder| write_key_frames(&assessed, &folder))
        .transpose()?;
    if let Some(path) = &args.report {
        write_report(&assessed.assessment, path)?;
    }
    if args.json {
        say(&serde_json::to_string_pretty(&assessed.assessment)?)?;
    } else {
        let mut printed = report(&assessed);
        if args.explain {
            printed = format!(
                "{printed}\n{}{}",
                extended(&assessed.assessment),
                explain(&assessed.assessment)
            );
        }
        if let Some(path) = &args.report {
            printed = format!("{printed}wrote {}\n", path.display());
        }
        for path in key_frames.into_iter().flatten() {
            printed = format!("{printed}wrote {}\n", path.display());
        }
        say(printed.trim_end())?;
    }
    // A refused clip is an answer, but a script wants to know.
    Ok(if assessed.assessment.status == Status::Valid {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(3)
    })
}

/// The problem areas of one result and what they rest on; nothing can be said about a refused clip.
fn explain(assessment: &Assessment) -> String {
    let results: Vec<_> = assessment
        .result
        .iter()
        .map(|result| (assessment.test, result))
        .collect();
    trail(&interpret(&results))
}
