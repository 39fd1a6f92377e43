//! A clip observed in parts, each of which finds its person anew, shows what the clip shows as a whole: landmarks within the
//! bar that parity with MediaPipe has, and the same assessment.
//!
//! Real clips are used where `FLOW_SHARED` names the directory with them.

#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

use std::{ops::Range, path::Path, sync::Arc};

use flow_assess::{Observed, Options, Part, Run, Sample, SampleSource, WARM_UP, assess};
use flow_catalog::TestId;
use flow_landmarks::{Landmark, Observation, Pose};
use flow_movement::Assessment;
use flow_native::{Library, OrtEngine, Sessions};
use flow_system_tests::{MEAN, NEAR, NEAR_SHARE, VISIBLE, models, person, shared};
use flow_video::{Limits, Video, VideoError, open};

/// Frames of a part, about: shorter than the product cuts, so that there are more joints.
const PART: usize = 60;

/// A stretch of a video that need not begin at a key frame.
struct Stretch {
    video: Video,
    places: Range<usize>,
    given: usize,
}

impl SampleSource for Stretch {
    fn next_sample(&mut self) -> Result<Option<Sample>, VideoError> {
        while self.given < self.places.start {
            self.given += 1;
            self.video.next_sample()?;
        }
        if self.given == self.places.end {
            return Ok(None);
        }
        self.given += 1;
        self.video.next_sample()
    }
}

fn observe(bytes: &[u8], test: TestId, part: &Part, engine: &mut OrtEngine) -> Observed {
    let video = open(bytes.to_vec(), &Limits::default()).expect("a video");
    let info = video.info().clone();
    let source = Stretch {
        video,
        places: part.entry..part.frames.end,
        given: 0,
    };
    let mut run = Run::over(source, info, 0, test, &Options::default()).observing(part);
    while run.step(engine).expect("a step").is_some() {}
    run.into_observed()
}

/// Distances of the landmarks that are visible in both, in torso lengths.
fn distances(a: &Pose, b: &Pose, aspect: f32) -> Vec<f64> {
    let at = |landmark: Landmark| {
        let point = b.image[landmark];
        (point.x * aspect, point.y)
    };
    let middle = |a: Landmark, b: Landmark| {
        let (a, b) = (at(a), at(b));
        (f32::midpoint(a.0, b.0), f32::midpoint(a.1, b.1))
    };
    let shoulders = middle(Landmark::LeftShoulder, Landmark::RightShoulder);
    let hips = middle(Landmark::LeftHip, Landmark::RightHip);
    let torso = (shoulders.0 - hips.0).hypot(shoulders.1 - hips.1);
    Landmark::ALL
        .into_iter()
        .filter(|&landmark| b.image[landmark].visibility > VISIBLE)
        .map(|landmark| {
            let (point, (x, y)) = (a.image[landmark], at(landmark));
            f64::from((point.x * aspect - x).hypot(point.y - y) / torso)
        })
        .collect()
}

/// The landmarks of all clips, compared.
#[derive(Default)]
struct Comparison(Vec<f64>);

impl Comparison {
    fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    fn near(&self) -> f64 {
        self.0.iter().filter(|&&distance| distance <= NEAR).count() as f64 / self.0.len() as f64
    }
}

/// Observes a clip whole and in parts, and holds everything but the landmarks to be the same.
fn compare(name: &str, test: TestId, bytes: &[u8], engine: &mut OrtEngine) -> Comparison {
    let video = open(bytes.to_vec(), &Limits::default()).expect(name);
    let (frames, info) = (video.expected_samples(), video.info().clone());
    let aspect = info.width as f32 / info.height as f32;
    let part = |entry: usize, frames: Range<usize>| Part { entry, frames };
    let whole = observe(bytes, test, &part(0, 0..frames), engine);
    let parts = (frames / PART).max(2);
    let joint = |number: usize| match number {
        0 => 0,
        _ if number == parts => frames,
        _ => frames * number / parts + WARM_UP,
    };
    let mut joined = Observed::default();
    for number in 0..parts {
        let part = part(frames * number / parts, joint(number)..joint(number + 1));
        joined.append(observe(bytes, test, &part, engine));
    }
    assert_eq!(joined.observations.len(), whole.observations.len(), "{name}");
    let mut comparison = Comparison::default();
    for (part, whole) in joined.observations.iter().zip(&whole.observations) {
        let but_landmarks = |observation: &Observation| Observation {
            pose: None,
            face: None,
            ..observation.clone()
        };
        assert_eq!(but_landmarks(part), but_landmarks(whole), "{name}");
        let seen = |observation: &Observation| (observation.pose.is_some(), observation.face.is_some());
        assert_eq!(seen(part), seen(whole), "{name}, frame {}", part.frame);
        if let (Some(part), Some(whole)) = (&part.pose, &whole.pose) {
            comparison.0.extend(distances(part, whole, aspect));
        }
    }
    println!(
        "{name} in {parts} parts: {} landmarks, mean {:.3} %, {:.2} % within 5 %",
        comparison.0.len(),
        comparison.mean() * 100.0,
        comparison.near() * 100.0
    );
    let (whole, joined) = (
        assess(test, info.clone(), whole).assessment,
        assess(test, info, joined).assessment,
    );
    assert_eq!(joined.status, whole.status, "{name}");
    let codes = |assessment: &Assessment| -> Vec<_> {
        let failed = assessment.quality.checks.iter().filter(|check| !check.passed);
        failed.map(|check| check.code).collect()
    };
    assert_eq!(codes(&joined), codes(&whole), "{name}");
    if let (Some(joined), Some(whole)) = (&joined.result, &whole.result) {
        assert_eq!(joined.bucket, whole.bucket, "{name}");
        assert!((joined.confidence - whole.confidence).abs() < 0.05, "{name}");
    }
    comparison
}

#[test]
fn parts_show_what_the_whole_shows() {
    let state = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.flow");
    Library::load(&state).expect("ONNX Runtime, which `cargo xtask build` installs");
    let mut engine = OrtEngine::new(Arc::new(Sessions::new(1)), &models());
    let mut all = Comparison::default();
    for name in [
        "overhead-squat-good",
        "single-leg-balance-pass",
        "neck-flexion-extension-pass",
    ] {
        let test = flow_mannequin::scenario(name).expect(name).test;
        all.0.extend(compare(name, test, &person(name), &mut engine).0);
    }
    if let Some(shared) = shared() {
        for name in [
            "t09_lateral_raise_front_sports2d",
            "neg_walk_leaves_frame_sports2d",
        ] {
            let bytes = std::fs::read(shared.join(format!("clips/{name}.mp4"))).expect(name);
            all.0
                .extend(compare(name, TestId::ShoulderFlexion, &bytes, &mut engine).0);
        }
    }
    assert!(all.0.len() > 20_000, "{} landmarks", all.0.len());
    assert!(all.mean() <= MEAN, "mean {}", all.mean());
    assert!(all.near() >= NEAR_SHARE, "{} within 5 %", all.near());
}
