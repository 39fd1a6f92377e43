//! The inference libraries that the models are timed against: `tests/bench/libraries`, in wasm and natively.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result, bail};
use flow_pose::Model;
use flow_system_tests::{CompiledNn, NnComponent};

use crate::process::Answering;

/// Where they are built: outside the workspace's own artefacts, whose features and lock file are others.
const TARGET: &str = "target/libraries";

/// The libraries, in the order of their columns; versions are pinned in `libraries/*/Cargo.toml`.
pub const LIBRARIES: [&str; 2] = ["rten", "tract"];

/// One library, in wasm and natively on one core.
pub struct Library {
    pub name: &'static str,
    compiled: CompiledNn,
    native: Answering,
}

/// Builds and compiles the libraries; minutes, the first time.
pub fn libraries() -> Result<[Library; 2]> {
    build(&["--lib", "--target", "wasm32-wasip2"])?;
    build(&["--bins"])?;
    let [rten, tract] = LIBRARIES.map(Library::start);
    Ok([rten?, tract?])
}

fn build(what: &[&str]) -> Result<()> {
    eprintln!("==> build the libraries {}", what.join(" "));
    let built = Command::new("cargo")
        .args(["build", "--release", "--locked", "--quiet"])
        .args(["--manifest-path", "tests/bench/libraries/Cargo.toml"])
        .args(["--target-dir", TARGET])
        .args(
            LIBRARIES
                .iter()
                .flat_map(|name| ["--package".to_owned(), format!("{name}-nn")]),
        )
        .args(what)
        .status()
        .context("cargo cannot be started")?;
    if !built.success() {
        bail!("tests/bench/libraries could not be built");
    }
    Ok(())
}

impl Library {
    fn start(name: &'static str) -> Result<Self> {
        eprintln!("==> compile {name} to machine code");
        let component = format!("{TARGET}/wasm32-wasip2/release/{name}_nn.wasm");
        let mut native = Command::new(format!("{TARGET}/release/{name}-nn"));
        Ok(Self {
            name,
            compiled: CompiledNn::compile(Path::new(&component)).context(component)?,
            // tract has one thread of its own accord.
            native: Answering::start(native.env("RTEN_NUM_THREADS", "1"))?,
        })
    }

    /// A fresh instance in wasm; one that prints profiles if `profile` is set.
    pub fn wasm(&self, profile: bool) -> Result<NnComponent> {
        let environment: &[(&str, &str)] = if profile { &[("PROFILE", "1")] } else { &[] };
        self.compiled.instantiate(Path::new("models"), environment)
    }

    /// Milliseconds of one native run.
    pub fn run_natively(&mut self, model: Model) -> Result<f64> {
        let question = format!("models/{}.onnx {}", model.name(), model.input_side());
        self.native.ask(&question)?.context("no time")
    }
}
