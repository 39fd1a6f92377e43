//! Test 1, neck flexion and extension: down and up on either side of their cut-offs, from the side and from the front, the
//! trunk going along, what is no nod.

use flow_catalog::TestId;

use super::{
    BASE as ANY, refused, scored,
    sets::{DESK, NEAR, SHELF},
};
use crate::{
    body::BodyKind,
    motion::{Motion, Nods, Other, Tucks},
    scenario::{Flag, Scenario, Twist},
};

const BASE: Scenario = Scenario {
    test: TestId::NeckFlexionExtension,
    set: NEAR,
    heading: 90.0,
    ..ANY
};

const fn nodding(flexion: f32, extension: f32) -> Motion {
    Motion::Nods(Nods {
        times: 2,
        flexion,
        extension,
        ..Nods::GOOD
    })
}

const DOWN: Flag = Flag::new("limited-flexion");
const UP: Flag = Flag::new("limited-extension");

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "neck-flexion-extension-pass",
        motion: Motion::Nods(Nods::GOOD),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-pass-left",
        body: BodyKind::Short,
        set: SHELF,
        heading: -85.0,
        motion: Motion::Nods(Nods::GOOD),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-pass-slow",
        body: BodyKind::Sturdy,
        set: DESK,
        heading: 100.0,
        motion: Motion::Nods(Nods {
            times: 2,
            tempo: 8.0,
            ..Nods::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-down-a-little-short",
        body: BodyKind::Short,
        heading: 90.0,
        motion: nodding(40.0, 84.0),
        expect: scored("limited", &[DOWN]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-up-a-little-short",
        body: BodyKind::Sturdy,
        set: SHELF,
        motion: nodding(58.0, 60.0),
        expect: scored("limited", &[UP]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-both-a-little-short",
        set: DESK,
        heading: -95.0,
        motion: nodding(40.0, 60.0),
        expect: scored("limited", &[DOWN, UP]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-down-far-short",
        body: BodyKind::Sturdy,
        heading: -90.0,
        motion: nodding(20.0, 84.0),
        expect: scored("significant", &[DOWN]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-up-far-short",
        body: BodyKind::Short,
        set: DESK,
        motion: nodding(58.0, 36.0),
        expect: scored("significant", &[UP]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-both-far-short",
        set: SHELF,
        heading: -90.0,
        motion: nodding(20.0, 36.0),
        expect: scored("significant", &[DOWN, UP]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-trunk-goes-along",
        body: BodyKind::Sturdy,
        motion: Motion::Nods(Nods {
            times: 2,
            trunk: 32.0,
            ..Nods::GOOD
        }),
        expect: scored("pass", &[Flag::new("trunk-lean")]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-standing",
        body: BodyKind::Short,
        motion: Motion::Other(Other::Standing { seconds: 7.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-tucks",
        set: SHELF,
        motion: Motion::Tucks(Tucks {
            times: 3,
            ..Tucks::GOOD
        }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-facing-pass",
        body: BodyKind::Sturdy,
        heading: 10.0,
        motion: nodding(58.0, 84.0),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-facing-pass-turned",
        body: BodyKind::Short,
        set: SHELF,
        heading: -30.0,
        motion: nodding(58.0, 84.0),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-facing-down-a-little-short",
        set: SHELF,
        heading: 0.0,
        motion: nodding(40.0, 84.0),
        expect: scored("limited", &[DOWN]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-facing-down-far-short",
        body: BodyKind::Short,
        heading: -12.0,
        motion: nodding(20.0, 84.0),
        expect: scored("significant", &[DOWN]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-facing-up-far-short",
        body: BodyKind::Sturdy,
        set: DESK,
        heading: 8.0,
        motion: nodding(58.0, 36.0),
        expect: scored("significant", &[UP]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-facing-both-far-short",
        set: DESK,
        heading: 30.0,
        motion: nodding(20.0, 36.0),
        expect: scored("significant", &[DOWN, UP]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-facing-trunk-goes-along",
        body: BodyKind::Short,
        set: DESK,
        heading: 0.0,
        motion: Motion::Nods(Nods {
            times: 2,
            trunk: 32.0,
            ..Nods::GOOD
        }),
        expect: scored("pass", &[Flag::new("trunk-lean")]),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-from-behind",
        body: BodyKind::Sturdy,
        heading: 170.0,
        motion: nodding(58.0, 84.0),
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-photo",
        twist: Some(Twist::Frozen(2.0)),
        motion: nodding(58.0, 84.0),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "neck-flexion-extension-too-short",
        body: BodyKind::Short,
        span: Some((0.0, 3.0)),
        motion: nodding(58.0, 84.0),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
];
