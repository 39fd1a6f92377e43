//! Progress of each test by its key measure (product requirement I3).
//!
//! Like is compared with like: the same measure of the same side, in the same unit, seen from the same view where the measure
//! differs by view. A change within the measurement error is no clear change, whatever its percentage. Percentages count from
//! where the measure is nothing; where the earlier value is itself within the error of that, there is no percentage.

use chrono::{DateTime, NaiveDate, Utc};
use flow_catalog::TestId;
use flow_landmarks::Side;
use flow_movement::assessment::{Measure, Unit};
use serde::Serialize;

use crate::{
    Better,
    follow_up::{ProgressLimits, follow_up, iso, later},
    measures::MeasureRule,
    rules::rules,
};

/// A result as progress looks at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The test.
    pub test: TestId,
    /// When it was taken.
    pub at: DateTime<Utc>,
    /// Confidence of the result, 0..1.
    pub confidence: f64,
    /// What was measured.
    pub measures: Vec<Measure>,
}

/// How a key measure changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "MeasureProgress"))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The test.
    pub test: TestId,
    /// The measure by its name in results.
    pub measure: String,
    /// The measure in words.
    pub words: String,
    /// The side, if it belongs to one.
    pub side: Option<Side>,
    /// Unit of all values.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// Where the typical range begins, if that is known.
    pub typical: Option<f64>,
    /// What one camera cannot tell apart.
    pub error: f64,
    /// The first value ever.
    pub first: Reading,
    /// What the newest is compared with: the one nearest to two weeks before it.
    pub before: Option<Reading>,
    /// The newest value.
    pub now: Reading,
    /// Days between `before` and `now`.
    pub days: Option<i64>,
    /// Change from `before` to `now`, positive for better, in the unit.
    pub change: Option<f64>,
    /// The same in per cent of `before`; `None` where that would be a percentage of next to nothing.
    pub percent: Option<f64>,
    /// What it means.
    pub verdict: Verdict,
    /// What to do.
    pub action: Action,
    /// Both in a sentence.
    pub text: String,
    /// From when on a new recording can be compared: with the newest one or, while nothing is compared, with the first.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub next_comparison: NaiveDate,
}

/// One value with its day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The day, UTC.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub on: NaiveDate,
    /// The value.
    pub value: f64,
    /// Whether the result was sure enough to build on.
    pub sure: bool,
}

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ProgressVerdict"))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// There is one result only.
    First,
    /// All earlier results are too recent.
    TooEarly,
    /// One of the two results is not sure enough.
    Unsure,
    /// In the typical range, and not clearly less than before.
    Reached,
    /// At least 20 % better.
    Good,
    /// Clearly better, 10 to 20 %.
    Some,
    /// Clearly better, but under 10 %.
    Little,
    /// Within the measurement error.
    NoClearChange,
    /// Clearly less than before.
    Worse,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ProgressAction"))]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Measure again: nothing can be said yet.
    Measure,
    /// Go on as it is.
    Continue,
    /// Adjust the program.
    Adjust,
    /// Stop, and talk to a specialist.
    Stop,
}

/// How every key measure of every test changed, by test and side; `history` in any order.
#[must_use]
pub fn progress(history: &[Taken]) -> Vec<Progress> {
    let mut history: Vec<&Taken> = history.iter().collect();
    history.sort_by_key(|taken| (taken.test, taken.at));
    history
        .chunk_by(|a, b| a.test == b.test)
        .flat_map(|of_test| {
            let keys = of_test.last().into_iter().flat_map(|newest| keys(newest));
            keys.map(|(rule, key)| row(rule, key, of_test))
        })
        .collect()
}

/// The key measures of a result, left before right.
fn keys(taken: &Taken) -> Vec<(&'static MeasureRule, &Measure)> {
    let mut keys: Vec<_> = taken
        .measures
        .iter()
        .filter(|measure| measure.value.is_finite())
        .filter_map(|measure| Some((MeasureRule::of(taken.test, measure)?, measure)))
        .filter(|(rule, _)| rule.key)
        .collect();
    keys.sort_by_key(|(_, measure)| measure.side);
    keys
}

/// One measure over the results of its test, oldest first; the newest of them has it.
fn row(rule: &'static MeasureRule, key: &Measure, of_test: &[&Taken]) -> Progress {
    let limits = &follow_up().progress;
    let readings: Vec<Reading> = of_test
        .iter()
        .filter_map(|taken| {
            let like = |(_, measure): &(&MeasureRule, &Measure)| {
                (measure.side, &measure.name) == (key.side, &key.name)
            };
            let (_, measure) = keys(taken).into_iter().find(like)?;
            Some(Reading {
                on: taken.at.date_naive(),
                value: measure.value,
                sure: taken.confidence >= rules().sure_from,
            })
        })
        .collect();
    // The newest result has the measure: there is a last reading, and a first one.
    let fallback = Reading {
        on: NaiveDate::default(),
        value: key.value,
        sure: false,
    };
    let now = readings.last().copied().unwrap_or(fallback);
    let first = readings.first().copied().unwrap_or(now);
    let before = earlier(&readings, now, limits);
    let change = before.map(|before| rounded(improvement(rule, before.value, now.value)));
    let percent = before.and_then(|before| percent(rule, before.value, now.value));
    let (verdict, action, text) = match (before, change) {
        (Some(before), Some(change)) if before.sure && now.sure => judge(rule, now.value, change, percent),
        (Some(_), _) => (Verdict::Unsure, Action::Measure, "unsure"),
        _ if readings.len() > 1 => (Verdict::TooEarly, Action::Measure, "too-early"),
        _ => (Verdict::First, Action::Measure, "first"),
    };
    let compared_with = if before.is_some() { now } else { first };
    Progress {
        test: rule.test,
        measure: key.name.clone(),
        words: rule.words.clone(),
        side: key.side,
        unit: key.unit,
        better: rule.better,
        typical: rule.cutoff().map(|cutoff| cutoff.value),
        error: rule.error(),
        first,
        before,
        now,
        days: before.map(|before| (now.on - before.on).num_days()),
        change,
        percent,
        verdict,
        action,
        text: follow_up().verdicts.get(text).cloned().unwrap_or_default(),
        next_comparison: later(compared_with.on, limits.compare_least_days.unsigned_abs()),
    }
}

/// The earlier reading nearest to two weeks before the newest, of those that are old enough.
fn earlier(readings: &[Reading], now: Reading, limits: &ProgressLimits) -> Option<Reading> {
    let age = |reading: &Reading| (now.on - reading.on).num_days();
    readings
        .iter()
        .filter(|reading| age(reading) >= limits.compare_least_days)
        .min_by_key(|reading| (age(reading) - limits.compare_days).abs())
        .copied()
}

/// How much better the later value is, in its unit.
fn improvement(rule: &MeasureRule, before: f64, now: f64) -> f64 {
    let change = rule.comparable(now) - rule.comparable(before);
    match rule.better {
        Better::Higher => change,
        Better::Lower | Better::NearZero => -change,
    }
}

/// The same in per cent of the earlier value, unless that is nothing but measurement error.
fn percent(rule: &MeasureRule, before: f64, now: f64) -> Option<f64> {
    let base = (rule.comparable(before) - rule.zero).abs();
    (base > rule.error()).then(|| rounded(100.0 * improvement(rule, before, now) / base))
}

/// What a change means; the last part of the answer is the name of its sentence.
fn judge(rule: &MeasureRule, now: f64, change: f64, percent: Option<f64>) -> (Verdict, Action, &'static str) {
    let limits = &follow_up().progress;
    let error = rule.error();
    let at_least = |limit: f64| percent.is_some_and(|percent| percent >= limit);
    if change < -error {
        (Verdict::Worse, Action::Stop, "worse")
    } else if rule.is_typical(now) == Some(true) {
        (Verdict::Reached, Action::Continue, "reached")
    } else if change <= error {
        if at_least(limits.adjust_below_percent) {
            (Verdict::NoClearChange, Action::Continue, "no-clear-change")
        } else {
            (Verdict::NoClearChange, Action::Adjust, "no-progress")
        }
    } else if percent.is_none() || at_least(limits.good_percent) {
        // Beyond the error from next to nothing: it has at least doubled.
        (Verdict::Good, Action::Continue, "good")
    } else if at_least(limits.adjust_below_percent) {
        (Verdict::Some, Action::Continue, "some")
    } else {
        (Verdict::Little, Action::Adjust, "little")
    }
}

/// To a hundredth: finer than anything measured, and 20 % stays 20 %.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
