//! Test 9, shoulder flexion: each arm on either side of its cut-offs, one arm only, leaning back.

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    BASE as ANY, scored,
    sets::{GYM, HALL},
};
use crate::{
    body::BodyKind,
    motion::{Motion, Raises},
    scenario::{Flag, Scenario},
};

const BASE: Scenario = Scenario {
    test: TestId::ShoulderFlexion,
    ..ANY
};

const fn raising(flexion: [f32; 2]) -> Motion {
    Motion::Raises(Raises {
        times: [2, 2],
        flexion,
        ..Raises::GOOD
    })
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "shoulder-flexion-pass",
        motion: Motion::Raises(Raises::GOOD),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-pass-slow",
        body: BodyKind::Short,
        set: GYM,
        heading: 10.0,
        motion: Motion::Raises(Raises {
            times: [2, 2],
            tempo: 3.8,
            flexion: [178.0, 176.0],
            ..Raises::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-left-limited",
        body: BodyKind::Sturdy,
        motion: raising([138.0, 176.0]),
        expect: scored(
            "limited",
            &[Flag::on("limited-range", Left), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-right-a-little",
        set: HALL,
        heading: -8.0,
        motion: raising([177.0, 153.0]),
        expect: scored(
            "limited",
            &[Flag::on("limited-range", Right), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-both-limited",
        body: BodyKind::Short,
        set: HALL,
        motion: raising([134.0, 136.0]),
        expect: scored(
            "limited",
            &[Flag::on("limited-range", Left), Flag::on("limited-range", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-leaning-back",
        set: GYM,
        motion: Motion::Raises(Raises {
            times: [2, 2],
            lean_back: [26.0, 26.0],
            flexion: [186.0, 186.0],
            ..Raises::GOOD
        }),
        expect: scored(
            "pass",
            &[
                Flag::on("scapular-compensation", Left),
                Flag::on("scapular-compensation", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-right-only",
        body: BodyKind::Sturdy,
        motion: Motion::Raises(Raises {
            times: [0, 3],
            ..Raises::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-left-leaning-back",
        body: BodyKind::Short,
        motion: Motion::Raises(Raises {
            times: [2, 2],
            lean_back: [26.0, 0.0],
            flexion: [186.0, 177.0],
            ..Raises::GOOD
        }),
        expect: scored("pass", &[Flag::on("scapular-compensation", Left)]),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-right-leaning-back",
        body: BodyKind::Sturdy,
        set: HALL,
        motion: Motion::Raises(Raises {
            times: [2, 2],
            lean_back: [0.0, 26.0],
            flexion: [177.0, 186.0],
            ..Raises::GOOD
        }),
        expect: scored("pass", &[Flag::on("scapular-compensation", Right)]),
        ..BASE
    },
];
