//! Test 14, bird dog: each leg on either side of its cut-offs, the arm, the hips, the head either way round, and what is no
//! bird dog.

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
    motion::{BirdDog, Clamshells, Lift, Motion, Other, Plank, Stage},
    scenario::{Expect, Flag, Scenario, Twist},
};

/// The head to the picture's right: the right side to the camera.
const BASE: Scenario = Scenario {
    test: TestId::BirdDog,
    set: FLOOR,
    heading: 90.0,
    ..ANY
};

const fn lifting(lifts: &'static [Lift]) -> Motion {
    Motion::BirdDog(BirdDog::of(lifts))
}

/// Each leg once: what is not about how often.
const ONCE: Motion = lifting(&[Lift::good(Right), Lift::good(Left)]);

/// On the side, facing the camera: seen from the front, and another movement.
const CLAMSHELLS: Expect = Expect::Refused {
    code: "WRONG_ANGLE",
    or: &["WRONG_MOVEMENT", "NO_MOTION", "OCCLUSION"],
};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "bird-dog-pass",
        motion: lifting(&[
            Lift::good(Right),
            Lift::good(Left),
            Lift::good(Right),
            Lift::good(Left),
        ]),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "bird-dog-pass-head-left",
        body: BodyKind::Short,
        set: CHAIR,
        heading: -90.0,
        motion: Motion::BirdDog(BirdDog {
            tempo: 1.7,
            ..BirdDog::of(&[
                Lift {
                    leg_below: -4.0,
                    ..Lift::good(Left)
                },
                Lift {
                    arm_below: 12.0,
                    ..Lift::good(Right)
                },
                Lift::good(Left),
            ])
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "bird-dog-pass-askew",
        body: BodyKind::Sturdy,
        set: BENCH,
        heading: -76.0,
        motion: ONCE,
        expect: scored("pass", &[]),
        ..BASE
    },
    // One after the other before a mat of the colour of the arm: it is seen in some of the holds only.
    Scenario {
        name: "bird-dog-pass-arm-hard-to-see",
        body: BodyKind::Sturdy,
        set: BENCH,
        heading: 80.0,
        motion: lifting(&[Lift::good(Left), Lift::good(Right), Lift::good(Left)]),
        expect: scored("pass", &[]),
        ..BASE
    },
    // Off the line, but not far.
    Scenario {
        name: "bird-dog-legs-a-little-high",
        set: CHAIR,
        heading: 104.0,
        motion: lifting(&[
            Lift {
                leg_below: -11.0,
                ..Lift::good(Right)
            },
            Lift {
                leg_below: -11.0,
                ..Lift::good(Left)
            },
        ]),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "bird-dog-right-leg-low",
        body: BodyKind::Short,
        motion: lifting(&[
            Lift {
                leg_below: 31.0,
                knee: 34.0,
                ..Lift::good(Right)
            },
            Lift {
                leg_below: 0.0,
                ..Lift::good(Left)
            },
        ]),
        expect: scored(
            "needs-work",
            &[
                Flag::on("leg-low", Right),
                Flag::on("short-hold", Right),
                Flag::new("side-gap"),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "bird-dog-left-leg-low",
        set: BENCH,
        heading: -84.0,
        motion: lifting(&[
            Lift {
                leg_below: 31.0,
                knee: 34.0,
                ..Lift::good(Left)
            },
            Lift {
                leg_below: 0.0,
                ..Lift::good(Right)
            },
        ]),
        expect: scored(
            "needs-work",
            &[
                Flag::on("leg-low", Left),
                Flag::on("short-hold", Left),
                Flag::new("side-gap"),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "bird-dog-left-leg-high",
        body: BodyKind::Sturdy,
        set: CHAIR,
        heading: -96.0,
        motion: lifting(&[
            Lift {
                leg_below: 0.0,
                ..Lift::good(Right)
            },
            Lift {
                leg_below: -29.0,
                ..Lift::good(Left)
            },
        ]),
        expect: scored(
            "needs-work",
            &[
                Flag::on("leg-high", Left),
                Flag::on("short-hold", Left),
                Flag::new("side-gap"),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "bird-dog-right-leg-high",
        body: BodyKind::Short,
        set: FLOOR,
        heading: 98.0,
        motion: lifting(&[
            Lift {
                leg_below: -29.0,
                ..Lift::good(Right)
            },
            Lift {
                leg_below: 0.0,
                ..Lift::good(Left)
            },
        ]),
        expect: scored(
            "needs-work",
            &[
                Flag::on("leg-high", Right),
                Flag::on("short-hold", Right),
                Flag::new("side-gap"),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "bird-dog-left-held-short",
        set: BENCH,
        heading: -90.0,
        motion: lifting(&[
            Lift {
                seconds: 3.0,
                ..Lift::good(Left)
            },
            Lift::good(Right),
            Lift {
                seconds: 2.6,
                ..Lift::good(Left)
            },
        ]),
        expect: scored("needs-work", &[Flag::on("short-hold", Left)]),
        ..BASE
    },
    Scenario {
        name: "bird-dog-arm-low",
        body: BodyKind::Short,
        set: BENCH,
        heading: 84.0,
        motion: lifting(&[
            Lift::good(Right),
            Lift {
                arm_below: 52.0,
                ..Lift::good(Left)
            },
        ]),
        expect: scored("pass", &[Flag::on("arm-low", Left)]),
        ..BASE
    },
    Scenario {
        name: "bird-dog-arm-low-with-right-leg",
        set: CHAIR,
        heading: -90.0,
        motion: lifting(&[
            Lift {
                arm_below: 52.0,
                ..Lift::good(Right)
            },
            Lift::good(Left),
        ]),
        expect: scored("pass", &[Flag::on("arm-low", Right)]),
        ..BASE
    },
    Scenario {
        name: "bird-dog-hips-move-back-with-left-leg",
        body: BodyKind::Sturdy,
        set: CHAIR,
        heading: 90.0,
        motion: lifting(&[
            Lift {
                hips_sink: 0.001,
                ..Lift::good(Right)
            },
            Lift {
                hips_sink: 0.035,
                ..Lift::good(Left)
            },
        ]),
        expect: scored("needs-work", &[Flag::on("hip-shift", Left)]),
        ..BASE
    },
    Scenario {
        name: "bird-dog-hips-move-back",
        heading: -90.0,
        motion: lifting(&[
            Lift {
                hips_sink: 0.035,
                ..Lift::good(Right)
            },
            Lift {
                hips_sink: 0.001,
                ..Lift::good(Left)
            },
        ]),
        expect: scored("needs-work", &[Flag::on("hip-shift", Right)]),
        ..BASE
    },
    Scenario {
        name: "bird-dog-drifting",
        body: BodyKind::Sturdy,
        set: FLOOR,
        motion: lifting(&[
            Lift {
                rock: 0.035,
                ..Lift::good(Right)
            },
            Lift {
                rock: 0.035,
                ..Lift::good(Left)
            },
        ]),
        expect: scored(
            "needs-work",
            &[Flag::on("balance-drift", Left), Flag::on("balance-drift", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "bird-dog-right-only",
        body: BodyKind::Short,
        set: CHAIR,
        motion: lifting(&[Lift::good(Right), Lift::good(Right)]),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "bird-dog-still-holding",
        motion: ONCE,
        span: Some((0.0, 5.2)),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
    Scenario {
        name: "bird-dog-photo",
        body: BodyKind::Short,
        motion: ONCE,
        twist: Some(Twist::Frozen(4.0)),
        span: Some((0.0, 8.0)),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "bird-dog-from-the-head",
        heading: 5.0,
        motion: ONCE,
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "bird-dog-legs-alone",
        set: CHAIR,
        motion: Motion::BirdDog(BirdDog {
            arms_stay: true,
            ..BirdDog::of(&[Lift::good(Right), Lift::good(Left)])
        }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "bird-dog-plank",
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
        name: "bird-dog-lying-flat",
        body: BodyKind::Short,
        motion: Motion::Other(Other::LyingFlat { seconds: 7.0 }),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "bird-dog-clamshells",
        heading: 0.0,
        motion: Motion::Clamshells(Clamshells::good(Left)),
        expect: CLAMSHELLS,
        ..BASE
    },
    Scenario {
        name: "bird-dog-clamshells-head-right",
        body: BodyKind::Short,
        set: CHAIR,
        heading: 0.0,
        motion: Motion::Clamshells(Clamshells {
            opening: 30.0,
            roll: 20.0,
            ..Clamshells::good(Right)
        }),
        expect: CLAMSHELLS,
        ..BASE
    },
    Scenario {
        name: "bird-dog-squats",
        set: HALL,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
];
