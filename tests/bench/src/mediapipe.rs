//! MediaPipe's own Python package, when it is installed: over a clip, and one model at a time.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use flow_pose::Model;
use serde::Deserialize;

use crate::process::Answering;

/// What the script prints.
#[derive(Clone, Copy, Deserialize)]
pub struct Measured {
    pub total: f64,
    pub decode: f64,
    pub inference: f64,
    /// Seconds of processor time, over all threads.
    pub processor: f64,
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

/// MediaPipe's runtime with its own model files, in a process that answers one run at a time.
pub struct MediaPipeModels(Answering);

impl MediaPipeModels {
    /// `None` when `python` cannot import MediaPipe.
    pub fn start(python: &Path) -> Result<Option<Self>> {
        let Some(MediaPipe { python }) = MediaPipe::find(python) else {
            return Ok(None);
        };
        Ok(Some(Self(Answering::start(script(&python).arg("models"))?)))
    }

    /// Milliseconds of one run on one core; `None` when the package lacks the model.
    pub fn run(&mut self, model: Model) -> Result<Option<f64>> {
        let file = match model {
            Model::PoseDetection => "pose_detection/pose_detection",
            Model::PoseLandmarkLite => "pose_landmark/pose_landmark_lite",
            Model::PoseLandmarkFull => "pose_landmark/pose_landmark_full",
            Model::FaceDetection => "face_detection/face_detection_short_range",
            Model::FaceLandmark => "face_landmark/face_landmark",
        };
        let side = model.input_side();
        self.0.ask(&format!("mediapipe/modules/{file}.tflite {side}"))
    }
}

fn script(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/mediapipe_baseline.py"));
    command
}
