//! The data file of measures: words, direction, what is typical, and which one tells progress.

use std::sync::LazyLock;

use flow_catalog::{Cutoff, TestId, cutoff};
use flow_movement::assessment::{Measure, Unit};
use serde::{Deserialize, Serialize};

/// Which way a measure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "BetterDirection"))]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better; less than nothing is better still.
    Lower,
    /// Nearer to zero is better.
    NearZero,
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeasureRule {
    pub test: TestId,
    name: String,
    pub unit: Unit,
    pub words: String,
    pub better: Better,
    cutoff: Option<String>,
    #[serde(default)]
    pub key: bool,
    #[serde(default)]
    pub zero: f64,
    #[serde(default)]
    capped: bool,
    error: Option<f64>,
    sided: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    measure: Vec<MeasureRule>,
}

impl MeasureRule {
    /// The line about a measure of a test, if there is one.
    pub fn of(test: TestId, measure: &Measure) -> Option<&'static Self> {
        rules().iter().find(|rule| {
            rule.test == test
                && rule.name == measure.name
                && rule.unit == measure.unit
                && rule.sided.is_none_or(|sided| sided == measure.side.is_some())
        })
    }

    /// Where the typical range begins, if that is known.
    pub fn cutoff(&self) -> Option<&'static Cutoff> {
        cutoff(self.test, self.cutoff.as_deref()?)
    }

    /// What one camera cannot tell apart, in the measure's unit.
    pub fn error(&self) -> f64 {
        self.error
            .or_else(|| Some(self.cutoff()?.dead_band))
            .unwrap_or_default()
    }

    /// Whether a value lies in the typical range; `None` when that is not known.
    pub fn is_typical(&self, value: f64) -> Option<bool> {
        let limit = self.cutoff()?.value;
        Some(match self.better {
            Better::Higher => value >= limit,
            Better::Lower => value <= limit,
            Better::NearZero => value.abs() <= limit,
        })
    }

    /// The value as it is compared: how far from zero where that counts, up to the cut-off where more counts no more.
    pub fn comparable(&self, value: f64) -> f64 {
        let value = if self.better == Better::NearZero {
            value.abs()
        } else {
            value
        };
        match self.cutoff() {
            Some(cutoff) if self.capped => value.min(cutoff.value),
            _ => value,
        }
    }
}

/// What a measure is called: the words of the file, else its own name taken apart.
pub(crate) fn words(test: TestId, measure: &Measure) -> String {
    MeasureRule::of(test, measure).map_or_else(|| apart(&measure.name), |rule| rule.words.clone())
}

/// `hipDrop` is "Hip drop".
fn apart(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            words.push(' ');
        }
        if words.is_empty() {
            words.extend(letter.to_uppercase());
        } else {
            words.extend(letter.to_lowercase());
        }
    }
    words
}

/// The lines of the file, which is part of the program; a test parses and checks it.
fn rules() -> &'static [MeasureRule] {
    static RULES: LazyLock<Vec<MeasureRule>> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the text is compiled in; `the_lines_refer_to_what_there_is` parses the same text"
        )]
        toml::from_str::<File>(include_str!("../data/measures.toml"))
            .expect("measures.toml is well formed")
            .measure
    });
    &RULES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_refer_to_what_there_is() {
        let mut seen = Vec::new();
        for rule in rules() {
            let what = (rule.test, rule.name.as_str(), rule.sided);
            assert!(!seen.contains(&what), "{what:?} has two lines");
            seen.push(what);
            assert!(
                rule.cutoff.is_none() || rule.cutoff().is_some(),
                "{what:?}: no cut-off is called {:?}",
                rule.cutoff
            );
            if let Some(cutoff) = rule.cutoff() {
                let unit = match rule.unit {
                    Unit::Degrees => "deg",
                    Unit::Seconds => "s",
                    Unit::LegLengths => "leg lengths",
                    Unit::TorsoLengths => "torso lengths",
                    Unit::PercentOfLeg => "% of leg length",
                    other => panic!("{what:?}: a cut-off in {other:?}"),
                };
                assert_eq!(cutoff.unit, unit, "{what:?}");
            }
            assert!(
                !rule.key || rule.error() > 0.0,
                "{what:?}: a key measure has an error"
            );
        }
    }

    #[test]
    fn every_test_has_one_key_measure() {
        for test in TestId::ALL {
            let mut names: Vec<&str> = rules()
                .iter()
                .filter(|rule| rule.test == test && rule.key)
                .map(|rule| rule.name.as_str())
                .collect();
            names.dedup();
            assert_eq!(
                names.len(),
                1,
                "{test}: add a line with `key = true` to measures.toml"
            );
        }
    }

    #[test]
    fn a_name_without_a_line_is_taken_apart() {
        assert_eq!(apart("hipDrop"), "Hip drop");
        assert_eq!(apart("sway"), "Sway");
    }
}
