//! `cargo xtask bench`: builds everything and measures it in one run.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{build, setup, step::step};

#[derive(clap::Args)]
pub struct Arguments {
    /// Passed on, for example `--only models`; `--help` tells what there is
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    bench: Vec<String>,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<()> {
    setup::ffmpeg(shell)?;
    build::everything(shell)?;
    step("build what is measured in wasm", || {
        Ok(cmd!(
            shell,
            "cargo build --release --locked --target wasm32-wasip2 --package flow-bench-frame --package flow-bench-baseline"
        )
        .run()?)
    })?;
    let bench = &arguments.bench;
    Ok(cmd!(
        shell,
        "cargo run --release --locked --quiet --package flow-bench -- {bench...}"
    )
    .run()?)
}
