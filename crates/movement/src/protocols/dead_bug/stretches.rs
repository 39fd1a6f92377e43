//! Finds the stretches of a dead bug in a clip, and measures each: how far leg and arm went, whether hips and shoulders
//! stayed where they were, how long it took.

use flow_catalog::DeadBug;
use flow_landmarks::Side;

use crate::{
    geometry::{Vector, median, quantile},
    signals::{Frame, Lying, Signals, arm_off_trunk_deg, lying, side_error_deg, thigh_at_hip_deg},
    track::{RATE_HZ, hip, shoulder, wrist},
};

/// Points of the grid in which a stretched leg may be lost without the stretch ending: 0.5 s.
const BRIDGE: usize = 5;

/// Points of the grid before and after a stretch in which the start position is looked for: 1.5 s.
const REST: usize = 15;

/// Share of the way out at which a leg has left the start position.
const LEFT_AT: f64 = 0.2;

/// A leg this near to where it went furthest is at the far end, degrees.
const FAR_END_DEG: f64 = 8.0;

/// Share of a stretch in which the other leg has to be seen bent: MediaPipe takes one leg for both now and then.
const OTHER_BENT_SHARE: f64 = 0.5;

/// Which arm went with a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arm {
    /// That of the other side.
    Opposite,
    /// That of the leg's own side.
    SameSide,
    /// None, or both; or too little was seen of them.
    Unclear,
}

/// One leg stretched away and taken back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// First point of the grid.
    pub start: usize,
    /// The middle of its far end.
    pub far: usize,
    /// Last point of the grid.
    pub end: usize,
    /// Whether the leg was seen to come back.
    pub complete: bool,
    /// The leg that is stretched.
    pub side: Side,
    /// Which arm went with it.
    pub arm: Arm,
    /// Seconds for which the leg is away from the start position.
    pub away_s: f64,
    /// Thigh over the horizontal at the far end, degrees.
    pub leg_over_floor_deg: f64,
    /// Bend of that knee at the far end, degrees.
    pub knee_flexion_deg: f64,
    /// The arm that went against the line of the trunk, degrees; `NaN` when it was not seen clearly.
    pub arm_line_deg: f64,
    /// How far the line from shoulder to hip turned from the start position, degrees; positive when the hips came up.
    pub trunk_turn_deg: f64,
    /// Median over the stretch, degrees.
    pub view_error_deg: f64,
}

/// What a body on its back does with its legs at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Legs {
    /// Both hips bent.
    Start,
    /// This leg is away from the other one.
    Stretched(Side),
    /// Both look stretched out.
    Both,
    /// On the way, or something else.
    Other,
}

/// The stretches in order of time.
pub(super) fn find(signals: &Signals, cutoffs: &DeadBug) -> Vec<Stretch> {
    let legs: Vec<Option<Legs>> = signals
        .frames
        .iter()
        .map(|frame| frame.as_ref().map(|frame| legs(frame, cutoffs)))
        .collect();
    runs(&legs)
        .into_iter()
        .filter_map(|run| measure(signals, &legs, run, cutoffs))
        .collect()
}

/// What the legs do, from their thighs. What matters is that one is away from the other: hips that lift turn both.
fn legs(frame: &Frame, cutoffs: &DeadBug) -> Legs {
    if lying(frame) != Lying::Supine {
        return Legs::Other;
    }
    let [left, right] = Side::BOTH.map(|side| thigh_at_hip_deg(frame, side));
    let apart = cutoffs.legs_apart_deg.value;
    // Past straight by more than a hip goes, it is a leg that is drawn over the head.
    let stretched = |thigh: f64| thigh <= cutoffs.stretched_deg.value && thigh > -cutoffs.stretched_deg.value;
    let bent = |thigh: f64| thigh > cutoffs.stretched_deg.value;
    match (stretched(left), stretched(right)) {
        (true, _) if right - left >= apart => Legs::Stretched(Side::Left),
        (_, true) if left - right >= apart => Legs::Stretched(Side::Right),
        (true, true) => Legs::Both,
        (false, false) if bent(left) && bent(right) => Legs::Start,
        _ => Legs::Other,
    }
}

/// The stretch in a run of stretched legs, if it is one: the other leg bent, and the start position before or after it.
fn measure(
    signals: &Signals,
    legs: &[Option<Legs>],
    (first, last): (usize, usize),
    cutoffs: &DeadBug,
) -> Option<Stretch> {
    let side = leg(legs, (first, last));
    let own = |legs: &Option<Legs>| *legs == Some(Legs::Stretched(side));
    let count = legs[first..=last].iter().filter(|legs| own(legs)).count();
    let other_knee = median(
        signals
            .between(first, last)
            .map(|frame| frame.knee_flexion_deg.get(side.other())),
    )?;
    let other_bent = count as f64 >= OTHER_BENT_SHARE * (last + 1 - first) as f64;
    if !other_bent || other_knee < cutoffs.other_knee_deg.value {
        return None;
    }
    let at_rest = |from: usize, to: usize| {
        (from..=to.min(legs.len() - 1))
            .filter(|&index| legs[index] == Some(Legs::Start))
            .filter_map(|index| signals.frames[index].as_ref())
            .collect::<Vec<&Frame>>()
    };
    let (before, after) = (
        at_rest(first.saturating_sub(REST), first),
        at_rest(last, last + REST),
    );
    let complete = !before.is_empty() && !after.is_empty();
    let rest: Vec<&Frame> = before.into_iter().chain(after).collect();

    // From where the leg leaves the start position to where it is back.
    let thigh = |frame: &Frame| thigh_at_hip_deg(frame, side);
    let resting = median(rest.iter().map(|frame| thigh(frame)))?;
    let furthest = quantile(signals.between(first, last).map(thigh), 0.1)?;
    let leaves_at = resting - LEFT_AT * (resting - furthest);
    let away = |index: &usize| {
        signals.frames[*index]
            .as_ref()
            .is_some_and(|frame| thigh(frame) < leaves_at)
    };
    let start = (0..=first).rev().take_while(away).last().unwrap_or(first);
    let end = (last..legs.len()).take_while(away).last().unwrap_or(last);
    let far: Vec<usize> = (first..=last)
        .filter(|&index| own(&legs[index]))
        .filter(|&index| {
            signals.frames[index]
                .as_ref()
                .is_some_and(|frame| thigh(frame) <= furthest + FAR_END_DEG)
        })
        .collect();
    let held = || far.iter().filter_map(|&index| signals.frames[index].as_ref());

    let arm = arm(&held().collect::<Vec<&Frame>>(), side, cutoffs);
    let went = match arm {
        Arm::SameSide => side,
        Arm::Opposite | Arm::Unclear => side.other(),
    };
    let trunk_turn = median(held().map(|frame| trunk_deg(frame, side)))?
        - median(rest.iter().map(|frame| trunk_deg(frame, side)))?;
    let arm_line = median(held().map(|frame| arm_over_floor_deg(frame, went) + trunk_turn))
        .filter(|_| arm != Arm::Unclear)
        .unwrap_or(f64::NAN);
    Some(Stretch {
        start,
        far: far.get(far.len() / 2).copied()?,
        end,
        complete,
        side,
        arm,
        away_s: (end + 1 - start) as f64 / RATE_HZ,
        leg_over_floor_deg: median(held().map(|frame| frame.thigh_below_horizontal_deg.get(side)))?,
        knee_flexion_deg: median(held().map(|frame| frame.knee_flexion_deg.get(side)))?,
        arm_line_deg: arm_line,
        trunk_turn_deg: trunk_turn,
        view_error_deg: median(held().map(side_error_deg))?,
    })
}

/// The hip over the shoulder of a side in the picture, degrees.
///
/// Of the stretched leg's own side: the hip of a leg that stays bent is seen to sink by 4 to 8 degrees while the other one
/// stretches, and the middle of both is off by 1 to 5. Turns of 0 to 17 degrees come within 6 degrees, on average within 1.6
/// (rendered people of three builds before three cameras). An arched back that leaves hips and shoulders on the floor hardly shows: a pelvis that
/// tips by 25 degrees turns the line by 3.
fn trunk_deg(frame: &Frame, side: Side) -> f64 {
    let Vector { x, y, .. } = frame.body.image(hip(side)) - frame.body.image(shoulder(side));
    (-y).atan2(x.abs()).to_degrees()
}

/// The arm over the horizontal past the head in the picture, degrees. With the turn of the trunk it is the arm against the
/// trunk: the middle of hips that seem to rise would show an arm further from the trunk than it is.
fn arm_over_floor_deg(frame: &Frame, side: Side) -> f64 {
    let trunk = frame.body.image(shoulder(side)) - frame.body.image(hip(side));
    let arm = frame.body.image(wrist(side)) - frame.body.image(shoulder(side));
    (-arm.y).atan2(arm.x * trunk.x.signum()).to_degrees()
}

/// Which arm is away overhead at the far end of a leg's stretch: the one that is further from pointing up than the other. How
/// far the other one stays up is seen coarsely when it is the farther arm.
fn arm(held: &[&Frame], leg: Side, cutoffs: &DeadBug) -> Arm {
    let line = |side: Side| median(held.iter().map(|frame| arm_off_trunk_deg(frame, side)));
    let seen = |side: Side| median(held.iter().map(|frame| frame.body.visibility(wrist(side))));
    let away = |side: Side| {
        let lines = line(side).zip(line(side.other()));
        lines.is_some_and(|(own, other)| {
            own <= cutoffs.arm_away_deg.value && other - own >= cutoffs.arms_apart_deg.value
        }) && seen(side).is_some_and(|seen| seen >= cutoffs.arm_visibility.value)
    };
    if away(leg.other()) {
        Arm::Opposite
    } else if away(leg) {
        Arm::SameSide
    } else {
        Arm::Unclear
    }
}

/// The runs of stretched legs, first and last point; those that are apart by at most [`BRIDGE`] points are one, if they are of
/// the same leg or if no start position lies between: legs that change places without it are taken for each other.
fn runs(legs: &[Option<Legs>]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, now) in legs.iter().enumerate() {
        let same = |last: &(usize, usize)| match now {
            Some(Legs::Stretched(side)) => {
                leg(legs, *last) == *side || !legs[last.1..index].contains(&Some(Legs::Start))
            }
            _ => true,
        };
        if matches!(now, Some(Legs::Stretched(_) | Legs::Both)) {
            match found.last_mut() {
                Some(last) if index - last.1 <= BRIDGE + 1 && same(last) => last.1 = index,
                _ => found.push((index, index)),
            }
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

#[cfg(test)]
mod tests {
    use flow_landmarks::Side::{Left, Right};

    use super::*;

    #[test]
    fn legs_that_change_places_without_the_start_position_are_one_run() {
        let [start, left, right] = [Legs::Start, Legs::Stretched(Left), Legs::Stretched(Right)].map(Some);
        let taken_for_each_other = [start, left, left, right, None, right, left, start];
        assert_eq!(runs(&taken_for_each_other), [(1, 6)]);
        let one_after_the_other = [start, left, left, start, right, right, start];
        assert_eq!(runs(&one_after_the_other), [(1, 2), (4, 5)]);
    }
}
