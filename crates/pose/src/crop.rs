//! Cuts a rotated square out of a picture, as the input of a model.
//!
//! The sampling repeats OpenCV's `warpPerspective` with bilinear interpolation on bytes, which MediaPipe uses on the
//! CPU: positions are rounded to 1/32 of a pixel, values to whole bytes, and the square's corner is the corner
//! pixel's centre. Landmarks follow MediaPipe's only as closely as the pixels do.

use crate::{Rgb, roi::Roi};

/// What lies outside the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Border {
    /// Black.
    Zero,
    /// The nearest pixel of the picture.
    Replicate,
}

/// Values of a model's input: what black and white become.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub black: f32,
    pub white: f32,
}

/// Bits of a position below the pixel: OpenCV's `INTER_BITS`.
const FRACTION_BITS: u32 = 5;
/// Steps of a position inside a pixel.
const FRACTIONS: i32 = 1 << FRACTION_BITS;

/// Samples `roi` at `side` by `side` points and returns `[1, side, side, 3]` values, row-major.
pub(crate) fn crop(image: &Rgb<'_>, roi: Roi, side: usize, border: Border, range: Range) -> Vec<f32> {
    let levels = levels(range);
    let mut values = Vec::with_capacity(side * side * 3);
    let map = Map::new(roi, side);
    for row in 0..side {
        for column in 0..side {
            let (x, y) = map.position(column as f64, row as f64);
            let pixel = sample(image, x, y, border);
            values.extend(pixel.map(|value| levels[usize::from(value)]));
        }
    }
    values
}

/// Maps points of the crop to the picture.
///
/// The square's corners are rounded to `f32`, which bends it by some millionths; OpenCV maps the bent square by its
/// perspective, and so does this, because the landmark model's depth is sensitive to single bytes.
struct Map {
    x: [f64; 3],
    y: [f64; 3],
    scale: [f64; 3],
}

impl Map {
    /// The map from a crop of `side` by `side` points.
    fn new(roi: Roi, side: usize) -> Self {
        let corners = roi.corners();
        let [x0, x1, x2, x3] = corners.map(|corner| f64::from(corner.x));
        let [y0, y1, y2, y3] = corners.map(|corner| f64::from(corner.y));
        // The projective map of the unit square to four points: P. Heckbert, "Fundamentals of Texture Mapping and
        // Image Warping", 1989, section 2.2.3.
        let (dx1, dx2, sum_x) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, sum_y) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let area = dx1 * dy2 - dx2 * dy1;
        let (g, h) = (
            (sum_x * dy2 - dx2 * sum_y) / area,
            (dx1 * sum_y - sum_x * dy1) / area,
        );
        let side = side as f64;
        Self {
            x: [(x1 - x0 + g * x1) / side, (x3 - x0 + h * x3) / side, x0],
            y: [(y1 - y0 + g * y1) / side, (y3 - y0 + h * y3) / side, y0],
            scale: [g / side, h / side, 1.0],
        }
    }

    /// Where the point at (`column`, `row`) lies in the picture, in 1/32 of a pixel.
    fn position(&self, column: f64, row: f64) -> (i32, i32) {
        let at = |[across, down, start]: [f64; 3]| across * column + down * row + start;
        let scale = f64::from(FRACTIONS) / at(self.scale);
        (nearest(at(self.x) * scale), nearest(at(self.y) * scale))
    }
}

/// The nearest whole number, the even one of two, kept where neighbours can be added without overflow.
fn nearest(value: f64) -> i32 {
    /// Adding this leaves no bits for a fraction: 1.5 * 2^52. Much faster than a call where there is no instruction.
    const NO_FRACTION: f64 = 6_755_399_441_055_744.0;
    const LIMIT: f64 = (i32::MAX / 2) as f64;
    ((value.clamp(-LIMIT, LIMIT) + NO_FRACTION) - NO_FRACTION) as i32
}

/// The model's input value for each byte.
fn levels(range: Range) -> [f32; 256] {
    let scale = (range.white - range.black) / 255.0;
    std::array::from_fn(|byte| byte as f32 * scale + range.black)
}

/// The picture's colour at (`x`, `y`), in 1/32 of a pixel.
fn sample(image: &Rgb<'_>, x: i32, y: i32, border: Border) -> [u8; 3] {
    let (column, row) = (x >> FRACTION_BITS, y >> FRACTION_BITS);
    let (right, down) = (x & (FRACTIONS - 1), y & (FRACTIONS - 1));
    let (left, up) = (FRACTIONS - right, FRACTIONS - down);
    let weights = [left * up, right * up, left * down, right * down].map(|weight| weight as u32);
    let corners = inside(image, column, row).unwrap_or_else(|| {
        [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| outside(image, column + dx, row + dy, border))
    });
    std::array::from_fn(|channel| {
        let sum: u32 = corners
            .iter()
            .zip(weights)
            .map(|(corner, weight)| u32::from(corner[channel]) * weight)
            .sum();
        // The weights add up to 1024.
        ((sum + 512) >> (2 * FRACTION_BITS)) as u8
    })
}

/// The four pixels whose upper left is at (`column`, `row`), when all of them are in the picture.
#[inline]
fn inside(image: &Rgb<'_>, column: i32, row: i32) -> Option<[[u8; 3]; 4]> {
    let (column, row) = (usize::try_from(column).ok()?, usize::try_from(row).ok()?);
    if column + 1 >= image.width() || row + 1 >= image.height() {
        return None;
    }
    let start = (row * image.width() + column) * 3;
    let above = image.data().get(start..start + 6)?;
    let start = start + image.width() * 3;
    let below = image.data().get(start..start + 6)?;
    Some([
        [above[0], above[1], above[2]],
        [above[3], above[4], above[5]],
        [below[0], below[1], below[2]],
        [below[3], below[4], below[5]],
    ])
}

/// The pixel at (`column`, `row`), which need not be in the picture.
fn outside(image: &Rgb<'_>, column: i32, row: i32, border: Border) -> [u8; 3] {
    let nearest = |position: i32, side: usize| usize::try_from(position).unwrap_or(0).min(side - 1);
    let (near_column, near_row) = (nearest(column, image.width()), nearest(row, image.height()));
    let moved = usize::try_from(column) != Ok(near_column) || usize::try_from(row) != Ok(near_row);
    if border == Border::Zero && moved {
        return [0; 3];
    }
    let start = (near_row * image.width() + near_column) * 3;
    std::array::from_fn(|channel| image.data()[start + channel])
}

#[cfg(test)]
mod tests {
    use std::f32::consts::FRAC_PI_2;

    use proptest::prelude::*;

    use super::*;
    use crate::roi::Pixel;

    const BYTES: Range = Range {
        black: 0.0,
        white: 255.0,
    };

    fn roi(x: f32, y: f32, side: f32, rotation: f32) -> Roi {
        Roi {
            center: Pixel { x, y },
            side,
            rotation,
        }
    }

    /// A picture whose red is the column, green the row and blue their sum, times 10.
    fn ramp(width: usize, height: usize) -> Vec<u8> {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        pixels
            .flat_map(|(x, y)| [x, y, x + y].map(|value| (value * 10) as u8))
            .collect()
    }

    #[test]
    fn a_square_of_the_pictures_size_is_the_picture() {
        let data = ramp(8, 8);
        let image = Rgb::new(8, 8, &data).unwrap();
        for border in [Border::Zero, Border::Replicate] {
            let values = crop(&image, roi(4.0, 4.0, 8.0, 0.0), 8, border, BYTES);
            let expected: Vec<_> = data.iter().map(|&byte| f32::from(byte)).collect();
            assert_eq!(values, expected, "{border:?}");
        }
    }

    #[test]
    fn values_between_pixels_and_outside_the_picture() {
        let data = ramp(8, 6);
        let image = Rgb::new(8, 6, &data).unwrap();
        for (name, x, y, zero, replicated) in [
            ("on a pixel", 3.0, 2.0, [30., 20., 50.], [30., 20., 50.]),
            ("halfway", 3.5, 2.0, [35., 20., 55.], [35., 20., 55.]),
            ("a quarter", 3.25, 2.75, [33., 28., 60.], [33., 28., 60.]),
            ("left of it", -3.0, 2.0, [0., 0., 0.], [0., 20., 20.]),
            ("half over the right", 7.5, 2.0, [35., 10., 45.], [70., 20., 90.]),
            ("half over the bottom", 3.0, 5.5, [15., 25., 40.], [30., 50., 80.]),
            ("far away", 1e5, -1e5, [0., 0., 0.], [70., 0., 70.]),
        ] {
            // One sample, at the upper left corner of the square.
            for (border, expected) in [(Border::Zero, zero), (Border::Replicate, replicated)] {
                let values = crop(&image, roi(x + 0.5, y + 0.5, 1.0, 0.0), 1, border, BYTES);
                assert_eq!(values, expected, "{name}, {border:?}");
            }
        }
    }

    #[test]
    fn black_and_white_become_the_ends_of_the_range() {
        let data = [0, 255, 51];
        let image = Rgb::new(1, 1, &data).unwrap();
        for ((black, white), expected) in [((0.0, 1.0), [0.0, 1.0, 0.2]), ((-1.0, 1.0), [-1.0, 1.0, -0.6])] {
            let range = Range { black, white };
            let values = crop(&image, roi(0.5, 0.5, 1.0, 0.0), 1, Border::Zero, range);
            for (value, expected) in values.iter().zip(expected) {
                assert!((value - expected).abs() < 1e-6, "{values:?}");
            }
        }
    }

    #[test]
    fn a_turned_square_shows_the_picture_turned_back() {
        let data = ramp(9, 9);
        let image = Rgb::new(9, 9, &data).unwrap();
        let upright = crop(&image, roi(4.0, 4.0, 8.0, 0.0), 8, Border::Zero, BYTES);
        let turned = crop(&image, roi(4.0, 4.0, 8.0, FRAC_PI_2), 8, Border::Zero, BYTES);
        for row in 1..8 {
            for column in 0..8 {
                let at = |values: &[f32], column: usize, row: usize| values[(row * 8 + column) * 3];
                // Right in the crop is down in the picture.
                assert_eq!(
                    at(&turned, column, row),
                    at(&upright, 8 - row, column),
                    "{column} {row}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn samples_of_a_slope_lie_on_the_slope(
            x in 40f32..60.0, y in 40f32..60.0, side in 1f32..40.0, rotation in -3.1f32..3.1,
        ) {
            let data: Vec<u8> = (0..100 * 100).flat_map(|i| [(i % 100) * 2, (i / 100) * 2, 9].map(|v| v as u8)).collect();
            let image = Rgb::new(100, 100, &data).unwrap();
            let square = roi(x, y, side, rotation);
            let values = crop(&image, square, 16, Border::Zero, BYTES);
            for (index, value) in values.chunks_exact(3).enumerate() {
                let at = square.to_pixel((index % 16) as f32 / 16.0, (index / 16) as f32 / 16.0);
                // Rounding: 1/64 of a pixel in position, 1/2 in value.
                prop_assert!((value[0] - at.x * 2.0).abs() < 0.6, "{} {}", value[0], at.x);
                prop_assert!((value[1] - at.y * 2.0).abs() < 0.6, "{} {}", value[1], at.y);
                prop_assert_eq!(value[2], 9.0);
            }
        }

        #[test]
        fn any_square_can_be_cropped(
            x in prop::num::f32::ANY, y in prop::num::f32::ANY, side in prop::num::f32::ANY, rotation in prop::num::f32::ANY,
        ) {
            let data = ramp(5, 4);
            let image = Rgb::new(5, 4, &data).unwrap();
            let values = crop(&image, roi(x, y, side, rotation), 4, Border::Replicate, BYTES);
            prop_assert_eq!(values.len(), 48);
        }
    }
}
