//! The angles a result reports beside those that were rendered, repetition by repetition.

use flow_landmarks::Side;
use flow_mannequin::{Angles, Flexions, FrameTruth, Sides, Truth};
use flow_movement::{
    assessment::{Measure, Repetition, SeenFrom, TestResult},
    signals::FOREARM_UP_TO_DEG,
};

use crate::errors::{OTHER_TARGET_DEG, SAGITTAL_TARGET_DEG};

/// A measure of results whose truth is known; whichever test reports it.
#[derive(Clone, Copy, Debug)]
pub struct Reported {
    /// Its name in the result.
    pub measure: &'static str,
    /// What is taken for true.
    pub truth_words: &'static str,
    /// The largest mean absolute error that is good enough, degrees.
    pub target_deg: f64,
    /// The kind of repetition it is reported for, if that matters.
    kind: Option<&'static str>,
    /// From where it is measured when a test shows both.
    seen_from: SeenFrom,
    truth: fn(&Moment<'_>) -> Option<f32>,
}

/// What the truth is looked up by.
struct Moment<'a> {
    repetition: &'a Repetition,
    side: Option<Side>,
    frames: &'a [FrameTruth],
}

/// The first that fits a measure and a kind of repetition counts.
const REPORTED: [Reported; 25] = [
    Reported {
        measure: "shinLean",
        kind: Some("drive"),
        truth_words: "greatest with the heel down",
        truth: |moment| moment.greatest_shin_lean_heel_down(),
        ..SAGITTAL
    },
    Reported {
        measure: "shinLean",
        truth: |moment| Some(moment.flexions()?.shin_lean.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "kneeFlexion",
        truth: |moment| Some(moment.flexions()?.knee_flexion.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "hipFlexion",
        truth: |moment| Some(moment.flexions()?.hip_flexion.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "hipExtension",
        truth: |moment| Some(180.0 - moment.flexions()?.hip_flexion.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "shoulderFlexion",
        truth: |moment| Some(moment.flexions()?.shoulder_flexion.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "neckFlexion",
        truth_words: "greatest against the start of the clip",
        truth: |moment| moment.head_turns(f32::max),
        ..SAGITTAL
    },
    Reported {
        measure: "neckExtension",
        truth_words: "greatest against the start of the clip",
        truth: |moment| Some(-moment.head_turns(f32::min)?),
        ..SAGITTAL
    },
    Reported {
        measure: "headDown",
        truth_words: "greatest against the start of the clip",
        truth: |moment| moment.head_turns(f32::max),
        seen_from: SeenFrom::Front,
        ..SAGITTAL
    },
    Reported {
        measure: "headUp",
        truth_words: "greatest against the start of the clip",
        truth: |moment| Some(-moment.head_turns(f32::min)?),
        seen_from: SeenFrom::Front,
        ..SAGITTAL
    },
    Reported {
        measure: "tuckChange",
        truth_words: "at the key frame against the start of the repetition",
        truth: |moment| moment.head_drawn_back(),
        ..SAGITTAL
    },
    Reported {
        measure: "legLine",
        truth: |moment| Some(moment.angles()?.thigh_off_trunk.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "legOverFloor",
        truth: |moment| Some(-moment.flexions()?.thigh_over_horizontal.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "trunkTurn",
        truth_words: "at the key frame, from the first frame",
        truth: |moment| moment.trunk_turn(),
        ..SAGITTAL
    },
    Reported {
        measure: "armShort",
        kind: Some("same-side-stretch"),
        target_deg: OTHER_TARGET_DEG,
        truth: |moment| Some(moment.angles()?.arm_off_trunk.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "armShort",
        target_deg: OTHER_TARGET_DEG,
        // The arm that belongs to a leg is the other side's.
        truth: |moment| Some(moment.angles()?.arm_off_trunk.of(moment.side?.other())),
        ..SAGITTAL
    },
    Reported {
        measure: "armLine",
        target_deg: OTHER_TARGET_DEG,
        // The arm that belongs to a leg is the other side's.
        truth: |moment| Some(moment.angles()?.arm_off_trunk.of(moment.side?.other())),
        ..SAGITTAL
    },
    Reported {
        measure: "trunkLean",
        truth: |moment| Some(moment.flexions()?.trunk_lean),
        ..SAGITTAL
    },
    Reported {
        measure: "kneeInsideFoot",
        target_deg: OTHER_TARGET_DEG,
        seen_from: SeenFrom::Front,
        truth: |moment| Some(moment.angles()?.knee_inside_foot.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "upperArmHigh",
        target_deg: OTHER_TARGET_DEG,
        seen_from: SeenFrom::Front,
        truth: |moment| Some(moment.angles()?.upper_arm_raise.of(moment.side?)),
        ..SAGITTAL
    },
    Reported {
        measure: "kneeOpening",
        truth_words: "at the key frame, from the first frame",
        truth: |moment| moment.knee_opening(),
        ..FRONTAL
    },
    Reported {
        measure: "hipInternal",
        kind: Some("hip-internal"),
        truth: |moment| Some(moment.angles()?.knee_inside_foot.of(moment.side?)),
        ..FRONTAL
    },
    Reported {
        measure: "hipExternal",
        kind: Some("hip-external"),
        truth: |moment| Some(-moment.angles()?.knee_inside_foot.of(moment.side?)),
        ..FRONTAL
    },
    Reported {
        measure: "shoulderInternal",
        kind: Some("shoulder-internal"),
        truth_words: "at the key frame, at most 55°",
        truth: |moment| Some((-moment.angles()?.forearm_raise.of(moment.side?)).min(FOREARM_UP_TO)),
        ..FRONTAL
    },
    Reported {
        measure: "shoulderExternal",
        kind: Some("shoulder-external"),
        truth_words: "at the key frame, at most 55°",
        truth: |moment| Some(moment.angles()?.forearm_raise.of(moment.side?).min(FOREARM_UP_TO)),
        ..FRONTAL
    },
];

const FRONTAL: Reported = Reported {
    target_deg: OTHER_TARGET_DEG,
    seen_from: SeenFrom::Front,
    ..SAGITTAL
};

/// Where the turn of a forearm ends being told, degrees.
const FOREARM_UP_TO: f32 = FOREARM_UP_TO_DEG as f32;

const SAGITTAL: Reported = Reported {
    measure: "",
    truth_words: "at the key frame",
    target_deg: SAGITTAL_TARGET_DEG,
    kind: None,
    seen_from: SeenFrom::Side,
    truth: |_| None,
};

/// Time before a chin tuck at which the head is still at rest, seconds.
const BEFORE_S: f64 = 0.5;

/// How far a heel may be up and still count as down, centimetres.
const HEEL_DOWN_CM: f32 = 0.5;

impl Moment<'_> {
    /// The body at the decisive moment of the repetition.
    fn angles(&self) -> Option<&Angles> {
        let key = self.repetition.key_frame;
        self.frames
            .iter()
            .find(|frame| frame.frame == key)?
            .angles
            .as_ref()
    }

    /// Its angles: as seen side-on, or in space when it was seen otherwise.
    fn flexions(&self) -> Option<&Flexions> {
        let angles = self.angles()?;
        Some(match self.repetition.view {
            SeenFrom::Side => &angles.sagittal,
            SeenFrom::Front | SeenFrom::Back => &angles.space,
        })
    }

    /// The head's pitch on the trunk against where it was at the start of the clip, the greatest or least in the repetition.
    fn head_turns(&self, most: fn(f32, f32) -> f32) -> Option<f32> {
        let repetition = self.repetition.start_frame..=self.repetition.end_frame;
        let rest = self.frames.first()?.angles.as_ref()?.head_on_trunk;
        self.frames
            .iter()
            .filter(|frame| repetition.contains(&frame.frame))
            .filter_map(|frame| frame.angles.as_ref())
            .map(|angles| angles.head_on_trunk - rest)
            .reduce(most)
    }

    /// How far the line from shoulder to ear turns back on the trunk from a little before the repetition to its key frame,
    /// mean of both sides.
    fn head_drawn_back(&self) -> Option<f32> {
        let before = self.repetition.start_t - BEFORE_S;
        let rest = self.frames.iter().rfind(|frame| frame.t <= before)?;
        let line = |angles: &Angles| {
            let Sides { left, right } = angles.ear_over_shoulder;
            f32::midpoint(left, right) + angles.sagittal_lean
        };
        Some(line(self.angles()?) - line(rest.angles.as_ref()?))
    }

    /// How far the trunk leans more than at the start of the clip: hips that come up lower the shoulders against them.
    fn trunk_turn(&self) -> Option<f32> {
        let first = self.frames.first()?.angles.as_ref()?;
        Some(self.flexions()?.trunk_lean - first.sagittal.trunk_lean)
    }

    /// How far the knee turns about the line from hip to ankle from where it was at the start of the clip.
    fn knee_opening(&self) -> Option<f32> {
        let (side, first) = (self.side?, self.frames.first()?.angles.as_ref()?);
        Some(self.angles()?.knee_turn.of(side) - first.knee_turn.of(side))
    }

    fn greatest_shin_lean_heel_down(&self) -> Option<f32> {
        let side = self.side?;
        let repetition = self.repetition.start_frame..=self.repetition.end_frame;
        self.frames
            .iter()
            .filter(|frame| repetition.contains(&frame.frame))
            .filter_map(|frame| frame.angles.as_ref())
            .filter(|angles| angles.heel_rise_cm.of(side) <= HEEL_DOWN_CM)
            .map(|angles| angles.sagittal.shin_lean.of(side))
            .reduce(f32::max)
    }
}

/// One measure of one result: what it is held against, from where it was seen, measured minus true in degrees.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is.
    pub reported: Reported,
    /// From where its repetitions were seen.
    pub seen_from: SeenFrom,
    /// One error for each repetition.
    pub errors: Vec<f64>,
}

/// The errors of all measures of a result whose truth is known.
#[must_use]
pub fn errors(result: &TestResult, truth: &Truth) -> Vec<Found> {
    result
        .measures
        .iter()
        .filter_map(|measure| find(measure, &result.repetitions, &truth.frames))
        .collect()
}

fn find(measure: &Measure, repetitions: &[Repetition], frames: &[FrameTruth]) -> Option<Found> {
    let mut of_side: Vec<&Repetition> = repetitions
        .iter()
        .filter(|repetition| repetition.side.is_none() || repetition.side == measure.side)
        .collect();
    let reported = REPORTED.into_iter().find(|reported| {
        let shown = |kind: &str| {
            of_side
                .iter()
                .any(|repetition| repetition.kind.as_deref() == Some(kind))
        };
        reported.measure == measure.name && reported.kind.is_none_or(shown)
    })?;
    of_side.retain(|repetition| reported.kind.is_none() || repetition.kind.as_deref() == reported.kind);
    let preferred = of_side
        .iter()
        .any(|repetition| repetition.view == reported.seen_from);
    let seen: Vec<&Repetition> = of_side
        .into_iter()
        .filter(|repetition| !preferred || repetition.view == reported.seen_from)
        .collect();
    // Repetitions without a value are left out of a measure; then nothing tells which ones have one.
    if seen.len() != measure.repetitions.len() {
        return None;
    }
    let errors = seen
        .iter()
        .zip(&measure.repetitions)
        .filter_map(|(repetition, value)| {
            let moment = Moment {
                repetition,
                side: measure.side,
                frames,
            };
            Some(value - f64::from((reported.truth)(&moment)?))
        });
    Some(Found {
        reported,
        seen_from: seen.first()?.view,
        errors: errors.collect(),
    })
}
