//! Test 12, glute bridge: the top of the bridges and seconds on each leg on either side of their cut-offs, the head either
//! way round, and what is no bridge.

use flow_catalog::TestId;
use flow_landmarks::Side;

use super::{
    BASE as ANY, refused, scored,
    sets::{BENCH, CHAIR, FLOOR, LIVING},
};
use crate::{
    body::BodyKind,
    motion::{Bridges, Motion, Other, Plank, Stage},
    scenario::{Flag, Scenario, Twist},
};

/// The head to the picture's left: the right side to the camera.
const BASE: Scenario = Scenario {
    test: TestId::GluteBridge,
    set: FLOOR,
    heading: 90.0,
    motion: Motion::Bridges(Bridges::GOOD),
    ..ANY
};

/// Short holds: what is not about long ones.
const SHORT: Bridges = Bridges {
    hold: [5.0, 5.0],
    ..Bridges::GOOD
};

const BOTH_SHORT: &[Flag] = &[
    Flag::on("short-hold", Side::Left),
    Flag::on("short-hold", Side::Right),
];

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "glute-bridge-pass",
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-pass-head-right",
        body: BodyKind::Short,
        set: BENCH,
        heading: -84.0,
        motion: Motion::Bridges(Bridges {
            tempo: 2.0,
            held: [0.0, 3.0],
            ..Bridges::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-short-holds",
        body: BodyKind::Sturdy,
        set: CHAIR,
        motion: Motion::Bridges(SHORT),
        expect: scored("needs-work", BOTH_SHORT),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-short-holds-head-right",
        heading: -100.0,
        motion: Motion::Bridges(Bridges {
            times: 3,
            tempo: 3.4,
            hold: [7.0, 5.0],
            ..Bridges::GOOD
        }),
        expect: scored("needs-work", BOTH_SHORT),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-right-much-shorter",
        body: BodyKind::Sturdy,
        heading: 80.0,
        motion: Motion::Bridges(Bridges {
            hold: [15.8, 3.0],
            ..Bridges::GOOD
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("short-hold", Side::Right), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-left-much-shorter",
        body: BodyKind::Short,
        set: CHAIR,
        heading: -90.0,
        motion: Motion::Bridges(Bridges {
            hold: [3.0, 15.8],
            ..Bridges::GOOD
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("short-hold", Side::Left), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-low",
        body: BodyKind::Sturdy,
        set: BENCH,
        motion: Motion::Bridges(Bridges {
            top: 22.0,
            times: 3,
            ..SHORT
        }),
        expect: scored(
            "needs-work",
            &[
                Flag::new("limited-range"),
                Flag::on("short-hold", Side::Left),
                Flag::on("short-hold", Side::Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-low-head-right",
        body: BodyKind::Short,
        heading: -95.0,
        motion: Motion::Bridges(Bridges {
            top: 20.0,
            ..Bridges::GOOD
        }),
        expect: scored("needs-work", &[Flag::new("limited-range")]),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-hips-drop",
        motion: Motion::Bridges(Bridges {
            hold: [10.0, 10.0],
            drop: Some((0.4, 24.0)),
            ..Bridges::GOOD
        }),
        expect: scored(
            "needs-work",
            &[
                Flag::on("short-hold", Side::Left),
                Flag::on("short-hold", Side::Right),
                Flag::on("hip-sag", Side::Left),
                Flag::on("hip-sag", Side::Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-one-leg-only",
        body: BodyKind::Short,
        motion: Motion::Bridges(Bridges {
            hold: [0.0, 16.0],
            ..Bridges::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-both-feet-only",
        motion: Motion::Bridges(Bridges {
            times: 3,
            hold: [0.0, 0.0],
            ..Bridges::GOOD
        }),
        expect: refused("INCOMPLETE"),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-still-holding",
        body: BodyKind::Sturdy,
        motion: Motion::Bridges(SHORT),
        span: Some((0.0, 11.0)),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-photo",
        motion: Motion::Bridges(SHORT),
        twist: Some(Twist::Frozen(8.5)),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-from-the-feet",
        body: BodyKind::Short,
        set: BENCH,
        heading: 0.0,
        motion: Motion::Bridges(SHORT),
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-plank",
        motion: Motion::Plank(Plank {
            stages: &[Stage {
                hips: 0.0,
                seconds: 7.0,
            }],
            knees_down: false,
        }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-standing",
        set: LIVING,
        motion: Motion::Other(Other::Standing { seconds: 6.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
];
