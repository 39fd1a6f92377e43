//! `cargo xtask up`: build everything, migrate, serve.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::build;

#[derive(clap::Args)]
pub struct Arguments {
    /// Passed on to `flow up`, for example `--listen 127.0.0.1:8080`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    flow: Vec<String>,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<()> {
    build::everything(shell)?;
    let flow = &arguments.flow;
    // A newcomer has no accounts yet: the development identity makes the app usable on this machine only.
    cmd!(
        shell,
        "target/release/flow up --migrate --variable environment=development {flow...}"
    )
    .run()?;
    Ok(())
}
