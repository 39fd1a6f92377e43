//! The region of interest: the rotated square of the picture that a model looks at.

use std::f32::consts::FRAC_PI_2;

use crate::Picture;

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
    pub fn from_normalized(x: f32, y: f32, image: &dyn Picture) -> Self {
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
        Self {
            center,
            side: center.distance(scale) * 2.0 * MARGIN,
            rotation: rotation(center, scale, FRAC_PI_2),
        }
        .checked()
    }

    /// The square around the upright box of some points, `margin` times as large as the box's longer side, turned so that
    /// the line from `left` to `right` is level. `None` when the points do not span a finite area.
    ///
    /// This is what `LandmarksToDetectionCalculator`, `DetectionsToRectsCalculator` and `RectTransformationCalculator` with
    /// `square_long` do in MediaPipe.
    pub fn around_points(
        points: impl Iterator<Item = Pixel>,
        left: Pixel,
        right: Pixel,
        margin: f32,
    ) -> Option<Self> {
        let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        for Pixel { x, y } in points {
            low = [low[0].min(x), low[1].min(y)];
            high = [high[0].max(x), high[1].max(y)];
        }
        Self {
            center: Pixel {
                x: f32::midpoint(low[0], high[0]),
                y: f32::midpoint(low[1], high[1]),
            },
            side: (high[0] - low[0]).max(high[1] - low[1]) * margin,
            rotation: rotation(left, right, 0.0),
        }
        .checked()
    }

    /// Nothing unless it has a finite area.
    fn checked(self) -> Option<Self> {
        let values = [self.center.x, self.center.y, self.side, self.rotation];
        (values.into_iter().all(f32::is_finite) && self.side > 0.0).then_some(self)
    }

    /// The whole picture, letterboxed to a square.
    pub fn whole(image: &dyn Picture) -> Self {
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

/// How far the direction from one point to another is turned from `target` (0 is to the right, a quarter turn straight up),
/// in radians, -pi..pi, clockwise.
fn rotation(from: Pixel, to: Pixel, target: f32) -> f32 {
    use std::f32::consts::{PI, TAU};
    let angle = target - (-(to.y - from.y)).atan2(to.x - from.x);
    angle - TAU * ((angle + PI) / TAU).floor()
}

#[cfg(test)]
mod tests {
    use std::f32::consts::{FRAC_PI_4, PI};

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

    #[test]
    fn a_square_around_points_is_level_with_a_line() {
        let corners = [(10.0, 20.0), (50.0, 40.0), (20.0, 100.0)].map(|(x, y)| Pixel { x, y });
        for (name, right, rotation) in [
            ("level", (20.0, 0.0), 0.0),
            ("falling to the right", (10.0, 10.0), FRAC_PI_4),
            ("upright", (0.0, -5.0), -FRAC_PI_2),
        ] {
            let right = Pixel {
                x: right.0,
                y: right.1,
            };
            let roi = Roi::around_points(corners.into_iter(), Pixel::default(), right, 1.5).unwrap();
            assert_eq!(roi.center, Pixel { x: 30.0, y: 60.0 }, "{name}");
            assert!((roi.side - 120.0).abs() < 1e-4, "{name}: {}", roi.side);
            assert!((roi.rotation - rotation).abs() < 1e-6, "{name}: {}", roi.rotation);
        }
        let (here, nowhere) = (Pixel { x: 1.0, y: 1.0 }, Pixel { x: f32::NAN, y: 1.0 });
        for points in [vec![], vec![here], vec![nowhere, nowhere]] {
            assert_eq!(
                Roi::around_points(points.into_iter(), here, here, 1.5),
                None,
                "no square around no area"
            );
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
