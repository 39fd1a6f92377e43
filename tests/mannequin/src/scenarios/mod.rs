//! The clips of the whole-system tests, as tables: one file for each test, one for what the gates must refuse, one for
//! movements that are another test's or none's.
//!
//! Dials lie outside the dead bands of the cut-offs in `crates/catalog/data/thresholds.toml`, on either side of each;
//! `tests/expectations.rs` holds every row against the truth.

mod balance;
mod bird_dog;
mod bridge;
mod clamshell;
mod covering;
mod dead_bug;
mod drive;
mod gates;
mod lunge;
mod mistaken;
mod motions;
mod nod;
mod plank;
mod raise;
mod reach;
mod rotate;
mod sets;
mod slide;
mod squat;
mod sweeps;
mod tuck;

use flow_catalog::TestId;

pub use covering::{one_of_each_bucket, one_of_each_outcome};
pub use sweeps::sweeps;

use self::sets::LIVING;
use crate::{
    body::BodyKind,
    motion::{Motion, Squats},
    scenario::{Expect, Flag, Rate, Scenario},
};

/// All scenarios; names are unique.
#[must_use]
pub fn scenarios() -> Vec<Scenario> {
    [
        squat::SCENARIOS,
        balance::SCENARIOS,
        reach::SCENARIOS,
        drive::SCENARIOS,
        raise::SCENARIOS,
        lunge::SCENARIOS,
        plank::SCENARIOS,
        nod::SCENARIOS,
        tuck::SCENARIOS,
        bird_dog::SCENARIOS,
        dead_bug::SCENARIOS,
        clamshell::SCENARIOS,
        slide::SCENARIOS,
        bridge::SCENARIOS,
        rotate::SCENARIOS,
        gates::SCENARIOS,
        mistaken::SCENARIOS,
    ]
    .concat()
}

/// Scenarios that the product gets wrong, and why it does. `docs/measurement.md` counts them with the others.
pub const COMES_OUT_WRONG: [(&str, &str); 2] = [
    (
        "dead-bug-left-arm-short",
        "MediaPipe jumps between the two arms, so that the short one is not measured",
    ),
    (
        "glute-bridge-farther-leg-up",
        "MediaPipe takes the farther leg for the nearer one for the whole hold, which is told of the wrong foot",
    ),
];

/// The scenario with a name.
#[must_use]
pub fn scenario(name: &str) -> Option<Scenario> {
    scenarios().into_iter().find(|scenario| scenario.name == name)
}

/// What the rows of all tables start from.
const BASE: Scenario = Scenario {
    name: "",
    test: TestId::OverheadSquat,
    body: BodyKind::Tall,
    set: LIVING,
    motion: Motion::Squats(Squats::GOOD),
    heading: 0.0,
    span: None,
    rate: Rate::Even(15),
    twist: None,
    expect: scored("good", &[]),
};

const fn scored(bucket: &'static str, flags: &'static [Flag]) -> Expect {
    Expect::Scored {
        bucket,
        flags,
        may: &[],
    }
}

const fn refused(code: &'static str) -> Expect {
    Expect::Refused { code, or: &[] }
}
