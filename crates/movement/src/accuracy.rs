//! Pose accuracy: the share of the clip in which the body was read plausibly.
//!
//! A moment counts when
//!
//! 1. everything the test needs is seen inside the picture, as the gate on tracking asks; and
//! 2. every bone between needed parts has about the length it has in the rest of the clip: its length in space lies within
//!    `bone_change` of the median over the clip. Bones do not change their length, so that where one does, a joint was read
//!    in the wrong place. The foot is left out: it is so short that ordinary noise of 1 to 2 cm changes it by a fifth.
//!
//! Of a body that lies on its side only the upper side counts: the other one is hidden under it, and its bones have
//! another length than once the person has turned over: in a rendered clip of both sides, with both counted, 4 of 100 moments
//! were near the median.
//!
//! Lengths are taken from the landmarks as they were found, not from the smoothed ones that scores use.
//!
//! What it does not say: it is no comparison with the truth, which a phone does not have. A joint that is read in the wrong
//! place throughout, or off along its own bone's circle, keeps the length of the bone and is not noticed. How far angles are
//! from the truth on rendered people is in `docs/measurement.md`.

use flow_catalog::{BodyPart, PoseAccuracy, Setup, View, thresholds};
use flow_landmarks::{Clip, Pose, Side, WorldPoint};

use crate::{
    gates::{all_seen, landmark},
    geometry::{Vector, median},
    signals::{Frame, Lying, SIDE_ON_FROM_DEG, Signals, lying},
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
    let moments: Vec<Moment<'_>> = signals
        .present()
        .filter_map(|frame| Moment::of(setup, clip, frame))
        .collect();
    let bones = bones(setup, &moments, visible);
    let aspect = f64::from(clip.aspect());
    let read = |moment: &&Moment<'_>| {
        all_seen(setup, moment.frame, aspect) && plausible(&bones, moment, visible, limits)
    };
    moments.iter().filter(read).count() as f64 / signals.frames.len().max(1) as f64
}

/// A frame with the landmarks as they were found.
struct Moment<'a> {
    frame: &'a Frame,
    pose: &'a Pose,
    /// The side under which the other one is hidden.
    upper: Option<Side>,
}

impl<'a> Moment<'a> {
    fn of(setup: &Setup, clip: &'a Clip, frame: &'a Frame) -> Option<Self> {
        let pose = clip.observations.get(frame.observation)?.pose.as_ref()?;
        let upper = match lying(frame) {
            Lying::OnSide(side) if setup.view == View::LyingFront => Some(side),
            _ => None,
        };
        Some(Self { frame, pose, upper })
    }

    fn counts(&self, side: Side) -> bool {
        self.upper.is_none_or(|upper| upper == side)
    }
}

fn bones(setup: &Setup, moments: &[Moment<'_>], visible: f64) -> Vec<Bone> {
    let needed =
        |part: BodyPart| setup.both_sides_needed.contains(&part) || setup.one_side_needed.contains(&part);
    BONES
        .into_iter()
        .filter(|(from, to)| needed(*from) && needed(*to))
        .map(|ends| Bone {
            ends,
            one_side: [ends.0, ends.1]
                .iter()
                .any(|part| setup.one_side_needed.contains(part)),
            lengths: Side::BOTH.map(|side| {
                let shown = moments.iter().filter(|moment| moment.counts(side));
                median(shown.filter_map(|moment| length_m(ends, side, moment.pose, visible)))
                    .unwrap_or(f64::NAN)
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

/// Whether every bone has its length: on both sides facing the camera, on either side where one is enough, on the upper
/// one of a body that lies on its side.
fn plausible(bones: &[Bone], moment: &Moment<'_>, visible: f64, limits: &PoseAccuracy) -> bool {
    let Moment { frame, pose, .. } = moment;
    let side_on = frame.view_deg > SIDE_ON_FROM_DEG && frame.view_deg < 180.0 - SIDE_ON_FROM_DEG;
    bones.iter().all(|bone| {
        let sides = Side::BOTH.into_iter().zip(bone.lengths);
        let shown = sides.filter(|(side, _)| moment.counts(*side));
        let mut kept = shown.map(|(side, median)| {
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
