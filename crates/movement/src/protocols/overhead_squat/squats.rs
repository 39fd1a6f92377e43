//! Recognising squats, and taking values from them.

use flow_catalog::OverheadSquat;
use flow_landmarks::{Landmark, Side};

use super::super::{ANKLE_SHARE, BRIDGE, STANDING};
use crate::{
    assessment::{CheckCode, SeenFrom},
    geometry::{Vector, median, quantile},
    score::Refusal,
    signals::{Frame, Run, Signals, swings},
    track,
};

/// Share of the greatest knee flexion from which a frame belongs to the bottom of a squat.
const BOTTOM: f64 = 0.92;

/// Leg lengths by which one foot may be ahead of the other: half a step. A lunge toward the camera hardly moves the feet
/// in the picture.
const STAGGERED: f64 = 0.4;

/// One squat.
#[derive(Clone, Copy)]
pub(super) struct Squat {
    pub run: Run,
    pub view: SeenFrom,
    /// Median over the squat, degrees.
    pub view_deg: f64,
}

impl Squat {
    /// The frames in which the knees are bent nearly as far as at the deepest point.
    ///
    /// Not the deepest frame alone: in quick movement the landmarks of trunk and hips trail those of the knees, and
    /// catch up while the person turns round.
    pub fn bottom<'a>(&self, signals: &'a Signals) -> impl Iterator<Item = (usize, &'a Frame)> {
        let least = BOTTOM * self.depth(signals);
        (self.run.start..=self.run.end)
            .filter_map(|index| Some((index, signals.frames.get(index)?.as_ref()?)))
            .filter(move |(_, frame)| frame.knee_flexion_deg.mean() >= least)
    }

    /// Knee flexion at the deepest point, degrees.
    pub fn depth(&self, signals: &Signals) -> f64 {
        let deepest = signals.frames.get(self.run.peak).and_then(Option::as_ref);
        deepest.map_or(f64::NAN, |frame| frame.knee_flexion_deg.mean())
    }

    /// Median of a signal at the bottom.
    pub fn at_bottom(&self, signals: &Signals, value: impl Fn(&Frame) -> f64) -> f64 {
        median(self.bottom(signals).map(|(_, frame)| value(frame))).unwrap_or(f64::NAN)
    }

    /// How far a signal rises between standing before the squat and its bottom.
    fn rise(&self, signals: &Signals, value: impl Fn(&Frame) -> f64) -> f64 {
        let standing = signals
            .between(self.run.start.saturating_sub(STANDING), self.run.start)
            .map(&value);
        let standing = median(standing).unwrap_or(f64::NAN);
        self.at_bottom(signals, value) - standing
    }

    /// How far a heel comes up, leg lengths: as far as the ankle goes up with it. A heel landmark that rises alone follows
    /// the shin, not the foot.
    pub fn heel_rise(&self, signals: &Signals, side: Side) -> f64 {
        let heel = self.rise(signals, |frame| frame.heel_over_toe_ratio.get(side));
        let ankle = self.rise(signals, |frame| frame.ankle_over_toe_ratio.get(side));
        heel.min(ankle / ANKLE_SHARE)
    }

    /// How far a knee moves inside the foot in the deeper half of the squat, degrees: the tilt of the line from the foot to
    /// the knee in the frontal plane. A high quantile: the worst moment without the noise.
    ///
    /// Feet stay in a squat, so the foot is taken where it stood before: when the knees touch, the tracker may take one shin
    /// for the other.
    pub fn knee_inside_foot_deg(&self, signals: &Signals, side: Side) -> f64 {
        let standing = || signals.between(self.run.start.saturating_sub(STANDING), self.run.start);
        let middle = |axis: fn(Vector) -> f64| median(standing().map(|frame| axis(frame.ankle.get(side))));
        let foot = middle(|at| at.x)
            .zip(middle(|at| at.y))
            .map(|(x, y)| Vector::flat(x, y));
        let half = self.depth(signals) / 2.0;
        let deep = signals
            .between(self.run.start, self.run.end)
            .filter(|frame| frame.knee_flexion_deg.mean() >= half);
        let tilt = |frame: &Frame| foot.map_or(f64::NAN, |foot| frame.knee_inside_deg(side, foot));
        quantile(deep.map(tilt), 0.9).unwrap_or(f64::NAN)
    }
}

/// How far one foot is ahead of the other in space, square to the hips, metres.
fn stagger(frame: &Frame) -> f64 {
    let apart = |pair: fn(Side) -> Landmark| {
        let line = frame.body.world(pair(Side::Left)) - frame.body.world(pair(Side::Right));
        Vector { y: 0.0, ..line }
    };
    let (feet, hips) = (apart(track::ankle), apart(track::hip));
    let along = hips * (feet.dot(hips) / hips.dot(hips));
    (feet - along).length()
}

/// Finds the squats: both knees and the hips bend, the hips go down and come back, the feet stay, the body is upright.
pub(super) fn find(signals: &Signals, cutoffs: &OverheadSquat) -> Result<Vec<Squat>, Refusal> {
    let least = cutoffs.squat_knee_flexion_deg.value;
    let bend = signals.series(|frame| frame.knee_flexion_deg.mean());
    let rest = quantile(bend.iter().copied(), 0.1).unwrap_or(0.0);
    let deepest = quantile(bend.iter().copied(), 0.98).unwrap_or(0.0);
    if deepest < least {
        return Err(Refusal::with(CheckCode::WrongMovement, deepest, least));
    }
    let low = (rest + 0.3 * (deepest - rest)).min(least - cutoffs.squat_knee_flexion_deg.dead_band);
    let runs: Vec<Run> = swings(&bend, low, least, BRIDGE)
        .into_iter()
        .filter(|run| run.complete)
        .collect();
    let squats: Vec<Squat> = runs.iter().filter_map(|&run| recognise(signals, run)).collect();
    // A clip with more other bends than squats is another movement.
    if squats.len() * 2 <= runs.len() || squats.is_empty() {
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            squats.len() as f64,
            runs.len() as f64,
        ));
    }
    Ok(squats)
}

/// The squat in a swing of the knees, if it is one.
fn recognise(signals: &Signals, run: Run) -> Option<Squat> {
    let leg = signals.scale.leg;
    // The moment of standing tallest before it: the swing itself begins with the knees bent already.
    let before = signals
        .between(run.start.saturating_sub(STANDING), run.start)
        .min_by(|a, b| a.pelvis.y.total_cmp(&b.pelvis.y))?;
    let bottom = signals.frames.get(run.peak)?.as_ref()?;
    let knees = bottom.knee_flexion_deg;
    let both_bend = knees.left.min(knees.right) > 0.5 * knees.left.max(knees.right);
    let hips_bend = bottom.hip_flexion_deg.mean() > 30.0;
    let standing = Side::BOTH
        .iter()
        .all(|&side| before.ankle.get(side).y - before.pelvis.y > 0.7 * leg);
    let goes_down = bottom.pelvis.y - before.pelvis.y > 0.15 * leg;
    let shift = |from: Side, to: Side| (bottom.ankle.get(to) - before.ankle.get(from)).length() / leg;
    // When the knees touch, the tracker may take one shin for the other.
    let kept = shift(Side::Left, Side::Left).max(shift(Side::Right, Side::Right));
    let exchanged = shift(Side::Left, Side::Right).max(shift(Side::Right, Side::Left));
    let feet_stay = kept.min(exchanged) < 0.2;
    let upright = bottom.trunk_lean_deg < 80.0;
    let lunges = stagger(bottom) > STAGGERED * signals.scale.leg_m;
    if !(both_bend && hips_bend && standing && goes_down && feet_stay && upright) || lunges {
        return None;
    }
    let view_deg = median(signals.between(run.start, run.end).map(|frame| frame.view_deg))?;
    let view = signals.between(run.start, run.end).min_by(|a, b| {
        (a.view_deg - view_deg)
            .abs()
            .total_cmp(&(b.view_deg - view_deg).abs())
    })?;
    Some(Squat {
        run,
        view: view.seen_from(),
        view_deg,
    })
}
