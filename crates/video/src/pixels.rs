//! Upright RGB pixels read straight from the planes of a decoded picture.

use crate::colour::Weights;
use crate::info::{Orientation, Rotation};
use crate::picture::{Picture, Plane};

/// A decoded picture as upright RGB: nothing is converted before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Pixels<'a> {
    picture: &'a Picture,
    weights: Weights,
    /// Whether upright columns are coded rows.
    swapped: bool,
    /// Coded column and row, each from one upright coordinate.
    column: Axis,
    row: Axis,
}

/// A coordinate that counts up or down.
#[derive(Clone, Copy, Debug)]
struct Axis {
    origin: u32,
    /// 1, or -1 as what wraps around to it.
    step: u32,
}

impl Axis {
    const fn new(length: usize, backwards: bool) -> Self {
        if backwards {
            Self {
                origin: length as u32 - 1,
                step: u32::MAX,
            }
        } else {
            Self { origin: 0, step: 1 }
        }
    }

    const fn at(self, coordinate: u32) -> u32 {
        self.origin.wrapping_add(self.step.wrapping_mul(coordinate))
    }
}

impl<'a> Pixels<'a> {
    pub(crate) fn new(picture: &'a Picture, orientation: Orientation) -> Option<Self> {
        let rotation = orientation.rotation;
        let left = matches!(rotation, Rotation::Half | Rotation::Clockwise270) != orientation.mirrored;
        let up = matches!(rotation, Rotation::Half | Rotation::Clockwise90);
        picture.is_whole().then(|| Self {
            picture,
            weights: Weights::new(picture.matrix, picture.range),
            swapped: rotation.swaps_sides(),
            column: Axis::new(picture.width, left),
            row: Axis::new(picture.height, up),
        })
    }

    /// Width in pixels, upright.
    #[must_use]
    pub const fn width(&self) -> usize {
        if self.swapped {
            self.picture.height
        } else {
            self.picture.width
        }
    }

    /// Height in pixels, upright.
    #[must_use]
    pub const fn height(&self) -> usize {
        if self.swapped {
            self.picture.width
        } else {
            self.picture.height
        }
    }

    /// Red, green and blue of the pixels at (`columns[i]`, `rows[i]`); nothing in particular for those that are outside.
    #[must_use]
    pub fn read<const N: usize>(&self, columns: &[u32; N], rows: &[u32; N]) -> [[u8; N]; 3] {
        let (across, down) = if self.swapped {
            (rows, columns)
        } else {
            (columns, rows)
        };
        let across = across.map(|coordinate| self.column.at(coordinate));
        let down = down.map(|coordinate| self.row.at(coordinate));
        let luma = samples(&self.picture.y, &across, &down);
        let (across, down) = (across.map(|x| x / 2), down.map(|y| y / 2));
        let blue = samples(&self.picture.u, &across, &down);
        let red = samples(&self.picture.v, &across, &down);
        self.weights.convert(&luma, &blue, &red)
    }
}

/// The samples of a plane at (`columns[i]`, `rows[i]`).
fn samples<const N: usize>(plane: &Plane, columns: &[u32; N], rows: &[u32; N]) -> [u8; N] {
    // Planes are far smaller than 4 GiB.
    let stride = plane.stride as u32;
    let mut samples = [0; N];
    for (index, sample) in samples.iter_mut().enumerate() {
        let offset = rows[index].wrapping_mul(stride).wrapping_add(columns[index]);
        *sample = plane.data.get(offset as usize).copied().unwrap_or_default();
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Frame;
    use crate::picture::{Matrix, Range};

    /// Odd sides, and rows longer than what is seen of them.
    fn frame(rotation: Rotation, mirrored: bool, matrix: Matrix, range: Range) -> Frame {
        let plane = |width: usize, height: usize, step: usize| Plane {
            data: (0..(width + 3) * height)
                .map(|index| (index * step % 256) as u8)
                .collect(),
            stride: width + 3,
        };
        Frame {
            index: 0,
            t: 0.0,
            picture: Picture {
                width: 13,
                height: 9,
                y: plane(13, 9, 101),
                u: plane(7, 5, 53),
                v: plane(7, 5, 37),
                matrix,
                range,
            },
            rotation,
            mirrored,
        }
    }

    #[test]
    fn pixels_are_those_of_the_rgb_picture() {
        let rotations = [
            Rotation::None,
            Rotation::Clockwise90,
            Rotation::Half,
            Rotation::Clockwise270,
        ];
        for rotation in rotations {
            for mirrored in [false, true] {
                for matrix in [Matrix::Bt601, Matrix::Bt709, Matrix::Bt2020] {
                    for range in [Range::Limited, Range::Full] {
                        let frame = frame(rotation, mirrored, matrix, range);
                        let rgb = frame.to_rgb();
                        let pixels = frame.pixels().unwrap();
                        assert_eq!((pixels.width(), pixels.height()), (rgb.width, rgb.height));
                        let mut data = Vec::new();
                        for index in 0..(rgb.width * rgb.height) as u32 {
                            let width = rgb.width as u32;
                            data.extend(
                                pixels
                                    .read(&[index % width], &[index / width])
                                    .map(|[value]| value),
                            );
                        }
                        assert_eq!(data, rgb.data, "{rotation:?} {mirrored} {matrix:?} {range:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn planes_that_are_too_short_have_no_pixels() {
        let mut frame = frame(Rotation::None, false, Matrix::Bt601, Range::Full);
        frame.picture.v.data.truncate(20);
        assert!(frame.pixels().is_none());
    }
}
