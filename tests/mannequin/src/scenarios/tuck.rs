//! Test 13, chin tuck: how far, how long and how level on either side of the cut-offs, posture at rest, what is no tuck.

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
    test: TestId::ChinTuck,
    set: NEAR,
    heading: 90.0,
    ..ANY
};

const fn tucking(tucks: Tucks) -> Motion {
    Motion::Tucks(Tucks { times: 3, ..tucks })
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "chin-tuck-pass",
        motion: Motion::Tucks(Tucks::GOOD),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-pass-left",
        body: BodyKind::Short,
        set: SHELF,
        heading: -85.0,
        motion: tucking(Tucks::GOOD),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-pass-slow",
        body: BodyKind::Sturdy,
        set: DESK,
        heading: 100.0,
        motion: tucking(Tucks {
            tempo: 1.4,
            ..Tucks::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-small",
        body: BodyKind::Short,
        motion: tucking(Tucks {
            back: 0.018,
            ..Tucks::GOOD
        }),
        expect: scored("needs-work", &[Flag::new("small-movement")]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-small-left",
        body: BodyKind::Sturdy,
        set: SHELF,
        heading: -95.0,
        motion: tucking(Tucks {
            back: 0.018,
            ..Tucks::GOOD
        }),
        expect: scored("needs-work", &[Flag::new("small-movement")]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-short-hold",
        set: DESK,
        motion: tucking(Tucks {
            hold: 0.5,
            tempo: 0.5,
            ..Tucks::GOOD
        }),
        expect: scored("needs-work", &[Flag::new("short-hold")]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-chin-drops",
        body: BodyKind::Short,
        set: SHELF,
        motion: tucking(Tucks {
            back: 0.085,
            tilt: 36.0,
            ..Tucks::GOOD
        }),
        expect: scored("needs-work", &[Flag::new("head-tilt")]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-chin-lifts",
        body: BodyKind::Sturdy,
        heading: -90.0,
        motion: tucking(Tucks {
            back: 0.02,
            tilt: -34.0,
            ..Tucks::GOOD
        }),
        expect: scored("needs-work", &[Flag::new("head-tilt")]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-forward-head",
        body: BodyKind::Short,
        set: SHELF,
        heading: -90.0,
        motion: tucking(Tucks {
            ahead: 0.165,
            ..Tucks::GOOD
        }),
        expect: scored("pass", &[Flag::new("forward-head")]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-head-a-little-ahead",
        body: BodyKind::Sturdy,
        set: SHELF,
        motion: tucking(Tucks {
            ahead: 0.07,
            ..Tucks::GOOD
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-nods",
        motion: Motion::Nods(Nods {
            times: 2,
            ..Nods::GOOD
        }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-leaning-back",
        body: BodyKind::Short,
        motion: tucking(Tucks {
            back: 0.0,
            lean_back: 12.0,
            ..Tucks::GOOD
        }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-standing",
        body: BodyKind::Sturdy,
        set: DESK,
        motion: Motion::Other(Other::Standing { seconds: 7.0 }),
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-facing",
        heading: 0.0,
        motion: tucking(Tucks::GOOD),
        expect: refused("WRONG_ANGLE"),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-photo",
        body: BodyKind::Short,
        twist: Some(Twist::Frozen(2.0)),
        motion: tucking(Tucks::GOOD),
        expect: refused("NO_MOTION"),
        ..BASE
    },
    Scenario {
        name: "chin-tuck-too-short",
        span: Some((0.0, 3.0)),
        motion: tucking(Tucks::GOOD),
        expect: refused("TOO_SHORT"),
        ..BASE
    },
];
