//! What the gates must refuse, and why: light, framing, tracking, view, people, stillness, length.

use flow_catalog::TestId;
use flow_landmarks::Side::Left;

use super::{
    BASE,
    motions::{BALANCE, LUNGES, REACHES, SQUATS},
    refused,
    sets::{GYM, HALL, LIVING},
};
use crate::{
    body::BodyKind,
    camera::Camera,
    motion::{Balance, Drives, Form, Hands, Hold, Motion, Other, Raises, Squats, Turn},
    render::{Set, light::Light, room::Thing},
    scenario::{Expect, Scenario, Twist},
};

/// So little light that the sensor sees mostly its own noise.
const DARK: Set = Set {
    light: Light {
        exposure: 0.0045,
        noise: 2.6,
        ..Light::DAY
    },
    ..LIVING
};

/// So long an exposure that everything saturates.
const BRIGHT: Set = Set {
    light: Light {
        exposure: 90.0,
        noise: 0.8,
        ..Light::DAY
    },
    ..LIVING
};

/// Too near: the picture ends at the thighs.
const CUT_OFF: Set = Set {
    camera: Camera {
        distance: 2.0,
        lens_height: 1.35,
        look_height: 1.55,
        ..Camera::UPRIGHT
    },
    ..LIVING
};

/// A table between camera and person hides knees and feet.
const BEHIND_TABLE: Set = Set {
    things: &[
        Thing {
            low: [-1.1, 0.0, 1.0],
            high: [1.1, 0.70, 1.5],
            colour: [0.24, 0.15, 0.09],
        },
        Thing {
            low: [-0.9, 0.70, 1.1],
            high: [-0.5, 0.80, 1.4],
            colour: [0.55, 0.53, 0.50],
        },
    ],
    ..LIVING
};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "overhead-squat-dark",
        set: DARK,
        motion: SQUATS,
        expect: refused("BAD_LIGHTING"),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-overexposed",
        test: TestId::SingleLegBalance,
        set: BRIGHT,
        motion: BALANCE,
        expect: refused("BAD_LIGHTING"),
        ..BASE
    },
    Scenario {
        name: "y-balance-nobody",
        test: TestId::YBalance,
        set: GYM,
        motion: REACHES,
        span: Some((0.0, 7.0)),
        twist: Some(Twist::Nobody),
        expect: refused("INVALID_NO_PERSON"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-two-people",
        motion: SQUATS,
        twist: Some(Twist::SecondPerson(0.78)),
        expect: refused("MULTIPLE_PEOPLE"),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-two-people",
        test: TestId::SingleLegBalance,
        body: BodyKind::Short,
        set: HALL,
        motion: BALANCE,
        twist: Some(Twist::SecondPerson(-0.9)),
        expect: refused("MULTIPLE_PEOPLE"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-photo",
        motion: SQUATS,
        twist: Some(Twist::Frozen(2.9)),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-photo",
        test: TestId::SingleLegBalance,
        body: BodyKind::Short,
        set: GYM,
        motion: BALANCE,
        twist: Some(Twist::Frozen(3.0)),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-legs-cut-off",
        set: CUT_OFF,
        motion: SQUATS,
        expect: refused("OUT_OF_FRAME"),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-walking-out",
        test: TestId::SingleLegBalance,
        body: BodyKind::Short,
        motion: Motion::Other(Other::WalkingOut {
            seconds: 9.0,
            from: 2.5,
        }),
        expect: refused("OUT_OF_FRAME"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-behind-table",
        set: BEHIND_TABLE,
        motion: SQUATS,
        expect: Expect::Refused {
            code: "OCCLUSION",
            or: &["LOW_CONFIDENCE"],
        },
        ..BASE
    },
    Scenario {
        name: "y-balance-behind-table",
        test: TestId::YBalance,
        set: BEHIND_TABLE,
        motion: REACHES,
        expect: Expect::Refused {
            code: "OCCLUSION",
            or: &["LOW_CONFIDENCE"],
        },
        ..BASE
    },
    Scenario {
        name: "overhead-squat-side-only",
        heading: 90.0,
        motion: Motion::Squats(Squats {
            before: 3,
            after: 0,
            tempo: 2.4,
            ..Squats::GOOD
        }),
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-from-the-side",
        test: TestId::SingleLegBalance,
        heading: -80.0,
        motion: BALANCE,
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "y-balance-from-the-side",
        test: TestId::YBalance,
        body: BodyKind::Sturdy,
        heading: 75.0,
        motion: REACHES,
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-one-from-the-front",
        motion: Motion::Squats(Squats {
            before: 1,
            after: 2,
            turn: Turn::Right,
            turn_deg: 90.0,
            tempo: 2.4,
            form: Form::GOOD,
        }),
        expect: refused("INCOMPLETE"),
        ..BASE
    },
    Scenario {
        name: "y-balance-left-stance-only",
        test: TestId::YBalance,
        motion: REACHES,
        span: Some((0.0, 9.4)),
        expect: refused("INCOMPLETE"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-too-short",
        motion: SQUATS,
        span: Some((0.0, 3.0)),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-cut-short",
        test: TestId::SingleLegBalance,
        motion: Motion::Balance(Balance {
            holds: &[Hold::quiet(Left, 20.0)],
            hands: Hands::AtSides,
        }),
        span: Some((0.0, 8.0)),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-from-the-front",
        test: TestId::ShoulderFlexion,
        heading: -90.0,
        motion: Motion::Raises(Raises {
            times: [0, 3],
            ..Raises::GOOD
        }),
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-side-on",
        test: TestId::LateralLunge,
        heading: 80.0,
        motion: LUNGES,
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-from-the-front",
        test: TestId::AnkleMobility,
        heading: -90.0,
        motion: Motion::Drives(Drives {
            times: [0, 3],
            ..Drives::GOOD
        }),
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
];
