//! Finds the bridges of a clip: pushes of the hips on both feet, and holds on one foot with the clock that form gates.

use flow_catalog::GluteBridge;
use flow_landmarks::Side;

use super::super::{
    BRIDGE,
    stretches::{Stretch, runs},
};
use crate::{
    geometry::median,
    signals::{Frame, Lying, Run, Signals, lying, swings},
    track::{hip, shoulder},
};

/// Degrees from the greatest opening of the hips within which a frame belongs to the top of a bridge.
const TOP_DEG: f64 = 3.0;

/// Share of a bridge in which a foot must be up for it to be one on one foot.
const ONE_FOOT: f64 = 0.2;

/// A bridge on both feet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Both {
    pub run: Run,
    /// The side it is measured on: the one nearer to the camera at the top.
    pub near: Side,
    /// Hip angle at the top, degrees.
    pub extension_deg: f64,
}

/// An unbroken stretch on one foot with the hips up, whatever the hips do.
#[derive(Clone, Debug)]
pub(super) struct Hold {
    /// The leg whose foot is on the floor.
    pub side: Side,
    /// From first to last point of the grid.
    pub run: Stretch,
    /// Nothing else was seen after it: the recording may have ended too early.
    pub last: bool,
    /// Bend at the hip of the planted leg at each point; not a number where it was not seen.
    pub bends_deg: Vec<f64>,
}

impl Hold {
    /// The stretches in which the bend at the hip is as asked for.
    pub(super) fn stretches(&self, wanted: impl Fn(f64) -> bool) -> Vec<Stretch> {
        let there: Vec<bool> = self
            .bends_deg
            .iter()
            .map(|&bend| bend.is_finite() && wanted(bend))
            .collect();
        runs(&there)
            .into_iter()
            .map(|run| Stretch {
                start: self.run.start + run.start,
                end: self.run.start + run.end,
            })
            .collect()
    }

    /// The stretches in which the clock runs when the hip may be bent by so many degrees.
    pub(super) fn clean(&self, limit_deg: f64) -> Vec<Stretch> {
        self.stretches(|bend| bend <= limit_deg)
    }

    /// Median bend over a stretch, degrees.
    pub(super) fn bend_deg(&self, stretch: Stretch) -> Option<f64> {
        let points = stretch.start.checked_sub(self.run.start)?..=stretch.end.checked_sub(self.run.start)?;
        median(self.bends_deg.get(points)?.iter().copied())
    }
}

/// The bridges on both feet, in order of time.
pub(super) fn both(signals: &Signals, cutoffs: &GluteBridge) -> Vec<Both> {
    let opening = signals.series(|frame| {
        if on_back(frame, cutoffs) {
            180.0 - frame.hip_flexion_deg.get(frame.near)
        } else {
            f64::NAN
        }
    });
    swings(&opening, cutoffs.rest_deg.value, cutoffs.bridge_deg.value, BRIDGE)
        .into_iter()
        .filter(|run| run.complete)
        .filter_map(|run| {
            let frames = || signals.between(run.start, run.end);
            let up = frames().filter(|frame| free(frame, signals, cutoffs).is_some());
            let bent = frames()
                .all(|frame| frame.knee_flexion_deg.get(frame.near) >= cutoffs.planted_knee_deg.value);
            if up.count() as f64 > ONE_FOOT * frames().count() as f64 || !bent {
                return None;
            }
            let greatest = opening.get(run.peak)?;
            let top = opening.get(run.start..=run.end)?.iter().copied();
            Some(Both {
                run,
                near: signals.frames.get(run.peak)?.as_ref()?.near,
                extension_deg: median(top.filter(|value| *value >= greatest - TOP_DEG))?,
            })
        })
        .collect()
}

/// The holds on one foot, in order of time.
pub(super) fn holds(signals: &Signals, cutoffs: &GluteBridge) -> Vec<Hold> {
    let mut found: Vec<Hold> = Side::BOTH
        .into_iter()
        .flat_map(|side| {
            let there: Vec<bool> = signals
                .frames
                .iter()
                .map(|frame| {
                    frame
                        .as_ref()
                        .is_some_and(|frame| bridges_on(frame, side, signals, cutoffs))
                })
                .collect();
            runs(&there)
                .into_iter()
                .filter(|run| run.seconds() >= cutoffs.shortest_hold_s.value)
                .map(|run| Hold {
                    side,
                    run,
                    last: signals.frames.iter().skip(run.end + 1).all(Option::is_none),
                    bends_deg: signals
                        .frames
                        .iter()
                        .take(run.end + 1)
                        .skip(run.start)
                        .map(|frame| frame.as_ref().map_or(f64::NAN, |frame| bend_deg(frame, side)))
                        .collect(),
                })
                .collect::<Vec<_>>()
        })
        .collect();
    found.sort_by_key(|hold| hold.run.start);
    found
}

/// Bend between trunk and thigh of the planted leg, degrees.
fn bend_deg(frame: &Frame, side: Side) -> f64 {
    frame.hip_flexion_deg.get(side)
}

/// On the back, the trunk nearer to level than to upright.
fn on_back(frame: &Frame, cutoffs: &GluteBridge) -> bool {
    let trunk = frame.body.image(shoulder(frame.near)) - frame.body.image(hip(frame.near));
    let slope_deg = trunk.y.abs().atan2(trunk.x.abs()).to_degrees();
    slope_deg <= cutoffs.level_deg.value && lying(frame) == Lying::Supine
}

/// The leg in the air, straight, while the knee of the other one is bent over its foot.
fn free(frame: &Frame, signals: &Signals, cutoffs: &GluteBridge) -> Option<Side> {
    Side::BOTH.into_iter().find(|&side| {
        let planted = side.other();
        let up = (frame.foot_lowest.get(planted) - frame.foot_lowest.get(side)) / signals.scale.leg;
        up >= cutoffs.foot_clear_ratio.value
            && frame.knee_flexion_deg.get(side) <= cutoffs.free_knee_deg.value
            && frame.knee_flexion_deg.get(planted) >= cutoffs.planted_knee_deg.value
    })
}

/// On the foot of `side` alone, the hips off the floor.
fn bridges_on(frame: &Frame, side: Side, signals: &Signals, cutoffs: &GluteBridge) -> bool {
    on_back(frame, cutoffs)
        && free(frame, signals, cutoffs) == Some(side.other())
        && 180.0 - bend_deg(frame, side) >= cutoffs.rest_deg.value
}
