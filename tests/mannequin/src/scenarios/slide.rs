//! Test 10, wall slide: each question on either side of its cut-off, before a wall close behind the person.

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    BASE as ANY, scored,
    sets::{GYM, HALL, LIVING},
};
use crate::{
    body::BodyKind,
    motion::{Motion, Slides},
    render::{Set, room::Room},
    scenario::{Flag, Scenario},
};

/// How far the wall is behind the middle of the body, metres.
const WALL: f32 = 0.17;

pub(super) const fn wall(set: Set) -> Set {
    Set {
        room: Room {
            depth: WALL,
            things: &[],
            ..set.room
        },
        ..set
    }
}

const BASE: Scenario = Scenario {
    test: TestId::WallSlide,
    set: wall(LIVING),
    motion: Motion::Slides(GOOD),
    expect: scored("pass", &[]),
    ..ANY
};

const GOOD: Slides = Slides::GOOD;

const THREE: Slides = Slides { times: 3, ..GOOD };

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "wall-slide-pass",
        ..BASE
    },
    Scenario {
        name: "wall-slide-pass-slow",
        body: BodyKind::Short,
        set: wall(GYM),
        heading: 8.0,
        motion: Motion::Slides(Slides {
            tempo: 5.5,
            top: [162.0, 158.0],
            bottom: [94.0, 92.0],
            ..GOOD
        }),
        ..BASE
    },
    Scenario {
        name: "wall-slide-pass-hall",
        body: BodyKind::Sturdy,
        set: wall(HALL),
        heading: -10.0,
        motion: Motion::Slides(Slides {
            top: [150.0, 152.0],
            ..THREE
        }),
        ..BASE
    },
    Scenario {
        name: "wall-slide-left-short",
        body: BodyKind::Sturdy,
        motion: Motion::Slides(Slides {
            top: [118.0, 152.0],
            ..THREE
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("limited-range", Left), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "wall-slide-both-short",
        set: wall(HALL),
        motion: Motion::Slides(Slides {
            top: [114.0, 116.0],
            ..THREE
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("limited-range", Left), Flag::on("limited-range", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "wall-slide-low-elbows",
        body: BodyKind::Short,
        motion: Motion::Slides(Slides {
            bottom: [58.0, 60.0],
            ..THREE
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("low-elbows", Left), Flag::on("low-elbows", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "wall-slide-right-forearm-in",
        set: wall(GYM),
        heading: -6.0,
        motion: Motion::Slides(Slides {
            tilt: [-4.0, 38.0],
            ..THREE
        }),
        expect: scored("needs-work", &[Flag::on("forearm-tilt", Right)]),
        ..BASE
    },
    Scenario {
        name: "wall-slide-forearms-forward",
        body: BodyKind::Sturdy,
        set: wall(HALL),
        motion: Motion::Slides(Slides {
            ahead: [55.0, 55.0],
            ..THREE
        }),
        expect: scored(
            "needs-work",
            &[
                Flag::on("arms-fall-forward", Left),
                Flag::on("arms-fall-forward", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "wall-slide-shrug",
        body: BodyKind::Short,
        set: wall(HALL),
        motion: Motion::Slides(Slides { shrug: 0.06, ..THREE }),
        expect: scored("needs-work", &[Flag::new("shrug")]),
        ..BASE
    },
    Scenario {
        name: "wall-slide-leaning",
        set: wall(GYM),
        motion: Motion::Slides(Slides {
            side_lean: 16.0,
            ..THREE
        }),
        expect: scored("needs-work", &[Flag::new("trunk-lean")]),
        ..BASE
    },
    Scenario {
        name: "wall-slide-right-short",
        body: BodyKind::Tall,
        set: wall(GYM),
        heading: -8.0,
        motion: Motion::Slides(Slides {
            top: [152.0, 118.0],
            ..THREE
        }),
        expect: scored(
            "needs-work",
            &[Flag::on("limited-range", Right), Flag::new("side-gap")],
        ),
        ..BASE
    },
    Scenario {
        name: "wall-slide-left-low-elbow",
        body: BodyKind::Sturdy,
        set: wall(HALL),
        motion: Motion::Slides(Slides {
            bottom: [58.0, 90.0],
            ..THREE
        }),
        expect: scored("needs-work", &[Flag::on("low-elbows", Left)]),
        ..BASE
    },
    Scenario {
        name: "wall-slide-right-low-elbow",
        set: wall(LIVING),
        motion: Motion::Slides(Slides {
            bottom: [90.0, 58.0],
            ..THREE
        }),
        expect: scored("needs-work", &[Flag::on("low-elbows", Right)]),
        ..BASE
    },
    Scenario {
        name: "wall-slide-left-forearm-in",
        body: BodyKind::Short,
        heading: 6.0,
        motion: Motion::Slides(Slides {
            tilt: [38.0, -4.0],
            ..THREE
        }),
        expect: scored("needs-work", &[Flag::on("forearm-tilt", Left)]),
        ..BASE
    },
    Scenario {
        name: "wall-slide-right-forearm-forward",
        body: BodyKind::Sturdy,
        motion: Motion::Slides(Slides {
            ahead: [2.0, 58.0],
            ..THREE
        }),
        expect: scored("needs-work", &[Flag::on("arms-fall-forward", Right)]),
        ..BASE
    },
    Scenario {
        name: "wall-slide-left-forearm-forward",
        body: BodyKind::Tall,
        set: wall(HALL),
        motion: Motion::Slides(Slides {
            ahead: [58.0, 2.0],
            ..THREE
        }),
        expect: scored("needs-work", &[Flag::on("arms-fall-forward", Left)]),
        ..BASE
    },
    Scenario {
        name: "wall-slide-leaning-right",
        body: BodyKind::Short,
        set: wall(HALL),
        motion: Motion::Slides(Slides {
            side_lean: -16.0,
            ..THREE
        }),
        expect: scored("needs-work", &[Flag::new("trunk-lean")]),
        ..BASE
    },
];
