//! On a real clip the face pipeline sees what MediaPipe 0.10.21 saw, with all engines: ONNX Runtime, and ours natively and in
//! wasm.
//!
//! `face_parity/*.json.gz` holds what MediaPipe's Holistic saw (Python, complexity 1, no smoothing, plain face model), of
//! every third frame and of some points of the mesh: those that the head's rotation is read from, those that are kept, and
//! every twelfth. Holistic finds the face with a detector and ours does not; from then on both go by the mesh, and it comes to
//! the same.
//!
//! Needs the directory with `clips/*.mp4` in `FLOW_SHARED`, and for one engine the library of ONNX Runtime; without the
//! directory they say so and pass.

#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

use std::{fs::File, path::Path, sync::Arc, time::Instant};

use flate2::read::GzDecoder;
use flow_inference::ModelSet;
use flow_native::{Library, OrtEngine, Sessions};
use flow_pose::{Engine, FaceTracker, LandmarkModel, Options, PoseTracker, Rgb};
use flow_system_tests::{NnComponent, as_opencv_shows, models, nn_file, shared};
use flow_video::{Limits, open};
use serde::Deserialize;

/// Largest mean distance, in widths of the face.
const MEAN: f64 = 0.005;
/// The ends of a face's width.
const WIDTH: [usize; 2] = [234, 454];

/// Clips with a face that can be seen; the people of the others are turned away, too small or blurred.
const CLIPS: [&str; 1] = ["t09_lateral_raise_front_sports2d"];

#[derive(Deserialize)]
struct Reference {
    /// Which points of the mesh.
    points: Vec<usize>,
    frames: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    /// Index among the frames that are sampled ten times a second.
    sample: usize,
    /// x, y, z of each point, normalized, times 100 000.
    mesh: Option<Vec<[i32; 3]>>,
}

/// Tracks the face of a clip: how far each point is off where the reference has it, in widths of the face.
fn follow(shared: &Path, name: &str, engine: &mut impl Engine) -> Vec<f64> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/face_parity/{name}.json.gz"));
    let reference: Reference =
        serde_json::from_reader(GzDecoder::new(File::open(path).expect(name))).expect(name);
    let bytes = std::fs::read(shared.join(format!("clips/{name}.mp4"))).expect(name);
    let mut video = open(bytes, &Limits::default()).expect(name);
    let mut body = PoseTracker::new(Options {
        model: LandmarkModel::Full,
        smoothing: false,
    });
    let mut tracker = FaceTracker::new();
    let mut distances = Vec::new();
    let mut expected = reference.frames.iter();
    let mut next = expected.next();
    let (mut on_body, mut on_face, mut samples) = (0.0, 0.0, 0);
    while let Some(frame) = video.next_frame().expect(name) {
        let image = as_opencv_shows(&frame);
        let (width, height) = (image.width as u32, image.height as u32);
        let picture = Rgb::new(width, height, &image.data).expect("a picture");
        let start = Instant::now();
        let pose = body.process(engine, picture, frame.t).expect(name);
        on_body += start.elapsed().as_secs_f64();
        let start = Instant::now();
        let mesh = tracker.process(engine, picture, pose.as_ref()).expect(name);
        on_face += start.elapsed().as_secs_f64();
        if let Some(frame) = next.filter(|frame| frame.sample == samples) {
            assert_eq!(mesh.is_some(), frame.mesh.is_some(), "{name}, sample {samples}");
            if let (Some(mesh), Some(points)) = (&mesh, &frame.mesh) {
                let at = |index: usize| {
                    let [x, y, _] = mesh.points()[index].map(f64::from);
                    [x * f64::from(width), y * f64::from(height)]
                };
                let [left, right] = WIDTH.map(at);
                let face = (left[0] - right[0]).hypot(left[1] - right[1]);
                distances.extend(reference.points.iter().zip(points).map(|(&index, [x, y, _])| {
                    let ([found_x, found_y], scale) = (at(index), 1e-5);
                    let (x, y) = (
                        f64::from(*x) * scale * f64::from(width),
                        f64::from(*y) * scale * f64::from(height),
                    );
                    (found_x - x).hypot(found_y - y) / face
                }));
            }
            next = expected.next();
        }
        samples += 1;
    }
    assert!(
        next.is_none(),
        "{name}: {samples} samples are fewer than the reference has"
    );
    let milliseconds = 1e3 / f64::from(samples as u32);
    println!(
        "{name}: {:.2} ms a frame for the body, {:.2} for the face",
        on_body * milliseconds,
        on_face * milliseconds,
    );
    distances
}

/// Holds an engine to the bar.
fn check(engine_name: &str, shared: &Path, engine: &mut impl Engine) {
    for name in CLIPS {
        let mut distances = follow(shared, name, engine);
        distances.sort_by(f64::total_cmp);
        let mean = distances.iter().sum::<f64>() / distances.len() as f64;
        let quantile = |share: f64| distances[((distances.len() - 1) as f64 * share) as usize] * 100.0;
        println!(
            "{engine_name} {name}: {} points, mean {:.2} % of the face's width, median {:.2} %, 95 of 100 within {:.2} %",
            distances.len(),
            mean * 100.0,
            quantile(0.5),
            quantile(0.95),
        );
        assert!(mean <= MEAN, "{name}: mean {mean}");
    }
}

#[test]
fn the_portable_engine_sees_the_face_that_mediapipe_saw() {
    let Some(shared) = shared() else { return };
    let mut engine = ModelSet::in_folder(models());
    check("portable", &shared, &mut engine);
}

#[test]
fn the_engine_in_wasm_sees_the_face_that_mediapipe_saw() {
    let Some(shared) = shared() else { return };
    let mut engine = NnComponent::load(&nn_file(), &models()).expect("components/nn");
    check("wasm", &shared, &mut engine);
}

#[test]
fn onnx_runtime_sees_the_face_that_mediapipe_saw() {
    let Some(shared) = shared() else { return };
    let state = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.flow");
    Library::load(&state).expect("ONNX Runtime, which `cargo xtask build` installs");
    let mut engine = OrtEngine::new(Arc::new(Sessions::new(1)), &models());
    check("ONNX Runtime", &shared, &mut engine);
}
