//! The `flow` command.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    flow::cli::Cli::parse().run()
}
