//! `cargo xtask openapi`: writes what is made from the operations and types of `crates/api`: `crates/api/openapi.json`, and
//! from that the types of the web client's API.

use anyhow::{Context as _, Result};
use xshell::{Shell, cmd};

use crate::setup;

pub fn run(shell: &Shell) -> Result<()> {
    cmd!(
        shell,
        "cargo run --release --locked --quiet --package flow-api --features schema --bin openapi"
    )
    .run()?;
    client_types(shell, "generate")
}

/// Fails when the web client's types are not those of the document.
pub fn check_client_types(shell: &Shell) -> Result<()> {
    client_types(shell, "check")
        .context("web/src/api/schema.ts is stale: run `cargo xtask openapi` and commit the file")
}

/// Runs a script of `web/openapi`, which has a TypeScript of its own: the generator does not work with the client's.
fn client_types(shell: &Shell, script: &str) -> Result<()> {
    setup::npm_packages(shell, "web/openapi")?;
    let _folder = shell.push_dir("web/openapi");
    Ok(cmd!(shell, "npm run --silent {script}").run()?)
}
