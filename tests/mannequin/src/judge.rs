//! Holds an assessment against what was rendered.

use flow_landmarks::Side;
use serde_json::Value;

use crate::scenario::{Expect, Flag};

/// An assessment as the API gives it.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a>(pub &'a Value);

/// Flags that differ from what is expected: codes with their sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlagMistakes {
    /// Should be there and are not.
    pub missed: Vec<(String, Option<Side>)>,
    /// Are there and should not be.
    pub extra: Vec<(String, Option<Side>)>,
}

impl<'a> Judged<'a> {
    /// What differs from what is expected, in words.
    #[must_use]
    pub fn mistakes(self, expect: &Expect) -> Vec<String> {
        match expect {
            Expect::Refused { code, or } => {
                let right = self
                    .refusal()
                    .is_some_and(|found| found == *code || or.contains(&found));
                (!right)
                    .then(|| format!("should be refused as {code}, was {}", self.verdict()))
                    .into_iter()
                    .collect()
            }
            Expect::Scored { bucket, flags, may } => self.score_mistakes(bucket, flags, may),
        }
    }

    fn score_mistakes(self, bucket: &str, flags: &[Flag], may: &[&str]) -> Vec<String> {
        let mut mistakes = Vec::new();
        if self.bucket() != Some(bucket) {
            mistakes.push(format!("should be {bucket}, was {}", self.verdict()));
        }
        let FlagMistakes { missed, extra } = self.flag_mistakes(flags, may);
        mistakes.extend(missed.iter().map(|flag| format!("misses {flag:?}")));
        mistakes.extend(extra.iter().map(|flag| format!("has {flag:?} too much")));
        mistakes
    }

    /// How the flags differ from those that must be there and those that may be.
    #[must_use]
    pub fn flag_mistakes(self, flags: &[Flag], may: &[&str]) -> FlagMistakes {
        let mut missed = Vec::new();
        let mut extra = self.flags();
        for flag in flags {
            let wanted = (flag.code.to_owned(), flag.side);
            if let Some(index) = extra.iter().position(|flag| *flag == wanted) {
                extra.swap_remove(index);
            } else {
                missed.push(wanted);
            }
        }
        extra.retain(|(code, _)| !may.contains(&code.as_str()));
        FlagMistakes { missed, extra }
    }

    /// The bucket, if it was scored.
    #[must_use]
    pub fn bucket(self) -> Option<&'a str> {
        self.0["result"]["bucket"].as_str()
    }

    /// How sure the result is, if there is one.
    #[must_use]
    pub fn confidence(self) -> Option<f64> {
        self.0["result"]["confidence"].as_f64()
    }

    /// Codes of the flags, with their sides.
    #[must_use]
    pub fn flags(self) -> Vec<(String, Option<Side>)> {
        let flags = self.0["result"]["flags"].as_array();
        flags
            .into_iter()
            .flatten()
            .map(|flag| {
                let side = match flag["side"].as_str() {
                    Some("left") => Some(Side::Left),
                    Some("right") => Some(Side::Right),
                    _ => None,
                };
                (flag["code"].as_str().unwrap_or_default().to_owned(), side)
            })
            .collect()
    }

    /// The first failed check.
    #[must_use]
    pub fn refusal(self) -> Option<&'a str> {
        let checks = self.0["quality"]["checks"].as_array()?;
        checks.iter().find(|check| check["passed"] == false)?["code"].as_str()
    }

    /// What came out, in words.
    #[must_use]
    pub fn verdict(self) -> String {
        self.refusal().map_or_else(
            || format!("{} with {:?}", self.bucket().unwrap_or("nothing"), self.flags()),
            |code| format!("refused as {code}"),
        )
    }
}
