//! Finds planks in a clip and runs the clock over them: which frames show the position, and in which of these the hips
//! are on the line.

use flow_catalog::{Plank, thresholds};
use flow_landmarks::{Landmark, Side};

use super::super::stretches::{BRIDGE, Stretch, runs};
use crate::{
    geometry::quantile,
    signals::{Frame, HipLine, Lying, Signals, hip_line, lying},
    track::{RATE_HZ, ankle, elbow, hip, knee, shoulder, wrist},
};

/// An unbroken stretch on arms and toes, whatever the hips do.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    /// First point of the grid.
    pub start: usize,
    /// Last point of the grid.
    pub end: usize,
    /// Nothing else was seen after it: the recording may have ended too early.
    pub last: bool,
    /// Whether it was seen to begin and to end, rather than the person to be lost or found in it.
    pub whole: bool,
    /// The hips at each point from `start` to `end`; `None` where they were not seen.
    pub hips: Vec<Option<HipLine>>,
}

impl Attempt {
    pub(super) fn seconds(&self) -> f64 {
        (self.end + 1 - self.start) as f64 / RATE_HZ
    }

    /// The bend at the hips wherever it was seen, degrees.
    pub(super) fn offsets_deg(&self) -> impl Iterator<Item = f64> {
        self.hips.iter().flatten().map(|line| line.offset_deg)
    }

    /// The stretches in which the bend at the hips is as asked for.
    pub(super) fn stretches(&self, wanted: impl Fn(f64) -> bool) -> Vec<Stretch> {
        let there: Vec<bool> = self
            .hips
            .iter()
            .map(|line| line.is_some_and(|line| wanted(line.offset_deg)))
            .collect();
        runs(&there)
            .into_iter()
            .map(|run| Stretch {
                start: self.start + run.start,
                end: self.start + run.end,
            })
            .collect()
    }

    /// The stretches in which the clock runs when the hips may be so many degrees off the line.
    pub(super) fn clean(&self, limit_deg: f64) -> Vec<Stretch> {
        self.stretches(|offset| offset.abs() <= limit_deg)
    }
}

/// The attempts at a plank, in order of time: long enough for a hold, and held still.
pub(super) fn attempts(signals: &Signals, cutoffs: &Plank) -> Vec<Attempt> {
    let there: Vec<bool> = signals
        .frames
        .iter()
        .map(|frame| {
            frame
                .as_ref()
                .is_some_and(|frame| in_position(frame, signals, cutoffs))
        })
        .collect();
    runs(&there)
        .into_iter()
        .filter(|run| run.seconds() >= cutoffs.shortest_hold_s.value && is_still(signals, *run, cutoffs))
        .map(|Stretch { start, end }| Attempt {
            start,
            end,
            last: signals.frames.iter().skip(end + 1).all(Option::is_none),
            whole: signals.seen_before(start, BRIDGE) && signals.seen_after(end, BRIDGE),
            hips: (start..=end)
                .map(|index| signals.frames.get(index)?.as_ref().map(hips))
                .collect(),
        })
        .collect()
}

/// The hips against the line, in the middle between left and right: shoulders are wider than hips, so that from above the
/// nearer side alone looks bent. MediaPipe sees them higher than they are.
fn hips(frame: &Frame) -> HipLine {
    let middle = |part: fn(Side) -> Landmark| {
        let [left, right] = Side::BOTH.map(|side| frame.body.image(part(side)));
        left.middle(right)
    };
    hip_line(
        middle(shoulder),
        middle(hip),
        middle(ankle),
        thresholds().plank.cutoffs.hip_reads_high_deg.value,
    )
}

/// How far the shoulder is above the lower of elbow and wrist, torso lengths.
fn support_ratio(frame: &Frame, signals: &Signals) -> f64 {
    let height = |part: fn(Side) -> Landmark| frame.body.image(part(frame.near)).y;
    (height(elbow).max(height(wrist)) - height(shoulder)) / signals.scale.torso
}

/// On arms and toes, facing the floor, the body level, the knees straight and off the floor; the hips anywhere near.
fn in_position(frame: &Frame, signals: &Signals, cutoffs: &Plank) -> bool {
    let near = frame.near;
    let at = |part: fn(Side) -> Landmark| frame.body.image(part(near));
    let line = at(ankle) - at(shoulder);
    let level = line.y.abs().atan2(line.x.abs()).to_degrees() <= cutoffs.level_deg.value;
    let on_arms = support_ratio(frame, signals) >= cutoffs.support_ratio.value;
    let knees_up =
        (frame.foot_lowest.get(near) - at(knee).y) / signals.scale.leg >= cutoffs.knee_clear_ratio.value;
    let folded = hips(frame).offset_deg.abs() > cutoffs.hip_offset_greatest_deg.value;
    level && lying(frame) == Lying::Prone && on_arms && knees_up && knees_straight(frame, cutoffs) && !folded
}

/// Both knees, the farther one where it is seen: one leg may be bent or lifted behind the other.
fn knees_straight(frame: &Frame, cutoffs: &Plank) -> bool {
    let seen = thresholds().gates.landmark_visible.limit;
    Side::BOTH.into_iter().all(|side| {
        let hidden = side != frame.near && frame.body.visibility(knee(side)) < seen;
        hidden || frame.knee_flexion_deg.get(side) <= cutoffs.knee_bend_deg.value
    })
}

/// Whether the shoulders stay where they are: push-ups are no hold.
fn is_still(signals: &Signals, run: Stretch, cutoffs: &Plank) -> bool {
    let heights = || {
        signals
            .between(run.start, run.end)
            .map(|frame| support_ratio(frame, signals))
    };
    let range = quantile(heights(), 0.9)
        .zip(quantile(heights(), 0.1))
        .map(|(high, low)| high - low);
    range.is_some_and(|range| range <= cutoffs.support_shift_ratio.value)
}
