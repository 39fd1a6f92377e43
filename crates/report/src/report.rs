//! The report as data.

use chrono::{DateTime, NaiveDate, Utc};
use flow_catalog::{Feature, TestId, Tier};
use flow_interpretation::{
    ConfidenceParts, ExtendedMeasure, Phase, Priority, ProblemArea, Progress, Retests, Taken, extend,
    interpret, phases, progress, retests,
};
use flow_movement::{
    Assessment,
    assessment::{Bucket, KeyFrame, Severity},
};
use serde::{Serialize, Serializer};

/// What the product is and is not, on every report.
const DISCLAIMER: &str = "Flow Logic is a wellness product, not a medical one. This report describes how you moved in front of \
    one camera. It is no diagnosis and no medical advice, and it says nothing about injuries. Typical ranges describe groups of \
    people, not you. If something hurts, or if you are unsure whether exercise is right for you, talk to a doctor or a \
    physiotherapist first.";

/// The newest result of a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Id of the attempt it came from, if it has one.
    pub attempt: Option<String>,
    /// When it was taken.
    pub at: DateTime<Utc>,
    /// The assessment.
    pub assessment: Assessment,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The day it was made, UTC.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub on: NaiveDate,
    /// The tier it was made for.
    pub tier: Tier,
    /// What stood out.
    pub limitations: Limitations,
    /// What is worked on when; empty when nothing stood out.
    pub phases: Vec<Phase>,
    /// How the key measure of each test changed.
    pub progress: Vec<Progress>,
    /// When which test is taken again.
    pub retests: Retests,
    /// The newest result of each test, by number.
    pub tests: Vec<TestSummary>,
    /// What the recordings did not show. Never to be read as normal.
    pub not_measured: Vec<NotMeasured>,
    /// Tests of the tier that can be taken and have no result.
    pub not_taken: Vec<TestId>,
    /// What the product is and is not.
    pub disclaimer: &'static str,
}

/// Problem areas by priority.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Limitations {
    /// Root-cause candidates.
    pub p1: Vec<ProblemArea>,
    /// Consequence patterns.
    pub p2: Vec<ProblemArea>,
}

/// The newest result of one test.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TestSummary {
    /// The test.
    pub test: TestId,
    /// The attempt it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// The day it was taken, UTC.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub on: NaiveDate,
    /// The outcome.
    pub bucket: Bucket,
    /// The outcome in a sentence.
    pub bucket_text: String,
    /// How marked, where the test says so.
    pub severity: Option<Severity>,
    /// Every measure with what is typical.
    pub measures: Vec<ExtendedMeasure>,
    /// How sure the outcome is, and why.
    pub confidence: ConfidenceParts,
    /// Share of the clip in which the body was read plausibly; for tiers that have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pose_accuracy: Option<f64>,
    /// The decisive moments.
    pub figures: Vec<Figure>,
}

/// A decisive moment. Its drawing is under the attempt's key frames.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// Its number among the key frames of the attempt, from 1.
    pub number: usize,
    /// What it shows.
    pub caption: String,
    /// When, in seconds from the start of the clip.
    pub at_seconds: f64,
    /// Whether it shows something that stood out.
    pub flagged: bool,
    /// What is drawn.
    #[serde(skip)]
    pub key_frame: KeyFrame,
}

/// What the recording of a test did not show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotMeasured {
    /// The test.
    pub test: TestId,
    /// In sentences.
    pub what: Vec<String>,
}

impl Report {
    /// The report for a tier: `newest` is the newest result of each test, `history` has the key measures of all results, the
    /// newest included. Results of tests that the tier lacks are left out.
    #[must_use]
    pub fn new(newest: &[Measured], history: &[Taken], tier: Tier, now: DateTime<Utc>) -> Self {
        let today = now.date_naive();
        let included = |test: TestId| tier.tests().contains(&test);
        let mut newest: Vec<&Measured> = newest
            .iter()
            .filter(|measured| included(measured.assessment.test))
            .collect();
        newest.sort_by_key(|measured| measured.assessment.test);
        let history: Vec<Taken> = history
            .iter()
            .filter(|taken| included(taken.test))
            .cloned()
            .collect();

        let results: Vec<_> = newest
            .iter()
            .filter_map(|measured| Some((measured.assessment.test, measured.assessment.result.as_ref()?)))
            .collect();
        let days: Vec<(TestId, NaiveDate)> = newest
            .iter()
            .filter(|measured| measured.assessment.result.is_some())
            .map(|measured| (measured.assessment.test, measured.at.date_naive()))
            .collect();
        let interpretation = interpret(&results);
        let retests = retests(&days, &interpretation, today);
        let first_day = retests.full.as_ref().map_or(today, |full| full.since);
        let phases = phases(&interpretation, first_day, today);
        let not_measured = results
            .iter()
            .filter(|(_, result)| !result.not_measured.is_empty());
        let not_measured = not_measured.map(|(test, result)| NotMeasured {
            test: *test,
            what: result.not_measured.clone(),
        });
        let mut not_taken: Vec<TestId> = tier.tests().to_vec();
        not_taken.sort_unstable();
        not_taken.retain(|test| !days.iter().any(|(taken, _)| taken == test));
        let (p1, p2) = interpretation
            .areas
            .into_iter()
            .partition(|area| area.priority == Priority::P1);
        Self {
            on: today,
            tier,
            limitations: Limitations { p1, p2 },
            phases,
            progress: progress(&history),
            retests,
            tests: newest
                .iter()
                .filter_map(|measured| summary(measured, tier))
                .collect(),
            not_measured: not_measured.collect(),
            not_taken,
            disclaimer: DISCLAIMER,
        }
    }
}

fn summary(measured: &Measured, tier: Tier) -> Option<TestSummary> {
    let assessment = &measured.assessment;
    let result = assessment.result.as_ref()?;
    let extended = extend(assessment)?;
    let figures = (1..).zip(&result.key_frames).map(|(number, key_frame)| Figure {
        number,
        caption: key_frame.what.clone(),
        at_seconds: key_frame.t,
        flagged: key_frame.marks.iter().any(|mark| mark.flagged),
        key_frame: key_frame.clone(),
    });
    Some(TestSummary {
        test: assessment.test,
        attempt: measured.attempt.clone(),
        on: measured.at.date_naive(),
        bucket: result.bucket,
        bucket_text: result.bucket_text.clone(),
        severity: result.severity,
        measures: extended.measures,
        confidence: extended.confidence,
        pose_accuracy: assessment
            .quality
            .pose_accuracy
            .filter(|_| tier.has(Feature::PoseAccuracy)),
        figures: figures.collect(),
    })
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn iso<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}
