//! `flow doctor`.

use super::{AppArgs, say};
use crate::doctor::{Request, State, examine, table};
use anyhow::Result;
use clap::Args;
use std::net::SocketAddr;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    app: AppArgs,
    /// Address that the app is to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
}

pub(super) fn run(args: &DoctorArgs) -> Result<ExitCode> {
    let findings = examine(&Request {
        manifest: args.app.from.clone(),
        state_dir: args.app.state_dir(),
        listen: args.listen,
    });
    say(table(&findings).trim_end())?;
    let missing = findings
        .iter()
        .filter(|finding| finding.state == State::Missing)
        .count();
    if missing == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{missing} thing(s) missing");
    Ok(ExitCode::FAILURE)
}
