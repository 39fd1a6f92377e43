//! Test 5, 90-90 hip and shoulder: each question on either side of its cut-off, sitting on a box.

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    BASE as ANY,
    motions::{LUNGES, SQUATS},
    refused, scored,
    sets::{GYM, HALL, LIVING},
};
use crate::{
    body::BodyKind,
    camera::Camera,
    motion::{Motion, Other, Rotations, seat_height},
    render::{Set, room::Thing},
    scenario::{Flag, Scenario, Twist},
};

/// A box to sit on, for someone of this height.
const fn seat(height: f32) -> Thing {
    Thing {
        low: [-0.26, 0.0, -0.60],
        high: [0.26, seat_height(height), -0.06],
        colour: [0.30, 0.22, 0.14],
    }
}

const TALL: &[Thing] = &[seat(1.80)];
const SHORT: &[Thing] = &[seat(1.64)];
const STURDY: &[Thing] = &[seat(1.72)];

/// The box for one of the bodies.
pub(super) const fn box_for(body: BodyKind) -> &'static [Thing] {
    match body {
        BodyKind::Tall => TALL,
        BodyKind::Short => SHORT,
        BodyKind::Sturdy => STURDY,
    }
}

/// A set seen from nearer and lower, with a box.
pub(super) const fn seated(set: Set, distance: f32, things: &'static [Thing]) -> Set {
    Set {
        camera: Camera {
            distance,
            look_height: 0.75,
            ..set.camera
        },
        things,
        ..set
    }
}

const BASE: Scenario = Scenario {
    test: TestId::HipShoulder9090,
    body: BodyKind::Tall,
    set: seated(LIVING, 3.1, TALL),
    motion: Motion::Rotations(GOOD),
    expect: scored("within-range", &[]),
    ..ANY
};

const GOOD: Rotations = Rotations::GOOD;

/// Each turn once.
const ONCE: Rotations = Rotations {
    swings: [1, 1],
    turns: 1,
    ..GOOD
};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "hip-shoulder-90-90-within",
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-within-slow",
        body: BodyKind::Short,
        set: seated(GYM, 3.2, SHORT),
        heading: 8.0,
        motion: Motion::Rotations(Rotations {
            tempo: 5.4,
            hip_internal: [42.0, 46.0],
            hip_external: [52.0, 50.0],
            ..GOOD
        }),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-within-hall",
        body: BodyKind::Sturdy,
        set: seated(HALL, 3.4, STURDY),
        heading: -10.0,
        motion: Motion::Rotations(Rotations {
            tempo: 3.2,
            shoulder_external: [76.0, 80.0],
            shoulder_internal: [54.0, 56.0],
            ..GOOD
        }),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-within-turned",
        body: BodyKind::Tall,
        set: seated(HALL, 3.6, TALL),
        heading: 15.0,
        motion: Motion::Rotations(Rotations {
            hip_internal: [46.0; 2],
            hip_external: [50.0; 2],
            ..ONCE
        }),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-left-hip-in-limited",
        body: BodyKind::Short,
        set: seated(LIVING, 3.0, SHORT),
        motion: Motion::Rotations(Rotations {
            hip_internal: [15.0, 44.0],
            ..ONCE
        }),
        expect: scored(
            "limited",
            &[Flag::on("hip-internal-limited", Left), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-right-hip-in-limited",
        body: BodyKind::Tall,
        set: seated(GYM, 3.4, TALL),
        heading: -8.0,
        motion: Motion::Rotations(Rotations {
            hip_internal: [43.0, 16.0],
            ..ONCE
        }),
        expect: scored(
            "limited",
            &[Flag::on("hip-internal-limited", Right), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-hips-out-limited",
        body: BodyKind::Sturdy,
        set: seated(GYM, 3.3, STURDY),
        motion: Motion::Rotations(Rotations {
            hip_external: [19.0, 21.0],
            ..ONCE
        }),
        expect: scored(
            "limited",
            &[
                Flag::on("hip-external-limited", Left),
                Flag::on("hip-external-limited", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-hips-in-fair",
        body: BodyKind::Sturdy,
        set: seated(HALL, 3.4, STURDY),
        motion: Motion::Rotations(Rotations {
            hip_internal: [30.0; 2],
            ..GOOD
        }),
        expect: scored(
            "within-range",
            &[
                Flag::on("hip-internal-limited", Left),
                Flag::on("hip-internal-limited", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-hips-out-fair",
        body: BodyKind::Short,
        set: seated(GYM, 3.2, SHORT),
        motion: Motion::Rotations(Rotations {
            hip_external: [35.0; 2],
            ..GOOD
        }),
        expect: scored(
            "within-range",
            &[
                Flag::on("hip-external-limited", Left),
                Flag::on("hip-external-limited", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-right-hip-gap",
        body: BodyKind::Tall,
        set: seated(HALL, 3.6, TALL),
        motion: Motion::Rotations(Rotations {
            hip_external: [64.0, 46.0],
            ..ONCE
        }),
        expect: scored("within-range", &[Flag::new("side-gap")]),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-right-shoulder-out-limited",
        body: BodyKind::Short,
        set: seated(HALL, 3.3, SHORT),
        motion: Motion::Rotations(Rotations {
            shoulder_external: [82.0, 22.0],
            ..ONCE
        }),
        expect: scored("limited", &[Flag::on("shoulder-external-limited", Right)]),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-shoulders-out-limited",
        body: BodyKind::Sturdy,
        set: seated(GYM, 3.3, STURDY),
        heading: 6.0,
        motion: Motion::Rotations(Rotations {
            shoulder_external: [24.0, 26.0],
            ..ONCE
        }),
        expect: scored(
            "limited",
            &[
                Flag::on("shoulder-external-limited", Left),
                Flag::on("shoulder-external-limited", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-shoulders-in-limited",
        body: BodyKind::Tall,
        set: seated(LIVING, 3.1, TALL),
        motion: Motion::Rotations(Rotations {
            shoulder_internal: [18.0, 17.0],
            ..ONCE
        }),
        expect: scored(
            "limited",
            &[
                Flag::on("shoulder-internal-limited", Left),
                Flag::on("shoulder-internal-limited", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-left-shoulder-in-limited",
        body: BodyKind::Sturdy,
        set: seated(HALL, 3.4, STURDY),
        heading: 8.0,
        motion: Motion::Rotations(Rotations {
            shoulder_internal: [16.0, 60.0],
            ..ONCE
        }),
        expect: scored("limited", &[Flag::on("shoulder-internal-limited", Left)]),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-left-thigh-drifts",
        body: BodyKind::Short,
        set: seated(LIVING, 3.0, SHORT),
        motion: Motion::Rotations(Rotations {
            thigh: [26.0, 0.0],
            hip_internal: [46.0, 44.0],
            hip_external: [54.0, 48.0],
            ..ONCE
        }),
        expect: scored("within-range", &[Flag::on("thigh-drift", Left)]),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-thighs-drift",
        body: BodyKind::Sturdy,
        set: seated(HALL, 3.4, STURDY),
        motion: Motion::Rotations(Rotations {
            thigh: [21.0, 22.0],
            hip_internal: [48.0; 2],
            hip_external: [54.0; 2],
            ..ONCE
        }),
        expect: scored(
            "within-range",
            &[Flag::on("thigh-drift", Left), Flag::on("thigh-drift", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-leaning",
        body: BodyKind::Tall,
        set: seated(GYM, 3.4, TALL),
        motion: Motion::Rotations(Rotations {
            lean: [0.0, 18.0],
            ..ONCE
        }),
        expect: scored("within-range", &[Flag::on("trunk-lean", Right)]),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-leaning-left",
        body: BodyKind::Short,
        set: seated(HALL, 3.3, SHORT),
        motion: Motion::Rotations(Rotations {
            lean: [18.0, 0.0],
            ..ONCE
        }),
        expect: scored("within-range", &[Flag::on("trunk-lean", Left)]),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-low-elbows",
        body: BodyKind::Short,
        set: seated(HALL, 3.3, SHORT),
        motion: Motion::Rotations(Rotations {
            upper_arms: [52.0, 52.0],
            ..ONCE
        }),
        expect: scored(
            "within-range",
            &[Flag::on("low-elbows", Left), Flag::on("low-elbows", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-left-leg-only",
        body: BodyKind::Sturdy,
        set: seated(LIVING, 3.1, STURDY),
        motion: Motion::Rotations(Rotations {
            swings: [2, 0],
            ..GOOD
        }),
        expect: scored("within-range", &[]),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-legs-only",
        body: BodyKind::Tall,
        set: seated(GYM, 3.4, TALL),
        motion: Motion::Rotations(Rotations {
            turns: 0,
            hip_internal: [14.0, 42.0],
            ..GOOD
        }),
        expect: scored(
            "limited",
            &[Flag::on("hip-internal-limited", Left), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-arms-only",
        body: BodyKind::Short,
        set: seated(LIVING, 3.0, SHORT),
        motion: Motion::Rotations(Rotations {
            swings: [0, 0],
            ..GOOD
        }),
        expect: refused("INCOMPLETE"),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-sitting-still",
        body: BodyKind::Tall,
        set: seated(LIVING, 3.1, TALL),
        motion: Motion::Rotations(Rotations {
            swings: [0, 0],
            turns: 0,
            ..GOOD
        }),
        span: Some((0.0, 9.0)),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-side-on",
        body: BodyKind::Tall,
        set: seated(HALL, 3.6, TALL),
        heading: 75.0,
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-photo",
        body: BodyKind::Sturdy,
        set: seated(LIVING, 3.1, STURDY),
        twist: Some(Twist::Frozen(3.5)),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-cut-short",
        body: BodyKind::Short,
        set: seated(LIVING, 3.0, SHORT),
        span: Some((0.0, 5.0)),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-arm-raises",
        body: BodyKind::Short,
        set: GYM,
        motion: Motion::Other(Other::ArmRaises { seconds: 8.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-squats",
        body: BodyKind::Sturdy,
        set: HALL,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "hip-shoulder-90-90-lateral-lunges",
        body: BodyKind::Tall,
        set: LIVING,
        motion: LUNGES,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
];
