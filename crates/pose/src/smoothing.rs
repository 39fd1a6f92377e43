//! Smooths a body's landmarks over time, with the filters and constants of MediaPipe's `pose_landmark_filtering`.
//!
//! The points that give the next region are always smoothed, the landmarks only when asked for, as in MediaPipe.

use flow_landmarks::{Landmark, Point, Pose, WorldPoint};

use crate::{
    Picture,
    decode::Body,
    filter::{LowPass, OneEuro, OneEuroOptions},
    roi::Pixel,
};

const LANDMARK: OneEuroOptions = OneEuroOptions {
    min_cutoff: 0.05,
    beta: 80.0,
};
const WORLD: OneEuroOptions = OneEuroOptions {
    min_cutoff: 0.1,
    beta: 40.0,
};
const ALIGNMENT: OneEuroOptions = OneEuroOptions {
    min_cutoff: 0.01,
    beta: 10.0,
};
/// Weight of a new visibility.
const VISIBILITY_ALPHA: f32 = 0.1;
/// Bodies smaller than this many pixels are not smoothed. Source: the default of `min_allowed_object_scale`.
const MIN_SIZE: f32 = 1e-6;

/// Filters for one body; begin with new ones when another body is followed.
#[derive(Clone, Debug)]
pub(crate) struct Smoother {
    landmarks: [PointFilter; Landmark::COUNT],
    world: [[OneEuro; 3]; Landmark::COUNT],
    alignment: [PointFilter; 2],
}

#[derive(Clone, Copy, Debug, Default)]
struct PointFilter {
    position: [OneEuro; 3],
    visibility: LowPass,
}

impl Default for Smoother {
    fn default() -> Self {
        Self {
            landmarks: [PointFilter::default(); Landmark::COUNT],
            world: [[OneEuro::default(); 3]; Landmark::COUNT],
            alignment: [PointFilter::default(); 2],
        }
    }
}

impl Smoother {
    /// The smoothed alignment points of `body`, seen at `t` seconds.
    pub fn alignment(&mut self, t: f64, body: &Body, image: &dyn Picture) -> [Point; 2] {
        let size = size(body, image);
        let mut points = body.alignment;
        for (filter, point) in self.alignment.iter_mut().zip(&mut points) {
            filter.apply(t, point, size, image, ALIGNMENT);
        }
        points
    }

    /// The smoothed landmarks of `body`, seen at `t` seconds.
    pub fn pose(&mut self, t: f64, body: &Body, image: &dyn Picture) -> Pose {
        let size = size(body, image);
        let mut pose = body.pose;
        for (filter, point) in self.landmarks.iter_mut().zip(&mut pose.image.0) {
            filter.apply(t, point, size, image, LANDMARK);
        }
        for (filters, point) in self.world.iter_mut().zip(&mut pose.world.0) {
            let WorldPoint { x, y, z } = point;
            for (filter, value) in filters.iter_mut().zip([x, y, z]) {
                *value = filter.apply(t, *value, 1.0, WORLD);
            }
        }
        pose
    }
}

impl PointFilter {
    /// Smooths `point` of a body of `size` pixels. Speed is measured in body sizes per second.
    fn apply(&mut self, t: f64, point: &mut Point, size: f32, image: &dyn Picture, options: OneEuroOptions) {
        point.visibility = self.visibility.apply(point.visibility, VISIBILITY_ALPHA);
        if size < MIN_SIZE {
            return;
        }
        let (width, height) = (image.width() as f32, image.height() as f32);
        let values = [
            (&mut point.x, width),
            (&mut point.y, height),
            (&mut point.z, width),
        ];
        for (filter, (value, pixels)) in self.position.iter_mut().zip(values) {
            *value = filter.apply(t, *value * pixels, 1.0 / size, options) / pixels;
        }
    }
}

/// Size of a body in pixels: the diameter of the circle around it.
fn size(body: &Body, image: &dyn Picture) -> f32 {
    let [center, scale] = body
        .alignment
        .map(|point| Pixel::from_normalized(point.x, point.y, image));
    center.distance(scale) * 2.0
}

#[cfg(test)]
mod tests {
    use flow_landmarks::Landmarks;

    use super::*;
    use crate::Rgb;

    /// A body 80 pixels in diameter in a picture of 100 by 100, with every landmark at `x`.
    fn body(x: f32, visibility: f32) -> Body {
        let point = |x, y| Point {
            x,
            y,
            visibility,
            ..Point::default()
        };
        Body {
            pose: Pose {
                image: Landmarks([point(x, 0.5); Landmark::COUNT]),
                world: Landmarks(
                    [WorldPoint {
                        x,
                        ..WorldPoint::default()
                    }; Landmark::COUNT],
                ),
            },
            alignment: [point(x, 0.5), point(x, 0.1)],
        }
    }

    #[test]
    fn small_moves_are_held_and_large_ones_followed_each_with_its_own_strength() {
        let data = vec![0; 30_000];
        let image = Rgb::new(100, 100, &data).unwrap();
        for (name, x, landmark, alignment) in [
            ("jitter", 0.501, 0.02..0.6, 0.0..0.2),
            ("a jump", 0.9, 0.95..1.0, 0.5..0.95),
        ] {
            let mut smoother = Smoother::default();
            let start = body(0.5, 1.0);
            assert_eq!(
                smoother.pose(0.0, &start, &image),
                start.pose,
                "{name}: first frame"
            );
            assert_eq!(smoother.alignment(0.0, &start, &image), start.alignment);
            let next = body(x, 1.0);
            let moved = |to: f32| (to - 0.5) / (x - 0.5);
            let pose = smoother.pose(0.1, &next, &image);
            let shares = [
                ("landmark", moved(pose.image[Landmark::Nose].x), &landmark),
                ("world", moved(pose.world[Landmark::Nose].x), &(0.02..1.0)),
                (
                    "alignment",
                    moved(smoother.alignment(0.1, &next, &image)[0].x),
                    &alignment,
                ),
            ];
            for (what, share, expected) in shares {
                assert!(
                    expected.contains(&share),
                    "{name}: {what} moved {share} of the way, expected {expected:?}"
                );
            }
        }
    }

    #[test]
    fn visibility_follows_by_a_tenth() {
        let data = vec![0; 30_000];
        let image = Rgb::new(100, 100, &data).unwrap();
        let mut smoother = Smoother::default();
        smoother.pose(0.0, &body(0.5, 1.0), &image);
        let pose = smoother.pose(0.1, &body(0.5, 0.0), &image);
        assert!((pose.image[Landmark::LeftKnee].visibility - 0.9).abs() < 1e-6);
    }

    #[test]
    fn a_body_without_size_is_left_as_it_is() {
        let data = vec![0; 30_000];
        let image = Rgb::new(100, 100, &data).unwrap();
        let mut smoother = Smoother::default();
        smoother.pose(0.0, &body(0.5, 1.0), &image);
        let mut point = body(0.7, 1.0);
        point.alignment[1] = point.alignment[0];
        let pose = smoother.pose(0.1, &point, &image);
        assert_eq!(pose.image, point.pose.image);
    }
}
