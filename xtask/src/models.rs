//! `cargo xtask models --check`: are the model files the ones that were converted and measured?

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use xshell::{Shell, cmd};

use crate::step::step;

#[derive(clap::Args)]
pub struct Arguments {
    /// Compare the files with `models/manifest.json` (the default)
    #[arg(long)]
    check: bool,
    /// Also convert them again from MediaPipe's packages and compare the bytes
    #[arg(long)]
    rederive: bool,
}

#[derive(Deserialize)]
struct Manifest {
    models: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    file: String,
    sha256: String,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<()> {
    verify(shell)?;
    if arguments.rederive {
        rederive(shell)
    } else {
        Ok(())
    }
}

/// Compares every model file with its hash in the manifest.
pub fn verify(shell: &Shell) -> Result<()> {
    step("verify the model files", || {
        let folder = shell.current_dir().join("models");
        let manifest: Manifest = serde_json::from_str(&shell.read_file(folder.join("manifest.json"))?)
            .context("models/manifest.json")?;
        if manifest.models.is_empty() {
            bail!("models/manifest.json lists no model");
        }
        manifest
            .models
            .iter()
            .try_for_each(|entry| verify_file(&folder, entry))
    })
}

fn verify_file(folder: &Path, entry: &Entry) -> Result<()> {
    let bytes = std::fs::read(folder.join(&entry.file))
        .with_context(|| format!("models/{} is missing; check it out again", entry.file))?;
    let digest = format!("{:x}", Sha256::digest(&bytes));
    if digest != entry.sha256 {
        bail!(
            "models/{} has SHA-256 {digest}, the manifest says {}; check it out again or convert it anew",
            entry.file,
            entry.sha256
        );
    }
    Ok(())
}

/// Converts the models again in a fresh Python environment and compares them byte by byte.
fn rederive(shell: &Shell) -> Result<()> {
    step("convert the models again", || {
        let environment = shell.create_temp_dir()?;
        let environment = environment.path();
        cmd!(shell, "python3 -m venv {environment}").run()?;
        let python = environment.join("bin/python");
        cmd!(
            shell,
            "{python} -m pip --disable-pip-version-check install --quiet -r models/requirements.txt"
        )
        .run()?;
        Ok(cmd!(shell, "{python} models/convert.py --check").run()?)
    })
}
