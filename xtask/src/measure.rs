//! `cargo xtask measure`: what scoring gets right and wrong on rendered people, and the document that says so.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{inputs, setup};

/// The program that renders, scores and writes.
const PACKAGE: &str = "flow-measure";

#[derive(clap::Args)]
pub struct Arguments {
    /// Passed on, for example `y-balance --reuse --measures`, `--document` or `--check`; `--help` tells what there is
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    measure: Vec<String>,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<()> {
    setup::ffmpeg(shell)?;
    setup::onnx_runtime(shell)?;
    let inputs = inputs(shell)?;
    let arguments = &arguments.measure;
    Ok(cmd!(
        shell,
        "cargo run --release --locked --quiet --package {PACKAGE} -- --inputs {inputs} {arguments...}"
    )
    .run()?)
}

/// Fails when `docs/measurement.md` is no longer what rendered people measure, or `docs/real-people.md` what real people
/// do where their recordings are. What the former is made from has a hash: where the document names it, nothing that
/// decides what it says has changed since it was written, and nobody is rendered anew.
///
/// Runs the program as the tests have built it: cargo would build it once more, with other features of its dependencies.
pub fn check(shell: &Shell) -> Result<()> {
    let inputs = inputs(shell)?;
    Ok(cmd!(shell, "target/release/{PACKAGE} --inputs {inputs} --check").run()?)
}

fn inputs(shell: &Shell) -> Result<String> {
    inputs::digest(shell, PACKAGE, &[Path::new("models/manifest.json")])
}
