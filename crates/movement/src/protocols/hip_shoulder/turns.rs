//! Finding the swings of the lower legs and the turns of the forearms of someone who sits and faces the camera.

use flow_catalog::HipShoulder;
use flow_landmarks::Side;

use super::super::BRIDGE;
use crate::{
    assessment::{CheckCode, SeenFrom},
    geometry::{Vector, median, quantile},
    score::Refusal,
    signals::{
        Frame, Run, Sides, Signals, forearm_raise_deg, knee_place, shank_from_deg, shank_out_deg,
        side_lean_deg, sits, trunk_tilt_deg, upper_arm_length, upper_arm_raise_deg, waves,
    },
};

/// Share of the greatest turn from which a frame belongs to its end.
const END: f64 = 0.93;

/// Upper arms held to the sides, from hanging, degrees.
const HELD_DEG: std::ops::Range<f64> = 40.0..135.0;

/// How far an upper arm that is held may go up and down, degrees: arms on their way up or down are not held.
const HELD_WITHIN_DEG: f64 = 20.0;

/// Trunk of someone who sits upright, degrees from the vertical.
const UPRIGHT_DEG: f64 = 35.0;

/// Which way a joint turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Foot out, forearm down.
    Internal,
    /// Foot in, forearm up.
    External,
}

impl Way {
    pub(super) const BOTH: [Self; 2] = [Self::Internal, Self::External];

    /// The sign of this way in signals that grow with the foot outward.
    const fn foot_out(self) -> f64 {
        match self {
            Self::Internal => 1.0,
            Self::External => -1.0,
        }
    }
}

/// A lower leg swung out or in as far as it went.
#[derive(Clone, Copy, Debug)]
pub(super) struct Swing {
    pub run: Run,
    pub side: Side,
    pub way: Way,
    /// From hanging, degrees.
    pub deg: f64,
    /// How far the thigh turned sideways the way that brings the foot further: in for a foot that goes out, degrees.
    pub thigh_drift_deg: f64,
    /// How far the trunk leaned to either side, degrees.
    pub side_lean_deg: f64,
    /// Median over the swing, degrees.
    pub view_deg: f64,
}

/// Both forearms turned up or down as far as they went.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub run: Run,
    pub way: Way,
    /// From the level, degrees; `NaN` for an arm that was not held to the side.
    pub deg: Sides<f64>,
    /// Upper arms from hanging, degrees.
    pub upper_arm_deg: Sides<f64>,
    /// Median over the turn, degrees.
    pub view_deg: f64,
}

/// All that was done.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub swings: Vec<Swing>,
    pub turns: Vec<Turn>,
}

/// Finds the swings and turns of someone who sits through the clip. A clip without any swing is not this test.
pub(super) fn find(signals: &Signals, cutoffs: &HipShoulder) -> Result<Found, Refusal> {
    if !(sits(signals) && stays(signals, cutoffs)) {
        return Err(Refusal::new(CheckCode::WrongMovement));
    }
    let found = Found {
        swings: swings(signals, cutoffs),
        turns: turns(signals, cutoffs),
    };
    match (found.swings.is_empty(), found.turns.is_empty()) {
        (true, true) => Err(Refusal::new(CheckCode::WrongMovement)),
        (true, false) => Err(Refusal::new(CheckCode::Incomplete)),
        _ => Ok(found),
    }
}

/// Whether the trunk is upright and the hips stay at their height.
fn stays(signals: &Signals, cutoffs: &HipShoulder) -> bool {
    let height = |share| quantile(signals.present().map(|frame| frame.pelvis.y), share);
    let shift = height(0.95)
        .zip(height(0.05))
        .map(|(low, high)| (low - high) / signals.scale.torso);
    shift.is_some_and(|shift| shift < cutoffs.seat_shift_ratio.value)
        && median(signals.present().map(trunk_tilt_deg)).is_some_and(|tilt| tilt < UPRIGHT_DEG)
}

/// A number where the body faces the camera.
fn facing(frame: &Frame, value: impl Fn(&Frame) -> f64) -> f64 {
    match frame.seen_from() {
        SeenFrom::Front => value(frame),
        SeenFrom::Side | SeenFrom::Back => f64::NAN,
    }
}

/// The swings in order of time: one lower leg leaves its rest by more than the other one and comes back.
fn swings(signals: &Signals, cutoffs: &HipShoulder) -> Vec<Swing> {
    let least = cutoffs.least_deg.value;
    let rest = Sides::of(|side| {
        median(signals.present().map(|frame| shank_out_deg(frame, side))).unwrap_or(f64::NAN)
    });
    let away = |frame: &Frame, side: Side| (shank_out_deg(frame, side) - rest.get(side)).abs();
    let lean = median(signals.present().map(side_lean_deg)).unwrap_or(f64::NAN);
    let mut found = Vec::new();
    for side in Side::BOTH {
        let knee_at_rest = |axis: fn(Vector) -> f64| {
            let resting = signals.present().filter(|frame| away(frame, side) < least);
            median(resting.map(|frame| axis(knee_place(frame, side)))).unwrap_or(f64::NAN)
        };
        let knee_at_rest = Vector::flat(knee_at_rest(|place| place.x), knee_at_rest(|place| place.y));
        for way in Way::BOTH {
            let tilt = |frame: &Frame| way.foot_out() * shank_out_deg(frame, side);
            let series = signals.series(|frame| facing(frame, tilt));
            let shown = waves(&series, least).into_iter().filter(|run| {
                let alone = signals.frames[run.peak]
                    .as_ref()
                    .is_some_and(|frame| away(frame, side) > away(frame, side.other()));
                alone
                    && series[run.peak] >= least
                    && series[run.peak] - way.foot_out() * rest.get(side) >= least
            });
            for run in shown.filter(|run| signals.seen_throughout(run.start, run.end, BRIDGE)) {
                let end = || {
                    signals
                        .between(run.start, run.end)
                        .filter(|frame| facing(frame, tilt) >= END * series[run.peak])
                };
                let middle = |value: &dyn Fn(&Frame) -> f64| median(end().map(value)).unwrap_or(f64::NAN);
                // Thighs are as long as lower legs (Drillis & Contini 1966: 0.245 and 0.246 of the height).
                let drift = |frame: &Frame| {
                    way.foot_out() * (knee_at_rest.x - knee_place(frame, side).x) / signals.scale.shank
                };
                found.push(Swing {
                    run,
                    side,
                    way,
                    deg: middle(&|frame| {
                        // A thigh that goes along does so the way that brings the foot further. Where the knee is seen on the
                        // other side of its rest, MediaPipe has moved it along with the foot: by up to 0.3 lower leg lengths
                        // in rendered people whose thighs stay.
                        let moved_along = drift(frame) < 0.0;
                        let knee = if moved_along {
                            knee_at_rest
                        } else {
                            knee_place(frame, side)
                        };
                        way.foot_out() * shank_from_deg(frame, side, knee)
                    }),
                    thigh_drift_deg: middle(&drift).clamp(-1.0, 1.0).asin().to_degrees(),
                    side_lean_deg: (middle(&side_lean_deg) - lean).abs(),
                    view_deg: middle(&|frame| frame.view_deg),
                });
            }
        }
    }
    found.sort_by_key(|swing| swing.run.peak);
    found
}

/// The turns in order of time, with the upper arms held to the sides and the elbows bent.
fn turns(signals: &Signals, cutoffs: &HipShoulder) -> Vec<Turn> {
    // The upper arm as long as it shows, which it does to the side and hanging.
    let upper_arms = Sides::of(|side| {
        quantile(signals.present().map(|frame| upper_arm_length(frame, side)), 0.9).unwrap_or(f64::NAN)
    });
    let held_deg = Sides::of(|side| {
        let raises = signals.present().map(|frame| upper_arm_raise_deg(frame, side));
        median(raises.filter(|raise| HELD_DEG.contains(raise))).unwrap_or(f64::NAN)
    });
    let raise = |frame: &Frame, side: Side| {
        let length = upper_arms.get(side);
        // Whether the elbow is bent does not show: MediaPipe sees a level forearm that points at the camera to the side of the
        // elbow by up to 0.85 upper arm lengths, as it sees a straight arm.
        let held = (upper_arm_raise_deg(frame, side) - held_deg.get(side)).abs() < HELD_WITHIN_DEG;
        if held {
            forearm_raise_deg(frame, side, length)
        } else {
            f64::NAN
        }
    };
    let mut found = Vec::new();
    for way in Way::BOTH {
        let up = |frame: &Frame, side: Side| -way.foot_out() * facing(frame, |frame| raise(frame, side));
        let both = |frame: &Frame| Sides::of(|side| up(frame, side)).mean();
        let series = signals.series(both);
        for run in waves(&series, cutoffs.turn_least_deg.value) {
            let seen = signals.seen_throughout(run.start, run.end, BRIDGE);
            if !seen || series[run.peak] < cutoffs.turn_least_deg.value {
                continue;
            }
            let end = || {
                signals
                    .between(run.start, run.end)
                    .filter(|frame| both(frame) >= END * series[run.peak])
            };
            let middle = |value: &dyn Fn(&Frame) -> f64| median(end().map(value)).unwrap_or(f64::NAN);
            found.push(Turn {
                run,
                way,
                deg: Sides::of(|side| middle(&|frame| up(frame, side))),
                upper_arm_deg: Sides::of(|side| middle(&|frame| upper_arm_raise_deg(frame, side))),
                view_deg: middle(&|frame| frame.view_deg),
            });
        }
    }
    found.sort_by_key(|turn| turn.run.peak);
    found
}
