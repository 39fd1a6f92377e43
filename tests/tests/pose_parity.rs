//! On real clips the pose pipeline sees what MediaPipe 0.10.21 saw, with all engines: ONNX Runtime, and ours natively and in wasm.
//!
//! Needs the directory with `clips/*.mp4` and `reference/landmarks/*.json.gz` in `FLOW_SHARED`, and for one engine the
//! library of ONNX Runtime; without the directory they say so and pass.

#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

use std::{fs::File, path::Path, sync::Arc};

use flate2::read::GzDecoder;
use flow_inference::ModelSet;
use flow_landmarks::{Landmark, Pose};
use flow_native::{Library, OrtEngine, Sessions};
use flow_pose::{Engine, LandmarkModel, Options, PoseTracker, Rgb, count_people};
use flow_system_tests::{
    MEAN, NEAR, NEAR_SHARE, NnComponent, VISIBLE, as_opencv_shows, models, nn_file, shared,
};
use flow_video::{Limits, open};
use serde::Deserialize;

/// Share of frames in which both or neither find somebody.
const AGREEMENT: f64 = 0.99;
/// MediaPipe's Python interface counts time in steps of this many seconds, whatever the video's times are.
const STEP: f64 = 0.033_333;

/// A clip and the range that the number of people must be in, in most of the frames.
struct Clip {
    name: &'static str,
    people: (u8, u8),
    /// Whether MediaPipe gives the same landmarks again when the picture changes by less than can be seen.
    steady: bool,
}

/// In `t07_balance_cam2` a hidden leg is taken now for the left, now for the right one: when 6 of a frame's 6 million
/// bytes change by 1, MediaPipe itself is off from its own reference by 8.5 % of the torso in the mean, with 86 % of the
/// landmarks within 5 %. All engines stay within the bar over all clips even so; of this clip alone only the median is held
/// to it.
const CLIPS: [Clip; 7] = [
    clip("neg_crowd_mmpose", (2, 9), true),
    clip("neg_nobody_wall_sports2d", (0, 0), true),
    clip("neg_two_people_pose2sim", (2, 2), true),
    clip("neg_walk_leaves_frame_sports2d", (0, 1), true),
    clip("t07_balance_cam1_pose2sim", (1, 1), true),
    clip("t07_balance_cam2_pose2sim", (1, 1), false),
    clip("t09_lateral_raise_front_sports2d", (1, 1), true),
];

const fn clip(name: &'static str, people: (u8, u8), steady: bool) -> Clip {
    Clip { name, people, steady }
}

#[derive(Deserialize)]
struct Reference {
    frames: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    /// x, y, z, visibility.
    landmarks: Option<Vec<[f64; 4]>>,
}

/// How far a clip's landmarks are off.
#[derive(Default)]
struct Comparison {
    /// In torso lengths.
    distances: Vec<f64>,
    frames: usize,
    agreeing: usize,
    /// Frames in which people were counted, and those in which the number was right.
    counted: usize,
    counted_right: usize,
}

impl Comparison {
    fn mean(&self) -> f64 {
        self.distances.iter().sum::<f64>() / self.distances.len().max(1) as f64
    }

    fn near(&self) -> f64 {
        let near = self
            .distances
            .iter()
            .filter(|distance| **distance <= NEAR)
            .count();
        near as f64 / self.distances.len().max(1) as f64
    }

    fn median(&self) -> f64 {
        let mut sorted = self.distances.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
    }

    fn add(&mut self, other: &Self) {
        self.distances.extend(&other.distances);
        self.frames += other.frames;
        self.agreeing += other.agreeing;
    }

    /// Adds the distances of the visible landmarks of a picture of `width` by `height`.
    fn compare(&mut self, pose: &Pose, expected: &[[f64; 4]], width: f64, height: f64) {
        let at = |landmark: Landmark| {
            let [x, y, ..] = expected[landmark as usize];
            (x * width, y * height)
        };
        let middle = |a: Landmark, b: Landmark| {
            let (a, b) = (at(a), at(b));
            (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1))
        };
        let shoulders = middle(Landmark::LeftShoulder, Landmark::RightShoulder);
        let hips = middle(Landmark::LeftHip, Landmark::RightHip);
        let torso = (shoulders.0 - hips.0).hypot(shoulders.1 - hips.1);
        for landmark in Landmark::ALL {
            if expected[landmark as usize][3] > f64::from(VISIBLE) {
                let (point, (x, y)) = (pose.image[landmark], at(landmark));
                let distance = (f64::from(point.x) * width - x).hypot(f64::from(point.y) * height - y);
                self.distances.push(distance / torso);
            }
        }
    }
}

/// Tracks a clip and compares it with the reference.
fn follow(shared: &Path, clip: &Clip, engine: &mut impl Engine) -> Comparison {
    let name = clip.name;
    let path = shared.join(format!("reference/landmarks/{name}.mp4.json.gz"));
    let reference: Reference =
        serde_json::from_reader(GzDecoder::new(File::open(path).expect(name))).expect(name);
    let bytes = std::fs::read(shared.join(format!("clips/{name}.mp4"))).expect(name);
    let mut video = open(bytes, &Limits::default()).expect(name);
    let mut tracker = PoseTracker::new(Options {
        model: LandmarkModel::Full,
        smoothing: false,
    });
    let mut comparison = Comparison::default();
    for (index, expected) in reference.frames.iter().enumerate() {
        let frame = video
            .next_frame()
            .expect(name)
            .expect("as many frames as the reference");
        let image = as_opencv_shows(&frame);
        let (width, height) = (image.width as u32, image.height as u32);
        let picture = Rgb::new(width, height, &image.data).expect("a picture");
        let t = (index + 1) as f64 * STEP;
        let pose = tracker.process(engine, picture, t).expect(name);
        comparison.frames += 1;
        comparison.agreeing += usize::from(pose.is_some() == expected.landmarks.is_some());
        if let (Some(pose), Some(expected)) = (&pose, &expected.landmarks) {
            comparison.compare(pose, expected, f64::from(width), f64::from(height));
        }
        if index % 3 == 0 && comparison.counted < 8 {
            let people = count_people(engine, picture).expect(name);
            comparison.counted += 1;
            comparison.counted_right += usize::from((clip.people.0..=clip.people.1).contains(&people));
        }
    }
    comparison
}

/// Holds an engine to the bar, over all clips.
fn check(engine_name: &str, shared: &Path, engine: &mut impl Engine) {
    let (mut steady, mut all) = (Comparison::default(), Comparison::default());
    for clip in &CLIPS {
        let found = follow(shared, clip, engine);
        println!(
            "{engine_name} {}: {} landmarks, mean {:.3} %, median {:.3} %, {:.2} % within 5 %; {} of {} frames agree; \
             people right in {} of {}",
            clip.name,
            found.distances.len(),
            found.mean() * 100.0,
            found.median() * 100.0,
            found.near() * 100.0,
            found.agreeing,
            found.frames,
            found.counted_right,
            found.counted,
        );
        assert!(found.median() <= MEAN, "{}: median {}", clip.name, found.median());
        assert!(
            found.counted_right * 4 >= found.counted * 3,
            "{}: people",
            clip.name
        );
        if clip.steady {
            assert!(found.mean() <= MEAN, "{}: mean {}", clip.name, found.mean());
            steady.add(&found);
        }
        all.add(&found);
    }
    println!(
        "{engine_name}, all clips: mean {:.3} %, {:.2} % within 5 %; steady ones: mean {:.3} %, {:.2} %",
        all.mean() * 100.0,
        all.near() * 100.0,
        steady.mean() * 100.0,
        steady.near() * 100.0,
    );
    assert!(
        steady.distances.len() > 9_000,
        "{} landmarks",
        steady.distances.len()
    );
    assert!(all.mean() <= MEAN, "mean {}", all.mean());
    assert!(all.near() >= NEAR_SHARE, "{} within 5 %", all.near());
    assert!(
        all.agreeing as f64 >= all.frames as f64 * AGREEMENT,
        "{} of {} agree",
        all.agreeing,
        all.frames
    );
}

#[test]
fn the_portable_engine_sees_what_mediapipe_saw() {
    let Some(shared) = shared() else { return };
    let mut engine = ModelSet::in_folder(models());
    check("portable", &shared, &mut engine);
}

#[test]
fn the_engine_in_wasm_sees_what_mediapipe_saw() {
    let Some(shared) = shared() else { return };
    let mut engine = NnComponent::load(&nn_file(), &models()).expect("components/nn");
    check("wasm", &shared, &mut engine);
}

#[test]
fn onnx_runtime_sees_what_mediapipe_saw() {
    let Some(shared) = shared() else { return };
    let state = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.flow");
    Library::load(&state).expect("ONNX Runtime, which `cargo xtask build` installs");
    let mut engine = OrtEngine::new(Arc::new(Sessions::new(1)), &models());
    check("ONNX Runtime", &shared, &mut engine);
}
