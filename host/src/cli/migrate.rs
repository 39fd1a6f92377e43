//! `flow migrate up | down | status`.

use super::AppArgs;
use crate::migrate;
use crate::sqlite::database_path;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum MigrateCommand {
    /// Apply every pending migration
    Up(MigrateArgs),
    /// Take the last applied migration back
    Down(MigrateArgs),
    /// List migrations and when they were applied; exit code 1 when some are pending
    Status(MigrateArgs),
}

#[derive(Debug, Args)]
pub(super) struct MigrateArgs {
    #[command(flatten)]
    app: AppArgs,
    /// Folder of `NNNN_name.up.sql` files; default: migrations beside the manifest
    #[arg(long, value_name = "DIR")]
    migrations: Option<PathBuf>,
}

impl MigrateArgs {
    fn paths(&self) -> Result<(PathBuf, PathBuf)> {
        let state_dir = self.app.state_dir();
        std::fs::create_dir_all(&state_dir)
            .with_context(|| format!("cannot create the state folder {}", state_dir.display()))?;
        let folder = self
            .migrations
            .clone()
            .unwrap_or_else(|| self.app.root().join("migrations"));
        Ok((database_path(&state_dir, "default"), folder))
    }
}

pub(super) fn run(command: &MigrateCommand) -> Result<ExitCode> {
    match command {
        MigrateCommand::Up(args) => {
            let (database, folder) = args.paths()?;
            let applied = migrate::up(&database, &folder)?;
            for migration in &applied {
                println!("applied {migration}");
            }
            if applied.is_empty() {
                println!("nothing to apply");
            }
        }
        MigrateCommand::Down(args) => {
            let (database, folder) = args.paths()?;
            match migrate::down(&database, &folder)? {
                Some(migration) => println!("took back {migration}"),
                None => println!("nothing is applied"),
            }
        }
        MigrateCommand::Status(args) => {
            let (database, folder) = args.paths()?;
            let mut pending = false;
            for status in migrate::status(&database, &folder)? {
                pending |= status.applied_at.is_none();
                println!(
                    "{:<40} {}",
                    status.migration,
                    status.applied_at.as_deref().unwrap_or("pending")
                );
            }
            if pending {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
