//! The shapes that values have inside the engine, and how they lie in memory.

use crate::lanes::Quad;

/// Most values that a tensor may have: 256 MiB of `f32`. Larger ones are refused before anything is allocated.
const MAX_VALUES: usize = 1 << 26;

/// A shape. Batches are always 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// ONNX's `[1, channels, height, width]`, stored as one plane for every four channels; a plane's pixels are row-major
    /// and each holds its four channels. Channels that fill up the last plane are 0.
    Planes(Planes),
    /// Any dimensions, stored row-major.
    Flat(Vec<usize>),
}

/// Size of a picture of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Planes {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
}

impl Planes {
    /// Pixels of a plane.
    pub fn pixels(self) -> usize {
        self.height * self.width
    }

    /// How many planes there are.
    pub fn count(self) -> usize {
        self.channels.div_ceil(4)
    }
}

impl Shape {
    /// Quads that a value of this shape needs; `None` when it is too large or empty.
    pub fn quads(&self) -> Option<usize> {
        let product = |dims: &[usize]| dims.iter().try_fold(1_usize, |len, &dim| len.checked_mul(dim));
        let values = match self {
            Self::Planes(planes) => product(&[planes.count(), 4, planes.height, planes.width]),
            Self::Flat(dims) => product(dims),
        };
        values
            .filter(|values| (1..=MAX_VALUES).contains(values))
            .map(|values| values.div_ceil(4))
    }

    /// ONNX's dimensions.
    pub fn dims(&self) -> Vec<usize> {
        match self {
            Self::Planes(planes) => vec![1, planes.channels, planes.height, planes.width],
            Self::Flat(dims) => dims.clone(),
        }
    }
}

/// Where the value of (`channel`, `pixel`) lies among the quads of planes of `pixels` pixels.
pub(crate) fn place(channel: usize, pixel: usize, pixels: usize) -> (usize, usize) {
    (channel / 4 * pixels + pixel, channel % 4)
}

/// `len` zero quads.
pub(crate) fn zeros(len: usize) -> Vec<Quad> {
    vec![[0.0; 4]; len]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_know_their_size_and_refuse_what_is_too_large() {
        let planes = |channels, height, width| {
            Shape::Planes(Planes {
                channels,
                height,
                width,
            })
        };
        for (shape, expected) in [
            (planes(4, 2, 3), Some(6)),
            (planes(5, 2, 3), Some(12)),
            (planes(0, 2, 3), None),
            (planes(1 << 20, 1 << 10, 1 << 10), None),
            (planes(usize::MAX, 2, 1), None),
            (Shape::Flat(vec![2, 3, 5]), Some(8)),
            (Shape::Flat(vec![]), Some(1)),
            (Shape::Flat(vec![3, 0]), None),
            (Shape::Flat(vec![1 << 13, 1 << 13]), Some(1 << 24)),
            (Shape::Flat(vec![1 << 13, (1 << 13) + 1]), None),
        ] {
            assert_eq!(shape.quads(), expected, "{shape:?}");
        }
    }

    #[test]
    fn channels_lie_four_by_four() {
        for (channel, pixel, expected) in [(0, 0, (0, 0)), (3, 5, (5, 3)), (4, 0, (10, 0)), (9, 7, (27, 1))] {
            assert_eq!(place(channel, pixel, 10), expected);
        }
    }
}
