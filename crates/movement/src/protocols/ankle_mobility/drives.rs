//! Recognising drives of the front knee over the toes, and taking values from them.

use flow_catalog::AnkleMobility;
use flow_landmarks::{Landmark, Side};

use super::super::{ANKLE_SHARE, STANDING};
use crate::{
    assessment::{CheckCode, SeenFrom},
    geometry::{Vector, median},
    score::Refusal,
    signals::{Frame, Run, Signals, waves},
    track,
};

/// Degrees below the greatest lean of the shin down to which a frame belongs to the deepest point.
const TOP_DEG: f64 = 2.0;

/// Heel to the ball about which a foot turns, leg lengths: two thirds of a foot of 0.152 heights, over a leg of 0.491
/// (Winter 2009, figure 4.1).
const HEEL_TO_BALL: f64 = 0.21;

/// One drive of the front knee, the leg being the one nearer to the camera.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drive {
    pub run: Run,
    pub side: Side,
    /// Greatest lean of the shin against the vertical with the heel down, degrees.
    pub lean_deg: f64,
    /// Grid point at which that lean is reached.
    pub reached: usize,
    /// Rise of the heel where the shin leans furthest at all, leg lengths.
    pub heel_rise_ratio: f64,
    /// Median over the drive, degrees.
    pub view_deg: f64,
}

/// How far the shin leans ahead in the picture, degrees from the vertical; negative is back.
fn leans_ahead_deg(frame: &Frame, side: Side) -> f64 {
    let Vector { x, y, .. } = frame.body.image(track::knee(side)) - frame.body.image(track::ankle(side));
    (x * frame.facing).atan2(-y).to_degrees()
}

/// Whether a side is nearer to the camera in a frame that is seen side-on.
fn shows(frame: &Frame, side: Side) -> bool {
    frame.seen_from() == SeenFrom::Side && frame.near == side
}

/// Finds the drives: seen from the side, the knee of the nearer leg goes forward over a foot that stands in front of the
/// other, and comes back. A clip in which most of what that shin does is something else is another movement.
pub(super) fn find(signals: &Signals, cutoffs: &AnkleMobility) -> Result<Vec<Drive>, Refusal> {
    let mut drives: Vec<Drive> = Vec::new();
    let mut swings = 0;
    for side in Side::BOTH {
        let lean = signals.series(|frame| {
            if shows(frame, side) {
                leans_ahead_deg(frame, side)
            } else {
                f64::NAN
            }
        });
        for run in waves(&lean, cutoffs.drive_deg.value) {
            let swing = Swing {
                signals,
                cutoffs,
                lean: &lean,
                run,
                side,
            };
            // Behind the other leg it is that leg's turn.
            if swing.ahead_ratio() > -cutoffs.split_stance_ratio.value {
                swings += 1;
                drives.extend(swing.recognise());
            }
        }
    }
    drives.sort_by_key(|drive| drive.run.start);
    if drives.len() * 2 <= swings || drives.is_empty() {
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            drives.len() as f64,
            swings as f64,
        ));
    }
    Ok(drives)
}

/// A swing of the nearer shin, ahead and back.
struct Swing<'a> {
    signals: &'a Signals,
    cutoffs: &'a AnkleMobility,
    /// Lean of the shin at each point of the grid, degrees; `NaN` where this side is not shown.
    lean: &'a [f64],
    run: Run,
    side: Side,
}

impl Swing<'_> {
    /// The frames from `start` to `end` that show the side, with their grid points.
    fn frames(&self, start: usize, end: usize) -> impl Iterator<Item = (usize, &Frame)> {
        (start..=end)
            .filter_map(|index| Some((index, self.signals.frames.get(index)?.as_ref()?)))
            .filter(|(_, frame)| shows(frame, self.side))
    }

    /// Median of a value in the second before the swing, while the shin rests.
    fn before(&self, value: impl Fn(&Frame) -> f64) -> Option<f64> {
        let rest = self.lean[self.run.start];
        let resting = self
            .frames(self.run.start.saturating_sub(STANDING), self.run.start)
            .filter(|&(index, _)| self.lean[index] <= rest);
        median(resting.map(|(_, frame)| value(frame)))
    }

    /// How far the foot is ahead of the other, leg lengths; negative is behind.
    fn ahead_ratio(&self) -> f64 {
        let ahead = |frame: &Frame| {
            (frame.ankle.get(self.side).x - frame.ankle.get(self.side.other()).x) * frame.facing
        };
        let whole = self.frames(self.run.start, self.run.end);
        median(whole.map(|(_, frame)| ahead(frame))).unwrap_or(f64::NAN) / self.signals.scale.leg
    }

    /// The drive in this swing, if it is one: the foot is the front one, both feet stay, the hips stay up, and the knee
    /// gets ahead of the ankle.
    fn recognise(&self) -> Option<Drive> {
        let Run { start, peak, end, .. } = self.run;
        let leg = self.signals.scale.leg;
        let whole = || self.frames(start, end).map(|(_, frame)| frame);
        let shown = whole().count() * 5 >= (end - start + 1) * 4;
        let in_front = self.ahead_ratio() > self.cutoffs.split_stance_ratio.value;
        let feet_stay = Side::BOTH.into_iter().all(|foot| {
            self.shift(foot)
                .is_some_and(|shift| shift < self.cutoffs.foot_shift_ratio.value)
        });
        let height = self.before(|frame| frame.pelvis.y)?;
        let stands =
            whole().all(|frame| (frame.pelvis.y - height) / leg < self.cutoffs.hips_drop_ratio.value);
        if !(shown && in_front && feet_stay && stands && self.lean[peak] > 0.0) {
            return None;
        }
        let heel_rise_ratio = self.heel_rise_ratio()?;
        let heel_up = heel_rise_ratio > self.cutoffs.heel_rise_ratio.value;
        let furthest = median(self.deepest().map(|index| self.lean[index]))?;
        let by_heel = if heel_up {
            foot_pitch_deg(heel_rise_ratio)
        } else {
            0.0
        };
        let lean_deg = furthest - by_heel;
        Some(Drive {
            run: self.run,
            side: self.side,
            lean_deg,
            reached: (start..peak)
                .find(|&index| self.lean[index] >= lean_deg)
                .unwrap_or(peak),
            heel_rise_ratio,
            view_deg: median(whole().map(|frame| frame.view_deg))?,
        })
    }

    /// How far the toes of a foot are from where they were before, while the shin leans furthest, leg lengths.
    fn shift(&self, foot: Side) -> Option<f64> {
        let toe = |frame: &Frame| frame.body.image(track::toe(foot));
        let then = Vector::flat(
            self.before(|frame| toe(frame).x)?,
            self.before(|frame| toe(frame).y)?,
        );
        let shifts = self
            .deepest()
            .filter_map(|index| self.signals.frames.get(index)?.as_ref())
            .map(|frame| (toe(frame) - then).length());
        Some(median(shifts)? / self.signals.scale.leg)
    }

    /// The grid points at which the shin leans about as far as it does at all.
    fn deepest(&self) -> impl Iterator<Item = usize> {
        let Run { start, peak, end, .. } = self.run;
        (start..=end).filter(move |&index| self.lean[index] >= self.lean[peak] - TOP_DEG)
    }

    /// How far the heel is up where the shin leans furthest, leg lengths.
    ///
    /// As the knee comes over them, the landmarks of a foot that lies flat wander: on rendered people the heel's goes up by
    /// 0.02, the toes' go down by 0.02. A heel that leaves the floor rises over where it was and over the toes, and takes
    /// the ankle along: the least of these counts.
    fn heel_rise_ratio(&self) -> Option<f64> {
        let up = |frame: &Frame, part: fn(Side) -> Landmark| {
            -frame.body.image(part(self.side)).y / self.signals.scale.leg
        };
        let deepest = || {
            self.deepest()
                .filter_map(|index| self.signals.frames.get(index)?.as_ref())
        };
        let rise =
            |height: &dyn Fn(&Frame) -> f64| Some(median(deepest().map(height))? - self.before(height)?);
        let over_toe = |part| rise(&|frame| up(frame, part) - up(frame, track::toe));
        let over_floor = |part| rise(&|frame| up(frame, part));
        let heel = over_toe(track::heel)?.min(over_floor(track::heel)?);
        let ankle = over_toe(track::ankle)?.min(over_floor(track::ankle)?);
        Some(heel.min(ankle / ANKLE_SHARE))
    }
}

/// How far a foot has turned about its ball when its heel is so many leg lengths up, degrees. The shin has turned with it:
/// what it leans beyond that is the ankle's, and was reached before the heel left the floor.
fn foot_pitch_deg(heel_rise_ratio: f64) -> f64 {
    (heel_rise_ratio / HEEL_TO_BALL)
        .clamp(0.0, 1.0)
        .asin()
        .to_degrees()
}
