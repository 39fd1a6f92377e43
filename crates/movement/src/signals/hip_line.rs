//! How far the hip is off the line from shoulder to ankle: what holds on the floor are judged by.

use crate::geometry::{Vector, flexion_deg};

/// The hip against the line from shoulder to ankle; what cannot be computed is `NaN`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HipLine {
    /// Bend between shoulder, hip and ankle, degrees: 0 in line, positive when the hip lies above the line, negative below
    /// it.
    pub offset_deg: f64,
    /// Distance of the hip from the line over the length of the line, with the same sign.
    pub offset_ratio: f64,
}

/// The hip line of a body that lies across the picture, from positions in the picture (x right, y down, one unit for
/// both).
///
/// Seen up to 45 degrees off side-on a straight body stays straight; a bend looks larger by up to 1.4 times. Hips that are
/// seen too high by `reads_high_deg` are taken down by as much.
#[must_use]
pub fn hip_line(shoulder: Vector, hip: Vector, ankle: Vector, reads_high_deg: f64) -> HipLine {
    let (line, trunk, leg) = (ankle - shoulder, hip - shoulder, ankle - hip);
    // Positive where the hip lies to the right of the way from shoulder to ankle.
    let aside = line.x * trunk.y - line.y * trunk.x;
    let up = if line.x > 0.0 { -1.0 } else { 1.0 };
    let offset_deg = flexion_deg(shoulder, hip, ankle).copysign(aside * up) - reads_high_deg;
    // The triangle of trunk and leg with that bend between them: its height over its base.
    let (sin, cos) = offset_deg.to_radians().sin_cos();
    let (a, b) = (trunk.length(), leg.length());
    HipLine {
        offset_deg,
        offset_ratio: a * b * sin / (a * a + b * b + 2.0 * a * b * cos),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hips_above_the_line_are_positive_and_below_it_negative_whichever_way_the_head_points() {
        let at = |x, y| Vector::flat(x, y);
        for (hip_y, expected_deg, expected_ratio) in [(0.5, 0.0, 0.0), (0.4, 22.62, 0.1), (0.6, -22.62, -0.1)]
        {
            for (shoulder_x, ankle_x) in [(0.0, 1.0), (1.0, 0.0)] {
                let found = hip_line(at(shoulder_x, 0.5), at(0.5, hip_y), at(ankle_x, 0.5), 0.0);
                assert!(
                    (found.offset_deg - expected_deg).abs() < 0.01
                        && (found.offset_ratio - expected_ratio).abs() < 1e-9,
                    "{found:?}"
                );
            }
        }
        let high = hip_line(at(0.0, 0.5), at(0.5, 0.4), at(1.0, 0.5), 22.62);
        assert!(
            high.offset_deg.abs() < 0.01 && high.offset_ratio.abs() < 1e-4,
            "{high:?}"
        );
        // The line slopes: a hip in the middle of it is on it.
        let sloping = hip_line(at(0.0, 0.2), at(0.5, 0.35), at(1.0, 0.5), 0.0);
        assert!(sloping.offset_deg.abs() < 1e-4 && sloping.offset_ratio.abs() < 1e-9);
        let nothing = hip_line(at(0.5, 0.5), at(0.5, 0.5), at(0.5, 0.5), 0.0);
        assert!(nothing.offset_deg.is_nan() && nothing.offset_ratio.is_nan());
    }
}
