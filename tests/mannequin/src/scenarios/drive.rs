//! Test 6, ankle mobility: each ankle on either side of its cut-offs, heels that come up, one leg only.

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    BASE as ANY, scored,
    sets::{GYM, HALL},
};
use crate::{
    body::BodyKind,
    motion::{Drives, Motion},
    scenario::{Flag, Rate, Scenario},
};

const BASE: Scenario = Scenario {
    test: TestId::AnkleMobility,
    ..ANY
};

const fn driving(lean: [f32; 2]) -> Motion {
    Motion::Drives(Drives {
        times: [2, 2],
        lean,
        ..Drives::GOOD
    })
}

const BOTH_LIMITED: &[Flag] = &[Flag::on("limited-range", Left), Flag::on("limited-range", Right)];

// The limited range is narrower than two dead bands: its rows lie in its middle.
pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "ankle-mobility-pass",
        motion: Motion::Drives(Drives::GOOD),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-pass-slow",
        body: BodyKind::Short,
        set: GYM,
        heading: 10.0,
        rate: Rate::Uneven,
        motion: Motion::Drives(Drives {
            times: [2, 2],
            tempo: 3.8,
            lean: [46.0, 47.0],
            ..Drives::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-pass-brisk",
        body: BodyKind::Sturdy,
        set: HALL,
        heading: -8.0,
        motion: Motion::Drives(Drives {
            times: [3, 3],
            tempo: 2.2,
            lean: [47.0, 46.0],
            ..Drives::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-left-limited",
        body: BodyKind::Sturdy,
        motion: driving([34.0, 47.0]),
        expect: scored(
            "limited",
            &[Flag::on("limited-range", Left), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-right-significant",
        body: BodyKind::Short,
        set: HALL,
        heading: -8.0,
        motion: driving([45.0, 22.0]),
        expect: scored(
            "significant",
            &[Flag::on("limited-range", Right), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-both-limited",
        motion: driving([34.0, 35.0]),
        expect: scored("limited", BOTH_LIMITED),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-stiff",
        set: HALL,
        heading: 6.0,
        motion: driving([18.0, 20.0]),
        expect: scored("significant", BOTH_LIMITED),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-heels",
        motion: Motion::Drives(Drives {
            times: [2, 2],
            lean: [45.0, 45.0],
            heel_cm: [5.2, 5.2],
            ..Drives::GOOD
        }),
        expect: scored(
            "pass",
            &[Flag::on("heel-lift", Left), Flag::on("heel-lift", Right)],
        ),
        ..BASE
    },
    // As far as in the rows that pass, but the heels do it.
    Scenario {
        name: "ankle-mobility-heels-instead",
        body: BodyKind::Sturdy,
        set: GYM,
        motion: Motion::Drives(Drives {
            times: [2, 2],
            lean: [21.0, 22.0],
            heel_cm: [6.5, 6.5],
            ..Drives::GOOD
        }),
        expect: scored(
            "significant",
            &[
                Flag::on("limited-range", Left),
                Flag::on("limited-range", Right),
                Flag::on("heel-lift", Left),
                Flag::on("heel-lift", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-right-only",
        body: BodyKind::Short,
        motion: Motion::Drives(Drives {
            times: [0, 3],
            ..Drives::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-left-only-stiff",
        body: BodyKind::Tall,
        set: GYM,
        motion: Motion::Drives(Drives {
            times: [3, 0],
            lean: [20.0, 20.0],
            ..Drives::GOOD
        }),
        expect: scored("significant", &[Flag::on("limited-range", Left)]),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-right-heel-far",
        body: BodyKind::Short,
        set: HALL,
        heading: 8.0,
        motion: Motion::Drives(Drives {
            times: [2, 2],
            lean: [46.0, 12.0],
            heel_cm: [0.0, 11.8],
            ..Drives::GOOD
        }),
        expect: scored(
            "significant",
            &[
                Flag::on("limited-range", Right),
                Flag::on("heel-lift", Right),
                Flag::new("side-gap"),
            ],
        ),
        ..BASE
    },
];
