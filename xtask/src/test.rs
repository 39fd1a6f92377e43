//! `cargo xtask test`: every check and test, in the order in which they fail fastest.

use anyhow::{Context as _, Result};
use xshell::{Shell, cmd};

use crate::{
    browser,
    build::{self, COMPONENTS, TRACKER},
    measure, models, openapi, setup,
    step::step,
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Only the Rust tests whose names contain this, without lints, web or browser
    filter: Option<String>,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<()> {
    setup::ffmpeg(shell)?;
    if arguments.filter.is_none() {
        setup::browser(shell)?;
        setup::wasm_target(shell)?;
        models::verify(shell)?;
        format_and_lints(shell)?;
    }
    build::without_host(shell)?;
    build::plain_simd_nn(shell)?;
    rust_tests(shell, arguments.filter.as_deref())?;
    if arguments.filter.is_none() {
        step("check docs/measurement.md", || measure::check(shell))?;
        web_tests(shell)?;
        browser::run(shell)?;
    }
    Ok(())
}

/// Formatting and lints of native code and of the components.
pub fn format_and_lints(shell: &Shell) -> Result<()> {
    setup::wasm_target(shell)?;
    step("check formatting", || {
        Ok(cmd!(shell, "cargo fmt --all --check").run()?)
    })?;
    step("lint native code", || {
        Ok(cmd!(
            shell,
            "cargo clippy --release --locked --all-targets -- --deny warnings"
        )
        .run()?)
    })?;
    let packages = COMPONENTS.map(|name| ["--package", name]).concat();
    step("lint the components", || {
        Ok(cmd!(
            shell,
            "cargo clippy --release --locked --target wasm32-wasip2 {packages...} --package {TRACKER} -- --deny warnings"
        )
        .run()?)
    })
}

fn rust_tests(shell: &Shell, filter: Option<&str>) -> Result<()> {
    let flow = shell.current_dir().join("target/release/flow");
    let _flow = shell.push_env("FLOW_BIN", flow);
    let schemathesis = setup::schemathesis(shell)?;
    let _schemathesis = schemathesis.map(|program| shell.push_env("FLOW_SCHEMATHESIS", program));
    let filter = filter.into_iter();
    step("run the Rust tests", || {
        Ok(cmd!(shell, "cargo test --release --locked --no-fail-fast {filter...}").run()?)
    })
}

fn web_tests(shell: &Shell) -> Result<()> {
    step("check the web client's types", || {
        openapi::check_client_types(shell)
    })?;
    let _web = shell.push_dir("web");
    for script in ["typecheck", "lint", "test"] {
        step(&format!("web client: {script}"), || {
            cmd!(shell, "npm run --silent {script}")
                .run()
                .with_context(|| format!("npm run {script} in web/"))
        })?;
    }
    Ok(())
}
