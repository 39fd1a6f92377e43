//! `cargo xtask measure`: what scoring gets right and wrong on rendered people.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::setup;

#[derive(clap::Args)]
pub struct Arguments {
    /// Passed on, for example `y-balance --reuse --measures`; `--help` tells what there is
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    measure: Vec<String>,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<()> {
    setup::ffmpeg(shell)?;
    setup::onnx_runtime(shell)?;
    let measure = &arguments.measure;
    Ok(cmd!(
        shell,
        "cargo run --release --locked --quiet --package flow-measure -- {measure...}"
    )
    .run()?)
}
