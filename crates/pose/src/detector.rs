//! Finds people in a picture: runs the detector and decodes its boxes.

use crate::{
    Engine, EngineError, Model, Picture,
    anchors::{self, anchors},
    crop::{Border, Range, crop},
    decode::{sigmoid, values_of},
    roi::Roi,
    suppression::merge_overlapping,
};

/// Least score of a box. Source: `min_score_thresh` of MediaPipe's `pose_detection_cpu`.
const MIN_SCORE: f32 = 0.5;
/// Raw scores are clipped to plus and minus this. Source: `score_clipping_thresh`, same place.
const SCORE_CLIP: f32 = 100.0;
/// Raw coordinates are in pixels of the input. Source: `x_scale` and its like, same place.
const SCALE: f32 = 224.0;
/// Values for each box: centre x, y, width, height, then x, y of four points.
const BOX_VALUES: usize = 12;
const BOXES: &str = "Identity";
const SCORES: &str = "Identity_1";

/// A person that the detector found. Coordinates are normalized to the square that was looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Detection {
    /// Probability 0.5..1.
    pub score: f32,
    /// The box around the face.
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    /// x and y of: middle of the hips, circle around the whole body, middle of the shoulders, circle around the upper
    /// body.
    pub points: [[f32; 2]; 4],
}

impl Detection {
    /// Area of the box.
    pub fn area(&self) -> f32 {
        (self.right - self.left) * (self.bottom - self.top)
    }

    /// The region around the body of a person found in `seen`.
    pub fn body(&self, seen: Roi) -> Option<Roi> {
        let [center, scale] = [self.points[0], self.points[1]].map(|[x, y]| seen.to_pixel(x, y));
        Roi::around_body(center, scale)
    }
}

/// The people in the part `seen` of `image`, best first.
pub(crate) fn detect(
    engine: &mut impl Engine,
    image: &dyn Picture,
    seen: Roi,
) -> Result<Vec<Detection>, EngineError> {
    let model = Model::PoseDetection;
    let range = Range {
        black: -1.0,
        white: 1.0,
    };
    let input = crop(image, seen, model.input_side(), Border::Zero, range);
    let outputs = engine.run(model, &input)?;
    let boxes = values_of(model, &outputs, BOXES, anchors::COUNT * BOX_VALUES)?;
    let scores = values_of(model, &outputs, SCORES, anchors::COUNT)?;
    Ok(merge_overlapping(decode(boxes, scores)))
}

/// The boxes over the least score.
fn decode(boxes: &[f32], scores: &[f32]) -> Vec<Detection> {
    boxes
        .chunks_exact(BOX_VALUES)
        .zip(scores)
        .zip(anchors())
        .filter_map(|((values, score), anchor)| {
            let score = sigmoid(score.clamp(-SCORE_CLIP, SCORE_CLIP));
            let (x, y) = (values[0] / SCALE + anchor.x, values[1] / SCALE + anchor.y);
            let (width, height) = (values[2] / SCALE, values[3] / SCALE);
            // Comparisons are false for NaN, which is dropped too.
            (score >= MIN_SCORE && width >= 0.0 && height >= 0.0).then(|| Detection {
                score,
                left: x - width / 2.0,
                top: y - height / 2.0,
                right: x + width / 2.0,
                bottom: y + height / 2.0,
                points: std::array::from_fn(|point| {
                    let [x, y] = [values[4 + 2 * point], values[5 + 2 * point]];
                    [x / SCALE + anchor.x, y / SCALE + anchor.y]
                }),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Raw outputs in which every box has the given values.
    fn raw(values: [f32; BOX_VALUES], score: f32) -> (Vec<f32>, Vec<f32>) {
        (values.repeat(anchors::COUNT), vec![score; anchors::COUNT])
    }

    #[test]
    fn boxes_are_decoded_relative_to_their_anchors() {
        let (boxes, mut scores) = raw(
            [22.4, -22.4, 44.8, 89.6, 0., 0., 0., -112., 0., 0., 0., 0.],
            -200.0,
        );
        scores[0] = 2.0;
        let found = decode(&boxes, &scores);
        assert_eq!(found.len(), 1);
        let (center, found) = (0.5 / 28.0, found[0]);
        for (name, value, expected) in [
            ("score", found.score, 0.880_797),
            ("left", found.left, center + 0.1 - 0.1),
            ("right", found.right, center + 0.1 + 0.1),
            ("top", found.top, center - 0.1 - 0.2),
            ("bottom", found.bottom, center - 0.1 + 0.2),
            ("hips x", found.points[0][0], center),
            ("circle y", found.points[1][1], center - 0.5),
        ] {
            assert!((value - expected).abs() < 1e-5, "{name}: {value} {expected}");
        }
    }

    #[test]
    fn weak_and_impossible_boxes_are_dropped() {
        let usual = [0., 0., 10., 10., 0., 0., 0., 0., 0., 0., 0., 0.];
        let mut negative = usual;
        negative[2] = -1.0;
        let mut nan = usual;
        nan[3] = f32::NAN;
        for (name, values, score, expected) in [
            ("usual", usual, 1.0, anchors::COUNT),
            ("exactly at the threshold", usual, 0.0, anchors::COUNT),
            ("weak", usual, -0.01, 0),
            ("not a number", usual, f32::NAN, 0),
            ("negative width", negative, 1.0, 0),
            ("height is not a number", nan, 1.0, 0),
        ] {
            let (boxes, scores) = raw(values, score);
            assert_eq!(decode(&boxes, &scores).len(), expected, "{name}");
        }
    }
}
