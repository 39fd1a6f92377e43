//! Errors of one angle, pooled.

/// The largest mean absolute error that is good enough for angles in the sagittal plane, degrees.
pub const SAGITTAL_TARGET_DEG: f64 = 5.0;

/// The same for all other angles.
pub const OTHER_TARGET_DEG: f64 = 7.0;

/// What was measured minus what is true, degrees, over any number of clips.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Errors {
    degrees: Vec<f64>,
    clips: usize,
}

impl Errors {
    /// Adds the errors of one clip; a clip without any does not count.
    pub fn add_clip(&mut self, degrees: &[f64]) {
        if !degrees.is_empty() {
            self.degrees.extend(degrees);
            self.clips += 1;
        }
    }

    /// How many values there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.degrees.len()
    }

    /// From how many clips.
    #[must_use]
    pub const fn clips(&self) -> usize {
        self.clips
    }

    /// Mean size of the errors, degrees; `NaN` without any.
    #[must_use]
    pub fn mean_absolute(&self) -> f64 {
        self.degrees.iter().map(|error| error.abs()).sum::<f64>() / self.count() as f64
    }

    /// Mean error, degrees: positive when too much is measured; `NaN` without any.
    #[must_use]
    pub fn bias(&self) -> f64 {
        self.degrees.iter().sum::<f64>() / self.count() as f64
    }
}
