//! Motions with a dial at a value and so many repetitions a side.

use flow_landmarks::Side::{self, Left, Right};

use super::super::reach;
use crate::motion::{
    Balance, BirdDog, Bridges, Clamshells, DeadBug, Form, Hands, Hold, Lift, Motion, Nods, Plank, Reaches,
    Rotations, Slides, Squats, Stage, Stretch, Tucks,
};

pub(super) fn squats(times: u8, form: Form) -> Motion {
    Motion::Squats(Squats {
        before: 1 + times,
        after: times,
        tempo: 2.4,
        form,
        ..Squats::GOOD
    })
}

/// Made once for each recording, and kept: scenarios are for the life of the program.
fn kept<T>(items: impl IntoIterator<Item = T>) -> &'static [T] {
    Vec::leak(items.into_iter().collect())
}

pub(super) fn plank(stages: &[(f32, f32)]) -> Motion {
    Motion::Plank(Plank {
        stages: kept(stages.iter().map(|&(hips, seconds)| Stage { hips, seconds })),
        knees_down: false,
    })
}

/// The left leg so far behind the right one in each direction; with few repetitions the last direction is left out.
pub(super) fn reaches(times: u8, gap: [f32; 3]) -> Motion {
    const FULL: [f32; 3] = [0.70, 1.0, 0.92];
    let left: [f32; 3] = std::array::from_fn(|index| FULL[index] - gap[index]);
    let directions = if times > 1 { 3 } else { 2 };
    let shown = reach::three(Left, left)
        .into_iter()
        .take(directions)
        .chain(reach::three(Right, FULL).into_iter().take(directions));
    Motion::Reaches(Reaches {
        reaches: kept(shown),
        tempo: 2.8,
    })
}

/// Standing on the left leg, then on the right one; with few repetitions on the left one alone.
pub(super) fn balance(times: u8, seconds: [f32; 2]) -> Motion {
    let holds = [Left, Right].into_iter().zip(seconds).take(usize::from(times));
    Motion::Balance(Balance {
        holds: kept(holds.map(|(leg, seconds)| Hold::quiet(leg, seconds))),
        hands: Hands::AtSides,
    })
}

/// One slide more than asked for: a single one is no test.
pub(super) fn slides(times: u8, turn: impl Fn(&mut Slides)) -> Motion {
    let mut form = Slides {
        times: times + 1,
        ..Slides::GOOD
    };
    turn(&mut form);
    Motion::Slides(form)
}

/// One lift of each leg.
pub(super) fn lifts(turn: impl Fn(&mut Lift)) -> Motion {
    Motion::BirdDog(BirdDog::of(kept([Right, Left].map(|leg| {
        let mut lift = Lift::good(leg);
        turn(&mut lift);
        lift
    }))))
}

pub(super) fn clamshells(times: u8, opening: f32, upper: Side) -> Motion {
    Motion::Clamshells(Clamshells {
        times: 2 * times,
        opening,
        ..Clamshells::good(upper)
    })
}

pub(super) fn rotations(times: u8, turn: impl Fn(&mut Rotations)) -> Motion {
    let mut form = Rotations {
        swings: [times; 2],
        turns: times,
        ..Rotations::GOOD
    };
    turn(&mut form);
    Motion::Rotations(form)
}

/// Each leg in turn.
pub(super) fn dead_bug(times: u8, tempo: f32, turn: impl Fn(&mut Stretch)) -> Motion {
    let each = std::iter::repeat_n([Right, Left], usize::from(times)).flatten();
    let stretches = each.map(|leg| {
        let mut stretch = Stretch::good(leg);
        turn(&mut stretch);
        stretch
    });
    Motion::DeadBug(DeadBug {
        tempo,
        ..DeadBug::of(kept(stretches))
    })
}

pub(super) fn nods(times: u8, flexion: f32, extension: f32) -> Motion {
    Motion::Nods(Nods {
        times,
        flexion,
        extension,
        ..Nods::GOOD
    })
}

pub(super) fn tucks(times: u8, turn: impl Fn(&mut Tucks)) -> Motion {
    let mut form = Tucks {
        times: times + 1,
        ..Tucks::GOOD
    };
    turn(&mut form);
    Motion::Tucks(form)
}

/// On one foot and then on the other; with few repetitions on the first alone.
pub(super) fn bridges(times: u8, first: Side, hips: [f32; 2], mut hold: [f32; 2]) -> Motion {
    if times < 2 {
        hold[usize::from(first == Left)] = 0.0;
    }
    Motion::Bridges(Bridges {
        first,
        hold,
        hips,
        ..Bridges::GOOD
    })
}
