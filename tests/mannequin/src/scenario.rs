//! A scenario: who does what, before which camera, and what has to come out. Plain data.

use flow_catalog::TestId;
use flow_landmarks::Side;
use serde::Serialize;

use crate::{
    body::{Body, BodyKind},
    motion::Motion,
    posture::Posture,
    render::Set,
    skeleton::Skeleton,
    truth::{FrameTruth, Truth},
};

/// One clip to be filmed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scenario {
    /// Unique, in kebab case; begins with the test's slug.
    pub name: &'static str,
    /// The test the clip is handed in for.
    pub test: TestId,
    /// Who is filmed.
    pub body: BodyKind,
    /// Room, light, camera.
    pub set: Set,
    /// What the person does.
    pub motion: Motion,
    /// Degrees by which the person stands turned to their left from facing the camera.
    pub heading: f32,
    /// The seconds of the motion that are filmed; all of it when `None`.
    pub span: Option<(f32, f32)>,
    /// Pictures per second.
    pub rate: Rate,
    /// What else is special about the clip.
    pub twist: Option<Twist>,
    /// What has to come out.
    pub expect: Expect,
}

/// When pictures are taken.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Rate {
    /// Evenly, so many a second.
    Even(u32),
    /// About fifteen a second at uneven distances, as phones record in changing light.
    Uneven,
}

/// What makes a clip unusable.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Twist {
    /// Nobody is there.
    Nobody,
    /// The picture of this second of the motion, for the whole clip: a photo, or a frozen video.
    Frozen(f32),
    /// Someone else stands beside the person, this far to the picture's right in metres.
    SecondPerson(f32),
}

/// What has to come out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Expect {
    /// A result.
    Scored {
        /// The bucket's name.
        bucket: &'static str,
        /// Flags that must be there. Those not named here or in `may` must not be.
        flags: &'static [Flag],
        /// Flags that lie in their dead band and may or may not be there.
        may: &'static [&'static str],
    },
    /// A refusal with this code.
    Refused {
        /// The failed check that must be named first.
        code: &'static str,
        /// Other failed checks that may be named first instead, where two descriptions are both right.
        or: &'static [&'static str],
    },
}

/// A flag with its side, where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// The flag's code.
    pub code: &'static str,
    /// The person's own side, where the flag has one.
    pub side: Option<Side>,
}

impl Flag {
    /// A flag of the whole body.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self { code, side: None }
    }

    /// A flag of one side.
    #[must_use]
    pub const fn on(code: &'static str, side: Side) -> Self {
        Self {
            code,
            side: Some(side),
        }
    }
}

/// Offsets from the even grid of fifteen pictures a second, seconds, repeating.
const UNEVEN: [f64; 4] = [0.0, 0.021, -0.009, 0.014];

impl Rate {
    /// Time of a frame from the first one, seconds.
    #[must_use]
    pub fn time(self, frame: u32) -> f64 {
        match self {
            Self::Even(rate) => f64::from(frame) / f64::from(rate.max(1)),
            Self::Uneven => f64::from(frame) / 15.0 + UNEVEN[frame as usize % UNEVEN.len()],
        }
    }

    /// Pictures per second on average.
    #[must_use]
    pub const fn mean(self) -> u32 {
        match self {
            Self::Even(rate) => rate,
            Self::Uneven => 15,
        }
    }
}

impl Scenario {
    /// The filmed part of the motion, seconds.
    #[must_use]
    pub fn span(&self) -> (f32, f32) {
        self.span.unwrap_or((0.0, self.motion.seconds()))
    }

    /// How many pictures the clip has.
    #[must_use]
    pub fn frames(&self) -> u32 {
        let (start, end) = self.span();
        ((f64::from(end - start) * f64::from(self.rate.mean())).round() as u32).max(1)
    }

    /// How long the clip takes, seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        f64::from(self.frames()) / f64::from(self.rate.mean())
    }

    /// The people in a frame; the first one is the person to be scored.
    #[must_use]
    pub fn people(&self, frame: u32) -> Vec<(Body, Skeleton)> {
        let t = self.span().0 + self.rate.time(frame) as f32;
        let body = self.body.body();
        let person = |t: f32| {
            let mut posture = self.motion.posture(&body, t);
            posture.heading += self.heading;
            (body, Skeleton::new(&body, &posture))
        };
        match self.twist {
            None => vec![person(t)],
            Some(Twist::Nobody) => Vec::new(),
            Some(Twist::Frozen(at)) => vec![person(at)],
            Some(Twist::SecondPerson(aside)) => vec![person(t), bystander(self.body, aside, t)],
        }
    }

    /// Which noise a frame gets: a frozen picture keeps its own.
    #[must_use]
    pub const fn noise(&self, frame: u32) -> u32 {
        match self.twist {
            Some(Twist::Frozen(_)) => 0,
            _ => frame,
        }
    }

    /// The truth about every frame.
    #[must_use]
    pub fn truth(&self) -> Truth {
        let camera = &self.set.camera;
        let count = self.frames();
        let frames = (0..count)
            .map(|frame| {
                let people = self.people(frame);
                let seen = people.first().map(|(body, skeleton)| (body, skeleton));
                FrameTruth::of(frame, self.rate.time(frame), people.len() as u8, seen, camera)
            })
            .collect();
        Truth {
            width: camera.width,
            height: camera.height,
            duration: self.seconds(),
            frames,
        }
    }
}

/// Someone of another build who stands about.
fn bystander(first: BodyKind, aside: f32, t: f32) -> (Body, Skeleton) {
    let kind = if first == BodyKind::Sturdy {
        BodyKind::Tall
    } else {
        BodyKind::Sturdy
    };
    let body = kind.body();
    let mut posture = Posture::standing(&body, 0.26);
    posture.place = (aside, -0.25);
    posture.heading = -12.0;
    posture.pelvis.x += 0.01 * crate::motion::wander(t, 8.0);
    posture.head_turn = 10.0 * crate::motion::wander(t, 9.0);
    (body, Skeleton::new(&body, &posture))
}
