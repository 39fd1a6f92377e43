//! Builds what is served: components in wasm, the web client, the host.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{setup, step::step};

/// The components of `spin.toml`; also the names of their packages.
pub const COMPONENTS: [&str; 5] = ["nn", "upload", "pose-score", "results", "site"];

/// Sets up the machine and builds everything that `up` serves.
pub fn everything(shell: &Shell) -> Result<()> {
    without_host(shell)?;
    host(shell)
}

/// The same without the host: the tests build it together with themselves, so that its dependencies are built once.
pub fn without_host(shell: &Shell) -> Result<()> {
    setup::wasm_target(shell)?;
    setup::onnx_runtime(shell)?;
    setup::npm_packages(shell, "web")?;
    components(shell)?;
    web(shell)
}

/// Builds the components for `wasm32-wasip2`.
fn components(shell: &Shell) -> Result<()> {
    let packages = COMPONENTS.map(|name| ["--package", name]).concat();
    step("build the components", || {
        Ok(cmd!(
            shell,
            "cargo build --release --locked --target wasm32-wasip2 {packages...}"
        )
        .run()?)
    })
}

/// Builds the web client into `web/dist`.
fn web(shell: &Shell) -> Result<()> {
    let _web = shell.push_dir("web");
    step("build the web client", || {
        Ok(cmd!(shell, "npm run --silent build").run()?)
    })
}

/// Builds `flow`, the host and command line.
fn host(shell: &Shell) -> Result<()> {
    step("build the host", || {
        Ok(cmd!(shell, "cargo build --release --locked --package flow").run()?)
    })
}
