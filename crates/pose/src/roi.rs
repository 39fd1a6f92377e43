//! The region of interest: the rotated square of the picture that a model looks at.

use crate::Rgb;

/// By how much the square is larger than twice the distance of its two points. Source: `scale_x` and `scale_y` of
/// MediaPipe's `pose_detection_to_roi` and `pose_landmarks_to_roi`.
const MARGIN: f32 = 1.25;

/// A point in pixels of the picture, x to the right, y down.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pixel {
    pub x: f32,
    pub y: f32,
}

impl Pixel {
    /// A point given relative to the picture's width and height.
    pub fn from_normalized(x: f32, y: f32, image: &Rgb<'_>) -> Self {
        Self {
            x: x * image.width() as f32,
            y: y * image.height() as f32,
        }
    }

    /// Distance to `other` in pixels.
    pub fn distance(self, other: Self) -> f32 {
        (other.x - self.x).hypot(other.y - self.y)
    }
}

/// A rotated square of the picture. It may reach over the picture's borders.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Roi {
    /// Centre in pixels.
    pub center: Pixel,
    /// Side in pixels, greater than 0.
    pub side: f32,
    /// Rotation in radians in -pi..pi, clockwise as seen in the picture.
    pub rotation: f32,
}

impl Roi {
    /// The square around a body: `center` is between the hips, `scale` on the circle around the whole body, in the
    /// direction of the head. `None` when the points do not span a finite area.
    pub fn around_body(center: Pixel, scale: Pixel) -> Option<Self> {
        let side = center.distance(scale) * 2.0 * MARGIN;
        let roi = Self {
            center,
            side,
            rotation: rotation(center, scale),
        };
        let finite = center.x.is_finite() && center.y.is_finite() && side.is_finite();
        (finite && side > 0.0).then_some(roi)
    }

    /// The whole picture, letterboxed to a square.
    pub fn whole(image: &Rgb<'_>) -> Self {
        Self {
            center: Pixel::from_normalized(0.5, 0.5, image),
            side: image.width().max(image.height()) as f32,
            rotation: 0.0,
        }
    }

    /// The corners in pixels: upper left, upper right, lower right, lower left of the upright square, rounded like
    /// OpenCV's `boxPoints`.
    pub fn corners(self) -> [Pixel; 4] {
        use std::f64::consts::PI;
        let Self {
            center: Pixel { x, y },
            side,
            rotation,
        } = self;
        let degrees = (f64::from(rotation * 180.0) / PI) as f32;
        let (sin, cos) = (f64::from(degrees) * PI / 180.0).sin_cos();
        let (sin, cos) = (sin as f32 * 0.5, cos as f32 * 0.5);
        let lower_left = Pixel {
            x: x - sin * side - cos * side,
            y: y + cos * side - sin * side,
        };
        let upper_left = Pixel {
            x: x + sin * side - cos * side,
            y: y - cos * side - sin * side,
        };
        let opposite = |corner: Pixel| Pixel {
            x: 2.0 * x - corner.x,
            y: 2.0 * y - corner.y,
        };
        [upper_left, opposite(lower_left), opposite(upper_left), lower_left]
    }

    /// The point of the picture, in pixels, at (`x`, `y`) of the square, both 0..1 inside it.
    pub fn to_pixel(self, x: f32, y: f32) -> Pixel {
        let (sin, cos) = self.rotation.sin_cos();
        let (x, y) = (x - 0.5, y - 0.5);
        Pixel {
            x: (cos * x - sin * y) * self.side + self.center.x,
            y: (sin * x + cos * y) * self.side + self.center.y,
        }
    }
}

/// How far the direction from `center` to `scale` is turned from straight up, in radians, -pi..pi, clockwise.
fn rotation(center: Pixel, scale: Pixel) -> f32 {
    use std::f32::consts::{FRAC_PI_2, PI, TAU};
    let angle = FRAC_PI_2 - (-(scale.y - center.y)).atan2(scale.x - center.x);
    angle - TAU * ((angle + PI) / TAU).floor()
}

#[cfg(test)]
mod tests {
    use std::f32::consts::{FRAC_PI_2, FRAC_PI_4, PI};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_square_turns_with_the_body() {
        let center = Pixel { x: 100.0, y: 100.0 };
        for (name, x, y, side, rotation) in [
            ("upright", 100.0, 60.0, 100.0, 0.0),
            ("head to the right", 140.0, 100.0, 100.0, FRAC_PI_2),
            ("head to the left", 60.0, 100.0, 100.0, -FRAC_PI_2),
            ("upside down", 100.0, 180.0, 200.0, -PI),
            ("leaning right", 130.0, 70.0, 106.066, FRAC_PI_4),
        ] {
            let roi = Roi::around_body(center, Pixel { x, y }).unwrap();
            assert_eq!(roi.center, center, "{name}");
            assert!((roi.side - side).abs() < 1e-3, "{name}: side {}", roi.side);
            assert!(
                (roi.rotation - rotation).abs() < 1e-5,
                "{name}: rotation {}",
                roi.rotation
            );
        }
    }

    #[test]
    fn points_without_extent_make_no_square() {
        let center = Pixel { x: 5.0, y: 5.0 };
        for scale in [
            center,
            Pixel { x: f32::NAN, y: 0.0 },
            Pixel {
                x: f32::INFINITY,
                y: 0.0,
            },
        ] {
            assert_eq!(Roi::around_body(center, scale), None, "{scale:?}");
        }
    }

    proptest! {
        #[test]
        fn the_head_is_always_above_the_middle_of_the_square(
            x in -500f32..500.0, y in -500f32..500.0, angle in -3.1f32..3.1, radius in 1f32..400.0,
        ) {
            let scale = Pixel { x: x + radius * angle.cos(), y: y + radius * angle.sin() };
            let roi = Roi::around_body(Pixel { x, y }, scale).unwrap();
            let projected = roi.to_pixel(0.5, 0.5 - 0.5 / MARGIN);
            prop_assert!(projected.distance(scale) < 1e-2 + radius * 1e-4, "{projected:?} {scale:?}");
            prop_assert!((-PI..=PI).contains(&roi.rotation));
            for (corner, (u, v)) in roi.corners().into_iter().zip([(0., 0.), (1., 0.), (1., 1.), (0., 1.)]) {
                prop_assert!(corner.distance(roi.to_pixel(u, v)) < 1e-2, "{corner:?}");
            }
        }
    }
}
