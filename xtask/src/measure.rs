//! `cargo xtask measure`: what scoring gets right and wrong on rendered people, and the document that says so.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::setup;

#[derive(clap::Args)]
pub struct Arguments {
    /// Passed on, for example `y-balance --reuse --measures`, `--document` or `--check`; `--help` tells what there is
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    measure: Vec<String>,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<()> {
    setup::ffmpeg(shell)?;
    setup::onnx_runtime(shell)?;
    start(shell, &arguments.measure)
}

/// Fails when `docs/measurement.md` is no longer what rendered people measure, or `docs/real-people.md` what real people
/// do where their recordings are.
pub fn check(shell: &Shell) -> Result<()> {
    start(shell, &["--check".to_owned()])
}

fn start(shell: &Shell, arguments: &[String]) -> Result<()> {
    Ok(cmd!(
        shell,
        "cargo run --release --locked --quiet --package flow-measure -- {arguments...}"
    )
    .run()?)
}
