//! The mesh of one face: read from the model's outputs, and what is kept of it.

use flow_landmarks::{Face, Place};

use super::rotation::head_angles;
use crate::{
    EngineError, Model, Output, Picture,
    decode::{sigmoid, values_of},
    roi::{Pixel, Roi},
};

/// Least presence of a face. Source: `ThresholdingCalculator` in MediaPipe's `face_landmark_cpu`.
const MIN_PRESENCE: f32 = 0.5;
/// By how much the next region is larger than the mesh. Source: `scale_x` and `scale_y` of MediaPipe's
/// `face_landmark_landmarks_to_roi`, as the two points that are level in it.
const MARGIN: f32 = 1.5;
const RIGHT_EYE_OUTER: usize = 33;
const LEFT_EYE_OUTER: usize = 263;
/// Points that are kept. Source: vertices of MediaPipe's `canonical_face_model.obj`; 10 to 152 is the face's height, 234 to
/// 454 its width, 168 lies between the eyes.
const NASION: usize = 168;
const CHIN: usize = 152;
const LEFT_TRAGION: usize = 454;
const RIGHT_TRAGION: usize = 234;

pub(super) const LANDMARKS: &str = "conv2d_21";
pub(super) const PRESENCE: &str = "conv2d_31";

/// The mesh of a face in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct FaceMesh {
    presence: f32,
    /// Width of the picture over its height.
    aspect: f32,
    points: Vec<[f32; 3]>,
}

impl FaceMesh {
    /// How many points it has.
    pub const COUNT: usize = 468;

    /// Probability 0.5..1 that there is a face.
    #[must_use]
    pub const fn presence(&self) -> f32 {
        self.presence
    }

    /// The [`Self::COUNT`] points in MediaPipe's order: x over the picture's width, y over its height, z on the scale of x,
    /// smaller nearer to the camera.
    #[must_use]
    pub fn points(&self) -> &[[f32; 3]] {
        &self.points
    }

    /// What is kept of it.
    #[must_use]
    pub fn face(&self) -> Face {
        let aspect = f64::from(self.aspect);
        let [pitch_deg, yaw_deg, roll_deg] = head_angles(|index| {
            let [x, y, z] = self.points[index].map(f64::from);
            [x * aspect, -y, -z * aspect]
        })
        .map(|angle| angle as f32);
        let place = |index: usize| {
            let [x, y, _] = self.points[index];
            Place { x, y }
        };
        Face {
            presence: self.presence,
            pitch_deg,
            yaw_deg,
            roll_deg,
            nasion: place(NASION),
            chin: place(CHIN),
            left_tragion: place(LEFT_TRAGION),
            right_tragion: place(RIGHT_TRAGION),
        }
    }

    /// Where to look for the face in the next picture.
    pub(super) fn region(&self, image: &dyn Picture) -> Option<Roi> {
        let pixel = |[x, y, _]: [f32; 3]| Pixel::from_normalized(x, y, image);
        Roi::around_points(
            self.points.iter().copied().map(pixel),
            pixel(self.points[RIGHT_EYE_OUTER]),
            pixel(self.points[LEFT_EYE_OUTER]),
            MARGIN,
        )
    }
}

/// The face in the region `roi` of `image`; `None` when the model says that there is none.
pub(super) fn decode(
    outputs: &[Output],
    image: &dyn Picture,
    roi: Roi,
) -> Result<Option<FaceMesh>, EngineError> {
    let model = Model::FaceLandmark;
    let presence = sigmoid(values_of(model, outputs, PRESENCE, 1)?[0]);
    let raw = values_of(model, outputs, LANDMARKS, FaceMesh::COUNT * 3)?;
    // NaN is no face as well, wherever it is.
    let somebody = presence > MIN_PRESENCE && raw.iter().all(|value| value.is_finite());
    if !somebody {
        return Ok(None);
    }
    let side = model.input_side() as f32;
    let (width, height) = (image.width() as f32, image.height() as f32);
    let points = raw
        .chunks_exact(3)
        .map(|point| {
            let Pixel { x, y } = roi.to_pixel(point[0] / side, point[1] / side);
            [x / width, y / height, point[2] / side * roi.side / width]
        })
        .collect();
    Ok(Some(FaceMesh {
        presence,
        aspect: width / height,
        points,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rgb, face::canonical::BASIS};

    const FRONT: Roi = Roi {
        center: Pixel { x: 100.0, y: 50.0 },
        side: 96.0,
        rotation: 0.0,
    };

    /// Outputs for the canonical face, looking into the camera, 8 input pixels a centimetre; all other points in the middle.
    fn canonical(presence: f32) -> [Output; 2] {
        let mut values = [96.0, 96.0, 0.0].repeat(FaceMesh::COUNT);
        for vertex in BASIS {
            let [x, y, z] = vertex.at.map(|value| value as f32 * 8.0);
            values[vertex.index * 3..][..3].copy_from_slice(&[96.0 + x, 96.0 - y, -z]);
        }
        let output = |name: &str, values| Output {
            name: name.to_owned(),
            values,
        };
        [output(LANDMARKS, values), output(PRESENCE, vec![presence])]
    }

    #[test]
    fn the_canonical_face_looks_into_the_camera_and_turns_with_its_region() {
        let data = vec![0; 200 * 100 * 3];
        let image = Rgb::new(200, 100, &data).unwrap();
        for (name, rotation, roll) in [("upright", 0.0, 0.0), ("turned clockwise", 0.5, -0.5_f32)] {
            let roi = Roi { rotation, ..FRONT };
            let mesh = decode(&canonical(2.0), &image, roi).unwrap().unwrap();
            let face = mesh.face();
            assert!((face.presence - 0.880_797).abs() < 1e-5, "{name}");
            for (angle, expected) in [
                (face.pitch_deg, 0.0),
                (face.yaw_deg, 0.0),
                (face.roll_deg, roll.to_degrees()),
            ] {
                assert!((angle - expected).abs() < 1e-3, "{name}: {face:?}");
            }
            assert!((face.nasion.x - 0.5).abs() < 1e-6 && (face.nasion.y - 0.5).abs() < 1e-6);
            let next = mesh.region(&image).unwrap();
            assert!((next.rotation - rotation).abs() < 1e-4, "{name}: {next:?}");
        }
    }

    #[test]
    fn a_region_is_half_as_large_again_as_the_mesh() {
        let data = vec![0; 200 * 100 * 3];
        let image = Rgb::new(200, 100, &data).unwrap();
        let mesh = decode(&canonical(2.0), &image, FRONT).unwrap().unwrap();
        // The basis is wider, from temple to temple 7.743095 to either side, than high; at 4 pixels a centimetre.
        let next = mesh.region(&image).unwrap();
        assert!((next.side - 1.5 * 4.0 * 2.0 * 7.743_095).abs() < 1e-2, "{next:?}");
        assert!((next.center.x - 100.0).abs() < 1e-3, "{next:?}");
    }

    #[test]
    fn no_face_is_nothing_and_wrong_outputs_are_an_error() {
        let data = vec![0; 300];
        let image = Rgb::new(10, 10, &data).unwrap();
        for presence in [0.0, -3.0, f32::NAN] {
            assert_eq!(
                decode(&canonical(presence), &image, FRONT),
                Ok(None),
                "{presence}"
            );
        }
        let mut broken = canonical(3.0);
        broken[0].values[700] = f32::INFINITY;
        assert_eq!(decode(&broken, &image, FRONT), Ok(None));
        broken[0].values.pop();
        let error = decode(&broken, &image, FRONT).unwrap_err();
        assert_eq!(error.reason, "output conv2d_21 has 1403 values, expected 1404");
    }
}
