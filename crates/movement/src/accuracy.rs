//! Pose accuracy: the share of the clip in which the body was read plausibly.
//!
//! A moment counts when
//!
//! 1. everything the test needs is seen inside the picture, as the gate on tracking asks; and
//! 2. every bone between needed parts has about the length it has in the rest of the clip: its length in space lies within
//!    `bone_change` of the median over the clip. Bones do not change their length, so that where one does, a joint was read
//!    in the wrong place. The foot is left out: it is so short that ordinary noise of 1 to 2 cm changes it by a fifth.
//!
//! Lengths are taken from the landmarks as they were found, not from the smoothed ones that scores use.
//!
//! What it does not say: it is no comparison with the truth, which a phone does not have. A joint that is read in the wrong
//! place throughout, or off along its own bone's circle, keeps the length of the bone and is not noticed. How far angles are
//! from the truth on rendered people is in `docs/measurement.md`.

use flow_catalog::{BodyPart, PoseAccuracy, Setup, thresholds};
use flow_landmarks::{Clip, Pose, Side, WorldPoint};

use crate::{
    gates::{all_seen, landmark},
    geometry::{Vector, median},
    signals::{Frame, SIDE_ON_FROM_DEG, Signals},
};

/// Pairs of parts at a fixed distance from each other.
const BONES: [(BodyPart, BodyPart); 5] = [
    (BodyPart::Shoulder, BodyPart::Elbow),
    (BodyPart::Elbow, BodyPart::Wrist),
    (BodyPart::Shoulder, BodyPart::Hip),
    (BodyPart::Hip, BodyPart::Knee),
    (BodyPart::Knee, BodyPart::Ankle),
];

/// A bone of which the test needs both ends.
struct Bone {
    ends: (BodyPart, BodyPart),
    /// One side is enough whatever the view, because the movement hides the other.
    one_side: bool,
    /// Median length over the clip, metres; `NaN` where it was never seen. Left, then right.
    lengths: [f64; 2],
}

/// Share of the clip, 0..1; gaps in which nobody was seen count as not read.
pub(crate) fn share(setup: &Setup, clip: &Clip, signals: &Signals) -> f64 {
    let limits = &thresholds().pose_accuracy;
    let visible = thresholds().gates.landmark_visible.limit;
    let bones = bones(setup, clip, visible);
    let aspect = f64::from(clip.aspect());
    let read = |frame: &Frame| {
        let pose = clip
            .observations
            .get(frame.observation)
            .and_then(|observation| observation.pose.as_ref());
        all_seen(setup, frame, aspect)
            && pose.is_some_and(|pose| plausible(&bones, frame, pose, visible, limits))
    };
    let plausible = signals.present().filter(|frame| read(frame)).count();
    plausible as f64 / signals.frames.len().max(1) as f64
}

fn bones(setup: &Setup, clip: &Clip, visible: f64) -> Vec<Bone> {
    let needed =
        |part: BodyPart| setup.both_sides_needed.contains(&part) || setup.one_side_needed.contains(&part);
    let poses = || {
        clip.observations
            .iter()
            .filter_map(|observation| observation.pose.as_ref())
    };
    BONES
        .into_iter()
        .filter(|(from, to)| needed(*from) && needed(*to))
        .map(|ends| Bone {
            ends,
            one_side: [ends.0, ends.1]
                .iter()
                .any(|part| setup.one_side_needed.contains(part)),
            lengths: Side::BOTH.map(|side| {
                median(poses().filter_map(|pose| length_m(ends, side, pose, visible))).unwrap_or(f64::NAN)
            }),
        })
        .collect()
}

/// Length of a bone in space, if both its ends are visible.
fn length_m((from, to): (BodyPart, BodyPart), side: Side, pose: &Pose, visible: f64) -> Option<f64> {
    let [from, to] = [from, to].map(|part| landmark(part, side));
    let seen = [from, to]
        .iter()
        .all(|&end| f64::from(pose.image[end].visibility) >= visible);
    let point = |WorldPoint { x, y, z }: WorldPoint| Vector {
        x: f64::from(x),
        y: f64::from(y),
        z: f64::from(z),
    };
    seen.then(|| (point(pose.world[from]) - point(pose.world[to])).length())
}

/// Whether every bone has its length: on both sides facing the camera, on either side where one is enough.
fn plausible(bones: &[Bone], frame: &Frame, pose: &Pose, visible: f64, limits: &PoseAccuracy) -> bool {
    let side_on = frame.view_deg > SIDE_ON_FROM_DEG && frame.view_deg < 180.0 - SIDE_ON_FROM_DEG;
    bones.iter().all(|bone| {
        let mut kept = Side::BOTH.into_iter().zip(bone.lengths).map(|(side, median)| {
            length_m(bone.ends, side, pose, visible)
                .is_some_and(|length| (length / median - 1.0).abs() <= limits.bone_change.limit)
        });
        if side_on || bone.one_side {
            kept.any(|kept| kept)
        } else {
            kept.all(|kept| kept)
        }
    })
}
