//! Test 15, clamshell: the upper knee on either side of its cut-offs, either side up, and what is no clamshell.

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    BASE as ANY,
    motions::SQUATS,
    refused, scored,
    sets::{BENCH, CHAIR, FLOOR},
};
use crate::{
    body::BodyKind,
    motion::{Clamshells, Motion, Other},
    scenario::{Expect, Flag, Scenario, Twist},
};

const BASE: Scenario = Scenario {
    test: TestId::Clamshell,
    set: FLOOR,
    ..ANY
};

const LEFT: Motion = Motion::Clamshells(Clamshells::good(Left));

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "clamshell-pass",
        motion: LEFT,
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "clamshell-pass-head-right-slow",
        body: BodyKind::Sturdy,
        set: CHAIR,
        heading: 12.0,
        motion: Motion::Clamshells(Clamshells {
            times: 3,
            tempo: 4.0,
            opening: 60.0,
            ..Clamshells::good(Right)
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "clamshell-half-open",
        body: BodyKind::Short,
        set: BENCH,
        heading: -10.0,
        motion: Motion::Clamshells(Clamshells {
            opening: 44.0,
            ..Clamshells::good(Right)
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "clamshell-pass-both",
        set: CHAIR,
        motion: Motion::Clamshells(Clamshells {
            times: 4,
            then: Some(60.0),
            ..Clamshells::good(Left)
        }),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "clamshell-both-right-little",
        body: BodyKind::Sturdy,
        motion: Motion::Clamshells(Clamshells {
            times: 4,
            tempo: 3.2,
            opening: 50.0,
            then: Some(18.0),
            ..Clamshells::good(Left)
        }),
        expect: scored("needs-work", &[Flag::on("limited-range", Right)]),
        ..BASE
    },
    Scenario {
        name: "clamshell-both-left-little",
        body: BodyKind::Short,
        set: BENCH,
        motion: Motion::Clamshells(Clamshells {
            times: 4,
            then: Some(19.0),
            ..Clamshells::good(Right)
        }),
        expect: scored("needs-work", &[Flag::on("limited-range", Left)]),
        ..BASE
    },
    Scenario {
        name: "clamshell-left-little",
        body: BodyKind::Short,
        set: CHAIR,
        motion: Motion::Clamshells(Clamshells {
            opening: 19.0,
            ..Clamshells::good(Left)
        }),
        expect: scored("needs-work", &[Flag::on("limited-range", Left)]),
        ..BASE
    },
    Scenario {
        name: "clamshell-right-little",
        body: BodyKind::Sturdy,
        set: BENCH,
        motion: Motion::Clamshells(Clamshells {
            opening: 19.0,
            ..Clamshells::good(Right)
        }),
        expect: scored("needs-work", &[Flag::on("limited-range", Right)]),
        ..BASE
    },
    Scenario {
        name: "clamshell-from-behind",
        motion: LEFT,
        heading: 180.0,
        expect: Expect::Refused {
            code: "WRONG_ANGLE",
            or: &["OCCLUSION"],
        },
        ..BASE
    },
    Scenario {
        name: "clamshell-photo",
        motion: LEFT,
        twist: Some(Twist::Frozen(2.0)),
        // A picture shows no opening. It need not count as still: knees that are partly hidden jump by up to 0.05 torso
        // lengths from frame to frame of the same picture, in four of seven windows of two seconds.
        expect: Expect::Refused {
            code: "NO_MOTION",
            or: &["WRONG_MOVEMENT"],
        },
        ..BASE
    },
    Scenario {
        name: "clamshell-lying-flat",
        motion: Motion::Other(Other::LyingFlat { seconds: 7.0 }),
        heading: 90.0,
        expect: Expect::Refused {
            code: "WRONG_ANGLE",
            or: &["WRONG_MOVEMENT"],
        },
        ..BASE
    },
    Scenario {
        name: "clamshell-squats",
        body: BodyKind::Short,
        set: super::LIVING,
        motion: SQUATS,
        expect: refused("WRONG_MOVEMENT"),
        ..BASE
    },
];
