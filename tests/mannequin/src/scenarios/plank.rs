//! Test 2, plank: clean seconds on either side of the cut-off, hips below and above the line, the head either way round,
//! and what is no plank.

use flow_catalog::TestId;

use super::{
    BASE as ANY, refused, scored,
    sets::{BENCH, CHAIR, FLOOR, LIVING},
};
use crate::{
    body::BodyKind,
    motion::{Motion, Other, Plank, Stage},
    scenario::{Flag, Scenario, Twist},
};

/// The head to the picture's right: the right side to the camera.
const BASE: Scenario = Scenario {
    test: TestId::Plank,
    set: FLOOR,
    heading: 90.0,
    ..ANY
};

const fn plank(stages: &'static [Stage]) -> Motion {
    Motion::Plank(Plank {
        stages,
        knees_down: false,
    })
}

/// Straight for a while: what is not about the hips.
const STRAIGHT: Motion = plank(&[Stage {
    hips: 0.0,
    seconds: 7.0,
}]);

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "plank-pass",
        motion: plank(&[Stage {
            hips: 0.0,
            seconds: 41.5,
        }]),
        expect: scored("pass", &[]),
        ..BASE
    },
    // The recording ends before the person comes down.
    Scenario {
        name: "plank-pass-head-left",
        body: BodyKind::Sturdy,
        set: CHAIR,
        heading: -83.0,
        motion: plank(&[Stage {
            hips: -1.0,
            seconds: 43.0,
        }]),
        span: Some((0.0, 43.3)),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "plank-short-hold",
        body: BodyKind::Short,
        set: BENCH,
        motion: plank(&[Stage {
            hips: 0.0,
            seconds: 12.0,
        }]),
        expect: scored("limited", &[Flag::new("short-hold")]),
        ..BASE
    },
    // More than half of what is asked for.
    Scenario {
        name: "plank-half-a-minute",
        body: BodyKind::Tall,
        set: BENCH,
        heading: -94.0,
        motion: plank(&[Stage {
            hips: 1.0,
            seconds: 30.0,
        }]),
        expect: scored("limited", &[Flag::new("short-hold")]),
        ..BASE
    },
    Scenario {
        name: "plank-hips-a-little-low",
        body: BodyKind::Sturdy,
        heading: 105.0,
        motion: plank(&[Stage {
            hips: -3.0,
            seconds: 8.0,
        }]),
        expect: scored("limited", &[Flag::new("short-hold")]),
        ..BASE
    },
    Scenario {
        name: "plank-sag",
        motion: plank(&[Stage {
            hips: -22.0,
            seconds: 9.0,
        }]),
        expect: scored("limited", &[Flag::new("short-hold"), Flag::new("hip-sag")]),
        ..BASE
    },
    Scenario {
        name: "plank-hips-drop-half-way",
        body: BodyKind::Short,
        set: CHAIR,
        heading: -90.0,
        motion: plank(&[
            Stage {
                hips: 0.0,
                seconds: 8.0,
            },
            Stage {
                hips: -23.0,
                seconds: 6.0,
            },
        ]),
        expect: scored("limited", &[Flag::new("short-hold"), Flag::new("hip-sag")]),
        ..BASE
    },
    Scenario {
        name: "plank-pike",
        body: BodyKind::Sturdy,
        set: CHAIR,
        heading: -90.0,
        motion: plank(&[Stage {
            hips: 28.0,
            seconds: 9.0,
        }]),
        expect: scored("limited", &[Flag::new("short-hold"), Flag::new("hip-pike")]),
        ..BASE
    },
    Scenario {
        name: "plank-pike-at-first",
        set: BENCH,
        heading: 80.0,
        motion: plank(&[
            Stage {
                hips: 18.0,
                seconds: 5.0,
            },
            Stage {
                hips: -2.0,
                seconds: 8.0,
            },
        ]),
        expect: scored("limited", &[Flag::new("short-hold"), Flag::new("hip-pike")]),
        ..BASE
    },
    Scenario {
        name: "plank-still-holding",
        body: BodyKind::Short,
        motion: STRAIGHT,
        span: Some((0.0, 7.5)),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
    Scenario {
        name: "plank-photo",
        motion: STRAIGHT,
        twist: Some(Twist::Frozen(4.0)),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "plank-from-the-head",
        heading: 0.0,
        motion: STRAIGHT,
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "plank-from-the-feet",
        body: BodyKind::Short,
        set: BENCH,
        heading: 172.0,
        motion: STRAIGHT,
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "plank-knees-down",
        body: BodyKind::Short,
        motion: Motion::Plank(Plank {
            stages: &[Stage {
                hips: 0.0,
                seconds: 6.0,
            }],
            knees_down: true,
        }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "plank-lying-flat",
        body: BodyKind::Sturdy,
        motion: Motion::Other(Other::LyingFlat { seconds: 7.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "plank-standing",
        set: LIVING,
        motion: Motion::Other(Other::Standing { seconds: 6.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
];
