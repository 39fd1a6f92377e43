//! Follows the face of the person whose body is followed.

use flow_landmarks::{Landmark, Pose};

use super::mesh::{FaceMesh, decode};
use crate::{
    Engine, EngineError, Model, Picture,
    crop::{Border, Range, crop},
    roi::{Pixel, Roi},
};

/// Landmarks of the pose that lie on the face: nose, eyes, ears, mouth. Source: `face_landmarks_from_pose` in MediaPipe's
/// `holistic_landmark_cpu`, as the eyes that are level.
const ON_FACE: usize = 11;
/// By how much the region is larger than the box around those. MediaPipe's Holistic takes 3 and lets a detector find the face
/// in that; at 2 it is the mesh's own region already: on rendered heads of three builds, turned and nodding up to 60 degrees,
/// and in the one real clip with a face, centres differ by at most 0.09 of its side, sides by 0.83 to 1.20.
const MARGIN: f32 = 2.0;
/// Twice as far from the pose's region, in its sides, as a mesh has been seen: it has slipped off the face.
const SLIPPED: f32 = 0.2;
/// A mesh that is larger or smaller than the pose's region by this factor has slipped as well.
const OUT_OF_SIZE: f32 = 1.5;

/// Follows one face: the landmarks of the body say where it is, after that each frame's mesh says where to look in the next,
/// as long as the body's landmarks do not contradict.
///
/// Regions come from the pose as in MediaPipe's Holistic, but without a detector in between: that sees no face at
/// all across a room, where a head is a twentieth of the picture, and laid in the pose's region it finds no more heads than
/// the mesh does without it, while pitch scatters by 6 instead of 2 degrees on heads that are turned by 30.
#[derive(Clone, Debug, Default)]
pub struct FaceTracker {
    followed: Option<Roi>,
}

impl FaceTracker {
    /// A tracker that has not seen a face yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The face in `image` of the person whose `pose` was found in the same picture; `None` when nobody was found, or no
    /// face: seen exactly from the side and from behind there is none.
    ///
    /// Runs one model once on a face that is followed, twice on one that is new, so that the first mesh is read in a region
    /// laid by a mesh as well. After an error the face is looked for anew.
    pub fn process(
        &mut self,
        engine: &mut impl Engine,
        image: impl Picture + Copy,
        pose: Option<&Pose>,
    ) -> Result<Option<FaceMesh>, EngineError> {
        let followed = self.followed.take();
        let Some(expected) = pose.and_then(|pose| region(pose, &image)) else {
            return Ok(None);
        };
        let roi = match followed.filter(|roi| agrees(*roi, expected)) {
            Some(roi) => Some(roi),
            None => look(engine, &image, expected)?.and_then(|mesh| mesh.region(&image)),
        };
        let Some(roi) = roi else {
            return Ok(None);
        };
        let mesh = look(engine, &image, roi)?;
        self.followed = mesh.as_ref().and_then(|mesh| mesh.region(&image));
        Ok(mesh)
    }
}

/// The region of the face, from the landmarks of the body.
fn region(pose: &Pose, image: &dyn Picture) -> Option<Roi> {
    let pixel = |landmark: Landmark| {
        let point = pose.image[landmark];
        Pixel::from_normalized(point.x, point.y, image)
    };
    Roi::around_points(
        Landmark::ALL.into_iter().take(ON_FACE).map(pixel),
        pixel(Landmark::RightEye),
        pixel(Landmark::LeftEye),
        MARGIN,
    )
}

/// Whether a region is on the face that is expected in another.
fn agrees(roi: Roi, expected: Roi) -> bool {
    roi.center.distance(expected.center) < SLIPPED * expected.side
        && roi.side < expected.side * OUT_OF_SIZE
        && expected.side < roi.side * OUT_OF_SIZE
}

/// The face in a region.
fn look(engine: &mut impl Engine, image: &dyn Picture, roi: Roi) -> Result<Option<FaceMesh>, EngineError> {
    let model = Model::FaceLandmark;
    let range = Range {
        black: 0.0,
        white: 1.0,
    };
    let input = crop(image, roi, model.input_side(), Border::Replicate, range);
    decode(&engine.run(model, &input)?, image, roi)
}

#[cfg(test)]
mod tests {
    use flow_landmarks::{Landmarks, Point, WorldPoint};

    use super::*;
    use crate::{
        Output, Rgb,
        face::mesh::{LANDMARKS, PRESENCE},
    };

    /// An engine that sees a face two thirds as large as the region, in its middle, as sure of it as `presence` says.
    struct Script {
        presence: f32,
        runs: usize,
        fails: bool,
    }

    impl Engine for Script {
        fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
            assert_eq!(model, Model::FaceLandmark);
            assert_eq!(input.len(), 192 * 192 * 3);
            self.runs += 1;
            if self.fails {
                let reason = "out of order".to_owned();
                return Err(EngineError { model, reason });
            }
            let mut values = [96.0, 96.0, 0.0].repeat(FaceMesh::COUNT);
            for (index, x, y) in [(10, 96., 32.), (152, 96., 160.), (33, 64., 80.), (263, 128., 80.)] {
                values[index * 3..][..2].copy_from_slice(&[x, y]);
            }
            let output = |name: &str, values| Output {
                name: name.to_owned(),
                values,
            };
            Ok(vec![
                output(LANDMARKS, values),
                output(PRESENCE, vec![self.presence]),
            ])
        }
    }

    /// A body whose face has its middle at `x` of a picture's width and is `size` of it wide; upright, level.
    fn body(x: f32, size: f32) -> Pose {
        let mut image = Landmarks([Point::default(); Landmark::COUNT]);
        for landmark in Landmark::ALL {
            image[landmark] = Point {
                x,
                y: 0.5,
                ..Point::default()
            };
        }
        image[Landmark::RightEar].x = x - size / 2.0;
        image[Landmark::LeftEar].x = x + size / 2.0;
        Pose {
            image,
            world: Landmarks([WorldPoint::default(); Landmark::COUNT]),
        }
    }

    #[test]
    fn a_face_is_looked_for_where_the_body_has_it_and_then_followed() {
        let data = vec![128; 200 * 100 * 3];
        let image = Rgb::new(200, 100, &data).unwrap();
        let mut engine = Script {
            presence: 3.0,
            runs: 0,
            fails: false,
        };
        let mut tracker = FaceTracker::new();
        for (name, pose, presence, fails, runs, found) in [
            ("first frame", Some(body(0.5, 0.1)), 3.0, false, 2, Some(true)),
            ("followed", Some(body(0.51, 0.1)), 3.0, false, 1, Some(true)),
            (
                "the body is elsewhere",
                Some(body(0.7, 0.1)),
                3.0,
                false,
                2,
                Some(true),
            ),
            (
                "the body is nearer",
                Some(body(0.7, 0.2)),
                3.0,
                false,
                2,
                Some(true),
            ),
            ("turned away", Some(body(0.7, 0.2)), -3.0, false, 1, Some(false)),
            (
                "still turned away",
                Some(body(0.7, 0.2)),
                -3.0,
                false,
                1,
                Some(false),
            ),
            ("back again", Some(body(0.7, 0.2)), 3.0, false, 2, Some(true)),
            ("nobody", None, 3.0, false, 0, Some(false)),
            ("somebody", Some(body(0.7, 0.2)), 3.0, false, 2, Some(true)),
            ("the engine fails", Some(body(0.7, 0.2)), 3.0, true, 1, None),
            (
                "looked for after that",
                Some(body(0.7, 0.2)),
                3.0,
                false,
                2,
                Some(true),
            ),
            (
                "a body nowhere",
                Some(body(f32::NAN, 0.2)),
                3.0,
                false,
                0,
                Some(false),
            ),
        ] {
            (engine.presence, engine.fails, engine.runs) = (presence, fails, 0);
            let mesh = tracker.process(&mut engine, image, pose.as_ref());
            assert_eq!(engine.runs, runs, "{name}");
            assert_eq!(mesh.ok().map(|mesh| mesh.is_some()), found, "{name}");
        }
    }

    #[test]
    fn the_region_is_around_the_face_of_the_body_and_level_with_its_eyes() {
        let data = vec![0; 200 * 100 * 3];
        let image = Rgb::new(200, 100, &data).unwrap();
        let mut pose = body(0.5, 0.1);
        (pose.image[Landmark::RightEye].x, pose.image[Landmark::LeftEye].x) = (0.49, 0.51);
        pose.image[Landmark::LeftEye].y = 0.54;
        // Feet do not count.
        pose.image[Landmark::LeftHeel].y = 1.0;
        let roi = region(&pose, &image).unwrap();
        assert!(
            (roi.center.x - 100.0).abs() < 1e-3 && (roi.side - 40.0).abs() < 1e-3,
            "{roi:?}"
        );
        assert!(
            (roi.rotation - std::f32::consts::FRAC_PI_4).abs() < 1e-5,
            "{roi:?}"
        );
    }
}
