//! The baseline of the clips: MediaPipe's own Python package, when it is installed.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

/// What the script prints.
#[derive(Clone, Copy, Deserialize)]
pub struct Measured {
    pub total: f64,
    pub decode: f64,
    pub inference: f64,
    pub frames: usize,
}

/// MediaPipe in Python.
pub struct MediaPipe {
    python: PathBuf,
}

impl MediaPipe {
    /// `None` when `python` cannot import it.
    pub fn find(python: &Path) -> Option<Self> {
        let found = script(python)
            .output()
            .is_ok_and(|output| output.status.success());
        found.then(|| Self {
            python: python.to_owned(),
        })
    }

    /// Runs over one clip.
    pub fn run(&self, clip: &Path) -> Result<Measured> {
        let output = script(&self.python).arg(clip).output()?;
        if !output.status.success() {
            bail!("MediaPipe failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        let line = output
            .stdout
            .split(|&byte| byte == b'\n')
            .find(|line| line.starts_with(b"{"));
        Ok(serde_json::from_slice(
            line.context("MediaPipe printed no figures")?,
        )?)
    }
}

fn script(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/mediapipe_baseline.py"));
    command
}
