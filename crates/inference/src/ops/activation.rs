//! What is done to every value after a convolution, and operations on single values.

use crate::lanes::{Lanes, Quad};

/// A function of each value, applied where the value is made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Activation {
    /// The value kept between two bounds; infinite bounds change nothing.
    Clip { low: f32, high: f32 },
    /// Negative values times the slope of their channel.
    Leaky { slopes: Vec<Quad> },
}

impl Activation {
    /// The value as it is.
    pub const IDENTITY: Self = Self::Clip {
        low: f32::NEG_INFINITY,
        high: f32::INFINITY,
    };

    /// The function for the four channels of plane `plane`.
    #[inline]
    pub fn of_plane(&self, plane: usize) -> PlaneActivation {
        match self {
            Self::Clip { low, high } => PlaneActivation {
                low: *low,
                high: *high,
                slopes: None,
            },
            Self::Leaky { slopes } => PlaneActivation {
                low: f32::NEG_INFINITY,
                high: f32::INFINITY,
                slopes: slopes.get(plane).copied(),
            },
        }
    }

    /// Applies the function to all of `values`, planes of `pixels` pixels.
    pub fn apply(&self, values: &mut [Quad], pixels: usize) {
        for (plane, values) in values.chunks_mut(pixels).enumerate() {
            let activation = self.of_plane(plane);
            for value in values {
                *value = activation.apply(Lanes::load(value)).quad();
            }
        }
    }
}

/// An [`Activation`] for the four channels of a plane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlaneActivation {
    low: f32,
    high: f32,
    slopes: Option<Quad>,
}

impl PlaneActivation {
    #[inline]
    pub fn apply(&self, value: Lanes) -> Lanes {
        match &self.slopes {
            None => value.max(Lanes::splat(self.low)).min(Lanes::splat(self.high)),
            Some(slopes) => {
                let zero = Lanes::splat(0.0);
                value.max(zero) + value.min(zero) * Lanes::load(slopes)
            }
        }
    }
}

/// `out = a + b`.
pub(crate) fn add(a: &[Quad], b: &[Quad], out: &mut [Quad]) {
    for ((a, b), out) in a.iter().zip(b).zip(out) {
        *out = (Lanes::load(a) + Lanes::load(b)).quad();
    }
}

/// The logistic function of each value.
pub(crate) fn sigmoid(values: &[Quad], out: &mut [Quad]) {
    for (value, out) in values.iter().zip(out) {
        *out = value.map(|value| 1.0 / (1.0 + (-value).exp()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activations_change_each_value_by_the_rule_of_its_channel() {
        let values = [[-2.0, -1.0, 1.0, 9.0], [8.0, -8.0, 0.0, 0.5]];
        let slopes = vec![[0.5, 0.25, 2.0, 2.0], [1.0, -1.0, 0.0, 3.0]];
        for (activation, expected) in [
            (Activation::IDENTITY, values),
            (
                Activation::Clip { low: 0.0, high: 6.0 },
                [[0.0, 0.0, 1.0, 6.0], [6.0, 0.0, 0.0, 0.5]],
            ),
            (
                Activation::Leaky { slopes },
                [[-1.0, -0.25, 1.0, 9.0], [8.0, 8.0, 0.0, 0.5]],
            ),
        ] {
            let mut changed = values;
            activation.apply(&mut changed, 1);
            assert_eq!(changed, expected, "{activation:?}");
        }
    }

    #[test]
    fn sums_and_sigmoids_are_taken_value_by_value() {
        let mut out = [[0.0; 4]];
        add(&[[1.0, 2.0, 3.0, 4.0]], &[[0.5, -2.0, 1.0, 0.0]], &mut out);
        assert_eq!(out, [[1.5, 0.0, 4.0, 4.0]]);
        sigmoid(&[[0.0, 100.0, -100.0, 0.0]], &mut out);
        assert_eq!(out[0][0], 0.5);
        assert!(out[0][1] > 0.9999 && out[0][2] < 0.0001);
    }
}
