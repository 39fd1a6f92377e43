//! Vectors and angles, in degrees, of which undefined ones are `NaN` and never a panic.

use std::ops::{Add, Mul, Sub};

/// A vector in the picture (x right, y down, both in frame heights) or in space (metres; z away from the camera).
///
/// Vectors of the picture have `z` 0, so both kinds share one set of formulas.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the axes are described on the type")]
pub struct Vector {
    pub x: f64,
    pub y: f64,
    pub z: f64,
}

impl Vector {
    /// A vector in the picture.
    #[must_use]
    pub const fn flat(x: f64, y: f64) -> Self {
        Self { x, y, z: 0.0 }
    }

    /// Whether all coordinates are numbers.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite() && self.z.is_finite()
    }

    /// Scalar product.
    #[must_use]
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    /// Length.
    #[must_use]
    pub fn length(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// The point half way to `other`.
    #[must_use]
    pub fn middle(self, other: Self) -> Self {
        (self + other) * 0.5
    }
}

impl Add for Vector {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
            z: self.z + other.z,
        }
    }
}

impl Sub for Vector {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            x: self.x - other.x,
            y: self.y - other.y,
            z: self.z - other.z,
        }
    }
}

impl Mul<f64> for Vector {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        Self {
            x: self.x * factor,
            y: self.y * factor,
            z: self.z * factor,
        }
    }
}

/// Angle between two vectors, 0..180 degrees; `NaN` when one has no length.
#[must_use]
pub fn between_deg(a: Vector, b: Vector) -> f64 {
    let lengths = a.length() * b.length();
    if lengths > 1e-12 {
        (a.dot(b) / lengths).clamp(-1.0, 1.0).acos().to_degrees()
    } else {
        f64::NAN
    }
}

/// Angle at `vertex` between the directions to `a` and `b`, 0..180 degrees.
#[must_use]
pub fn at_deg(a: Vector, vertex: Vector, b: Vector) -> f64 {
    between_deg(a - vertex, b - vertex)
}

/// Bend of a joint: 0 when `proximal`, `joint` and `distal` are in line.
#[must_use]
pub fn flexion_deg(proximal: Vector, joint: Vector, distal: Vector) -> f64 {
    180.0 - at_deg(proximal, joint, distal)
}

/// Angle of a vector from straight up (y is down), 0..180 degrees.
#[must_use]
pub fn from_vertical_deg(v: Vector) -> f64 {
    between_deg(v, Vector::flat(0.0, -1.0))
}

/// Rounds to four decimals, far finer than any landmark is, so that stored numbers read well and survive being written as
/// text; beyond a million they are held there.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    (value.clamp(-1e6, 1e6) * 1e4).round() / 1e4
}

/// The value at `share` (0..1) of the sorted finite numbers, or `None` when there are none.
#[must_use]
pub fn quantile(values: impl IntoIterator<Item = f64>, share: f64) -> Option<f64> {
    let mut finite: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
    finite.sort_by(f64::total_cmp);
    let last = finite.len().checked_sub(1)?;
    let position = share.clamp(0.0, 1.0) * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    let low = *finite.get(below)?;
    Some(low + (finite.get(above)? - low) * (position - below as f64))
}

/// The middle one of the finite numbers.
#[must_use]
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    quantile(values, 0.5)
}

/// The mean of the finite numbers.
#[must_use]
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values.into_iter().filter(|value| value.is_finite()) {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_limb_is_not_bent_and_a_right_angle_is_bent_by_ninety() {
        let at = |x, y| Vector::flat(x, y);
        for (hip, knee, ankle, expected) in [
            (at(0.0, 0.0), at(0.0, 1.0), at(0.0, 2.0), 0.0),
            (at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), 90.0),
            (at(0.0, 0.0), at(0.0, 1.0), at(0.0, 0.0), 180.0),
        ] {
            assert!((flexion_deg(hip, knee, ankle) - expected).abs() < 1e-9);
        }
        assert!(flexion_deg(at(0.0, 0.0), at(0.0, 0.0), at(0.0, 1.0)).is_nan());
    }

    #[test]
    fn up_is_zero_from_vertical_and_forward_is_ninety() {
        assert!(from_vertical_deg(Vector::flat(0.0, -2.0)).abs() < 1e-9);
        assert!((from_vertical_deg(Vector::flat(1.0, 0.0)) - 90.0).abs() < 1e-9);
    }

    #[test]
    fn quantiles_ignore_what_is_not_a_number() {
        assert_eq!(median([3.0, f64::NAN, 1.0, 2.0]), Some(2.0));
        assert_eq!(quantile([0.0, 10.0], 0.25), Some(2.5));
        assert_eq!(median([f64::NAN]), None);
        assert_eq!(mean([1.0, f64::INFINITY, 3.0]), Some(2.0));
    }
}
