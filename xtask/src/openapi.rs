//! `cargo xtask openapi`: writes `crates/api/openapi.json` from the operations and the types of `crates/api`.

use anyhow::Result;
use xshell::{Shell, cmd};

pub fn run(shell: &Shell) -> Result<()> {
    Ok(cmd!(
        shell,
        "cargo run --release --locked --quiet --package flow-api --features schema --bin openapi"
    )
    .run()?)
}
