//! Merges the detector's many overlapping boxes into one for each person.

use crate::detector::Detection;

/// Boxes that overlap more than this belong to one person. Source: `min_suppression_threshold` of
/// MediaPipe's `pose_detection_cpu`.
const MIN_OVERLAP: f32 = 0.3;

/// Weighted non-maximum suppression: each result is the mean of a best box and all boxes over it, weighted by score,
/// with the best one's score. Results are in order of score, best first.
pub(crate) fn merge_overlapping(mut detections: Vec<Detection>) -> Vec<Detection> {
    detections.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut merged = Vec::new();
    while let Some(&best) = detections.first() {
        let before = detections.len();
        let (same, rest): (Vec<_>, Vec<_>) = detections
            .into_iter()
            .partition(|other| overlap(other, &best) > MIN_OVERLAP);
        merged.push(if same.is_empty() {
            best
        } else {
            weighted_mean(&same, best.score)
        });
        // A box without area overlaps nothing, not even itself: MediaPipe stops there too.
        if rest.len() == before {
            break;
        }
        detections = rest;
    }
    merged
}

/// Intersection over union of two boxes, 0..1.
pub(crate) fn overlap(a: &Detection, b: &Detection) -> f32 {
    let width = a.right.min(b.right) - a.left.max(b.left);
    let height = a.bottom.min(b.bottom) - a.top.max(b.top);
    if width <= 0.0 || height <= 0.0 {
        return 0.0;
    }
    let shared = width * height;
    shared / (a.area() + b.area() - shared)
}

fn weighted_mean(detections: &[Detection], score: f32) -> Detection {
    let total: f32 = detections.iter().map(|detection| detection.score).sum();
    let mean = |value: &dyn Fn(&Detection) -> f32| {
        detections
            .iter()
            .map(|detection| value(detection) * detection.score)
            .sum::<f32>()
            / total
    };
    Detection {
        score,
        left: mean(&|d| d.left),
        top: mean(&|d| d.top),
        right: mean(&|d| d.right),
        bottom: mean(&|d| d.bottom),
        points: std::array::from_fn(|point| std::array::from_fn(|axis| mean(&|d| d.points[point][axis]))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn square(score: f32, left: f32, top: f32, side: f32) -> Detection {
        Detection {
            score,
            left,
            top,
            right: left + side,
            bottom: top + side,
            points: [[left, top]; 4],
        }
    }

    #[test]
    fn overlap_is_intersection_over_union() {
        let unit = square(1.0, 0.0, 0.0, 1.0);
        for (name, other, expected) in [
            ("itself", unit, 1.0),
            ("half", square(1.0, 0.5, 0.0, 1.0), 1.0 / 3.0),
            ("quarter inside", square(1.0, 0.0, 0.0, 0.5), 0.25),
            ("touching", square(1.0, 1.0, 0.0, 1.0), 0.0),
            ("apart", square(1.0, 3.0, 3.0, 1.0), 0.0),
        ] {
            assert!((overlap(&unit, &other) - expected).abs() < 1e-6, "{name}");
            assert!(
                (overlap(&other, &unit) - expected).abs() < 1e-6,
                "{name}, swapped"
            );
        }
    }

    #[test]
    fn boxes_of_one_person_become_their_weighted_mean() {
        let merged = merge_overlapping(vec![
            square(0.6, 0.1, 0.0, 1.0),
            square(0.7, 5.0, 5.0, 1.0),
            square(0.9, 0.0, 0.0, 1.0),
        ]);
        assert_eq!(merged.len(), 2);
        assert!((merged[0].score - 0.9).abs() < 1e-6);
        assert!((merged[0].left - 0.04).abs() < 1e-6, "{:?}", merged[0]);
        assert!((merged[0].points[2][0] - 0.04).abs() < 1e-6);
        assert!((merged[1].left - 5.0).abs() < 1e-6);
    }

    #[test]
    fn nothing_in_nothing_out_and_an_empty_box_ends() {
        assert!(merge_overlapping(Vec::new()).is_empty());
        assert_eq!(merge_overlapping(vec![square(0.9, 0.5, 0.5, 0.0)]).len(), 1);
    }

    proptest! {
        #[test]
        fn results_are_ordered_and_never_more_than_the_boxes(
            boxes in prop::collection::vec((0.5f32..1.0, 0f32..1.0, 0f32..1.0, 0.01f32..0.5), 0..40),
        ) {
            let boxes: Vec<_> = boxes.into_iter().map(|(s, x, y, side)| square(s, x, y, side)).collect();
            let merged = merge_overlapping(boxes.clone());
            prop_assert!(merged.len() <= boxes.len());
            prop_assert_eq!(merged.is_empty(), boxes.is_empty());
            prop_assert!(merged.is_sorted_by(|a, b| a.score >= b.score));
        }
    }
}
