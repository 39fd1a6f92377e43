//! Where the 33 BlazePose landmarks sit on the mannequin.

use flow_landmarks::{Landmark, Landmarks};
use glam::{Quat, Vec3};

use crate::{
    anatomy::face,
    body::Body,
    posture::{LEFT, RIGHT, outward},
    skeleton::Skeleton,
};

/// How far above the malleolus the ankle's landmark lies, metres: where MediaPipe puts it on bare and clothed ankles of
/// the mannequin alike.
pub const ANKLE_RISE: f32 = 0.016;

/// How far MediaPipe turns the face of someone seen side-on when the head pitches on the trunk, as a share: the mean over
/// three bodies nodding before five cameras. The ear stays where it is.
const FACE_TURNS: f32 = 0.74;

/// How far below the hip joint its landmark lies, metres: MediaPipe's mean over bodies, views and arm positions.
const HIP_DROP: f32 = 0.010;

/// Height of the heel's landmark over the floor when the foot stands flat, metres.
pub const HEEL_HEIGHT: f32 = 0.038;

/// Height of the toes' landmark over the floor when the foot stands flat, metres.
pub const TOE_HEIGHT: f32 = 0.022;

/// The landmarks in the room, metres.
#[must_use]
pub fn landmarks(body: &Body, skeleton: &Skeleton) -> Landmarks<Vec3> {
    use Landmark as L;
    let mut points = Landmarks([Vec3::ZERO; Landmark::COUNT]);
    let forward = skeleton.thorax.rotation.inverse() * skeleton.head.along(Vec3::Z);
    let missing = (1.0 - FACE_TURNS) * (-forward.y).atan2(forward.z);
    let seen = Quat::from_rotation_x(-missing);
    let on_face = |point: Vec3, side: usize| {
        let ears = Vec3::new(0.0, face::EAR.y, face::EAR.z);
        let out = Vec3::new(outward(side) * point.x, point.y, point.z);
        let point = (ears + seen * (out - ears)) * body.head_scale;
        skeleton.head.at(point.x, point.y, point.z)
    };
    points[L::Nose] = on_face(face::NOSE, LEFT);
    let left = [
        (L::LeftEyeInner, face::EYE_INNER),
        (L::LeftEye, face::EYE),
        (L::LeftEyeOuter, face::EYE_OUTER),
        (L::LeftEar, face::EAR),
        (L::MouthLeft, face::MOUTH),
    ];
    for (landmark, point) in left {
        points[landmark] = on_face(point, LEFT);
        points[landmark.mirrored()] = on_face(point, RIGHT);
    }
    for side in [LEFT, RIGHT] {
        let mut set = |landmark: Landmark, point: Vec3| {
            points[if side == LEFT {
                landmark
            } else {
                landmark.mirrored()
            }] = point;
        };
        set(L::LeftShoulder, skeleton.shoulder[side]);
        set(L::LeftElbow, skeleton.elbow[side]);
        set(L::LeftWrist, skeleton.wrist[side]);
        let (hand, size, to_thumb) = (skeleton.hand[side], body.hand, outward(side));
        set(L::LeftPinky, hand.at(-to_thumb * 0.19 * size, 0.0, 0.45 * size));
        set(L::LeftIndex, hand.at(to_thumb * 0.15 * size, 0.0, 0.50 * size));
        set(
            L::LeftThumb,
            hand.at(to_thumb * 0.25 * size, -0.05 * size, 0.32 * size),
        );
        let down = skeleton.pelvis.along(Vec3::NEG_Y);
        set(L::LeftHip, skeleton.hip[side] + down * HIP_DROP);
        set(L::LeftKnee, skeleton.knee[side]);
        // MediaPipe marks the ankle where the shank narrows, a little above the malleolus.
        let (knee, ankle) = (skeleton.knee[side], skeleton.foot[side].origin);
        set(
            L::LeftAnkle,
            ankle + (knee - ankle).normalize_or(Vec3::Y) * ANKLE_RISE,
        );
        let (foot, toes) = (skeleton.foot[side], skeleton.toes[side]);
        set(
            L::LeftHeel,
            foot.at(0.0, HEEL_HEIGHT - body.ankle_height, -body.heel_behind()),
        );
        set(
            L::LeftFootIndex,
            toes.at(-outward(side) * 0.012, TOE_HEIGHT, 0.24 * body.foot),
        );
    }
    points
}
