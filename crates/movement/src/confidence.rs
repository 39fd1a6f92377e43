//! How sure a bucket is: distance from the cut-offs, tracking, repetitions, view.

use flow_catalog::Cutoff;

use crate::assessment::Quality;

/// From which confidence the client calls a result quite sure (`confidenceInWords` in `web/src/texts/format.ts`).
pub const SURE: f64 = 0.8;

/// Certainty of an answer that what was not seen may turn round.
pub(crate) const HALF_SEEN: f64 = 0.6;

/// Confidence in a head that is read from points of a face: never quite sure. A centimetre of noise turns the line from ear to
/// eye by 6 degrees, which changes buckets of tests 1 and 13 (stick figure); a mesh that lies wrong on a face whose mouth is
/// hidden reads 20 degrees for 58 (2 of 24 rendered recordings).
pub(crate) const POINTS_OF_A_FACE: f64 = 0.75;

/// One yes-or-no question behind a bucket, with how sure its answer is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Answer {
    pub yes: bool,
    /// 0.5 at the cut-off, 1 outside its dead band.
    pub certainty: f64,
}

impl Answer {
    /// Whether `value` lies above the cut-off.
    pub(crate) fn above(value: f64, cutoff: &Cutoff) -> Self {
        Self {
            yes: value > cutoff.value,
            certainty: cutoff.certainty(value),
        }
    }

    /// Whether `value` lies above the cut-off by more than its own standard error, so that what measurement alone can
    /// produce is not called a finding. The dead band is at least the one of the cut-off.
    pub(crate) fn clearly_above(value: f64, error: f64, cutoff: &Cutoff) -> Self {
        let beyond = value - error - cutoff.value;
        let band = (2.0 * error).max(cutoff.dead_band);
        let certainty = 0.5 + 0.5 * (beyond.abs() / band).min(1.0);
        Self {
            yes: beyond > 0.0,
            certainty: if certainty.is_nan() { 0.5 } else { certainty },
        }
    }

    /// Whether what is at least `value` lies below the cut-off: while `value` itself does, nobody knows, and what is not
    /// seen is not called a finding.
    pub(crate) fn at_least_below(value: f64, cutoff: &Cutoff) -> Self {
        if value >= cutoff.value {
            Self::below(value, cutoff)
        } else {
            Self {
                yes: false,
                certainty: 0.5,
            }
        }
    }

    /// The same answer when all it rests on was not seen: a clock that may have run longer.
    pub(crate) fn half_seen(self) -> Self {
        Self {
            certainty: self.certainty.min(HALF_SEEN),
            ..self
        }
    }

    /// Whether `value` lies below the cut-off.
    pub(crate) fn below(value: f64, cutoff: &Cutoff) -> Self {
        Self {
            yes: value < cutoff.value,
            certainty: cutoff.certainty(value),
        }
    }
}

/// The bucket that follows from the answers, and how sure it is: the certainty of the least certain answer whose
/// opposite would change it.
pub(crate) fn decide<B: PartialEq>(answers: &[Answer], bucket: impl Fn(&[bool]) -> B) -> (B, f64) {
    let mut given: Vec<bool> = answers.iter().map(|answer| answer.yes).collect();
    let decided = bucket(&given);
    let mut certainty: f64 = 1.0;
    for (index, answer) in answers.iter().enumerate() {
        given[index] = !given[index];
        if bucket(&given) != decided {
            certainty = certainty.min(answer.certainty);
        }
        given[index] = !given[index];
    }
    (decided, certainty)
}

/// Factor for how well the body was tracked: 1 when all was seen clearly, about 0.4 at the limits of the gates.
#[must_use]
pub fn tracking(quality: &Quality) -> f64 {
    let share = 0.8 + 0.2 * ((quality.tracked_share - 0.8) / 0.2).clamp(0.0, 1.0);
    let clear = 0.5 + 0.5 * ((quality.confidence_avg - 0.5) / 0.35).clamp(0.0, 1.0);
    share * clear
}

/// Factor for how many of the repetitions asked for were found: 1 for all, 0.7 for none.
pub(crate) fn repetitions(found: usize, wanted: u32) -> f64 {
    0.7 + 0.3 * (found as f64 / f64::from(wanted.max(1))).min(1.0)
}

/// Factor for how far the view was from the one asked for, as it is read: 1 up to 10 degrees, 0.6 from 30 degrees on.
///
/// Bodies turned by 25 degrees read 7 to 35, in most tests about 15, those turned by up to 10 mostly less than 10 (rendered
/// people in ten tests): 30 degrees read are about the 45 that the gates allow.
pub(crate) fn view(error_deg: f64) -> f64 {
    if error_deg.is_nan() {
        0.6
    } else {
        1.0 - 0.4 * ((error_deg - 10.0) / 20.0).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_answers_that_could_change_the_bucket_make_it_unsure() {
        let unsure = Answer {
            yes: false,
            certainty: 0.6,
        };
        let sure = Answer {
            yes: true,
            certainty: 1.0,
        };
        let any = |given: &[bool]| given.iter().any(|&yes| yes);
        assert_eq!(decide(&[unsure, unsure], any), (false, 0.6));
        assert_eq!(decide(&[unsure, sure], any), (true, 1.0));
        assert_eq!(decide(&[], any), (false, 1.0));
    }

    #[test]
    fn confidence_falls_with_view_error_and_missing_repetitions() {
        assert!((view(10.0) - 1.0).abs() < 1e-12 && (view(45.0) - 0.6).abs() < 1e-12);
        assert!(view(f64::NAN) <= view(45.0));
        assert!(repetitions(1, 3) < repetitions(2, 3) && repetitions(9, 3) <= 1.0);
    }
}
