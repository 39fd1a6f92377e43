//! Reads the landmark model's outputs.

use flow_landmarks::{Landmark, Landmarks, Point, Pose, WorldPoint};

use crate::{
    EngineError, Model, Output, Picture, heatmap,
    roi::{Pixel, Roi},
};

/// Least pose flag of a person that is still there. Source: `ThresholdingCalculator` in MediaPipe's
/// `tensors_to_pose_landmarks_and_segmentation`.
const MIN_FLAG: f32 = 0.5;
/// Landmarks of the model: 33 of the body, 2 that give the next region, 4 unused.
pub(crate) const MODEL_LANDMARKS: usize = 39;
/// x, y, z, visibility, presence.
const LANDMARK_VALUES: usize = 5;
const WORLD_VALUES: usize = 3;
const LANDMARKS: &str = "Identity";
const FLAG: &str = "Identity_1";
const HEATMAP: &str = "Identity_3";
const WORLD: &str = "Identity_4";

/// A body as the model saw it, before any smoothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Body {
    pub pose: Pose,
    /// The points that give the next region: middle of the hips, and a point on the circle around the whole body.
    pub alignment: [Point; 2],
}

/// The body in the region `roi` of `image`; `None` when the model says that nobody is there.
pub(crate) fn decode(
    model: Model,
    outputs: &[Output],
    image: &dyn Picture,
    roi: Roi,
) -> Result<Option<Body>, EngineError> {
    let flag = values_of(model, outputs, FLAG, 1)?[0];
    let raw = values_of(model, outputs, LANDMARKS, MODEL_LANDMARKS * LANDMARK_VALUES)?;
    let heatmap = values_of(model, outputs, HEATMAP, heatmap::LEN)?;
    let world = values_of(model, outputs, WORLD, MODEL_LANDMARKS * WORLD_VALUES)?;
    // NaN is nobody as well.
    let somebody = flag > MIN_FLAG;
    if !somebody {
        return Ok(None);
    }
    let side = model.input_side() as f32;
    let point = |index: usize| {
        let values = &raw[index * LANDMARK_VALUES..][..LANDMARK_VALUES];
        let (x, y) = heatmap::refine(heatmap, index, values[0] / side, values[1] / side);
        let point = Point {
            x,
            y,
            z: values[2] / side,
            visibility: sigmoid(values[3]),
            presence: sigmoid(values[4]),
        };
        to_picture(point, image, roi)
    };
    let (sin, cos) = roi.rotation.sin_cos();
    let world = std::array::from_fn(|index| {
        let values = &world[index * WORLD_VALUES..][..WORLD_VALUES];
        WorldPoint {
            x: cos * values[0] - sin * values[1],
            y: sin * values[0] + cos * values[1],
            z: values[2],
        }
    });
    Ok(Some(Body {
        pose: Pose {
            image: Landmarks(std::array::from_fn(point)),
            world: Landmarks(world),
        },
        alignment: [point(Landmark::COUNT), point(Landmark::COUNT + 1)],
    }))
}

/// A point of the region, normalized to it, as a point of the picture, normalized to that.
fn to_picture(point: Point, image: &dyn Picture, roi: Roi) -> Point {
    let Pixel { x, y } = roi.to_pixel(point.x, point.y);
    let width = image.width() as f32;
    Point {
        x: x / width,
        y: y / image.height() as f32,
        z: point.z * roi.side / width,
        ..point
    }
}

/// The values of the output called `name`, which must have `len` of them.
pub(crate) fn values_of<'a>(
    model: Model,
    outputs: &'a [Output],
    name: &str,
    len: usize,
) -> Result<&'a [f32], EngineError> {
    let failure = |reason| Err(EngineError { model, reason });
    match outputs.iter().find(|output| output.name == name) {
        None => failure(format!("it has no output {name}")),
        Some(output) if output.values.len() != len => failure(format!(
            "output {name} has {} values, expected {len}",
            output.values.len()
        )),
        Some(output) => Ok(&output.values),
    }
}

/// The logistic function.
pub(crate) fn sigmoid(value: f32) -> f32 {
    1.0 / (1.0 + (-value).exp())
}
