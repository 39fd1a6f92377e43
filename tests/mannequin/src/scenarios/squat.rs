//! Test 4, overhead squat: each flag from both sides of its cut-off and beyond the severe one, every bucket.

use flow_landmarks::Side::{Left, Right};

use super::{
    BASE, scored,
    sets::{GYM, HALL, LIVING},
};
use crate::{
    body::BodyKind,
    motion::{Form, Motion, Squats, Turn},
    scenario::{Expect, Flag, Rate, Scenario},
};

const fn squats(before: u8, after: u8, tempo: f32, turn: Turn, form: Form) -> Motion {
    Motion::Squats(Squats {
        before,
        after,
        turn,
        turn_deg: 90.0,
        tempo,
        form,
    })
}

/// Two and two, brisk, the right side to the camera.
const fn brisk(form: Form) -> Motion {
    squats(2, 2, 2.4, Turn::Left, form)
}

/// Two and two, brisk, the left side to the camera.
const fn brisk_left(form: Form) -> Motion {
    squats(2, 2, 2.4, Turn::Right, form)
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "overhead-squat-good",
        motion: Motion::Squats(Squats::GOOD),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-good-slow",
        body: BodyKind::Short,
        set: GYM,
        heading: 12.0,
        motion: squats(2, 2, 3.6, Turn::Right, Form::GOOD),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-good-laptop",
        body: BodyKind::Sturdy,
        set: HALL,
        heading: -10.0,
        rate: Rate::Even(30),
        motion: brisk(Form {
            thigh: -11.0,
            ..Form::GOOD
        }),
        ..BASE
    },
    // Every dial on the good side of its cut-off, but not by much.
    Scenario {
        name: "overhead-squat-just-good",
        body: BodyKind::Short,
        set: LIVING,
        rate: Rate::Uneven,
        motion: brisk(Form {
            thigh: -8.0,
            shin: 36.0,
            lean: 24.0,
            arms: 194.0,
            knee_in: [2.0, 1.0],
            heel_cm: [0.7, 0.7],
        }),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-front-only",
        body: BodyKind::Sturdy,
        set: GYM,
        motion: squats(
            3,
            0,
            2.6,
            Turn::Left,
            Form {
                thigh: -12.0,
                ..Form::GOOD
            },
        ),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-valgus-left",
        body: BodyKind::Short,
        motion: brisk(Form {
            knee_in: [15.0, -6.0],
            ..Form::GOOD
        }),
        expect: scored("compensation", &[Flag::on("knee-valgus", Left)]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-valgus-right",
        body: BodyKind::Tall,
        set: GYM,
        motion: brisk_left(Form {
            knee_in: [-6.0, 15.5],
            ..Form::GOOD
        }),
        expect: scored("compensation", &[Flag::on("knee-valgus", Right)]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-valgus-left-turned",
        body: BodyKind::Tall,
        heading: 10.0,
        motion: brisk_left(Form {
            knee_in: [18.0, -6.0],
            ..Form::GOOD
        }),
        expect: scored("compensation", &[Flag::on("knee-valgus", Left)]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-valgus-right-turned",
        body: BodyKind::Sturdy,
        heading: 4.0,
        motion: brisk(Form {
            knee_in: [-6.0, 13.0],
            ..Form::GOOD
        }),
        expect: scored("compensation", &[Flag::on("knee-valgus", Right)]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-valgus-both-far",
        body: BodyKind::Sturdy,
        set: HALL,
        motion: brisk(Form {
            knee_in: [27.0, 27.0],
            ..Form::GOOD
        }),
        expect: scored(
            "significant",
            &[Flag::on("knee-valgus", Left), Flag::on("knee-valgus", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-heels",
        body: BodyKind::Tall,
        motion: brisk(Form {
            heel_cm: [5.2, 5.2],
            ..Form::GOOD
        }),
        expect: scored("compensation", &[Flag::on("heel-lift", Right)]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-heels-far",
        body: BodyKind::Short,
        set: HALL,
        motion: brisk_left(Form {
            heel_cm: [11.0, 11.0],
            ..Form::GOOD
        }),
        expect: scored("significant", &[Flag::on("heel-lift", Left)]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-lean",
        body: BodyKind::Tall,
        set: GYM,
        motion: brisk(Form {
            lean: 45.0,
            shin: 34.0,
            arms: 200.0,
            ..Form::GOOD
        }),
        expect: Expect::Scored {
            bucket: "compensation",
            flags: &[Flag::new("trunk-lean")],
            may: &["arms-fall-forward"],
        },
        ..BASE
    },
    Scenario {
        name: "overhead-squat-lean-far",
        body: BodyKind::Short,
        motion: brisk_left(Form {
            lean: 61.0,
            shin: 31.0,
            arms: 190.0,
            ..Form::GOOD
        }),
        expect: Expect::Scored {
            bucket: "significant",
            flags: &[Flag::new("trunk-lean")],
            may: &["arms-fall-forward"],
        },
        ..BASE
    },
    Scenario {
        name: "overhead-squat-shallow",
        body: BodyKind::Sturdy,
        motion: brisk(Form {
            thigh: 13.0,
            shin: 33.0,
            lean: 20.0,
            ..Form::GOOD
        }),
        expect: scored("compensation", &[Flag::new("shallow-depth")]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-shallow-far",
        body: BodyKind::Tall,
        set: HALL,
        motion: brisk_left(Form {
            thigh: 34.0,
            shin: 27.0,
            lean: 17.0,
            ..Form::GOOD
        }),
        expect: scored("significant", &[Flag::new("shallow-depth")]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-arms-forward",
        body: BodyKind::Tall,
        motion: brisk(Form {
            arms: 154.0,
            ..Form::GOOD
        }),
        expect: scored("compensation", &[Flag::new("arms-fall-forward")]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-arms-forward-far",
        body: BodyKind::Short,
        set: GYM,
        motion: brisk_left(Form {
            arms: 98.0,
            ..Form::GOOD
        }),
        expect: scored("significant", &[Flag::new("arms-fall-forward")]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-three-faults",
        body: BodyKind::Sturdy,
        set: LIVING,
        motion: brisk(Form {
            thigh: 13.0,
            shin: 30.0,
            lean: 41.0,
            arms: 168.0,
            ..Form::GOOD
        }),
        expect: scored(
            "significant",
            &[
                Flag::new("shallow-depth"),
                Flag::new("trunk-lean"),
                Flag::new("arms-fall-forward"),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-valgus-left-far",
        body: BodyKind::Tall,
        set: HALL,
        motion: brisk(Form {
            knee_in: [27.0, -7.0],
            ..Form::GOOD
        }),
        expect: scored("significant", &[Flag::on("knee-valgus", Left)]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-valgus-right-far",
        body: BodyKind::Short,
        motion: brisk_left(Form {
            knee_in: [-7.0, 27.0],
            ..Form::GOOD
        }),
        expect: scored("significant", &[Flag::on("knee-valgus", Right)]),
        ..BASE
    },
    Scenario {
        name: "overhead-squat-right-heel-far",
        body: BodyKind::Sturdy,
        set: GYM,
        motion: brisk(Form {
            heel_cm: [0.0, 14.0],
            ..Form::GOOD
        }),
        expect: scored("significant", &[Flag::on("heel-lift", Right)]),
        ..BASE
    },
];
