//! Test 12, glute bridge: hip angle and seconds on each foot on either side of their cut-offs, the head either way round, one
//! foot only, and what is no bridge.

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    BASE as ANY, refused, scored,
    sets::{BENCH, CHAIR, FLOOR},
};
use crate::{
    body::BodyKind,
    motion::{Bridges, Motion},
    scenario::{Flag, Scenario, Twist},
};

/// The head to the picture's left at first, the left foot planted: the right leg, in the air, is nearer.
const BASE: Scenario = Scenario {
    test: TestId::GluteBridge,
    set: FLOOR,
    motion: Motion::Bridges(Bridges::GOOD),
    ..ANY
};

/// Short holds: what is not about long ones.
const SHORT: Bridges = Bridges {
    hold: [5.0, 5.0],
    ..Bridges::GOOD
};

const BOTH_SHORT: &[Flag] = &[Flag::on("short-hold", Left), Flag::on("short-hold", Right)];

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
        heading: 6.0,
        motion: Motion::Bridges(Bridges {
            first: Right,
            tempo: 1.6,
            hips: [0.0, 3.0],
            ..Bridges::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-pass-sturdy",
        body: BodyKind::Sturdy,
        set: CHAIR,
        heading: -8.0,
        motion: Motion::Bridges(Bridges {
            hips: [1.0, 1.0],
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
        heading: -10.0,
        motion: Motion::Bridges(Bridges {
            times: 2,
            first: Right,
            tempo: 2.6,
            hold: [8.0, 10.0],
            ..Bridges::GOOD
        }),
        expect: scored("needs-work", BOTH_SHORT),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-right-much-shorter",
        body: BodyKind::Sturdy,
        heading: -10.0,
        motion: Motion::Bridges(Bridges {
            hold: [15.6, 3.0],
            ..Bridges::GOOD
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("short-hold", Right), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-left-much-shorter",
        body: BodyKind::Short,
        set: CHAIR,
        motion: Motion::Bridges(Bridges {
            first: Right,
            hold: [3.0, 15.6],
            ..Bridges::GOOD
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("short-hold", Left), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-low",
        body: BodyKind::Sturdy,
        set: BENCH,
        motion: Motion::Bridges(Bridges {
            hips: [22.0, 20.0],
            ..Bridges::GOOD
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("limited-range", Left), Flag::on("limited-range", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-left-low",
        body: BodyKind::Short,
        heading: 5.0,
        motion: Motion::Bridges(Bridges {
            first: Right,
            hips: [24.0, 2.0],
            ..Bridges::GOOD
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("limited-range", Left), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-hips-drop",
        motion: Motion::Bridges(Bridges {
            hold: [14.0, 14.0],
            drop: [Some((0.4, 22.0)); 2],
            ..Bridges::GOOD
        }),
        expect: scored(
            "needs-work",
            &[
                Flag::on("short-hold", Left),
                Flag::on("short-hold", Right),
                Flag::on("hip-sag", Left),
                Flag::on("hip-sag", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-right-hips-drop",
        body: BodyKind::Sturdy,
        set: CHAIR,
        heading: 8.0,
        motion: Motion::Bridges(Bridges {
            first: Right,
            drop: [None, Some((0.5, 20.0))],
            ..Bridges::GOOD
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("short-hold", Right), Flag::on("hip-sag", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-right-only",
        body: BodyKind::Short,
        motion: Motion::Bridges(Bridges {
            times: 1,
            first: Right,
            hold: [0.0, 15.8],
            ..Bridges::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-not-turned-round",
        body: BodyKind::Sturdy,
        set: BENCH,
        motion: Motion::Bridges(Bridges {
            turns: false,
            ..Bridges::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-not-turned-round-head-right",
        motion: Motion::Bridges(Bridges {
            first: Right,
            turns: false,
            hold: [9.0, 15.8],
            ..Bridges::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-farther-leg-up",
        body: BodyKind::Short,
        set: CHAIR,
        motion: Motion::Bridges(Bridges {
            turns: false,
            hold: [0.0, 8.0],
            ..Bridges::GOOD
        }),
        expect: refused("INCOMPLETE"),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-both-feet-only",
        motion: Motion::Bridges(Bridges {
            times: 4,
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
        span: Some((0.0, 7.0)),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-photo",
        motion: Motion::Bridges(SHORT),
        twist: Some(Twist::Frozen(5.0)),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "glute-bridge-from-the-feet",
        body: BodyKind::Short,
        set: BENCH,
        heading: -90.0,
        motion: Motion::Bridges(SHORT),
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
];
