//! How well Face Mesh reads the pitch of rendered heads, which is known: by how far the face is turned from the camera.
//!
//! Prints the table of `docs/face-mesh.md`. Heads nod slowly down by 60 degrees, up by 60 and back while they are followed as
//! in a clip, three builds, each before a camera and in a room of its own.
#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

use std::path::Path;

use flow_inference::ModelSet;
use flow_mannequin::{
    body::{Body, BodyKind},
    camera::Camera,
    face::head_angles,
    posture::Posture,
    render::{Renderer, Set, light::Light, picture::Picture, room::Room},
    skeleton::Skeleton,
};
use flow_pose::{FaceMesh, FaceTracker, Options, PoseTracker, Rgb};
use flow_video::{Frame, Matrix, Picture as Planes, Plane, Range, RgbImage, Rotation};

/// Pitch from frame to frame, degrees: 60 a second.
const STEP_DEG: f32 = 6.0;
/// Steps from level to the end.
const STEPS: i32 = 10;

/// Who is filmed, and how: near enough that head and trunk are in the picture.
const CAMERAS: [(BodyKind, Room, Camera); 3] = [
    (
        BodyKind::Tall,
        Room::LIVING,
        Camera {
            lens_height: 1.25,
            distance: 1.75,
            look_height: 1.30,
            view_deg: 50.0,
            ..Camera::UPRIGHT
        },
    ),
    (
        BodyKind::Short,
        Room::GYM,
        Camera {
            lens_height: 1.50,
            distance: 2.1,
            aside: 0.2,
            look_height: 1.28,
            view_deg: 44.0,
            ..Camera::UPRIGHT
        },
    ),
    (
        BodyKind::Sturdy,
        Room::HALL,
        Camera {
            width: 640,
            height: 480,
            lens_height: 1.10,
            distance: 2.0,
            aside: -0.15,
            look_height: 1.30,
            view_deg: 42.0,
        },
    ),
];

/// A frame: pitch as it is, and as it was read.
struct Reading {
    true_deg: f32,
    read_deg: Option<f32>,
}

fn rgb(picture: &Picture) -> RgbImage {
    let (width, height) = (picture.width, picture.height);
    let (luma, quarter) = (width * height, width * height / 4);
    let plane = |from: usize, len: usize, stride: usize| Plane {
        data: picture.bytes[from..from + len].to_vec(),
        stride,
    };
    Frame {
        index: 0,
        t: 0.0,
        picture: Planes {
            width,
            height,
            y: plane(0, luma, width),
            u: plane(luma, quarter, width / 2),
            v: plane(luma + quarter, quarter, width / 2),
            matrix: Matrix::Bt601,
            range: Range::Limited,
        },
        rotation: Rotation::None,
        mirrored: false,
    }
    .to_rgb()
}

fn standing(body: &Body, yaw_deg: f32, pitch_deg: f32) -> Skeleton {
    let mut posture = Posture::standing(body, 0.26);
    (posture.heading, posture.head_pitch) = (yaw_deg, pitch_deg);
    Skeleton::new(body, &posture)
}

/// One person nodding, turned from the camera by `yaw_deg`.
fn nod((kind, room, camera): (BodyKind, Room, Camera), yaw_deg: f32) -> Vec<Reading> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let mut engine = ModelSet::in_folder(models);
    let mut renderer = Renderer::new(Set {
        room,
        light: Light::DAY,
        camera,
        things: &[],
    });
    let mut tracker = PoseTracker::new(Options {
        smoothing: false,
        ..Options::default()
    });
    let mut faces = FaceTracker::new();
    let body = kind.body();
    let steps = (0..STEPS).chain((-STEPS..=STEPS).rev()).chain(-STEPS..=0);
    steps
        .enumerate()
        .map(|(frame, step)| {
            let skeleton = standing(&body, yaw_deg, step as f32 * STEP_DEG);
            let image = rgb(&renderer.render(&[(body, skeleton)], frame as u32));
            let picture = Rgb::new(image.width as u32, image.height as u32, &image.data).expect("a picture");
            let pose = tracker
                .process(&mut engine, picture, frame as f64 * 0.1)
                .expect("a pose or none");
            let mesh = faces
                .process(&mut engine, picture, pose.as_ref())
                .expect("a mesh or none");
            Reading {
                true_deg: head_angles(&camera, &skeleton)[0],
                read_deg: mesh.as_ref().map(|mesh| FaceMesh::face(mesh).pitch_deg),
            }
        })
        .collect()
}

/// How far a reading goes for each degree of the head when the face is turned by up to 30 degrees.
const SHARE: f32 = 0.78;

/// What came of all heads that are turned alike.
struct Summary {
    frames: usize,
    seen: usize,
    /// Mean absolute difference of the pitch itself, degrees.
    error_deg: f32,
    /// How far the reading goes for each degree of the head, face down and face up.
    shares: [f32; 2],
    /// Mean absolute difference of the pitch from where the head began, with [`SHARE`] taken back, degrees.
    change_error_deg: f32,
}

fn mean(values: impl Iterator<Item = f32>) -> f32 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

/// Slope of the line with the least squares.
fn slope(points: &[(f32, f32)]) -> f32 {
    let (x, y) = (
        mean(points.iter().map(|point| point.0)),
        mean(points.iter().map(|point| point.1)),
    );
    let product = |point: &(f32, f32)| (point.0 - x) * (point.1 - y);
    mean(points.iter().map(product)) / mean(points.iter().map(|point| (point.0 - x).powi(2)))
}

/// `None` when no face was seen.
fn summarize(clips: &[Vec<Reading>]) -> Option<Summary> {
    let read: Vec<Vec<(f32, f32)>> = clips
        .iter()
        .map(|clip| {
            let read = clip
                .iter()
                .filter_map(|reading| Some((reading.true_deg, reading.read_deg?)));
            read.collect()
        })
        .collect();
    let all: Vec<(f32, f32)> = read.concat();
    let share = |wanted: fn(f32) -> bool| {
        mean(read.iter().map(|points| {
            let some: Vec<_> = points.iter().copied().filter(|point| wanted(point.0)).collect();
            slope(&some)
        }))
    };
    let changes = read.iter().filter_map(|points| {
        let (from, level) = *points.first()?;
        Some(
            points
                .iter()
                .map(move |(truth, read)| ((read - level) / SHARE - (truth - from)).abs()),
        )
    });
    (!all.is_empty()).then(|| Summary {
        frames: clips.iter().map(Vec::len).sum(),
        seen: all.len(),
        error_deg: mean(all.iter().map(|(truth, read)| (read - truth).abs())),
        shares: [share(|pitch| pitch >= -3.0), share(|pitch| pitch <= 3.0)],
        change_error_deg: mean(changes.flatten()),
    })
}

#[test]
fn nods_are_read_evenly_while_the_face_is_turned_by_up_to_thirty_degrees_and_not_at_all_from_the_side() {
    println!(
        "| turned from the camera | frames | face seen | pitch off | share down | share up | change off |"
    );
    println!("|---|---|---|---|---|---|---|");
    for yaw_deg in [0.0_f32, 30.0, 60.0, 90.0] {
        let clips: Vec<_> = CAMERAS
            .into_iter()
            .zip([1.0, -1.0, 1.0])
            .map(|(camera, side)| nod(camera, side * yaw_deg))
            .collect();
        let Some(found) = summarize(&clips) else {
            println!("| {yaw_deg}° | | none | | | | |");
            assert!(yaw_deg > 75.0, "no face was seen at {yaw_deg} degrees");
            continue;
        };
        let seen = found.seen as f32 / found.frames as f32;
        let [down, up] = found.shares;
        println!(
            "| {yaw_deg}° | {} | {:.0} % | {:.1}° | {down:.2} | {up:.2} | {:.1}° |",
            found.frames,
            seen * 100.0,
            found.error_deg,
            found.change_error_deg,
        );
        if yaw_deg < 45.0 {
            assert!(seen > 0.85, "{yaw_deg}: seen in {seen} of the frames");
            assert!(
                found.shares.into_iter().all(|share| (share - SHARE).abs() < 0.06),
                "{yaw_deg}: shares {down} and {up}"
            );
            assert!(
                found.change_error_deg < 5.0,
                "{yaw_deg}: changes are off by {}",
                found.change_error_deg
            );
        }
    }
}
