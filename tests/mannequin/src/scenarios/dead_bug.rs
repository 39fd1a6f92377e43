//! Test 11, dead bug: trunk, leg, arm and tempo on either side of their cut-offs with either leg, the head either way round,
//! and what is no dead bug.
//!
//! No row arches the back alone: neither true landmarks nor MediaPipe's show it (see `protocols/dead_bug`).

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    BASE as ANY,
    motions::SQUATS,
    refused, scored,
    sets::{BENCH, CHAIR, FLOOR, HALL},
};
use crate::{
    body::BodyKind,
    motion::{BirdDog, Clamshells, DeadBug, Lift, Motion, Other, Plank, Stage, Stretch},
    scenario::{Expect, Flag, Scenario, Twist},
};

/// The feet to the picture's right: the right side to the camera.
const BASE: Scenario = Scenario {
    test: TestId::DeadBug,
    set: FLOOR,
    heading: 90.0,
    ..ANY
};

const fn stretching(stretches: &'static [Stretch]) -> Motion {
    Motion::DeadBug(DeadBug::of(stretches))
}

/// Each leg twice.
const TWICE: &[Stretch] = &[
    Stretch::good(Right),
    Stretch::good(Left),
    Stretch::good(Right),
    Stretch::good(Left),
];

/// Each leg with the arm of its own side.
const SAME_SIDE: Motion = stretching(&[
    Stretch {
        same_side: true,
        ..Stretch::good(Right)
    },
    Stretch {
        same_side: true,
        ..Stretch::good(Left)
    },
]);

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "dead-bug-pass",
        motion: stretching(TWICE),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-pass-head-right",
        body: BodyKind::Short,
        set: CHAIR,
        heading: -90.0,
        motion: Motion::DeadBug(DeadBug {
            tempo: 5.4,
            ..DeadBug::of(&[
                Stretch {
                    leg_off: 7.0,
                    ..Stretch::good(Left)
                },
                Stretch {
                    arm_off: 18.0,
                    ..Stretch::good(Right)
                },
                Stretch {
                    leg_off: 18.0,
                    knee: 16.0,
                    ..Stretch::good(Left)
                },
            ])
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-pass-askew",
        body: BodyKind::Sturdy,
        set: BENCH,
        heading: 76.0,
        motion: stretching(TWICE),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-pass-five-each",
        body: BodyKind::Short,
        heading: -84.0,
        motion: Motion::DeadBug(DeadBug {
            tempo: 3.8,
            ..DeadBug::of(&[
                Stretch::good(Left),
                Stretch::good(Right),
                Stretch::good(Left),
                Stretch::good(Right),
                Stretch::good(Left),
                Stretch::good(Right),
                Stretch::good(Left),
                Stretch::good(Right),
                Stretch::good(Left),
                Stretch::good(Right),
            ])
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-hips-a-little-up",
        body: BodyKind::Sturdy,
        set: CHAIR,
        heading: 102.0,
        motion: stretching(&[
            Stretch {
                hips_lift: 0.025,
                ..Stretch::good(Left)
            },
            Stretch {
                hips_lift: 0.025,
                ..Stretch::good(Right)
            },
        ]),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-hips-up-right",
        set: CHAIR,
        motion: stretching(&[
            Stretch {
                hips_lift: 0.15,
                arm_off: 2.0,
                arch: 6.0,
                ..Stretch::good(Right)
            },
            Stretch::good(Left),
        ]),
        expect: scored("needs-work", &[Flag::on("hip-shift", Right)]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-hips-up-left",
        body: BodyKind::Short,
        set: BENCH,
        heading: -96.0,
        motion: stretching(&[
            Stretch {
                hips_lift: 0.138,
                arm_off: 2.0,
                ..Stretch::good(Left)
            },
            Stretch::good(Right),
        ]),
        expect: scored("needs-work", &[Flag::on("hip-shift", Left)]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-right-leg-high",
        body: BodyKind::Sturdy,
        set: CHAIR,
        heading: -90.0,
        motion: stretching(&[
            Stretch {
                leg_off: 46.0,
                knee: 20.0,
                ..Stretch::good(Right)
            },
            Stretch::good(Left),
        ]),
        expect: scored("needs-work", &[Flag::on("leg-high", Right)]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-left-leg-high",
        heading: 84.0,
        motion: stretching(&[
            Stretch {
                leg_off: 44.0,
                knee: 22.0,
                ..Stretch::good(Left)
            },
            Stretch {
                leg_off: 20.0,
                ..Stretch::good(Right)
            },
        ]),
        expect: scored("needs-work", &[Flag::on("leg-high", Left)]),
        ..BASE
    },
    // The heel is on the floor: a knee that is bent so far cannot be lower.
    Scenario {
        name: "dead-bug-right-knee-bent",
        body: BodyKind::Short,
        motion: stretching(&[
            Stretch {
                leg_off: 26.0,
                knee: 50.0,
                ..Stretch::good(Right)
            },
            Stretch {
                knee: 22.0,
                ..Stretch::good(Left)
            },
        ]),
        expect: Expect::Scored {
            bucket: "needs-work",
            flags: &[Flag::on("knee-bent", Right)],
            may: &["leg-high"],
        },
        ..BASE
    },
    // Hardly stretched at all: the knee stays bent and high.
    Scenario {
        name: "dead-bug-left-leg-short",
        set: BENCH,
        heading: 98.0,
        motion: stretching(&[
            Stretch {
                leg_off: 43.0,
                knee: 60.0,
                ..Stretch::good(Left)
            },
            Stretch::good(Right),
        ]),
        expect: scored(
            "needs-work",
            &[Flag::on("leg-high", Left), Flag::on("knee-bent", Left)],
        ),
        ..BASE
    },
    Scenario {
        name: "dead-bug-fast",
        set: BENCH,
        heading: -82.0,
        motion: Motion::DeadBug(DeadBug {
            tempo: 1.6,
            ..DeadBug::of(TWICE)
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("too-fast", Left), Flag::on("too-fast", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "dead-bug-same-side",
        motion: SAME_SIDE,
        expect: scored(
            "needs-work",
            &[Flag::on("same-side", Left), Flag::on("same-side", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "dead-bug-same-side-head-right",
        body: BodyKind::Short,
        set: CHAIR,
        heading: -94.0,
        motion: SAME_SIDE,
        expect: scored(
            "needs-work",
            &[Flag::on("same-side", Left), Flag::on("same-side", Right)],
        ),
        ..BASE
    },
    // The arm before a thing of its own colour: it is not seen in each of the stretches.
    Scenario {
        name: "dead-bug-pass-arm-hard-to-see",
        body: BodyKind::Short,
        heading: -90.0,
        motion: stretching(TWICE),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-left-arm-short",
        body: BodyKind::Short,
        set: CHAIR,
        heading: -90.0,
        motion: stretching(&[
            Stretch {
                arm_off: 50.0,
                ..Stretch::good(Right)
            },
            Stretch::good(Left),
        ]),
        expect: scored("pass", &[Flag::on("limited-range", Left)]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-right-arm-short",
        set: CHAIR,
        motion: stretching(&[
            Stretch::good(Right),
            Stretch {
                arm_off: 48.0,
                ..Stretch::good(Left)
            },
        ]),
        expect: scored("pass", &[Flag::on("limited-range", Right)]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-left-only",
        body: BodyKind::Sturdy,
        motion: stretching(&[Stretch::good(Left), Stretch::good(Left)]),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "dead-bug-still-out",
        motion: Motion::DeadBug(DeadBug {
            tempo: 7.0,
            ..DeadBug::of(TWICE)
        }),
        span: Some((0.0, 5.0)),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
    Scenario {
        name: "dead-bug-photo",
        body: BodyKind::Short,
        motion: stretching(TWICE),
        twist: Some(Twist::Frozen(3.0)),
        span: Some((0.0, 8.0)),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "dead-bug-from-the-feet",
        heading: 4.0,
        motion: stretching(&[Stretch::good(Right), Stretch::good(Left)]),
        // From there nobody is found half of the time; what is said about the picture names the place of the camera, too.
        expect: Expect::Refused {
            code: "WRONG_ANGLE",
            or: &["OUT_OF_FRAME"],
        },
        ..BASE
    },
    Scenario {
        name: "dead-bug-from-the-head",
        body: BodyKind::Short,
        set: BENCH,
        heading: 174.0,
        motion: stretching(&[Stretch::good(Right), Stretch::good(Left)]),
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "dead-bug-legs-alone",
        set: CHAIR,
        motion: Motion::DeadBug(DeadBug {
            arms_stay: true,
            ..DeadBug::of(&[Stretch::good(Right), Stretch::good(Left)])
        }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "dead-bug-arms-alone",
        body: BodyKind::Sturdy,
        heading: -90.0,
        motion: Motion::DeadBug(DeadBug {
            legs_stay: true,
            ..DeadBug::of(&[Stretch::good(Right), Stretch::good(Left)])
        }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "dead-bug-bird-dog",
        body: BodyKind::Short,
        heading: -90.0,
        motion: Motion::BirdDog(BirdDog::of(&[Lift::good(Left), Lift::good(Right)])),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "dead-bug-plank",
        body: BodyKind::Sturdy,
        motion: Motion::Plank(Plank {
            stages: &[Stage {
                hips: 0.0,
                seconds: 6.0,
            }],
            knees_down: false,
        }),
        // Getting up and down moves little.
        expect: Expect::Refused {
            code: "WRONG_MOVEMENT",
            or: &["NO_MOTION"],
        },
        ..BASE
    },
    Scenario {
        name: "dead-bug-lying-flat",
        body: BodyKind::Short,
        motion: Motion::Other(Other::LyingFlat { seconds: 7.0 }),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "dead-bug-clamshells",
        heading: 0.0,
        motion: Motion::Clamshells(Clamshells::good(Left)),
        expect: Expect::Refused {
            code: "WRONG_ANGLE",
            or: &["WRONG_MOVEMENT", "NO_MOTION", "OCCLUSION"],
        },
        ..BASE
    },
    Scenario {
        name: "dead-bug-squats",
        set: HALL,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
];
