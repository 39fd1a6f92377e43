//! What must not change what a recording comes out as, tried on the landmarks of every rendered one.

use flow_landmarks::{Clip, Side};
use flow_movement::{
    Assessment, SURE, assess,
    assessment::{FlagCode, Measure, SideResult, TestResult, Unit},
};

use crate::{
    Row,
    changed::{half_the_rate, mirrored, slower, smaller_and_aside},
};

/// How far numbers of a mirrored recording may be apart: they are rounded to four digits, but positions to 32 bits.
const ROUNDING: f64 = 0.01;

/// A law, how many recordings it was tried on, and which broke it.
#[derive(Clone, Debug)]
pub struct Law {
    /// In words.
    pub words: &'static str,
    /// Recordings it was tried on.
    pub tried: usize,
    /// Which came out with another bucket without being sure of it, in words.
    pub unsure: Vec<String>,
    /// What broke it, in words.
    pub broken: Vec<String>,
}

/// What came of a changed recording.
enum Outcome {
    Same,
    /// Another one, not sure of it.
    Unsure(String),
    Broken(String),
}

type Change = fn(&Clip) -> Clip;

/// Recordings that must get the same bucket, or one that the product is not sure of.
const SAME_BUCKET: [(&str, Change, bool); 4] = [
    ("smaller, and aside in the picture", smaller_and_aside, false),
    ("at half the frame rate", half_the_rate, false),
    ("quicker by a tenth", |clip| slower(clip, 0.9), true),
    ("slower by a tenth", |clip| slower(clip, 1.1), true),
];

/// Tries all laws on all recordings.
#[must_use]
pub fn laws(rows: &[Row]) -> Vec<Law> {
    let mut laws = vec![
        law("scored again: the same bytes", rows.iter(), again),
        law("mirrored: the mirrored result", rows.iter(), mirror),
    ];
    for (words, change, retimed) in SAME_BUCKET {
        // Recordings that are refused may become good ones, and where seconds are counted tempo is part of the test.
        let scored = rows.iter().filter(|row| {
            row.assessment
                .result
                .as_ref()
                .is_some_and(|result| !(retimed && counts_seconds(result)))
        });
        laws.push(law(words, scored, |row| same_bucket(row, change)));
    }
    laws
}

fn law<'a>(
    words: &'static str,
    rows: impl Iterator<Item = &'a Row>,
    outcome: impl Fn(&Row) -> Outcome,
) -> Law {
    let mut law = Law {
        words,
        tried: 0,
        unsure: Vec::new(),
        broken: Vec::new(),
    };
    for row in rows {
        law.tried += 1;
        let named = |what: &str| format!("`{}`, {words}: {what}", row.scenario.name);
        match outcome(row) {
            Outcome::Same => {}
            Outcome::Unsure(what) => law.unsure.push(named(&what)),
            Outcome::Broken(what) => law.broken.push(named(&what)),
        }
    }
    law
}

/// Whether how long something takes is part of the test.
fn counts_seconds(result: &TestResult) -> bool {
    result
        .measures
        .iter()
        .any(|measure| measure.unit == Unit::Seconds)
}

fn again(row: &Row) -> Outcome {
    let bytes = |assessment: &Assessment| serde_json::to_vec(assessment).ok();
    let first = bytes(&row.assessment);
    if first.is_some() && first == bytes(&assess(row.scenario.test, &row.clip)) {
        Outcome::Same
    } else {
        Outcome::Broken("other bytes".to_owned())
    }
}

fn mirror(row: &Row) -> Outcome {
    let found = assess(row.scenario.test, &mirrored(&row.clip));
    let difference = not_mirrored(&row.assessment, &found);
    difference.map_or(Outcome::Same, Outcome::Broken)
}

/// What of `found` is not the mirror image of `plain`, in words.
fn not_mirrored(plain: &Assessment, found: &Assessment) -> Option<String> {
    let (Some(plain), Some(found)) = (&plain.result, &found.result) else {
        let (plain, found) = (verdict(plain), verdict(found));
        return (plain != found).then(|| format!("{found} instead of {plain}"));
    };
    let whole = |result: &TestResult| (result.bucket, result.severity, result.repetitions.len());
    if whole(plain) != whole(found) {
        return Some(format!("{:?} instead of {:?}", whole(found), whole(plain)));
    }
    if (plain.confidence - found.confidence).abs() > ROUNDING {
        return Some(format!(
            "confidence {} instead of {}",
            found.confidence, plain.confidence
        ));
    }
    let flags = |result: &TestResult, turn: fn(Side) -> Side| {
        let mut flags: Vec<(FlagCode, Option<Side>)> = result
            .flags
            .iter()
            .map(|flag| (flag.code, flag.side.map(turn)))
            .collect();
        flags.sort_unstable();
        flags
    };
    let (wanted, got) = (flags(plain, Side::other), flags(found, |side| side));
    if wanted != got {
        return Some(format!("flags {got:?} instead of {wanted:?}"));
    }
    let side_of = |side: Side| found.sides.iter().find(|other| other.side == side.other());
    for SideResult {
        side,
        measured,
        bucket,
    } in &plain.sides
    {
        if side_of(*side).is_none_or(|other| (&other.measured, &other.bucket) != (measured, bucket)) {
            return Some(format!("the {side:?} side is another one"));
        }
    }
    plain.measures.iter().find_map(|measure| {
        let same =
            |other: &&Measure| other.name == measure.name && other.side == measure.side.map(Side::other);
        let other = found
            .measures
            .iter()
            .find(same)
            .map_or(f64::NAN, |other| other.value);
        let near = (other - measure.value).abs() <= ROUNDING * measure.value.abs().max(1.0);
        (!near).then(|| format!("{} {other} instead of {}", measure.name, measure.value))
    })
}

fn same_bucket(row: &Row, change: Change) -> Outcome {
    let found = assess(row.scenario.test, &change(&row.clip));
    let bucket = |assessment: &Assessment| assessment.result.as_ref().map(|result| result.bucket);
    let confidence = found.result.as_ref().map(|result| result.confidence);
    let what = format!("{} instead of {}", verdict(&found), verdict(&row.assessment));
    if bucket(&found) == bucket(&row.assessment) {
        Outcome::Same
    } else if confidence.is_some_and(|confidence| confidence < SURE) {
        Outcome::Unsure(what)
    } else {
        Outcome::Broken(what)
    }
}

/// The bucket, or the first failed check.
fn verdict(assessment: &Assessment) -> String {
    match (
        &assessment.result,
        assessment.quality.checks.iter().find(|check| !check.passed),
    ) {
        (Some(result), _) => result.bucket.name().to_owned(),
        (None, Some(check)) => format!("refused with {}", check.code.code()),
        (None, None) => "refused".to_owned(),
    }
}
