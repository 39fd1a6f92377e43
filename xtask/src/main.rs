//! The project's commands: `cargo xtask up | build | test | bench | measure | openapi | fmt-check | models`.
//!
//! Each command does all the set-up it needs and says so, a line per step.

mod bench;
mod browser;
mod build;
mod inputs;
mod measure;
mod models;
mod openapi;
mod setup;
mod step;
mod test;
mod up;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use xshell::Shell;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, run, test and measure Flow Logic")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything, migrate the database and serve the app
    Up(up::Arguments),
    /// Build everything without serving it
    Build(build::Arguments),
    /// Run all checks and tests
    Test(test::Arguments),
    /// Print measured figures and their ratios to named baselines
    Bench(bench::Arguments),
    /// Score rendered people and compare with what was rendered
    Measure(measure::Arguments),
    /// Write the OpenAPI document of the interface, and the types that the web client has from it
    Openapi,
    /// Check formatting and lints
    FmtCheck,
    /// Verify the model files
    Models(models::Arguments),
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let shell = Shell::new()?;
    shell.change_dir(project_root()?);
    match arguments.command {
        Command::Up(arguments) => up::run(&shell, &arguments),
        Command::Build(arguments) => build::run(&shell, &arguments),
        Command::Test(arguments) => test::run(&shell, &arguments),
        Command::Bench(arguments) => bench::run(&shell, &arguments),
        Command::Measure(arguments) => measure::run(&shell, &arguments),
        Command::Openapi => openapi::run(&shell),
        Command::FmtCheck => test::format_and_lints(&shell),
        Command::Models(arguments) => models::run(&shell, &arguments),
    }
}

/// The workspace's root: the parent of this crate's folder.
fn project_root() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_owned)
        .context("xtask has no parent folder")
}
