//! What an assessment says: checks, and the result when the clip was good enough. This is what is stored and shown.

use flow_catalog::TestId;
use flow_landmarks::{Pose, Side};
use serde::{Deserialize, Serialize};

/// The outcome of one clip for one test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// The test the clip was recorded for.
    pub test: TestId,
    /// Whether there is a result.
    pub status: Status,
    /// How good the clip is, and every check that was made.
    pub quality: Quality,
    /// One or two sentences for the person: what was found, or what to do to get a result.
    pub feedback: String,
    /// The result; `None` when a check failed.
    pub result: Option<TestResult>,
}

/// Whether a clip gave a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AssessmentStatus"))]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    /// All checks passed; there is a result.
    Valid,
    /// A check failed; there is none.
    Invalid,
}

/// How good a clip is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ClipQuality"))]
#[serde(rename_all = "camelCase")]
pub struct Quality {
    /// Share of the clip in which everything needed was seen, times `confidence_avg`; 0 in bad light. 0..1.
    pub quality_score: f64,
    /// Mean visibility of the needed landmarks while a person was seen, 0..1.
    pub confidence_avg: f64,
    /// Positional variance of the needed landmark that moves most, in torso lengths squared.
    pub motion_variance: f64,
    /// Share of the clip in which every needed landmark was seen inside the picture without jumping about, 0..1.
    pub tracked_share: f64,
    /// Share of the clip in which the body was read plausibly, 0..1: all needed landmarks seen, and bones of the length they
    /// have in the rest of the clip. `None` without a person, and in assessments from before it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pose_accuracy: Option<f64>,
    /// Mean luma of the picture, 0..255; `None` when unknown.
    pub brightness: Option<f64>,
    /// The checks that could be made, failed ones first in the order of what to fix first.
    pub checks: Vec<Check>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ClipCheck"))]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// What was checked.
    pub code: CheckCode,
    /// Whether the clip passed.
    pub passed: bool,
    /// What was measured, where it is a number.
    pub value: Option<f64>,
    /// What it was compared with.
    pub limit: Option<f64>,
    /// What to do about it; `None` when passed.
    pub instruction: Option<String>,
}

/// What a check is about; ordered by what to fix first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ClipCheckCode"))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckCode {
    /// Too dark or too bright.
    BadLighting,
    /// Nobody seen.
    InvalidNoPerson,
    /// Someone else in the picture.
    MultiplePeople,
    /// Needed parts of the body outside the picture.
    OutOfFrame,
    /// Needed parts of the body hidden.
    Occlusion,
    /// Landmarks too uncertain.
    LowConfidence,
    /// A still photo or frozen video, or no movement in a test that needs some.
    NoMotion,
    /// Longer than a recording may be.
    TooLong,
    /// Too short for a result.
    TooShort,
    /// Seen from the wrong side.
    WrongAngle,
    /// Not the movement of the test.
    WrongMovement,
    /// A part of the protocol is missing without which there is no result.
    Incomplete,
}

impl CheckCode {
    /// The code as clients see it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadLighting => "BAD_LIGHTING",
            Self::InvalidNoPerson => "INVALID_NO_PERSON",
            Self::MultiplePeople => "MULTIPLE_PEOPLE",
            Self::NoMotion => "NO_MOTION",
            Self::OutOfFrame => "OUT_OF_FRAME",
            Self::Occlusion => "OCCLUSION",
            Self::LowConfidence => "LOW_CONFIDENCE",
            Self::TooLong => "TOO_LONG",
            Self::TooShort => "TOO_SHORT",
            Self::WrongAngle => "WRONG_ANGLE",
            Self::WrongMovement => "WRONG_MOVEMENT",
            Self::Incomplete => "INCOMPLETE",
        }
    }
}

/// The result of a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// The normalized outcome.
    pub bucket: Bucket,
    /// The outcome in a sentence.
    pub bucket_text: String,
    /// How sure the bucket is, 0..1: falls near cut-offs, with poor tracking, few repetitions, view error and with
    /// parts that were not measured.
    pub confidence: f64,
    /// How far from symmetric, where the test has a severity.
    pub severity: Option<Severity>,
    /// What was found for each side, in tests that have sides.
    pub sides: Vec<SideResult>,
    /// The quantities behind the bucket.
    pub measures: Vec<Measure>,
    /// What stood out.
    pub flags: Vec<Flag>,
    /// What the clip did not show, in words. Never to be read as normal.
    pub not_measured: Vec<String>,
    /// The repetitions, holds or reaches that were found.
    pub repetitions: Vec<Repetition>,
    /// The moments the flags and the bucket come from.
    pub evidence: Vec<Evidence>,
    /// Skeletons at the decisive moments; no picture of the person.
    pub key_frames: Vec<KeyFrame>,
}

/// Normalized outcomes of all tests; which ones a test uses is part of its protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(
    missing_docs,
    reason = "the names are the product's own; each test's texts say what they mean"
)]
pub enum Bucket {
    Good,
    Compensation,
    Significant,
    Pass,
    Limited,
    Symmetric,
    Asymmetric,
    NeedsWork,
    WithinRange,
}

impl Bucket {
    /// The name of the bucket in the data file and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Compensation => "compensation",
            Self::Significant => "significant",
            Self::Pass => "pass",
            Self::Limited => "limited",
            Self::Symmetric => "symmetric",
            Self::Asymmetric => "asymmetric",
            Self::NeedsWork => "needs-work",
            Self::WithinRange => "within-range",
        }
    }
}

/// How marked an asymmetry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the cut-offs between them are in the data file")]
pub enum Severity {
    None,
    Mild,
    Moderate,
    Marked,
}

/// What was found for one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SideResult {
    /// The person's own side; in standing tests the leg stood on.
    pub side: Side,
    /// Whether the clip shows this side well enough to say anything.
    pub measured: bool,
    /// The outcome of this side alone, where the test rates sides.
    pub bucket: Option<Bucket>,
}

/// A measured quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// What was measured, in camel case without its unit: `kneeFlexion`.
    pub name: String,
    /// Its value in `unit`.
    pub value: f64,
    /// `deg`, `s`, `ratio`, `%` or `count`.
    pub unit: Unit,
    /// The side, if it belongs to one.
    pub side: Option<Side>,
    /// Value of each repetition it was taken from, in order of time; empty when it belongs to the clip as a whole.
    pub repetitions: Vec<f64>,
}

/// Unit of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "MeasureUnit"))]
pub enum Unit {
    /// Degrees.
    #[serde(rename = "deg")]
    Degrees,
    /// Seconds.
    #[serde(rename = "s")]
    Seconds,
    /// A share of the person's own leg length.
    #[serde(rename = "legLengths")]
    LegLengths,
    /// Per cent of the person's own leg length.
    #[serde(rename = "%legLength")]
    PercentOfLeg,
    /// Per cent of the line from the person's own shoulder to the ankle.
    #[serde(rename = "%bodyLine")]
    PercentOfBodyLine,
    /// A share of the line from the person's own hips to the shoulders.
    #[serde(rename = "torsoLengths")]
    TorsoLengths,
    /// A number 0..1.
    #[serde(rename = "score")]
    Score,
    /// A count.
    #[serde(rename = "count")]
    Count,
}

/// Something that stood out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Flag {
    /// What.
    pub code: FlagCode,
    /// On which side, if it belongs to one.
    pub side: Option<Side>,
    /// In words.
    pub text: String,
    /// The value that crossed its cut-off.
    pub value: f64,
    /// Unit of `value`.
    pub unit: Unit,
    /// Whether it lies beyond the severe cut-off too.
    pub severe: bool,
}

/// What a flag is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each test's texts say what they mean")]
pub enum FlagCode {
    KneeValgus,
    HeelLift,
    TrunkLean,
    ShallowDepth,
    ArmsFallForward,
    ShortHold,
    SideGap,
    Unsteady,
    ReachGap,
    LowReach,
    LimitedRange,
    ScapularCompensation,
    HipSag,
    HipPike,
    LimitedFlexion,
    LimitedExtension,
    SmallMovement,
    HeadTilt,
    ForwardHead,
    LegLow,
    LegHigh,
    ArmLow,
    HipShift,
    BalanceDrift,
    LowElbows,
    ForearmTilt,
    Shrug,
    KneeBent,
    SameSide,
    TooFast,
    HipInternalLimited,
    HipExternalLimited,
    ShoulderInternalLimited,
    ShoulderExternalLimited,
    ThighDrift,
}

impl FlagCode {
    /// The code in the data file and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::KneeValgus => "knee-valgus",
            Self::HeelLift => "heel-lift",
            Self::TrunkLean => "trunk-lean",
            Self::ShallowDepth => "shallow-depth",
            Self::ArmsFallForward => "arms-fall-forward",
            Self::ShortHold => "short-hold",
            Self::SideGap => "side-gap",
            Self::Unsteady => "unsteady",
            Self::ReachGap => "reach-gap",
            Self::LowReach => "low-reach",
            Self::LimitedRange => "limited-range",
            Self::ScapularCompensation => "scapular-compensation",
            Self::HipSag => "hip-sag",
            Self::HipPike => "hip-pike",
            Self::LimitedFlexion => "limited-flexion",
            Self::LimitedExtension => "limited-extension",
            Self::SmallMovement => "small-movement",
            Self::HeadTilt => "head-tilt",
            Self::ForwardHead => "forward-head",
            Self::LegLow => "leg-low",
            Self::LegHigh => "leg-high",
            Self::ArmLow => "arm-low",
            Self::HipShift => "hip-shift",
            Self::BalanceDrift => "balance-drift",
            Self::LowElbows => "low-elbows",
            Self::ForearmTilt => "forearm-tilt",
            Self::Shrug => "shrug",
            Self::KneeBent => "knee-bent",
            Self::SameSide => "same-side",
            Self::TooFast => "too-fast",
            Self::HipInternalLimited => "hip-internal-limited",
            Self::HipExternalLimited => "hip-external-limited",
            Self::ShoulderInternalLimited => "shoulder-internal-limited",
            Self::ShoulderExternalLimited => "shoulder-external-limited",
            Self::ThighDrift => "thigh-drift",
        }
    }
}

/// One repetition, hold or reach. Frames are presentation indices as in `flow_landmarks::Observation::frame`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Repetition {
    /// Where it begins.
    pub start_frame: u32,
    /// Its decisive moment: the bottom of a squat, the far end of a reach, the middle of a hold.
    pub key_frame: u32,
    /// Where it ends.
    pub end_frame: u32,
    /// Time of the beginning, seconds.
    pub start_t: f64,
    /// Time of the decisive moment, seconds.
    pub key_t: f64,
    /// Time of the end, seconds.
    pub end_t: f64,
    /// The side, if it belongs to one; in standing tests the leg stood on.
    pub side: Option<Side>,
    /// From where it was seen.
    pub view: SeenFrom,
    /// Which kind of repetition, where a test has several: a direction of reach.
    pub kind: Option<String>,
}

/// From where a repetition was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SeenFrom {
    /// Within 45 degrees of facing the camera.
    Front,
    /// Within 45 degrees of side-on.
    Side,
    /// Within 45 degrees of facing away.
    Back,
}

/// A moment that something rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The frame.
    pub frame: u32,
    /// Its time in seconds.
    pub t: f64,
    /// What it shows.
    pub what: String,
}

/// The skeleton at a decisive moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AssessedKeyFrame"))]
#[serde(rename_all = "camelCase")]
pub struct KeyFrame {
    /// The frame.
    pub frame: u32,
    /// Its time in seconds.
    pub t: f64,
    /// What it shows, in a few words.
    pub what: String,
    /// Width over height of the picture the landmarks belong to.
    pub aspect: f64,
    /// The landmarks.
    pub pose: Pose,
    /// Angles worth drawing.
    pub marks: Vec<Mark>,
}

/// A value drawn at a landmark of a key frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "KeyFrameMark"))]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// What to draw.
    pub kind: MarkKind,
    /// Side of the body.
    pub side: Option<Side>,
    /// The value in words: `knee 98°`.
    pub label: String,
    /// Whether it is one of the things that stood out.
    pub flagged: bool,
}

/// What a mark is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "KeyFrameMarkKind"))]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// Arc at the knee between thigh and shin.
    Knee,
    /// Arc at the hip between trunk and thigh.
    Hip,
    /// Arc at the shoulder between arm and trunk.
    Shoulder,
    /// Angle of the trunk from a vertical through the hips.
    Trunk,
    /// Angle of the shin from a vertical through the ankle.
    Shin,
    /// The heel.
    Heel,
    /// Line between the feet.
    Reach,
    /// The lifted foot's height over the floor.
    FootClearance,
    /// The forearm.
    Forearm,
    /// Arc at the ear between the line to the nose and a vertical.
    Head,
    /// Arc at the shoulder between the line to the ear and a vertical.
    EarLine,
}
