//! A result with what is typical for each measure and what its confidence is made of: extended results.

use flow_catalog::{Basis, TestId};
use flow_landmarks::Side;
use flow_movement::{
    Assessment,
    assessment::{Measure, TestResult, Unit},
    tracking_confidence,
};
use serde::Serialize;

use crate::{
    Better,
    measures::{MeasureRule, words},
};

/// What extended results add to an assessment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExtendedResult {
    /// Every measure of the result, in its order.
    pub measures: Vec<ExtendedMeasure>,
    /// What the confidence of the bucket is made of.
    pub confidence: ConfidenceParts,
}

/// A measure with what is typical.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExtendedMeasure {
    /// Its name in results.
    pub name: String,
    /// In words.
    pub words: String,
    /// The side, if it belongs to one.
    pub side: Option<Side>,
    /// The median over the repetitions, or the one value.
    pub value: f64,
    /// The unit.
    pub unit: Unit,
    /// The value of each repetition, in order of time.
    pub repetitions: Vec<f64>,
    /// Greatest minus least repetition; `None` with fewer than two.
    pub spread: Option<f64>,
    /// Whether it is the one that progress of the test is told by.
    pub key: bool,
    /// What is typical, where that is known.
    pub typical: Option<Typical>,
}

/// Where the typical range begins, and how sure that is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "TypicalRange"))]
#[serde(rename_all = "camelCase")]
pub struct Typical {
    /// The limit, in the measure's unit.
    pub limit: f64,
    /// Which way of it is typical.
    pub better: Better,
    /// Half width around the limit in which one camera cannot tell the sides apart.
    pub dead_band: f64,
    /// What the limit rests on: `published`, `textbook` or `proposed`.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = ["published", "textbook", "proposed"]))
    )]
    pub basis: &'static str,
    /// Where it comes from.
    pub source: String,
    /// Whether the value lies in the typical range.
    pub within: bool,
    /// How sure it is on which side of the limit the value lies: 0.5 at the limit, 1 outside the dead band.
    pub certainty: f64,
}

/// The confidence of a bucket as a product.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConfidenceParts {
    /// The confidence, 0..1.
    pub confidence: f64,
    /// Factor for how well the body was tracked, 0..1.
    pub tracking: f64,
    /// What remains: nearness to the cut-offs, view, repetitions, sides that were not shown; 0..1.
    pub rest: f64,
}

/// What extended results say of an assessment; `None` when it has no result.
#[must_use]
pub fn extend(assessment: &Assessment) -> Option<ExtendedResult> {
    let result = assessment.result.as_ref()?;
    let measures = result.measures.iter();
    Some(ExtendedResult {
        measures: measures
            .map(|measure| with_typical(assessment.test, measure))
            .collect(),
        confidence: parts(assessment, result),
    })
}

fn parts(assessment: &Assessment, result: &TestResult) -> ConfidenceParts {
    let tracking = tracking_confidence(&assessment.quality);
    let rest = (result.confidence / tracking).clamp(0.0, 1.0);
    ConfidenceParts {
        confidence: result.confidence,
        tracking: hundredth(tracking),
        rest: if rest.is_nan() { 0.0 } else { hundredth(rest) },
    }
}

fn with_typical(test: TestId, measure: &Measure) -> ExtendedMeasure {
    let rule = MeasureRule::of(test, measure);
    let typical = rule.and_then(|rule| {
        let cutoff = rule.cutoff()?;
        let compared = if rule.better == Better::NearZero {
            measure.value.abs()
        } else {
            measure.value
        };
        Some(Typical {
            limit: cutoff.value,
            better: rule.better,
            dead_band: cutoff.dead_band,
            basis: match cutoff.basis {
                Basis::Published => "published",
                Basis::Textbook => "textbook",
                Basis::Proposed => "proposed",
            },
            source: cutoff.source.clone(),
            within: rule.is_typical(measure.value)?,
            certainty: hundredth(cutoff.certainty(compared)),
        })
    });
    let extreme = |pick: fn(f64, f64) -> f64| measure.repetitions.iter().copied().reduce(pick);
    let spread = extreme(f64::max)
        .zip(extreme(f64::min))
        .filter(|_| measure.repetitions.len() > 1)
        .map(|(most, least)| most - least);
    ExtendedMeasure {
        name: measure.name.clone(),
        words: words(test, measure),
        side: measure.side,
        value: measure.value,
        unit: measure.unit,
        repetitions: measure.repetitions.clone(),
        spread,
        key: rule.is_some_and(|rule| rule.key),
        typical,
    }
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
