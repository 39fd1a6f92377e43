//! The truth about whole repetitions: when each squat was deepest, how long each stand lasted, how far each foot reached.

use flow_landmarks::Side;
use serde::Serialize;

use crate::{
    motion::{Direction, Motion},
    scenario::Scenario,
    truth::{Angles, FrameTruth, Truth},
};

/// The lowest point of a squat.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SquatTruth {
    /// Seconds from the start of the clip.
    pub t: f64,
    /// The body at that moment.
    pub angles: Angles,
}

/// A stretch of time on one leg.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HoldTruth {
    /// The leg stood on.
    pub stance: Side,
    /// Seconds from the start of the clip.
    pub start: f64,
    /// Seconds from the start of the clip.
    pub end: f64,
}

/// The far end of a reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReachTruth {
    /// The leg stood on.
    pub stance: Side,
    /// Where the other foot went.
    pub direction: Direction,
    /// Seconds from the start of the clip.
    pub t: f64,
    /// From the toes of the standing foot to those of the other, level, over the length of the leg.
    pub ratio: f32,
}

/// Everything that is true about a scenario's clip.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Frame by frame.
    #[serde(flatten)]
    pub truth: Truth,
    /// Squats, in order of time.
    pub squats: Vec<SquatTruth>,
    /// Stands on one leg, in order of time: the other foot is at least 0.06 leg lengths off the floor.
    pub holds: Vec<HoldTruth>,
    /// Reaches, in order of time.
    pub reaches: Vec<ReachTruth>,
}

/// Clearance of a foot that counts as standing on the other leg, leg lengths; that of the test's own cut-off.
const CLEAR: f32 = 0.06;

impl Scenario {
    /// The truth about every frame and about whole repetitions.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let truth = self.truth();
        Summary {
            squats: self.squats(&truth),
            holds: holds(&truth),
            reaches: self.reaches(&truth),
            truth,
        }
    }

    fn squats(&self, truth: &Truth) -> Vec<SquatTruth> {
        let Motion::Squats(squats) = self.motion else {
            return Vec::new();
        };
        squats
            .bottoms()
            .filter_map(|t| self.filmed(truth, t))
            .filter_map(|frame| {
                Some(SquatTruth {
                    t: frame.t,
                    angles: frame.angles?,
                })
            })
            .collect()
    }

    fn reaches(&self, truth: &Truth) -> Vec<ReachTruth> {
        let Motion::Reaches(reaches) = self.motion else {
            return Vec::new();
        };
        reaches
            .far_ends()
            .filter_map(|(t, reach)| {
                let frame = self.filmed(truth, t)?;
                let ratio = frame.angles?.toes_apart;
                Some(ReachTruth {
                    stance: reach.stance,
                    direction: reach.direction,
                    t: frame.t,
                    ratio,
                })
            })
            .collect()
    }

    /// The frame nearest to a moment of the motion, if that moment is filmed.
    fn filmed<'a>(&self, truth: &'a Truth, moment: f32) -> Option<&'a FrameTruth> {
        let (start, end) = self.span();
        if moment < start || moment > end {
            return None;
        }
        let t = f64::from(moment - start);
        truth
            .frames
            .iter()
            .min_by(|a, b| (a.t - t).abs().total_cmp(&(b.t - t).abs()))
    }
}

fn holds(truth: &Truth) -> Vec<HoldTruth> {
    let mut found: Vec<HoldTruth> = Vec::new();
    let mut running = false;
    for frame in &truth.frames {
        let stance = frame.angles.and_then(|angles| {
            let clearance = angles.foot_clearance;
            Side::BOTH
                .into_iter()
                .find(|side| clearance.of(side.other()) - clearance.of(*side) > CLEAR)
        });
        match (stance, found.last_mut()) {
            (Some(stance), Some(last)) if running && last.stance == stance => last.end = frame.t,
            (Some(stance), _) => found.push(HoldTruth {
                stance,
                start: frame.t,
                end: frame.t,
            }),
            (None, _) => {}
        }
        running = stance.is_some();
    }
    found
}
