//! Recognising reaches, their directions and their lengths.

use flow_catalog::{Cutoff, YBalance};
use flow_landmarks::Side;

use super::super::STANDING;
use crate::{
    assessment::CheckCode,
    geometry::{Vector, median},
    score::Refusal,
    signals::{Apart, Floor, Frame, Length, Run, Signals, apart, waves},
    track::toe,
};

/// Share of the longest reach of its kind below which a reach is a stumble on the way.
const STUMBLE: f64 = 0.6;

/// Share of the greatest distance from which a frame belongs to the far end of a reach.
const FAR_END: f64 = 0.93;

/// Points of the grid before and after the far end of a back reach from which the floor is learnt as well.
const AROUND: usize = 2;

/// Distance in leg lengths between the places stood at beyond which the person walked.
const WANDERED: f64 = 0.6;

/// Greatest height in the picture of a foot on the floor over the standing one, leg lengths: one leg length behind it,
/// seen from a height of two leg lengths three leg lengths away.
const HIGHEST_ON_FLOOR: f64 = 0.4;

/// Least height of the hips over the standing foot in the picture, leg lengths: deep in a long reach back they are at 0.33
/// (rendered people).
const LOWEST_HIPS: f64 = 0.3;

/// Where a foot reaches, named after the standing leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Anterior,
    Posteromedial,
    Posterolateral,
}

impl Direction {
    pub const ALL: [Self; 3] = [Self::Anterior, Self::Posteromedial, Self::Posterolateral];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Anterior => "anterior",
            Self::Posteromedial => "posteromedial",
            Self::Posterolateral => "posterolateral",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Anterior => "Forward",
            Self::Posteromedial => "Back-and-out",
            Self::Posterolateral => "Back-and-across",
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Anterior => "forward",
            Self::Posteromedial => "back-and-out",
            Self::Posterolateral => "back-and-across",
        }
    }

    /// The greatest difference between the legs that is not flagged.
    pub const fn limit(self, cutoffs: &YBalance) -> &Cutoff {
        match self {
            Self::Anterior => &cutoffs.front_gap_ratio,
            Self::Posteromedial | Self::Posterolateral => &cutoffs.back_gap_ratio,
        }
    }

    /// The direction of a displacement: `ahead` and `outward` (toward the reaching leg's own side). Straight sideways is
    /// none of the three.
    fn of(ahead: f64, outward: f64) -> Option<Self> {
        let angle = outward.atan2(ahead).to_degrees();
        match angle {
            -60.0..=60.0 => Some(Self::Anterior),
            100.0..=180.0 => Some(Self::Posteromedial),
            -180.0..=-90.0 => Some(Self::Posterolateral),
            _ => None,
        }
    }
}

/// One reach.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    pub run: Run,
    pub stance: Side,
    pub direction: Direction,
    pub length: Length,
}

pub(super) fn of(reaches: &[Reach], stance: Side, direction: Direction) -> impl Iterator<Item = &Reach> {
    reaches
        .iter()
        .filter(move |reach| reach.stance == stance && reach.direction == direction)
}

/// Roughly how far a foot is from where it is most of the time, over the floor, leg lengths: grows with every reach,
/// whichever foot it is.
///
/// Each foot is taken for itself. Against the other one a foot that hovers looks further back, so that one coming forward
/// from there first comes nearer: a short front reach was no further from home than hovering is (rendered people).
fn away(signals: &Signals, floor: &Floor) -> Vec<f64> {
    let feet = Side::BOTH.map(|side| {
        let at = move |frame: &Frame| frame.body.image(toe(side));
        let home = |axis: fn(Vector) -> f64| {
            median(signals.present().map(|frame| axis(at(frame)))).unwrap_or(f64::NAN)
        };
        (at, home(|place| place.x), home(|place| place.y))
    });
    signals.series(|frame| {
        let [left, right] = feet.map(|(at, x, y)| {
            let place = at(frame);
            (place.x - x).hypot((place.y - y) * floor.depth_per_height())
        });
        left.max(right) / signals.scale.leg
    })
}

/// Finds the reaches: the feet part and come together again, one foot stays, the body is upright over it. A clip in which
/// most of what the feet do is something else, or in which the person wanders about, is another movement.
pub(super) fn find(signals: &Signals, aspect: f64, cutoffs: &YBalance) -> Result<Vec<Reach>, Refusal> {
    let scale = signals.scale;
    let far = |run: Run| signals.frames.get(run.peak).and_then(Option::as_ref);
    let mut floor = Floor::new(signals, aspect);
    let (mut parted, mut found) = (Vec::new(), Vec::new());
    // The first round finds the back reaches, from which the floor is learnt; the second all of them.
    for _ in 0..2 {
        parted = waves(&away(signals, &floor), cutoffs.reach_ratio.value);
        found = parted
            .iter()
            .filter_map(|&run| recognise(signals, &floor, run, cutoffs))
            .collect::<Vec<_>>();
        let back: Vec<(&Frame, Side)> = found
            .iter()
            .filter(|(_, _, direction)| *direction != Direction::Anterior)
            .flat_map(|&(run, stance, _)| {
                signals
                    .between(run.peak.saturating_sub(AROUND), run.peak + AROUND)
                    .map(move |frame| (frame, stance))
            })
            .collect();
        floor = floor.learn(&back);
    }
    let stood_at = |&(run, stance, _): &(Run, Side, Direction)| far(run).map(|frame| frame.ankle.get(stance));
    let xs = || found.iter().filter_map(stood_at).map(|foot| foot.x);
    let place = median(xs()).unwrap_or(f64::NAN);
    let wandered = xs().any(|x| (x - place).abs() > WANDERED * scale.leg);
    if found.is_empty() || found.len() * 2 <= parted.len() || wandered {
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            found.len() as f64,
            parted.len() as f64,
        ));
    }
    found.sort_by_key(|(run, ..)| run.peak);

    let measured = found.into_iter().filter_map(|(run, stance, direction)| {
        let (peak, length) = measure(signals, &floor, run, stance, direction)?;
        let reach = Reach {
            run: Run { peak, ..run },
            stance,
            direction,
            length,
        };
        (length.ratio >= cutoffs.reach_ratio.value).then_some(reach)
    });
    let mut reaches: Vec<Reach> = measured.collect();
    // A stumble on the way out is no second reach.
    let longest = |reach: &Reach| {
        of(&reaches, reach.stance, reach.direction)
            .map(|other| other.length.ratio)
            .fold(0.0, f64::max)
    };
    let whole: Vec<bool> = reaches
        .iter()
        .map(|reach| reach.length.ratio >= STUMBLE * longest(reach))
        .collect();
    let mut whole = whole.into_iter();
    reaches.retain(|_| whole.next().unwrap_or(true));
    Ok(reaches)
}

/// Where the tip of the standing foot was in the picture just before a reach: the reaching foot may hide it, and the hidden
/// one is then taken to be nearer to it than it is.
fn stood(signals: &Signals, run: Run, stance: Side) -> Option<Vector> {
    let before = || {
        signals
            .between(run.start.saturating_sub(STANDING), run.start)
            .map(|frame| frame.body.image(toe(stance)))
    };
    Some(Vector::flat(
        median(before().map(|place| place.x))?,
        median(before().map(|place| place.y))?,
    ))
}

/// How far a reach goes, leg lengths, and where in the middle of its far end that is.
///
/// The far end is found where the picture is sure: sideways for the back reaches, down for the front one.
fn measure(
    signals: &Signals,
    floor: &Floor,
    run: Run,
    stance: Side,
    direction: Direction,
) -> Option<(usize, Length)> {
    let stood = stood(signals, run, stance)?;
    let out = |frame: &Frame| {
        let Apart { outward, down } = apart(signals, frame, stance, stood);
        match direction {
            Direction::Anterior => down,
            Direction::Posteromedial | Direction::Posterolateral => outward.abs(),
        }
    };
    let frames =
        || (run.start..=run.end).filter_map(|index| Some((index, signals.frames.get(index)?.as_ref()?)));
    let furthest = frames().map(|(_, frame)| out(frame)).fold(f64::NAN, f64::max);
    let far: Vec<(usize, &Frame)> = frames()
        .filter(|(_, frame)| out(frame) >= FAR_END * furthest)
        .collect();
    let lengths: Vec<Length> = far
        .iter()
        .map(|(_, frame)| match direction {
            Direction::Anterior => floor.front_reach(frame, stance, stood),
            Direction::Posteromedial | Direction::Posterolateral => floor.back_reach(frame, stance),
        })
        .collect();
    let middle = |of: fn(&Length) -> f64| median(lengths.iter().map(of));
    let length = Length {
        ratio: middle(|length| length.ratio)?,
        error: middle(|length| length.error)?,
        turn_error: middle(|length| length.turn_error)?,
    };
    far.get(far.len() / 2).map(|&(index, _)| (index, length))
}

/// The standing leg and the direction of a swing of the feet, if it is a reach.
fn recognise(
    signals: &Signals,
    floor: &Floor,
    run: Run,
    cutoffs: &YBalance,
) -> Option<(Run, Side, Direction)> {
    let scale = signals.scale;
    let start = signals.between(run.start.saturating_sub(1), run.start).next()?;
    let far = signals.frames.get(run.peak)?.as_ref()?;
    let moved = |side: Side| (far.ankle.get(side) - start.ankle.get(side)).length() / scale.leg;
    let stance = if moved(Side::Left) < moved(Side::Right) {
        Side::Left
    } else {
        Side::Right
    };
    let stays = moved(stance) < cutoffs.stance_shift_ratio.value;
    let upright =
        far.trunk_lean_deg < 75.0 && far.ankle.get(stance).y - far.pelvis.y > LOWEST_HIPS * scale.leg;
    // The weight stays on the standing leg; in a lunge it goes with the foot.
    let carried = (far.pelvis.x - far.ankle.get(stance).x).abs() < 0.4 * scale.leg;
    let Apart { outward, down } = apart(signals, far, stance, stood(signals, run, stance)?);
    // A foot on the floor is never this much higher in the picture than the other: it is raised.
    let low = down > -HIGHEST_ON_FLOOR;
    if !(stays && upright && carried && low) {
        return None;
    }
    Some((
        run,
        stance,
        Direction::of(down * floor.depth_per_height(), outward)?,
    ))
}
