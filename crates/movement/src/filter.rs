//! Zero-phase low-pass smoothing: a second-order Butterworth filter run forward and backward.
//!
//! The cut-off is 3 Hz (-3 dB of the whole, both directions together). Squats, reaches and the sway of the trunk in
//! quiet standing have nearly all their power below 1.5 Hz, landmark jitter is white up to the 5 Hz that sampling at
//! 10 Hz leaves; 3 Hz keeps the first and removes most of the second. Human-movement practice uses 3 to 6 Hz for
//! slow movements (Winter, Biomechanics and Motor Control of Human Movement, section 3.4.4).

/// Cut-off of the smoothing in hertz.
pub const CUT_OFF_HZ: f64 = 3.0;

/// Samples mirrored at each end so that the filter starts settled.
const PADDING: usize = 9;

/// Smooths evenly spaced `samples` in place; `rate_hz` is the sampling rate. Fewer than three samples stay as they are.
pub fn smooth(samples: &mut [f64], rate_hz: f64) {
    let (Some(&first), Some(&last)) = (samples.first(), samples.last()) else {
        return;
    };
    let count = samples.len();
    if count < 3 || samples.iter().any(|sample| !sample.is_finite()) {
        return;
    }
    let filter = Biquad::low_pass(CUT_OFF_HZ, rate_hz);
    let padding = PADDING.min(count - 1);
    // Odd reflection keeps value and slope continuous at the ends.
    let mut padded: Vec<f64> = (1..=padding).rev().map(|i| 2.0 * first - samples[i]).collect();
    padded.extend_from_slice(samples);
    padded.extend((1..=padding).map(|i| 2.0 * last - samples[count - 1 - i]));
    filter.run(&mut padded);
    padded.reverse();
    filter.run(&mut padded);
    padded.reverse();
    samples.copy_from_slice(&padded[padding..padding + count]);
}

/// A second-order filter section, `a0` normalized to 1.
struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
}

impl Biquad {
    /// Butterworth low-pass by the bilinear transform. Running it twice lowers the cut-off; the design frequency, after
    /// the transform's warping, is raised by 1 / (sqrt 2 - 1)^(1/4), about 1.247, to make up for it.
    fn low_pass(cut_off_hz: f64, rate_hz: f64) -> Self {
        let warped = (std::f64::consts::PI * (cut_off_hz / rate_hz).min(0.49)).tan()
            / (std::f64::consts::SQRT_2 - 1.0).powf(0.25);
        let square = warped * warped;
        let scale = 1.0 / (1.0 + std::f64::consts::SQRT_2 * warped + square);
        Self {
            b: [square * scale, 2.0 * square * scale, square * scale],
            a: [
                2.0 * (square - 1.0) * scale,
                (1.0 - std::f64::consts::SQRT_2 * warped + square) * scale,
            ],
        }
    }

    /// Runs the section over `samples` in place, settled on the first one.
    fn run(&self, samples: &mut [f64]) {
        let Some(&first) = samples.first() else { return };
        let (mut x1, mut x2, mut y1, mut y2) = (first, first, first, first);
        for sample in samples {
            let x0 = *sample;
            let y0 = self.b[0] * x0 + self.b[1] * x1 + self.b[2] * x2 - self.a[0] * y1 - self.a[1] * y2;
            (x2, x1, y2, y1) = (x1, x0, y1, y0);
            *sample = y0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amplitude_after(frequency_hz: f64) -> f64 {
        let mut wave: Vec<f64> = (0..400)
            .map(|i| (std::f64::consts::TAU * frequency_hz * f64::from(i) / 10.0).sin())
            .collect();
        smooth(&mut wave, 10.0);
        // By power: samples need not fall on the crests.
        (2.0 * wave[100..300].iter().map(|value| value * value).sum::<f64>() / 200.0).sqrt()
    }

    #[test]
    fn slow_movement_passes_and_the_cut_off_is_where_it_is_stated() {
        assert!(amplitude_after(1.0) > 0.98, "{}", amplitude_after(1.0));
        assert!(
            (amplitude_after(CUT_OFF_HZ) - 0.707).abs() < 0.04,
            "{}",
            amplitude_after(CUT_OFF_HZ)
        );
        assert!(amplitude_after(4.5) < 0.05, "{}", amplitude_after(4.5));
    }

    #[test]
    fn a_straight_line_is_not_bent_and_nothing_is_delayed() {
        let line: Vec<f64> = (0..30).map(|i| 2.0 - 0.3 * f64::from(i)).collect();
        let mut smoothed = line.clone();
        smooth(&mut smoothed, 10.0);
        for (before, after) in line.iter().zip(&smoothed) {
            assert!((before - after).abs() < 1e-3, "{before} became {after}");
        }
        let mut bump: Vec<f64> = (0..61)
            .map(|i| (-(f64::from(i - 30) / 6.0).powi(2)).exp())
            .collect();
        smooth(&mut bump, 10.0);
        assert_eq!((0..61).max_by(|&a, &b| bump[a].total_cmp(&bump[b])), Some(30));
    }

    #[test]
    fn too_short_or_broken_series_stay_as_they_are() {
        for series in [vec![], vec![1.0], vec![1.0, 5.0], vec![1.0, f64::NAN, 2.0, 7.0]] {
            let mut copy = series.clone();
            smooth(&mut copy, 10.0);
            assert_eq!(format!("{copy:?}"), format!("{series:?}"));
        }
    }
}
