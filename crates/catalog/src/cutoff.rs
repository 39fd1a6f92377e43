//! One cut-off with its dead band and source.

use serde::Deserialize;

/// What a cut-off rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Stated in the cited source.
    Published,
    /// Commonly used; not confirmed in a source that was read.
    Textbook,
    /// Ours: no published norm was found.
    Proposed,
}

/// A limit on a measured quantity that decides a bucket or a flag.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cutoff {
    /// The limit, in `unit`.
    pub value: f64,
    /// Half width around `value` inside which the side cannot be told with certainty, in `unit`; 0 for exact limits.
    pub dead_band: f64,
    /// Unit of `value` and `dead_band`.
    pub unit: String,
    /// What the limit rests on.
    pub basis: Basis,
    /// Where the limit comes from.
    pub source: String,
}

impl Cutoff {
    /// How sure it is on which side of the limit `measured` lies: 0.5 at the limit, 1 from the dead band's edge on,
    /// 0.5 for what is not a number.
    #[must_use]
    pub fn certainty(&self, measured: f64) -> f64 {
        let distance = (measured - self.value).abs();
        if distance.is_nan() {
            0.5
        } else if self.dead_band <= 0.0 {
            1.0
        } else {
            0.5 + 0.5 * (distance / self.dead_band).min(1.0)
        }
    }
}

/// A limit of a quality gate.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The limit, in the unit its field's documentation states.
    pub limit: f64,
    /// Where the limit comes from.
    pub source: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certainty_is_half_at_the_limit_and_whole_outside_the_dead_band() {
        let cutoff = Cutoff {
            value: 10.0,
            dead_band: 4.0,
            unit: "deg".into(),
            basis: Basis::Proposed,
            source: String::new(),
        };
        for (measured, expected) in [
            (10.0, 0.5),
            (12.0, 0.75),
            (8.0, 0.75),
            (14.0, 1.0),
            (-90.0, 1.0),
            (f64::NAN, 0.5),
        ] {
            assert!(
                (cutoff.certainty(measured) - expected).abs() < 1e-12,
                "certainty({measured}) is {}",
                cutoff.certainty(measured)
            );
        }
    }
}
