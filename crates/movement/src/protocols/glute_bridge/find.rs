//! Finds the bridges of a clip: the hips off the floor, and in that the holds on one foot with the hip angle at each moment.
//!
//! MediaPipe takes the legs of a body on its back for each other, for seconds and with full confidence: in two of 24 holds
//! of rendered people with the nearer leg in the air it wavers, and with the farther one in the air it takes that for the
//! nearer one throughout in one hold of three. So nothing here rests on which leg is which. One foot off the floor is seen in the height of both feet together, which does not change when they
//! are exchanged; the hip angle is that of the leg whose foot is lower, and of both where neither is; the leg in the air
//! is the one nearer to the camera, as the test asks, unless most frames say otherwise.

use flow_catalog::GluteBridge;
use flow_landmarks::Side;

use super::super::stretches::{BRIDGE, Stretch, runs};
use crate::{
    geometry::{median, quantile},
    signals::{Frame, Lying, Sides, Signals, lying},
    track::{RATE_HZ, hip, shoulder},
};

/// Points of the grid in a second: the hip angle at the top is the best that is held for as long.
const SECOND: usize = RATE_HZ as usize;

/// Share of a bridge in which a knee must be seen bent: MediaPipe sees both legs in the air now and then.
const BENT: f64 = 0.25;

/// Share of a hold in which one leg must be seen straight in the air and the other knee bent over its foot.
const CLEAR: f64 = 0.3;

/// Share of these frames from which the leg in the air was the farther one: where MediaPipe takes the legs for each other it
/// wavers between them, and where it does not, nearly all frames agree.
const FARTHER: f64 = 0.9;

/// An unbroken stretch on one foot with the hips up.
#[derive(Clone, Debug)]
pub(super) struct Hold {
    /// The leg whose foot is on the floor.
    pub side: Side,
    /// Whether the leg in the air was the one nearer to the camera.
    pub near_leg_up: bool,
    /// From first to last point of the grid.
    pub run: Stretch,
    /// Nothing else was seen after it: the recording may have ended too early.
    pub last: bool,
    /// Whether it was seen to begin and to end, rather than the person to be lost or found in it.
    pub whole: bool,
    /// Hip angle of the planted leg at each point, 180 in line; not a number where it was not seen.
    pub angles_deg: Vec<f64>,
    /// The middle of the second in which the hips are highest.
    pub top: usize,
    /// Hip angle in that second, degrees.
    pub extension_deg: f64,
}

impl Hold {
    /// How far the hips have dropped from the top at each point, degrees.
    fn drops_deg(&self) -> impl Iterator<Item = f64> {
        self.angles_deg.iter().map(|angle| self.extension_deg - angle)
    }

    /// The stretches in which the drop of the hips is as asked for.
    pub(super) fn stretches(&self, wanted: impl Fn(f64) -> bool) -> Vec<Stretch> {
        let there: Vec<bool> = self
            .drops_deg()
            .map(|drop| drop.is_finite() && wanted(drop))
            .collect();
        runs(&there)
            .into_iter()
            .map(|run| Stretch {
                start: self.run.start + run.start,
                end: self.run.start + run.end,
            })
            .collect()
    }

    /// The stretches in which the clock runs when the hips may have dropped by so many degrees.
    pub(super) fn clean(&self, limit_deg: f64) -> Vec<Stretch> {
        self.stretches(|drop| drop <= limit_deg)
    }

    /// Median drop of the hips over a stretch, degrees.
    pub(super) fn drop_deg(&self, stretch: Stretch) -> Option<f64> {
        let first = stretch.start.checked_sub(self.run.start)?;
        median(self.drops_deg().skip(first).take(stretch.end + 1 - stretch.start))
    }

    /// How far the hips drop during the hold, degrees: all but the lowest tenth, without the second at either end in which
    /// the leg is stretched out and taken down. Nothing for a hold that is hardly longer than these.
    pub(super) fn greatest_drop_deg(&self) -> Option<f64> {
        let held = self.angles_deg.len().checked_sub(2 * SECOND)?;
        let drops = self.drops_deg().skip(SECOND).take(held);
        (held >= SECOND).then_some(quantile(drops.filter(|drop| drop.is_finite()), 0.9)?)
    }
}

/// The stretches in which the hips are off the floor, a knee bent, in order of time.
pub(super) fn bridges(signals: &Signals, cutoffs: &GluteBridge) -> Vec<Stretch> {
    let up: Vec<bool> = signals
        .frames
        .iter()
        .map(|frame| frame.as_ref().is_some_and(|frame| hips_up(frame, cutoffs)))
        .collect();
    let is_bridge = |run: &Stretch| {
        let frames = || signals.between(run.start, run.end);
        let bent = frames().filter(|frame| knee_bent(frame, cutoffs)).count() as f64;
        let on_back = frames().filter(|frame| lying(frame) == Lying::Supine).count();
        2 * on_back > frames().count()
            && bent >= BENT * frames().count() as f64
            && frames().any(|frame| hip_angle_deg(frame, cutoffs) >= cutoffs.bridge_deg.value)
    };
    runs(&up).into_iter().filter(is_bridge).collect()
}

/// The holds on one foot in these stretches, in order of time.
pub(super) fn holds(signals: &Signals, bridges: &[Stretch], cutoffs: &GluteBridge) -> Vec<Hold> {
    bridges
        .iter()
        .flat_map(|bridge| on_one_foot(signals, *bridge, cutoffs))
        .filter_map(|run| measure(signals, run, cutoffs))
        .collect()
}

/// The stretches of a bridge in which one foot is off the floor: the height of both together over the planted one, which is
/// where the lower one is most of the time.
fn on_one_foot(signals: &Signals, bridge: Stretch, cutoffs: &GluteBridge) -> Vec<Stretch> {
    let lower = |frame: &Frame| frame.foot_lowest.left.max(frame.foot_lowest.right);
    let frames = signals.between(bridge.start, bridge.end);
    let Some(floor) = quantile(frames.map(lower).filter(|height| height.is_finite()), 0.8) else {
        return Vec::new();
    };
    let lifted = |frame: &Frame| {
        let heights = 2.0 * floor - frame.foot_lowest.left - frame.foot_lowest.right;
        hips_up(frame, cutoffs) && heights / signals.scale.leg >= cutoffs.foot_clear_ratio.value
    };
    let there: Vec<bool> = (bridge.start..=bridge.end)
        .map(|index| {
            signals
                .frames
                .get(index)
                .and_then(Option::as_ref)
                .is_some_and(lifted)
        })
        .collect();
    runs(&there)
        .into_iter()
        .map(|run| Stretch {
            start: bridge.start + run.start,
            end: bridge.start + run.end,
        })
        .filter(|run| run.seconds() >= cutoffs.shortest_hold_s.value)
        .collect()
}

/// The hold in a stretch with one foot off the floor, if it is one: the leg in the air straight.
fn measure(signals: &Signals, run: Stretch, cutoffs: &GluteBridge) -> Option<Hold> {
    let frames = || signals.between(run.start, run.end);
    let most = |side: Side| 2 * frames().filter(|frame| frame.near == side).count() > frames().count();
    let near = if most(Side::Left) { Side::Left } else { Side::Right };
    let planted = Sides::of(|side| {
        frames()
            .filter(|frame| planted(frame, cutoffs) == Some(side))
            .count() as f64
    });
    let clear = planted.left + planted.right;
    if clear < CLEAR * frames().count() as f64 {
        return None;
    }
    let near_leg_up = planted.get(near) < FARTHER * clear;
    let angles_deg: Vec<f64> = signals
        .frames
        .get(run.start..=run.end)?
        .iter()
        .map(|frame| {
            frame
                .as_ref()
                .map_or(f64::NAN, |frame| hip_angle_deg(frame, cutoffs))
        })
        .collect();
    let (top, extension_deg) = top(&angles_deg)?;
    Some(Hold {
        side: if near_leg_up { near.other() } else { near },
        near_leg_up,
        run,
        last: signals.frames.iter().skip(run.end + 1).all(Option::is_none),
        whole: signals.seen_before(run.start, BRIDGE) && signals.seen_after(run.end, BRIDGE),
        top: run.start + top,
        extension_deg,
        angles_deg,
    })
}

/// The middle of the second with the greatest angle, and that angle.
fn top(angles_deg: &[f64]) -> Option<(usize, f64)> {
    angles_deg
        .windows(SECOND)
        .enumerate()
        .filter_map(|(start, second)| Some((start + SECOND / 2, median(second.iter().copied())?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Lying, the trunk nearer to level than to upright, the hips open: off the floor, or the legs stretched out on it. Sides
/// taken for each other make a back of a front, so that which of them is up is asked of a whole bridge.
fn hips_up(frame: &Frame, cutoffs: &GluteBridge) -> bool {
    let trunk = frame.body.image(shoulder(frame.near)) - frame.body.image(hip(frame.near));
    let slope_deg = trunk.y.abs().atan2(trunk.x.abs()).to_degrees();
    slope_deg <= cutoffs.level_deg.value
        && matches!(lying(frame), Lying::Supine | Lying::Prone)
        && hip_angle_deg(frame, cutoffs) >= cutoffs.rest_deg.value
}

/// A knee bent as over a planted foot.
fn knee_bent(frame: &Frame, cutoffs: &GluteBridge) -> bool {
    let knees = frame.knee_flexion_deg;
    knees.left.max(knees.right) >= cutoffs.planted_knee_deg.value
}

/// The hip angle, 180 in line: of the planted leg where it is clear which one that is, else the mean of both.
fn hip_angle_deg(frame: &Frame, cutoffs: &GluteBridge) -> f64 {
    let bend = planted(frame, cutoffs).map_or_else(
        || frame.hip_flexion_deg.mean(),
        |side| frame.hip_flexion_deg.get(side),
    );
    180.0 - bend
}

/// The leg that is planted by what MediaPipe takes for left and right, where the other one is clearly straight and its foot
/// higher.
fn planted(frame: &Frame, cutoffs: &GluteBridge) -> Option<Side> {
    Side::BOTH.into_iter().find(|&side| {
        let free = side.other();
        frame.foot_lowest.get(side) > frame.foot_lowest.get(free)
            && frame.knee_flexion_deg.get(free) <= cutoffs.free_knee_deg.value
            && frame.knee_flexion_deg.get(side) >= cutoffs.planted_knee_deg.value
    })
}
