//! Builds what is served: components in wasm, the web client and what it runs in wasm, the host.

use anyhow::{Context as _, Result};
use xshell::{Shell, cmd};

use crate::{setup, step::step};

/// The components of `spin.toml`; also the names of their packages.
pub const COMPONENTS: [&str; 9] = [
    "nn",
    "account",
    "auth",
    "upload",
    "limits",
    "pose-score",
    "results",
    "ops",
    "site",
];

/// The package that finds bodies in the browser, and its folder.
pub const TRACKER: &str = "tracker";
const TRACKER_FOLDER: &str = "web/tracker";

/// Takes back a feature of `.cargo/config.toml`, which cargo puts before the variable's flags.
const PLAIN_SIMD: (&str, &str) = (
    "CARGO_TARGET_WASM32_WASIP2_RUSTFLAGS",
    "-Ctarget-feature=+simd128,-relaxed-simd",
);

/// Where `nn` without relaxed SIMD is built for its test, beside the components that are served.
const PLAIN_SIMD_TARGET: &str = "target/plain-simd";

#[derive(clap::Args)]
pub struct Arguments {
    /// Build the components for hosts without relaxed SIMD; inference in wasm is slower
    #[arg(long)]
    plain_simd: bool,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<()> {
    let (name, features) = PLAIN_SIMD;
    let _flags = arguments.plain_simd.then(|| shell.push_env(name, features));
    everything(shell)
}

/// Sets up the machine and builds everything that `up` serves.
pub fn everything(shell: &Shell) -> Result<()> {
    without_host(shell)?;
    host(shell)
}

/// Builds `nn` without relaxed SIMD, for the test that such a build runs.
pub fn plain_simd_nn(shell: &Shell) -> Result<()> {
    let (name, features) = PLAIN_SIMD;
    let _flags = shell.push_env(name, features);
    step("build nn without relaxed SIMD", || {
        cmd!(
            shell,
            "cargo build --release --locked --target wasm32-wasip2 --target-dir {PLAIN_SIMD_TARGET} --package nn"
        )
        .run()
        .context("target/plain-simd")
    })
}

/// The same without the host: the tests build it together with themselves, so that its dependencies are built once.
pub fn without_host(shell: &Shell) -> Result<()> {
    setup::wasm_target(shell)?;
    setup::onnx_runtime(shell)?;
    setup::npm_packages(shell, "web")?;
    components(shell)?;
    tracker(shell)?;
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

/// Builds the pose pipeline for browsers, of which not all have relaxed SIMD, and turns it into what they load.
fn tracker(shell: &Shell) -> Result<()> {
    setup::npm_packages(shell, TRACKER_FOLDER)?;
    step("build live pose", || {
        let (name, features) = PLAIN_SIMD;
        let _flags = shell.push_env(name, features);
        cmd!(
            shell,
            "cargo build --release --locked --target wasm32-wasip2 --package {TRACKER}"
        )
        .run()?;
        let _folder = shell.push_dir(TRACKER_FOLDER);
        Ok(cmd!(shell, "npm run --silent transpile").run()?)
    })
}

/// Builds the web client into `web/dist`.
fn web(shell: &Shell) -> Result<()> {
    let _web = shell.push_dir("web");
    step("build the web client", || {
        Ok(cmd!(shell, "npm run --silent build").run()?)
    })
}

/// Builds `flow`, the host and command line: from the whole workspace, not its package alone, so that the tests find its
/// dependencies with the features that they build them with.
fn host(shell: &Shell) -> Result<()> {
    step("build the host", || {
        Ok(cmd!(shell, "cargo build --release --locked --bin flow").run()?)
    })
}
