//! Finds the lifts of a bird dog in a clip, and measures each: how long it was in form, where leg, arm and hips were.

use flow_catalog::BirdDog;
use flow_landmarks::{Landmark, Side};

use crate::{
    geometry::{Vector, median, quantile},
    signals::{
        Frame, Lying, Signals, arm_off_trunk_deg, lying, side_error_deg, thigh_at_hip_deg,
        thigh_off_trunk_deg,
    },
    track::{RATE_HZ, hip, knee, shoulder, wrist},
};

/// Points of the grid in which a stretched leg may be lost without the lift ending: 0.5 s.
const BRIDGE: usize = 5;

/// Points of the grid in which it may be lost when the legs do not come to rest: 1.5 s. MediaPipe takes the legs for each
/// other now and then, and both jump between kneeling and stretched out (rendered people, the head to the left).
const JUMPS: usize = 15;

/// Points of the grid before and after a lift in which the hips are at rest: 0.8 s.
const REST: usize = 8;

/// Share of a lift at either end that is the way up and down.
const WAY: f64 = 0.2;

/// Share of a lift in which the other leg has to be seen kneeling: MediaPipe takes one leg for both now and then.
const KNEELING_SHARE: f64 = 0.5;

/// One leg stretched out and set down again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lift {
    /// First point of the grid.
    pub start: usize,
    /// Last point of the grid.
    pub end: usize,
    /// Nothing else was seen after it: the recording may have ended too early.
    pub last: bool,
    /// The leg that is lifted.
    pub side: Side,
    /// Seconds in form.
    pub hold_s: f64,
    /// Thigh against the line of the trunk, degrees; positive is below it.
    pub leg_line_deg: f64,
    /// The other side's arm against the line of the trunk, degrees; `NaN` when it was not seen raised and still.
    pub arm_line_deg: f64,
    /// Whether that arm was seen off the floor at all.
    pub arm_up: bool,
    /// How far the hips are from where they were on hands and knees, leg lengths.
    pub hip_shift_ratio: f64,
    /// How far hips or shoulders wander, leg lengths.
    pub drift_ratio: f64,
    /// Median over the lift, degrees.
    pub view_error_deg: f64,
}

impl Lift {
    /// The point of the grid in its middle.
    pub(super) const fn middle(&self) -> usize {
        usize::midpoint(self.start, self.end)
    }
}

/// Share of a hold in which an arm that is up has to be seen off the floor: before a background of its own colour it is lost
/// most of the time, an arm on the floor is never seen up (rendered people).
const ARM_UP_SHARE: f64 = 0.15;

/// What a body on hands does with its legs at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Legs {
    /// On hands and knees.
    Kneeling,
    /// This leg is stretched out, the other kneels.
    Stretched(Side),
    /// Both look stretched out.
    Both,
    /// On the way, or something else.
    Other,
}

/// The lifts in order of time.
pub(super) fn find(signals: &Signals, cutoffs: &BirdDog) -> Vec<Lift> {
    let legs: Vec<Option<Legs>> = signals
        .frames
        .iter()
        .map(|frame| frame.as_ref().map(|frame| legs(frame, signals, cutoffs)))
        .collect();
    runs(&legs)
        .into_iter()
        .filter_map(|run| measure(signals, &legs, run, cutoffs))
        .collect()
}

/// What the legs do, from their angles: the body on straight arms, facing the floor, the hips up.
fn legs(frame: &Frame, signals: &Signals, cutoffs: &BirdDog) -> Legs {
    let lowest = |part: fn(Side) -> Landmark| {
        Side::BOTH
            .map(|side| frame.body.image(part(side)).y)
            .into_iter()
            .fold(f64::NAN, f64::max)
    };
    let shoulders = (lowest(wrist) - middle(frame, shoulder).y) / signals.scale.torso;
    let hips = (lowest(knee) - middle(frame, hip).y) / signals.scale.leg;
    let on_hands = lying(frame) == Lying::Prone
        && shoulders >= cutoffs.support_ratio.value
        && hips >= cutoffs.hips_up_ratio.value;
    if !on_hands {
        return Legs::Other;
    }
    // A leg that is swung up behind is above the line by any angle.
    let stretched = |side: Side| thigh_at_hip_deg(frame, side) <= cutoffs.stretched_deg.value;
    let kneels = |side: Side| thigh_at_hip_deg(frame, side) >= cutoffs.kneeling_deg.value;
    match Side::BOTH.map(|side| (stretched(side), kneels(side))) {
        [(true, _), (_, true)] => Legs::Stretched(Side::Left),
        [(_, true), (true, _)] => Legs::Stretched(Side::Right),
        [(true, _), (true, _)] => Legs::Both,
        [(_, true), (_, true)] => Legs::Kneeling,
        _ => Legs::Other,
    }
}

/// The lift in a run of stretched legs, if it is one: long enough, out of hands and knees, the other leg kneeling.
fn measure(
    signals: &Signals,
    legs: &[Option<Legs>],
    (start, end): (usize, usize),
    cutoffs: &BirdDog,
) -> Option<Lift> {
    let seconds = (end + 1 - start) as f64 / RATE_HZ;
    let one_kneels = |legs: &&Option<Legs>| matches!(legs, Some(Legs::Stretched(_)));
    let kneeling = legs[start..=end].iter().filter(one_kneels).count() as f64 / (end + 1 - start) as f64;
    if seconds < cutoffs.shortest_hold_s.value || kneeling < KNEELING_SHARE {
        return None;
    }
    let side = leg(legs, (start, end));
    let way = (WAY * (end - start) as f64).round() as usize;
    let held = || signals.between(start + way, end - way);
    // Where the legs are taken for each other both are somewhere on the way.
    let clear = || {
        (start + way..=end - way)
            .filter(|&index| matches!(legs[index], Some(Legs::Stretched(_) | Legs::Both)))
            .filter_map(|index| signals.frames[index].as_ref())
    };
    let arm = side.other();
    let up = held()
        .filter(|frame| arm_off_trunk_deg(frame, arm) <= cutoffs.arm_raised_deg.value)
        .count();
    let lines: Vec<f64> = held().map(|frame| arm_off_trunk_deg(frame, arm)).collect();
    let swing = quantile(lines.iter().copied(), 0.9)
        .zip(quantile(lines.iter().copied(), 0.1))
        .map_or(f64::NAN, |(high, low)| high - low);
    let visible = median(held().map(|frame| frame.body.visibility(wrist(arm))))?;
    let sure = visible >= cutoffs.arm_visibility.value && swing <= cutoffs.arm_swing_deg.value;
    let arm_line = median(lines).filter(|line| sure && *line <= cutoffs.arm_raised_deg.value);
    let at_rest = |from: usize, to: usize| {
        signals.frames[from..=to.min(signals.frames.len() - 1)]
            .iter()
            .zip(&legs[from..])
            .filter(|(_, legs)| **legs == Some(Legs::Kneeling))
            .filter_map(|(frame, _)| frame.as_ref())
            .map(|frame| middle(frame, hip))
            .collect::<Vec<Vector>>()
    };
    let before = at_rest(start.saturating_sub(2 * REST), start);
    let resting = if before.is_empty() {
        at_rest(end, end + 2 * REST)
    } else {
        before
    };
    let rest = middle_of(&resting)?;
    let hips: Vec<Vector> = held().map(|frame| middle(frame, hip)).collect();
    Some(Lift {
        start,
        end,
        last: signals.frames.iter().skip(end + 1).all(Option::is_none),
        side,
        hold_s: clean(signals, (start, end), side, cutoffs) as f64 / RATE_HZ,
        leg_line_deg: median(clear().map(|frame| leg_line(frame, side, cutoffs).0))?,
        arm_line_deg: arm_line.unwrap_or(f64::NAN),
        arm_up: up as f64 >= ARM_UP_SHARE * held().count() as f64,
        hip_shift_ratio: (middle_of(&hips)? - rest).length() / signals.scale.leg,
        drift_ratio: [hip, shoulder]
            .map(|part| wander(&held().map(|frame| middle(frame, part)).collect::<Vec<Vector>>()))
            .into_iter()
            .fold(f64::NAN, f64::max)
            / signals.scale.leg,
        view_error_deg: median(held().map(side_error_deg))?,
    })
}

/// The lifted leg's thigh against the line of the trunk, and the bend of its knee, degrees.
///
/// Of both legs the one nearer to the line: MediaPipe now and then takes the legs for each other, and the other one
/// kneels. The farther leg is seen lower than it is.
fn leg_line(frame: &Frame, side: Side, cutoffs: &BirdDog) -> (f64, f64) {
    let [one, other] = [side, side.other()].map(|leg| (thigh_off_trunk_deg(frame, leg), leg));
    let (line, leg) = if other.0 < one.0 { other } else { one };
    let low = if side == frame.near {
        0.0
    } else {
        cutoffs.far_leg_reads_low_deg.value
    };
    (line - low, frame.knee_flexion_deg.get(leg))
}

/// Points of the grid in which a lifted leg is in form: the thigh near the line of the trunk, the knee straight. Where
/// the leg is not seen it is not in form.
fn clean(signals: &Signals, (start, end): (usize, usize), side: Side, cutoffs: &BirdDog) -> usize {
    signals
        .between(start, end)
        .filter(|frame| {
            let (line, knee) = leg_line(frame, side, cutoffs);
            line.abs() <= cutoffs.leg_line_severe_deg.value && knee <= cutoffs.knee_bend_deg.value
        })
        .count()
}

/// The middle between left and right in the picture.
fn middle(frame: &Frame, part: fn(Side) -> Landmark) -> Vector {
    let [left, right] = Side::BOTH.map(|side| frame.body.image(part(side)));
    left.middle(right)
}

/// Where a point is most of the time.
fn middle_of(points: &[Vector]) -> Option<Vector> {
    let x = median(points.iter().map(|point| point.x))?;
    Some(Vector::flat(x, median(points.iter().map(|point| point.y))?))
}

/// How far a point goes to and fro, or up and down: the range without its extremes, frame heights.
fn wander(points: &[Vector]) -> f64 {
    let range = |of: fn(&Vector) -> f64| {
        quantile(points.iter().map(of), 0.95)
            .zip(quantile(points.iter().map(of), 0.05))
            .map_or(f64::NAN, |(high, low)| high - low)
    };
    range(|point| point.x).hypot(range(|point| point.y))
}

/// The runs of stretched legs, first and last point; those that are apart by at most [`BRIDGE`] points are one, and so are
/// those of the same leg up to [`JUMPS`] between which the legs do not come to rest.
fn runs(legs: &[Option<Legs>]) -> Vec<(usize, usize)> {
    let mut short: Vec<(usize, usize)> = Vec::new();
    for (index, legs) in legs.iter().enumerate() {
        if matches!(legs, Some(Legs::Stretched(_) | Legs::Both)) {
            match short.last_mut() {
                Some(last) if index - last.1 <= BRIDGE + 1 => last.1 = index,
                _ => short.push((index, index)),
            }
        }
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for run in short {
        match found.last_mut() {
            Some(last)
                if run.0 - last.1 <= JUMPS + 1
                    && longest_rest(&legs[last.1 + 1..run.0]) <= BRIDGE
                    && leg(legs, *last) == leg(legs, run) =>
            {
                last.1 = run.1;
            }
            _ => found.push(run),
        }
    }
    found
}

/// The leg that is stretched out most of a run.
fn leg(legs: &[Option<Legs>], (start, end): (usize, usize)) -> Side {
    let of = |side: Side| {
        let is = |legs: &&Option<Legs>| **legs == Some(Legs::Stretched(side));
        legs[start..=end].iter().filter(is).count()
    };
    if of(Side::Left) > of(Side::Right) {
        Side::Left
    } else {
        Side::Right
    }
}

/// The most points in a row in which both legs kneel, or nobody is seen.
fn longest_rest(legs: &[Option<Legs>]) -> usize {
    legs.split(|legs| !matches!(legs, None | Some(Legs::Kneeling)))
        .map(<[Option<Legs>]>::len)
        .max()
        .unwrap_or(0)
}
