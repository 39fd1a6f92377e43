//! The table of dials.

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    super::{
        rotate,
        sets::{BENCH, CHAIR, DESK, FLOOR, GYM, HALL, LIVING, NEAR, SHELF, dim, far},
        slide,
    },
    Sweep,
    motions::{
        balance, bridges, clamshells, dead_bug, lifts, nods, plank, reaches, rotations, slides, squats, tucks,
    },
};
use crate::{
    motion::{Drives, Form, Lunges, Motion, Raises},
    render::Set,
    scenario::Rate,
};

const STANDING: [Set; 5] = [LIVING, GYM, HALL, dim(LIVING), far(HALL)];
const ON_THE_FLOOR: [Set; 5] = [FLOOR, BENCH, CHAIR, dim(FLOOR), far(CHAIR)];
const AT_THE_WALL: [Set; 5] = [
    slide::wall(LIVING),
    slide::wall(GYM),
    slide::wall(HALL),
    slide::wall(dim(LIVING)),
    slide::wall(far(HALL)),
];

const NEARBY: [Set; 5] = [NEAR, SHELF, DESK, dim(NEAR), far(DESK)];

const ON_A_BOX: [Set; 5] = [
    rotate::seated(LIVING, 3.1, &[]),
    rotate::seated(GYM, 3.3, &[]),
    rotate::seated(HALL, 3.5, &[]),
    dim(rotate::seated(LIVING, 3.1, &[])),
    far(rotate::seated(HALL, 3.5, &[])),
];

/// Ten standing people who face the camera, or turn as the test asks.
const STAND: Sweep = Sweep {
    test: TestId::OverheadSquat,
    dial: "",
    range: (0.0, 0.0),
    steps: 10,
    sets: STANDING,
    furnish: |set, _| set,
    views: [0.0, 0.0],
    rate: Rate::Even(15),
    motion: |_, times| squats(times, Form::GOOD),
    deserves: None,
};

/// Six people on the floor, the head either way round.
const LIE: Sweep = Sweep {
    steps: 6,
    sets: ON_THE_FLOOR,
    views: [90.0, -90.0],
    ..STAND
};

const PLANK: Sweep = Sweep {
    test: TestId::Plank,
    rate: Rate::Even(10),
    ..LIE
};

const REACH: Sweep = Sweep {
    test: TestId::YBalance,
    steps: 7,
    ..STAND
};

const BALANCE: Sweep = Sweep {
    test: TestId::SingleLegBalance,
    steps: 6,
    rate: Rate::Even(10),
    ..STAND
};

const SLIDE: Sweep = Sweep {
    test: TestId::WallSlide,
    steps: 5,
    sets: AT_THE_WALL,
    ..STAND
};

const BIRD_DOG: Sweep = Sweep {
    test: TestId::BirdDog,
    ..LIE
};

const CLAMSHELL: Sweep = Sweep {
    test: TestId::Clamshell,
    views: [0.0, 0.0],
    ..LIE
};

const ROTATE: Sweep = Sweep {
    test: TestId::HipShoulder9090,
    steps: 8,
    sets: ON_A_BOX,
    furnish: |set, body| Set {
        things: rotate::box_for(body),
        ..set
    },
    ..STAND
};

const DEAD_BUG: Sweep = Sweep {
    test: TestId::DeadBug,
    steps: 8,
    ..LIE
};

/// What a chin that comes down so far deserves when the face goes up far enough.
fn flexed(down_deg: f32) -> &'static str {
    match down_deg {
        ..35.0 => "significant",
        ..45.0 => "limited",
        _ => "pass",
    }
}

/// What a face that goes up so far deserves when the chin comes down far enough.
fn extended(up_deg: f32) -> &'static str {
    match up_deg {
        ..50.0 => "significant",
        ..70.0 => "limited",
        _ => "pass",
    }
}

/// The head to the picture's left or right as the foot is that is held on first.
const BRIDGE: Sweep = Sweep {
    test: TestId::GluteBridge,
    steps: 8,
    views: [0.0, 0.0],
    rate: Rate::Even(10),
    ..LIE
};

/// A head seen from the side, either one.
const NOD: Sweep = Sweep {
    test: TestId::NeckFlexionExtension,
    steps: 8,
    sets: NEARBY,
    views: [90.0, -90.0],
    ..STAND
};

/// The same from the front.
const NOD_FACING: Sweep = Sweep {
    views: [0.0, 0.0],
    ..NOD
};

const TUCK: Sweep = Sweep {
    test: TestId::ChinTuck,
    ..NOD
};

pub(super) static SWEEPS: [Sweep; 41] = [
    Sweep {
        dial: "down",
        range: (20.0, 58.0),
        motion: |flexion, times| nods(times, flexion, 84.0),
        deserves: Some(flexed),
        ..NOD
    },
    Sweep {
        dial: "up",
        range: (34.0, 84.0),
        motion: |extension, times| nods(times, 58.0, extension),
        deserves: Some(extended),
        ..NOD
    },
    Sweep {
        dial: "facing-down",
        range: (20.0, 58.0),
        motion: |flexion, times| nods(times, flexion, 84.0),
        deserves: Some(flexed),
        ..NOD_FACING
    },
    Sweep {
        dial: "facing-up",
        range: (34.0, 84.0),
        motion: |extension, times| nods(times, 58.0, extension),
        deserves: Some(extended),
        ..NOD_FACING
    },
    Sweep {
        dial: "back",
        range: (0.012, 0.05),
        motion: |back, times| tucks(times, |form| form.back = back),
        ..TUCK
    },
    Sweep {
        dial: "hold",
        range: (0.6, 3.2),
        motion: |hold, times| tucks(times, |form| form.hold = hold),
        ..TUCK
    },
    Sweep {
        dial: "down",
        range: (0.0, 36.0),
        motion: |tilt, times| {
            tucks(times, |form| {
                form.tilt = tilt;
                form.back = 0.045 + 0.04 * tilt / 36.0;
            })
        },
        deserves: Some(|tilt| if tilt > 25.0 { "needs-work" } else { "pass" }),
        ..TUCK
    },
    Sweep {
        dial: "up",
        range: (0.0, 32.0),
        motion: |tilt, times| {
            tucks(times, |form| {
                form.tilt = -tilt;
                form.back = 0.045 - 0.02 * tilt / 32.0;
            })
        },
        deserves: Some(|tilt| if tilt > 15.0 { "needs-work" } else { "pass" }),
        ..TUCK
    },
    Sweep {
        test: TestId::OverheadSquat,
        dial: "depth",
        range: (-10.0, 12.0),
        motion: |thigh, times| squats(times, Form { thigh, ..Form::GOOD }),
        ..STAND
    },
    Sweep {
        test: TestId::OverheadSquat,
        dial: "knees",
        range: (0.0, 22.0),
        motion: |inward, times| {
            squats(
                times,
                Form {
                    knee_in: [inward, -7.0],
                    ..Form::GOOD
                },
            )
        },
        ..STAND
    },
    Sweep {
        test: TestId::OverheadSquat,
        dial: "lean",
        range: (26.0, 48.0),
        motion: |lean, times| squats(times, Form { lean, ..Form::GOOD }),
        ..STAND
    },
    Sweep {
        test: TestId::AnkleMobility,
        dial: "shin",
        range: (26.0, 44.0),
        motion: |lean, times| {
            Motion::Drives(Drives {
                times: [times, times],
                lean: [lean, lean + 2.0],
                ..Drives::GOOD
            })
        },
        ..STAND
    },
    Sweep {
        test: TestId::LateralLunge,
        dial: "depth",
        range: (66.0, 98.0),
        motion: |knee, times| {
            Motion::Lunges(Lunges {
                times: [times, times],
                knee: [knee, knee],
                ..Lunges::GOOD
            })
        },
        ..STAND
    },
    Sweep {
        test: TestId::LateralLunge,
        dial: "lean",
        range: (12.0, 66.0),
        motion: |lean, times| {
            Motion::Lunges(Lunges {
                times: [times, times],
                lean,
                ..Lunges::GOOD
            })
        },
        ..STAND
    },
    Sweep {
        test: TestId::ShoulderFlexion,
        dial: "arm",
        range: (155.0, 175.0),
        motion: |flexion, times| {
            Motion::Raises(Raises {
                times: [times, times],
                flexion: [flexion, flexion + 2.0],
                ..Raises::GOOD
            })
        },
        ..STAND
    },
    Sweep {
        dial: "seconds",
        range: (37.4, 41.4),
        motion: |seconds, _| plank(&[(0.0, seconds)]),
        ..PLANK
    },
    Sweep {
        dial: "sag",
        range: (-4.0, -16.0),
        motion: |hips, _| plank(&[(hips, 41.6)]),
        deserves: Some(|hips| if hips < -10.0 { "limited" } else { "pass" }),
        ..PLANK
    },
    Sweep {
        dial: "front",
        range: (0.0, 0.24),
        motion: |gap, times| reaches(times, [gap, 0.0, 0.0]),
        ..REACH
    },
    Sweep {
        dial: "back",
        range: (0.0, 0.28),
        motion: |gap, times| reaches(times, [0.0, gap, 0.0]),
        ..REACH
    },
    Sweep {
        dial: "seconds",
        range: (17.8, 20.3),
        motion: |seconds, times| balance(times, [seconds, 20.3]),
        ..BALANCE
    },
    Sweep {
        dial: "short",
        range: (7.6, 12.0),
        motion: |seconds, times| balance(times, [seconds, seconds + 0.7]),
        ..BALANCE
    },
    Sweep {
        dial: "low",
        range: (58.0, 86.0),
        motion: |raise, times| slides(times, |form| form.bottom[0] = raise),
        ..SLIDE
    },
    Sweep {
        dial: "high",
        range: (120.0, 150.0),
        motion: |raise, times| slides(times, |form| form.top = [raise, raise + 3.0]),
        ..SLIDE
    },
    Sweep {
        dial: "tilt",
        range: (6.0, 34.0),
        motion: |tilt, times| slides(times, |form| form.tilt[1] = tilt),
        ..SLIDE
    },
    Sweep {
        dial: "ahead",
        range: (18.0, 60.0),
        motion: |ahead, times| slides(times, |form| form.ahead = [ahead; 2]),
        deserves: Some(|ahead| if ahead > 40.0 { "needs-work" } else { "pass" }),
        ..SLIDE
    },
    Sweep {
        dial: "shrug",
        range: (0.0, 0.06),
        motion: |shrug, times| slides(times, |form| form.shrug = shrug),
        ..SLIDE
    },
    Sweep {
        dial: "lean",
        range: (0.0, 14.0),
        motion: |lean, times| slides(times, |form| form.side_lean = lean),
        ..SLIDE
    },
    Sweep {
        dial: "gap",
        range: (0.0, 20.0),
        motion: |gap, times| slides(times, |form| form.top = [162.0 - gap, 162.0]),
        ..SLIDE
    },
    Sweep {
        dial: "leg",
        range: (10.0, 30.0),
        motion: |leg_below, _| lifts(|lift| lift.leg_below = leg_below),
        deserves: Some(|below| if below > 20.0 { "needs-work" } else { "pass" }),
        ..BIRD_DOG
    },
    Sweep {
        dial: "arch",
        range: (8.0, 30.0),
        motion: |above, _| lifts(|lift| lift.leg_below = -above),
        deserves: Some(|above| if above > 20.0 { "needs-work" } else { "pass" }),
        ..BIRD_DOG
    },
    Sweep {
        dial: "seconds",
        range: (3.2, 6.0),
        motion: |seconds, _| lifts(|lift| lift.seconds = seconds),
        ..BIRD_DOG
    },
    Sweep {
        dial: "hips",
        range: (0.0, 0.03),
        motion: |hips_sink, _| lifts(|lift| lift.hips_sink = hips_sink),
        ..BIRD_DOG
    },
    Sweep {
        dial: "left",
        range: (18.0, 42.0),
        motion: |opening, times| clamshells(times, opening, Left),
        ..CLAMSHELL
    },
    Sweep {
        dial: "right",
        range: (42.0, 18.0),
        motion: |opening, times| clamshells(times, opening, Right),
        ..CLAMSHELL
    },
    Sweep {
        dial: "hip",
        range: (20.0, 44.0),
        motion: |internal, times| rotations(times, |form| form.hip_internal = [internal, internal + 2.0]),
        ..ROTATE
    },
    Sweep {
        dial: "shoulder",
        range: (20.0, 72.0),
        motion: |external, times| rotations(times, |form| form.shoulder_external = [external; 2]),
        ..ROTATE
    },
    Sweep {
        dial: "leg",
        range: (14.0, 46.0),
        motion: |off, times| dead_bug(times, 4.0, |stretch| stretch.leg_off = off),
        ..DEAD_BUG
    },
    Sweep {
        dial: "arm",
        range: (10.0, 55.0),
        motion: |off, times| dead_bug(times, 4.0, |stretch| stretch.arm_off = off),
        ..DEAD_BUG
    },
    Sweep {
        dial: "tempo",
        range: (1.8, 4.0),
        steps: 6,
        motion: |tempo, times| dead_bug(times, tempo, |_| ()),
        ..DEAD_BUG
    },
    Sweep {
        dial: "hips",
        range: (0.0, 22.0),
        motion: |bend, times| bridges(times, Left, [bend; 2], [15.6; 2]),
        ..BRIDGE
    },
    Sweep {
        dial: "seconds",
        range: (13.4, 15.8),
        motion: |seconds, times| bridges(times, Right, [2.0; 2], [15.8, seconds]),
        ..BRIDGE
    },
];
