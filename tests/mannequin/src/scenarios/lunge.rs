//! Test 8, lateral lunge: either side of each cut-off, both sides, one side only, other bodies and cameras.

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    BASE as ANY, scored,
    sets::{GYM, HALL},
};
use crate::{
    body::BodyKind,
    motion::{Lunges, Motion},
    scenario::{Flag, Scenario},
};

/// Upright enough: the trunk's cut-offs of 30 and 50 degrees have dead bands from 20 to 40 and from 40 to 60.
const GOOD: Lunges = Lunges {
    lean: 15.0,
    ..Lunges::GOOD
};

const BASE: Scenario = Scenario {
    test: TestId::LateralLunge,
    motion: Motion::Lunges(GOOD),
    expect: scored("good", &[]),
    ..ANY
};

/// Two to each side.
const TWO: Lunges = Lunges {
    times: [2, 2],
    ..GOOD
};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "lateral-lunge-good",
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-good-slow",
        body: BodyKind::Short,
        set: GYM,
        heading: 10.0,
        motion: Motion::Lunges(Lunges { tempo: 4.6, ..TWO }),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-good-laptop",
        body: BodyKind::Sturdy,
        set: HALL,
        heading: -8.0,
        motion: Motion::Lunges(TWO),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-shallow",
        set: HALL,
        motion: Motion::Lunges(Lunges {
            knee: [79.0, 79.0],
            ..TWO
        }),
        expect: scored(
            "compensation",
            &[Flag::on("shallow-depth", Left), Flag::on("shallow-depth", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-left-very-shallow",
        body: BodyKind::Sturdy,
        motion: Motion::Lunges(Lunges {
            knee: [57.0, 104.0],
            ..TWO
        }),
        expect: scored(
            "significant",
            &[Flag::on("shallow-depth", Left), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-right-knee-in",
        body: BodyKind::Short,
        motion: Motion::Lunges(Lunges {
            knee_in: [-2.0, 14.0],
            ..TWO
        }),
        expect: scored("compensation", &[Flag::on("knee-valgus", Right)]),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-leaning",
        set: GYM,
        motion: Motion::Lunges(Lunges { lean: 40.0, ..TWO }),
        expect: scored(
            "compensation",
            &[Flag::on("trunk-lean", Left), Flag::on("trunk-lean", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-right-only",
        body: BodyKind::Sturdy,
        motion: Motion::Lunges(Lunges {
            times: [0, 3],
            ..GOOD
        }),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-left-knee-in",
        body: BodyKind::Tall,
        set: HALL,
        heading: 2.0,
        motion: Motion::Lunges(Lunges {
            knee_in: [14.0, -2.0],
            ..TWO
        }),
        expect: scored("compensation", &[Flag::on("knee-valgus", Left)]),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-left-knee-far-in",
        body: BodyKind::Sturdy,
        set: GYM,
        motion: Motion::Lunges(Lunges {
            knee_in: [27.0, -2.0],
            ..TWO
        }),
        expect: scored("significant", &[Flag::on("knee-valgus", Left)]),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-upright",
        body: BodyKind::Short,
        set: HALL,
        motion: Motion::Lunges(Lunges { lean: 5.0, ..TWO }),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-leaning-a-little",
        body: BodyKind::Sturdy,
        motion: Motion::Lunges(Lunges { lean: 40.0, ..TWO }),
        expect: scored(
            "compensation",
            &[Flag::on("trunk-lean", Left), Flag::on("trunk-lean", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-leaning-far",
        body: BodyKind::Short,
        set: HALL,
        heading: 5.0,
        motion: Motion::Lunges(Lunges { lean: 63.0, ..TWO }),
        expect: scored(
            "significant",
            &[Flag::on("trunk-lean", Left), Flag::on("trunk-lean", Right)],
        ),
        ..BASE
    },
];
