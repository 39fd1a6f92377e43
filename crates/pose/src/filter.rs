//! Filters of one value over time: a low-pass, and the One-Euro filter that opens with speed.
//!
//! See Casiez, Roussel, Vogel: "1 € Filter", CHI 2012. This follows MediaPipe's `util/filtering`, version 0.10.21.

use std::f64::consts::TAU;

/// Exponential smoothing; the first value passes as it is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LowPass {
    last: Option<Last>,
}

#[derive(Clone, Copy, Debug)]
struct Last {
    raw: f32,
    smooth: f32,
}

impl LowPass {
    /// The smoothed value; `alpha`, in 0..=1, is the weight of the new one.
    pub fn apply(&mut self, value: f32, alpha: f32) -> f32 {
        let smooth = self
            .last
            .map_or(value, |last| alpha * value + (1.0 - alpha) * last.smooth);
        self.last = Some(Last { raw: value, smooth });
        smooth
    }
}

/// How a One-Euro filter behaves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OneEuroOptions {
    /// Cut-off frequency in hertz of a value that stands still.
    pub min_cutoff: f64,
    /// By how many hertz the cut-off rises with each unit of speed.
    pub beta: f64,
}

/// Cut-off frequency in hertz for the speed. Source: `derivate_cutoff` of MediaPipe's `pose_landmark_filtering`.
const SPEED_CUTOFF: f64 = 1.0;

/// A One-Euro filter.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OneEuro {
    value: LowPass,
    speed: LowPass,
    last_time: Option<f64>,
}

impl OneEuro {
    /// The smoothed `value` at time `t` in seconds, where speed is measured in `scale` times the value's unit per
    /// second. A value that is not later than the one before it is returned as it is.
    pub fn apply(&mut self, t: f64, value: f32, scale: f32, options: OneEuroOptions) -> f32 {
        let Some(last_time) = self.last_time.replace(t) else {
            self.speed.apply(0.0, 1.0);
            return self.value.apply(value, 1.0);
        };
        let seconds = t - last_time;
        // NaN is no advance either.
        let advanced = seconds > 0.0;
        if !advanced {
            self.last_time = Some(last_time);
            return value;
        }
        let change = self.value.last.map_or(0.0, |last| value - last.raw);
        let speed = f64::from(change) * f64::from(scale) / seconds;
        let speed = self.speed.apply(speed as f32, alpha(SPEED_CUTOFF, seconds));
        let cutoff = options.min_cutoff + options.beta * f64::from(speed).abs();
        self.value.apply(value, alpha(cutoff, seconds))
    }
}

/// The weight of a new value after `seconds` for a cut-off frequency in hertz.
fn alpha(cutoff: f64, seconds: f64) -> f32 {
    let time_constant = 1.0 / (TAU * cutoff);
    (1.0 / (1.0 + time_constant / seconds)) as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OPTIONS: OneEuroOptions = OneEuroOptions {
        min_cutoff: 0.05,
        beta: 80.0,
    };

    #[test]
    fn a_low_pass_moves_by_alpha_of_the_way() {
        let mut filter = LowPass::default();
        for (value, expected) in [(1.0, 1.0), (2.0, 1.1), (2.0, 1.19), (0.0, 1.071)] {
            let smooth = filter.apply(value, 0.1);
            assert!((smooth - expected).abs() < 1e-6, "{value}: {smooth}");
        }
    }

    #[test]
    fn still_values_are_held_and_fast_ones_pass() {
        let mut filter = OneEuro::default();
        let step = 1.0 / 30.0;
        assert_eq!(filter.apply(0.0, 1.0, 1.0, OPTIONS), 1.0);
        let jitter = filter.apply(step, 1.000_01, 1.0, OPTIONS);
        assert!((jitter - 1.0).abs() < 2e-6, "{jitter}");
        let jump = filter.apply(2.0 * step, 2.0, 1.0, OPTIONS);
        assert!((jump - 2.0).abs() < 0.05, "{jump}");
    }

    /// Values of MediaPipe's formulas worked out by hand for steps of 0.1 s.
    #[test]
    fn the_cut_off_rises_with_the_smoothed_speed() {
        let options = OneEuroOptions {
            min_cutoff: 1.0,
            beta: 1.0,
        };
        let mut filter = OneEuro::default();
        filter.apply(5.0, 0.0, 2.0, options);
        // Speed 1 * 2 / 0.1 = 20 a second; its alpha is 1 / (1 + 10 / tau) = 0.385870; cut-off 1 + 7.7174.
        let smooth = filter.apply(5.1, 1.0, 2.0, options);
        let expected = 1.0 / (1.0 + 1.0 / (TAU as f32 * 8.717_40 * 0.1));
        assert!((smooth - expected).abs() < 1e-5, "{smooth} {expected}");
    }

    #[test]
    fn time_that_does_not_advance_changes_nothing() {
        let mut filter = OneEuro::default();
        filter.apply(1.0, 0.0, 1.0, OPTIONS);
        let mut untouched = filter;
        for t in [1.0, 0.5, f64::NAN] {
            assert_eq!(filter.apply(t, 9.0, 1.0, OPTIONS), 9.0, "{t}");
        }
        let next = filter.apply(1.1, 0.5, 1.0, OPTIONS);
        assert_eq!(next, untouched.apply(1.1, 0.5, 1.0, OPTIONS));
    }

    proptest! {
        #[test]
        fn smoothed_values_stay_between_the_extremes(
            values in prop::collection::vec(-1000f32..1000.0, 1..50), scale in 0.001f32..10.0,
        ) {
            let mut filter = OneEuro::default();
            let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
            for (index, value) in values.into_iter().enumerate() {
                (low, high) = (low.min(value), high.max(value));
                let smooth = filter.apply(index as f64 * 0.1, value, scale, OPTIONS);
                prop_assert!(smooth >= low - 1e-3 && smooth <= high + 1e-3, "{low} {smooth} {high}");
            }
        }
    }
}
