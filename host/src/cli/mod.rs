//! The command line: what can be asked for, and how answers and errors are printed.

mod doctor;
mod keys;
mod migrate;
mod score;
mod up;

use clap::{Args, Parser, Subcommand};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

/// Flow Logic on one machine.
#[derive(Debug, Parser)]
#[command(
    name = "flow",
    version,
    about = "Runs the Flow Logic app, and scores a video on the command line"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the app of a spin.toml
    Up(up::UpArgs),
    /// Score a video here, without a server; exit code 3 when a quality gate refuses the clip
    Score(score::ScoreArgs),
    /// Tell what is missing on this machine, and what to do about it
    Doctor(doctor::DoctorArgs),
    /// Print fresh keys for accounts, as values of the app's variables
    Keys,
    /// Apply, take back or list the database's migrations
    #[command(subcommand)]
    Migrate(migrate::MigrateCommand),
}

/// Which app, and where its state is kept.
#[derive(Clone, Debug, Args)]
pub struct AppArgs {
    /// The app's manifest
    #[arg(long, value_name = "FILE", default_value = "spin.toml")]
    from: PathBuf,
    /// Folder of databases, compiled components and libraries; default: .flow beside the manifest
    #[arg(long, value_name = "DIR")]
    state_dir: Option<PathBuf>,
}

impl AppArgs {
    fn root(&self) -> PathBuf {
        match self.from.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        }
    }

    fn state_dir(&self) -> PathBuf {
        self.state_dir
            .clone()
            .unwrap_or_else(|| self.root().join(".flow"))
    }
}

/// Prints a text and the end of its line. Whoever reads it may have seen enough and gone: that is no error.
fn say(text: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

impl Cli {
    /// Runs the command. Errors are one line on standard error.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let result = match self.command {
            Command::Up(args) => up::run(args),
            Command::Score(args) => score::run(args),
            Command::Doctor(args) => doctor::run(&args),
            Command::Keys => keys::run(),
            Command::Migrate(command) => migrate::run(&command),
        };
        match result {
            Ok(code) => code,
            Err(error) => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        }
    }
}
