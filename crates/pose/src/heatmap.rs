//! Moves a landmark to where its heatmap is warmest nearby.

use crate::decode::{MODEL_LANDMARKS, sigmoid};

/// Side of the heatmap in cells.
const SIDE: usize = 64;
/// Values of a heatmap: rows, columns, then one value for each landmark.
pub(crate) const LEN: usize = SIDE * SIDE * MODEL_LANDMARKS;
/// Side of the neighbourhood in cells: the default of MediaPipe's `RefineLandmarksFromHeatmapCalculator`.
///
/// The graph `tensors_to_pose_landmarks_and_segmentation` asks for 7, but version 0.10.21 as published for Python
/// refines with 9: with 9 its landmarks are met to a thousandth of a cell, with 7 they are off by up to a seventh.
const KERNEL: usize = 9;
/// The neighbourhood must be at least this warm somewhere. Source: the default of `min_confidence_to_refine`.
const MIN_CONFIDENCE: f32 = 0.5;

/// The refined position of landmark `index` at (`x`, `y`), normalized to the region.
///
/// It is the centre of gravity of the neighbourhood; the landmark stays where it is when it is outside the region or
/// the neighbourhood is cold.
pub(crate) fn refine(heatmap: &[f32], index: usize, x: f32, y: f32) -> (f32, f32) {
    let (Some(column), Some(row)) = (cell(x), cell(y)) else {
        return (x, y);
    };
    let reach = KERNEL / 2;
    let range = |center: usize| center.saturating_sub(reach)..(center + reach + 1).min(SIDE);
    let (mut sum, mut warmest) = (0.0, 0.0_f32);
    let (mut weighted_column, mut weighted_row) = (0.0, 0.0);
    for row in range(row) {
        for column in range(column) {
            let confidence = sigmoid(heatmap[(row * SIDE + column) * MODEL_LANDMARKS + index]);
            sum += confidence;
            warmest = warmest.max(confidence);
            weighted_column += column as f32 * confidence;
            weighted_row += row as f32 * confidence;
        }
    }
    if warmest >= MIN_CONFIDENCE && sum > 0.0 {
        (
            weighted_column / SIDE as f32 / sum,
            weighted_row / SIDE as f32 / sum,
        )
    } else {
        (x, y)
    }
}

/// The cell of a normalized coordinate, if it is in the heatmap. MediaPipe truncates towards 0.
fn cell(coordinate: f32) -> Option<usize> {
    let cell = (coordinate * SIDE as f32).trunc();
    (cell >= 0.0 && cell < SIDE as f32).then_some(cell as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLD: f32 = -20.0;

    /// A heatmap that is cold but for `warm` cells (column, row, value) of landmark 7.
    fn heatmap(warm: &[(usize, usize, f32)]) -> Vec<f32> {
        let mut values = vec![COLD; LEN];
        for &(column, row, value) in warm {
            values[(row * SIDE + column) * MODEL_LANDMARKS + 7] = value;
        }
        values
    }

    #[test]
    fn a_landmark_moves_to_the_warm_cells_near_it() {
        let at = |cell: f32| cell / SIDE as f32;
        let unsure = 0.0001;
        for (name, warm, (x, y), expected) in [
            (
                "one cell",
                vec![(22, 18, 20.0)],
                (at(20.5), at(20.5)),
                (at(22.0), at(18.0)),
            ),
            (
                "between two cells",
                vec![(20, 20, 20.0), (22, 20, 20.0)],
                (at(21.0), at(21.0)),
                (at(21.0), at(20.0)),
            ),
            (
                "out of reach",
                vec![(25, 20, 20.0)],
                (at(20.5), at(20.5)),
                (at(20.5), at(20.5)),
            ),
            (
                "cold",
                vec![(20, 20, -unsure)],
                (at(20.5), at(20.5)),
                (at(20.5), at(20.5)),
            ),
            (
                "just warm",
                vec![(20, 20, unsure)],
                (at(20.9), at(20.9)),
                (at(20.0), at(20.0)),
            ),
            (
                "upper left corner",
                vec![(0, 0, 20.0)],
                (at(1.0), at(2.0)),
                (0.0, 0.0),
            ),
            (
                "lower right corner",
                vec![(63, 63, 20.0)],
                (at(62.0), at(63.9)),
                (at(63.0), at(63.0)),
            ),
            (
                "left of the region",
                vec![(0, 20, 20.0)],
                (at(-1.0), at(20.0)),
                (at(-1.0), at(20.0)),
            ),
            (
                "just left of it",
                vec![(0, 20, 20.0)],
                (at(-0.5), at(20.0)),
                (at(0.0), at(20.0)),
            ),
            (
                "below it",
                vec![(20, 63, 20.0)],
                (at(20.0), at(64.0)),
                (at(20.0), at(64.0)),
            ),
            (
                "not a number",
                vec![(0, 0, 20.0)],
                (0.0, f32::INFINITY),
                (0.0, f32::INFINITY),
            ),
        ] {
            let (new_x, new_y) = refine(&heatmap(&warm), 7, x, y);
            let near = |a: f32, b: f32| a == b || (a - b).abs() < 1e-4;
            assert!(
                near(new_x, expected.0) && near(new_y, expected.1),
                "{name}: ({new_x}, {new_y}), expected {expected:?}"
            );
            assert_eq!(
                refine(&heatmap(&warm), 8, x, y),
                (x, y),
                "{name}: another landmark"
            );
        }
    }
}
