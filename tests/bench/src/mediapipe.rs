//! MediaPipe's own Python package, when it is installed: over a clip, and one model at a time.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context as _, Result, bail};
use flow_pose::Model;
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

/// MediaPipe's runtime with its own model files, in a process that answers one run at a time.
pub struct MediaPipeModels {
    child: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl MediaPipeModels {
    /// `None` when `python` cannot import MediaPipe.
    pub fn start(python: &Path) -> Result<Option<Self>> {
        let Some(MediaPipe { python }) = MediaPipe::find(python) else {
            return Ok(None);
        };
        let mut child = script(&python)
            .arg("models")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let asked = child.stdin.take().context("no input")?;
        let answers = BufReader::new(child.stdout.take().context("no output")?);
        Ok(Some(Self {
            child,
            asked,
            answers,
        }))
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
        writeln!(
            self.asked,
            "mediapipe/modules/{file}.tflite {}",
            model.input_side()
        )?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        match answer.trim() {
            "-" => Ok(None),
            number => Ok(Some(number.parse().with_context(|| {
                format!("MediaPipe gave no time for {}: {number:?}", model.name())
            })?)),
        }
    }
}

impl Drop for MediaPipeModels {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn script(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/mediapipe_baseline.py"));
    command
}
