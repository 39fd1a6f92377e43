//! Where on the picture each of the detector's 2254 boxes is anchored.

/// Side of the detector's input in pixels.
const INPUT_SIDE: usize = 224;

/// The grids of the detector and how many boxes each of their cells has.
///
/// Source: MediaPipe's `SsdAnchorsCalculator` with the options of `pose_detection_cpu`: strides 8, 16, 32, 32, 32, where
/// layers of one stride share a grid and each brings an anchor for its scale and one for the scale to the next layer.
const GRIDS: [Grid; 3] = [
    Grid { stride: 8, boxes: 2 },
    Grid { stride: 16, boxes: 2 },
    Grid { stride: 32, boxes: 6 },
];

struct Grid {
    stride: usize,
    boxes: usize,
}

/// How many boxes the detector predicts.
pub(crate) const COUNT: usize = 2254;

/// Centre of an anchor, normalized to the detector's input. Anchors have the size of the whole input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Anchor {
    pub x: f32,
    pub y: f32,
}

/// All anchors, in the order of the detector's outputs.
pub(crate) fn anchors() -> impl Iterator<Item = Anchor> {
    GRIDS.iter().flat_map(|grid| {
        let cells = INPUT_SIDE / grid.stride;
        (0..cells * cells * grid.boxes).map(move |index| {
            let cell = index / grid.boxes;
            Anchor {
                x: ((cell % cells) as f32 + 0.5) / cells as f32,
                y: ((cell / cells) as f32 + 0.5) / cells as f32,
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_in_the_order_of_the_outputs() {
        let all: Vec<_> = anchors().collect();
        assert_eq!(all.len(), COUNT);
        for (index, x, y) in [
            (0, 0.5 / 28.0, 0.5 / 28.0),
            (1, 0.5 / 28.0, 0.5 / 28.0),
            (2, 1.5 / 28.0, 0.5 / 28.0),
            (56, 0.5 / 28.0, 1.5 / 28.0),
            (1567, 27.5 / 28.0, 27.5 / 28.0),
            (1568, 0.5 / 14.0, 0.5 / 14.0),
            (1959, 13.5 / 14.0, 13.5 / 14.0),
            (1960, 0.5 / 7.0, 0.5 / 7.0),
            (1965, 0.5 / 7.0, 0.5 / 7.0),
            (1966, 1.5 / 7.0, 0.5 / 7.0),
            (2253, 6.5 / 7.0, 6.5 / 7.0),
        ] {
            let anchor = all[index];
            assert!(
                (anchor.x - x).abs() < 1e-6 && (anchor.y - y).abs() < 1e-6,
                "{index}: {anchor:?}"
            );
        }
    }
}
