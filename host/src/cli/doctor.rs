//! `flow doctor`.

use super::AppArgs;
use crate::doctor::{Request, State, examine, table};
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

pub(super) fn run(args: &DoctorArgs) -> ExitCode {
    let findings = examine(&Request {
        manifest: args.app.from.clone(),
        state_dir: args.app.state_dir(),
        listen: args.listen,
    });
    print!("{}", table(&findings));
    let missing = findings
        .iter()
        .filter(|finding| finding.state == State::Missing)
        .count();
    if missing == 0 {
        return ExitCode::SUCCESS;
    }
    eprintln!("{missing} thing(s) missing");
    ExitCode::FAILURE
}
