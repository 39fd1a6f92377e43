//! The truth about a face, as Face Mesh shows it.

use flow_landmarks::{Face, Place};
use glam::{Mat3, Quat, Vec3};

use crate::{anatomy::face, body::Body, camera::Camera, skeleton::Skeleton};

/// How far the mesh turns when the head pitches, as a share: see `docs/face-mesh.md`.
const MESH_TURNS: f32 = 0.78;

/// Up to how far a face that goes up is seen, degrees: in nods it is lost there (rendered people).
const SEEN_UP_DEG: f32 = 45.0;

/// Up to how far a face that turns aside is seen, degrees: at 60 it is lost in every second frame (rendered people).
const SEEN_ASIDE_DEG: f32 = 55.0;

/// Where the nose's bridge meets the forehead, and the lowest point of the chin, as the points of [`face`].
const NASION: Vec3 = Vec3::new(0.0, 0.022, 0.098);
const CHIN: Vec3 = Vec3::new(0.0, -0.095, 0.085);

/// Pitch, yaw and roll of a head as a camera far away on the line to it would see them, degrees, with the axes of [`Face`].
#[must_use]
pub fn head_angles(camera: &Camera, skeleton: &Skeleton) -> [f32; 3] {
    let view = camera.view();
    let to_camera = Mat3::from_cols(view.right, -view.down, -view.ahead).transpose();
    let line = (to_camera * (skeleton.head.origin - view.eye)).normalize();
    let straight = Mat3::from_quat(Quat::from_rotation_arc(line, Vec3::NEG_Z));
    let head = straight * to_camera * Mat3::from_quat(skeleton.head.rotation);
    let (across, up, ahead) = (head.x_axis, head.y_axis, head.z_axis);
    [
        (-ahead.y).atan2(up.y),
        (-across.z).atan2(across.x),
        across.y.clamp(-1.0, 1.0).asin(),
    ]
    .map(f32::to_degrees)
}

/// The face, if it is turned to the camera far enough to be seen.
#[must_use]
pub fn seen(body: &Body, skeleton: &Skeleton, camera: &Camera) -> Option<Face> {
    let [pitch_deg, yaw_deg, roll_deg] = head_angles(camera, skeleton);
    if pitch_deg < -SEEN_UP_DEG || yaw_deg.abs() > SEEN_ASIDE_DEG {
        return None;
    }
    let view = camera.view();
    let place = |point: Vec3, out: f32| {
        let point = point * body.head_scale;
        let pixel = view.project(skeleton.head.at(out * point.x, point.y, point.z));
        Place {
            x: pixel.x / camera.width as f32,
            y: pixel.y / camera.height as f32,
        }
    };
    Some(Face {
        presence: 1.0,
        pitch_deg: MESH_TURNS * pitch_deg,
        yaw_deg,
        roll_deg,
        nasion: place(NASION, 1.0),
        chin: place(CHIN, 1.0),
        left_tragion: place(face::EAR, 1.0),
        right_tragion: place(face::EAR, -1.0),
    })
}
