//! Dials swept across the cut-offs: recordings inside the dead bands, some with few repetitions or seen askew, for holding
//! confidence against how often the bucket is right.
//!
//! Nobody says here what has to come out: that is what scoring makes of the true landmarks.

use flow_catalog::TestId;

use super::{
    BASE, scored,
    sets::{GYM, HALL, LIVING},
};
use crate::{
    body::BodyKind,
    motion::{Drives, Form, Lunges, Motion, Raises, Squats},
    render::Set,
    scenario::Scenario,
};

/// One dial, from one side of its cut-offs to the other.
struct Sweep {
    test: TestId,
    /// What is turned, in a word.
    dial: &'static str,
    /// From where to where, degrees.
    range: (f32, f32),
    /// The motion with the dial at a value and so many repetitions a side.
    motion: fn(f32, u8) -> Motion,
}

/// Recordings of each sweep.
const STEPS: u8 = 10;

/// Who is filmed where, degrees off the view asked for, repetitions a side: taken in turn, so that no dial meets just one.
const TAKES: [(BodyKind, Set, f32, u8); 5] = [
    (BodyKind::Tall, LIVING, 0.0, 2),
    (BodyKind::Short, GYM, -10.0, 2),
    (BodyKind::Sturdy, HALL, 25.0, 2),
    (BodyKind::Tall, GYM, 8.0, 1),
    (BodyKind::Short, HALL, -25.0, 1),
];

const SWEEPS: [Sweep; 6] = [
    Sweep {
        test: TestId::OverheadSquat,
        dial: "depth",
        range: (-10.0, 12.0),
        motion: |thigh, times| squats(times, Form { thigh, ..Form::GOOD }),
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
    },
    Sweep {
        test: TestId::OverheadSquat,
        dial: "lean",
        range: (26.0, 48.0),
        motion: |lean, times| squats(times, Form { lean, ..Form::GOOD }),
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
    },
];

fn squats(times: u8, form: Form) -> Motion {
    Motion::Squats(Squats {
        before: 1 + times,
        after: times,
        tempo: 2.4,
        form,
        ..Squats::GOOD
    })
}

/// All recordings of all sweeps; names are unique, and none is that of a scenario.
#[must_use]
pub fn sweeps() -> Vec<Scenario> {
    SWEEPS.iter().flat_map(Sweep::scenarios).collect()
}

impl Sweep {
    fn scenarios(&self) -> impl Iterator<Item = Scenario> {
        let (from, to) = self.range;
        (0..STEPS).map(move |step| {
            let value = from + (to - from) * f32::from(step) / f32::from(STEPS - 1);
            let (body, set, heading, times) = TAKES[usize::from(step) % TAKES.len()];
            let name = format!("{}-sweep-{}-{step}", self.test.slug(), self.dial);
            Scenario {
                // Made once for each recording, and kept: names are for the life of the program.
                name: Box::leak(name.into_boxed_str()),
                test: self.test,
                body,
                set,
                heading,
                motion: (self.motion)(value, times),
                expect: scored("", &[]),
                ..BASE
            }
        })
    }
}
