//! A run over a clip in which the models find nobody: progress, counting and the verdict, without video or models.

#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

use std::time::Duration;

use flow_assess::{Options, Run, Sample, SampleSource};
use flow_catalog::TestId;
use flow_movement::Status;
use flow_pose::{Engine, EngineError, Model, Output};
use flow_video::{Codec, Container, Frame, Picture, Plane, Range, Rotation, VideoError, VideoInfo};

const SIDE: usize = 16;

/// Grey pictures at ten a second, each brighter than the one before.
struct Wall {
    given: u32,
    frames: u32,
}

impl SampleSource for Wall {
    fn next_sample(&mut self) -> Result<Option<Sample>, VideoError> {
        if self.given == self.frames {
            return Ok(None);
        }
        let luma = 100 + self.given as u8;
        self.given += 1;
        Ok(Some(Sample {
            frame: self.given - 1,
            t: f64::from(self.given - 1) / 10.0,
            image: grey(luma),
            brightness: f32::from(luma),
            thumbnail: vec![luma; 1024],
            decoding: Duration::ZERO,
        }))
    }
}

/// A picture of one brightness.
fn grey(luma: u8) -> Frame {
    let plane = |side: usize, value: u8| Plane {
        data: vec![value; side * side],
        stride: side,
    };
    Frame {
        index: 0,
        t: 0.0,
        picture: Picture {
            width: SIDE,
            height: SIDE,
            y: plane(SIDE, luma),
            u: plane(SIDE / 2, 128),
            v: plane(SIDE / 2, 128),
            range: Range::Full,
            ..Picture::default()
        },
        rotation: Rotation::None,
        mirrored: false,
    }
}

/// A detector that is sure there is nobody; it counts how often it was asked.
#[derive(Default)]
struct Nobody {
    detections: usize,
}

impl Engine for Nobody {
    fn run(&mut self, model: Model, _input: &[f32]) -> Result<Vec<Output>, EngineError> {
        assert_eq!(
            model,
            Model::PoseDetection,
            "without a detection there is nothing to find landmarks in"
        );
        self.detections += 1;
        let output = |name: &str, length, value| Output {
            name: name.into(),
            values: vec![value; length],
        };
        Ok(vec![
            output("Identity", 2254 * 12, 0.0),
            output("Identity_1", 2254, -100.0),
        ])
    }
}

fn run(frames: u32, engine: &mut Nobody) -> (Vec<(usize, usize)>, flow_assess::Assessed) {
    let info = VideoInfo {
        container: Container::Mp4,
        codec: Codec::H264,
        width: SIDE as u32,
        height: SIDE as u32,
        rotation: Rotation::None,
        mirrored: false,
        duration_s: f64::from(frames) / 10.0,
        coded_frames: frames,
        shown_frames: frames,
    };
    let source = Wall { given: 0, frames };
    let mut run = Run::over(
        source,
        info,
        frames as usize,
        TestId::OverheadSquat,
        &Options::default(),
    );
    let mut progress = Vec::new();
    while let Some(step) = run.step(engine).expect("a step") {
        progress.push((step.done, step.total));
    }
    (progress, run.finish())
}

#[test]
fn every_frame_is_observed_once_and_progress_never_goes_back() {
    let (progress, assessed) = run(25, &mut Nobody::default());
    assert_eq!(progress, (1..=25).map(|done| (done, 25)).collect::<Vec<_>>());
    let frames: Vec<u32> = assessed
        .clip
        .observations
        .iter()
        .map(|observation| observation.frame)
        .collect();
    assert_eq!(frames, (0..25).collect::<Vec<_>>());
}

#[test]
fn change_is_measured_from_the_frame_before() {
    let (_, assessed) = run(3, &mut Nobody::default());
    let changes: Vec<f32> = assessed
        .clip
        .observations
        .iter()
        .map(|observation| observation.change)
        .collect();
    assert_eq!(changes, [0.0, 1.0, 1.0]);
}

#[test]
fn people_are_counted_every_three_seconds() {
    let (_, assessed) = run(65, &mut Nobody::default());
    let counted: Vec<u32> = assessed
        .clip
        .observations
        .iter()
        .filter(|observation| observation.people == Some(0))
        .map(|observation| observation.frame)
        .collect();
    assert_eq!(counted, [0, 30, 60]);
}

#[test]
fn an_empty_room_is_refused_because_nobody_is_there() {
    let (_, assessed) = run(25, &mut Nobody::default());
    assert_eq!(assessed.assessment.status, Status::Invalid);
    assert!(assessed.assessment.result.is_none());
    let codes = serde_json::to_string(&assessed.assessment.quality.checks).expect("JSON");
    assert!(codes.contains("INVALID_NO_PERSON"), "{codes}");
}
