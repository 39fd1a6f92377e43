//! Dials swept across the cut-offs: recordings inside the dead bands, some with few repetitions, seen askew or hard to make
//! out, for holding confidence against how often the bucket is right.
//!
//! What has to come out is what scoring makes of the true landmarks. Only where scoring is known to misjudge these, because it
//! takes off what MediaPipe reads too high or too low, or because it reads depth from shortening, does the dial itself say it.

mod dials;
mod motions;

use flow_catalog::TestId;

use self::dials::SWEEPS;
use super::{BASE, scored};
use crate::{
    body::BodyKind,
    motion::Motion,
    render::Set,
    scenario::{Rate, Scenario},
};

/// One dial, from one side of its cut-offs to the other.
struct Sweep {
    test: TestId,
    /// What is turned, in a word.
    dial: &'static str,
    /// From where to where, in the dial's own unit.
    range: (f32, f32),
    /// Recordings.
    steps: u8,
    /// Where the person is filmed, by the places of [`TAKES`].
    sets: [Set; 5],
    /// What the set needs for this body.
    furnish: fn(Set, BodyKind) -> Set,
    /// The headings asked for, in turn.
    views: [f32; 2],
    /// Pictures per second: long recordings in poor light would else be larger than is allowed.
    rate: Rate,
    /// The motion with the dial at a value and so many repetitions a side.
    motion: fn(f32, u8) -> Motion,
    /// The bucket that the dial at a value deserves, where the true landmarks would not get it.
    deserves: Option<fn(f32) -> &'static str>,
}

/// Who is filmed in which of the sets, degrees off the view asked for, repetitions a side: taken in turn through all
/// sweeps, so that no dial meets just one. Sets 3 and 4 are hard to make out.
const TAKES: [(BodyKind, usize, f32, u8); 10] = [
    (BodyKind::Tall, 0, 0.0, 2),
    (BodyKind::Short, 1, -10.0, 2),
    (BodyKind::Sturdy, 2, 25.0, 2),
    (BodyKind::Tall, 1, 8.0, 1),
    (BodyKind::Short, 2, -25.0, 1),
    (BodyKind::Tall, 3, 0.0, 2),
    (BodyKind::Short, 1, -10.0, 2),
    (BodyKind::Sturdy, 2, 25.0, 2),
    (BodyKind::Sturdy, 4, -6.0, 1),
    (BodyKind::Short, 2, -25.0, 1),
];

/// All recordings of all sweeps; names are unique, and none is that of a scenario.
#[must_use]
pub fn sweeps() -> Vec<Scenario> {
    SWEEPS
        .iter()
        .flat_map(|sweep| (0..sweep.steps).map(move |step| (sweep, step)))
        .zip(TAKES.into_iter().cycle())
        .map(|((sweep, step), take)| sweep.scenario(step, take))
        .collect()
}

impl Sweep {
    fn scenario(&self, step: u8, (body, set, askew, times): (BodyKind, usize, f32, u8)) -> Scenario {
        let (from, to) = self.range;
        let value = from + (to - from) * f32::from(step) / f32::from(self.steps - 1);
        let name = format!("{}-sweep-{}-{step}", self.test.slug(), self.dial);
        Scenario {
            // Made once for each recording, and kept: names are for the life of the program.
            name: Box::leak(name.into_boxed_str()),
            test: self.test,
            body,
            set: (self.furnish)(self.sets[set], body),
            heading: self.views[usize::from(step) % 2] + askew,
            rate: self.rate,
            motion: (self.motion)(value, times),
            expect: scored(self.deserves.map_or("", |deserves| deserves(value)), &[]),
            ..BASE
        }
    }
}
