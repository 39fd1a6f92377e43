//! The clips of the whole-system tests, as tables: one file for each test, one for what the gates must refuse, one for
//! movements that are another test's or none's.
//!
//! Dials lie outside the dead bands of the cut-offs in `crates/catalog/data/thresholds.toml`, on either side of each;
//! `tests/expectations.rs` holds every row against the truth.

mod balance;
mod drive;
mod gates;
mod lunge;
mod mistaken;
mod motions;
mod plank;
mod raise;
mod reach;
mod squat;

use flow_catalog::TestId;

use crate::{
    body::BodyKind,
    camera::Camera,
    motion::{Motion, Squats},
    render::{Set, light::Light, room::Room},
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
        gates::SCENARIOS,
        mistaken::SCENARIOS,
    ]
    .concat()
}

/// The scenario with a name.
#[must_use]
pub fn scenario(name: &str) -> Option<Scenario> {
    scenarios().into_iter().find(|scenario| scenario.name == name)
}

/// A phone held upright at hip height, in a living room by day.
const LIVING: Set = Set {
    room: Room::LIVING,
    light: Light::DAY,
    camera: Camera {
        distance: 3.6,
        ..Camera::UPRIGHT
    },
    things: &[],
};

/// A phone leaning low, a little aside, in a gym under lamps.
const GYM: Set = Set {
    room: Room::GYM,
    light: Light {
        toward: [-0.5, 1.3, 0.55],
        lamp: 0.95,
        around: 0.5,
        exposure: 1.2,
        noise: 2.4,
    },
    camera: Camera {
        width: 480,
        height: 640,
        lens_height: 0.55,
        distance: 3.8,
        aside: 0.22,
        look_height: 1.03,
        view_deg: 47.0,
    },
    things: &[],
};

/// A laptop on a table, picture lying, in a bright hall.
const HALL: Set = Set {
    room: Room::HALL,
    light: Light {
        toward: [0.2, 0.9, 1.0],
        lamp: 0.55,
        around: 0.7,
        exposure: 1.1,
        noise: 1.2,
    },
    camera: Camera {
        width: 640,
        height: 480,
        lens_height: 1.15,
        distance: 4.4,
        aside: -0.15,
        look_height: 1.0,
        view_deg: 38.0,
    },
    things: &[],
};

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
