//! Another movement than the test asks for.

use flow_catalog::TestId;

use super::{
    BASE,
    motions::{DRIVES, LUNGES, REACHES, SQUATS},
    refused,
    sets::{GYM, HALL},
};
use crate::{
    body::BodyKind,
    motion::{Motion, Other},
    scenario::{Expect, Scenario},
};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "overhead-squat-standing",
        body: BodyKind::Sturdy,
        motion: Motion::Other(Other::Standing { seconds: 7.0 }),
        expect: Expect::Refused {
            code: "NO_MOTION",
            or: &["WRONG_MOVEMENT"],
        },
        ..BASE
    },
    Scenario {
        name: "overhead-squat-arm-raises",
        body: BodyKind::Short,
        motion: Motion::Other(Other::ArmRaises { seconds: 8.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-lunges",
        heading: 35.0,
        set: GYM,
        motion: Motion::Other(Other::Lunges { seconds: 9.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-lunges-facing",
        set: GYM,
        motion: Motion::Other(Other::Lunges { seconds: 9.0 }),
        // The rear foot is behind the front leg.
        expect: Expect::Refused {
            code: "WRONG_MOVEMENT",
            or: &["OCCLUSION"],
        },
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-squats",
        test: TestId::SingleLegBalance,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-reaches",
        test: TestId::SingleLegBalance,
        body: BodyKind::Sturdy,
        motion: REACHES,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "y-balance-squats",
        test: TestId::YBalance,
        body: BodyKind::Sturdy,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-sideways",
        test: TestId::ShoulderFlexion,
        body: BodyKind::Tall,
        heading: 90.0,
        motion: Motion::Other(Other::ArmRaises { seconds: 8.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-squats",
        test: TestId::ShoulderFlexion,
        body: BodyKind::Short,
        set: GYM,
        heading: 90.0,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-squats",
        test: TestId::LateralLunge,
        set: HALL,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "lateral-lunge-reaches",
        test: TestId::LateralLunge,
        motion: REACHES,
        span: Some((0.0, 9.4)),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-lateral-lunges",
        body: BodyKind::Short,
        motion: LUNGES,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-squats",
        test: TestId::AnkleMobility,
        body: BodyKind::Sturdy,
        heading: 90.0,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-lunges",
        test: TestId::AnkleMobility,
        set: GYM,
        heading: 90.0,
        motion: Motion::Other(Other::Lunges { seconds: 9.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-reaches",
        test: TestId::AnkleMobility,
        set: HALL,
        heading: -90.0,
        motion: REACHES,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "ankle-mobility-standing",
        test: TestId::AnkleMobility,
        body: BodyKind::Short,
        heading: 90.0,
        motion: Motion::Other(Other::Standing { seconds: 7.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-knee-drives",
        motion: DRIVES,
        heading: -60.0,
        // The rear foot is behind the front leg.
        expect: Expect::Refused {
            code: "WRONG_MOVEMENT",
            or: &["OCCLUSION"],
        },
        ..BASE
    },
    Scenario {
        name: "shoulder-flexion-knee-drives",
        test: TestId::ShoulderFlexion,
        body: BodyKind::Short,
        motion: DRIVES,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "wall-slide-arm-raises",
        test: TestId::WallSlide,
        body: BodyKind::Short,
        motion: Motion::Other(Other::ArmRaises { seconds: 8.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "wall-slide-squats",
        test: TestId::WallSlide,
        set: GYM,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
];
