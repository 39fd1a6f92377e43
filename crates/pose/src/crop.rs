//! Cuts a rotated square out of a picture, as the input of a model.
//!
//! The sampling repeats OpenCV's `warpPerspective` with bilinear interpolation on bytes, which MediaPipe uses on the
//! CPU: positions are rounded to 1/32 of a pixel, values to whole bytes, and the square's corner is the corner
//! pixel's centre. Landmarks follow MediaPipe's only as closely as the pixels do.

use crate::{BATCH, Picture, roi::Roi};

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
pub(crate) fn crop(image: &dyn Picture, roi: Roi, side: usize, border: Border, range: Range) -> Vec<f32> {
    let levels = levels(range);
    let map = Map::new(roi, side);
    let mut values = vec![0.0; side * side * 3];
    let (points, _) = values.as_chunks_mut::<3>();
    for (row, points) in points.chunks_mut(side.max(1)).enumerate() {
        for (batch, points) in points.chunks_mut(BATCH).enumerate() {
            let positions = map.positions(batch * BATCH, row);
            let [red, green, blue] = sample(image, &positions, border);
            for (point, ((red, green), blue)) in points.iter_mut().zip(red.into_iter().zip(green).zip(blue)) {
                *point = [red, green, blue].map(|value| levels[usize::from(value)]);
            }
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

    /// Where the points at `column` and right of it, in `row`, lie in the picture.
    fn positions(&self, column: usize, row: usize) -> Positions {
        let row = row as f64;
        let mut positions = Positions {
            x: [0; BATCH],
            y: [0; BATCH],
        };
        for (index, (x, y)) in positions.x.iter_mut().zip(&mut positions.y).enumerate() {
            let column = (column + index) as f64;
            let at = |[across, down, start]: [f64; 3]| across * column + down * row + start;
            let scale = f64::from(FRACTIONS) / at(self.scale);
            (*x, *y) = (nearest(at(self.x) * scale), nearest(at(self.y) * scale));
        }
        positions
    }
}

/// Places in the picture, in 1/32 of a pixel.
struct Positions {
    x: [i32; BATCH],
    y: [i32; BATCH],
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

/// The picture's colours at `positions`: red, green, blue.
fn sample(image: &dyn Picture, positions: &Positions, border: Border) -> [[u8; BATCH]; 3] {
    let across = Neighbours::new(&positions.x, image.width(), border);
    let down = Neighbours::new(&positions.y, image.height(), border);
    let mut sums = [[0_u32; BATCH]; 3];
    for (rows, up_down) in down.places.iter().zip(&down.weights) {
        for (columns, left_right) in across.places.iter().zip(&across.weights) {
            let colours = image.read(columns, rows);
            for (sums, values) in sums.iter_mut().zip(&colours) {
                for index in 0..BATCH {
                    sums[index] += u32::from(values[index]) * (left_right[index] * up_down[index]);
                }
            }
        }
    }
    // The weights add up to 1024.
    sums.map(|sums| sums.map(|sum| ((sum + 512) >> (2 * FRACTION_BITS)) as u8))
}

/// The two pixels between which each position lies, along one axis.
struct Neighbours {
    /// The one before and the one after, moved into the picture.
    places: [[u32; BATCH]; 2],
    /// Their weights in 1/32.
    weights: [[u32; BATCH]; 2],
}

impl Neighbours {
    /// For positions in 1/32 of a pixel along a side of `length` pixels.
    fn new(positions: &[i32; BATCH], length: usize, border: Border) -> Self {
        // `MAX_SIDE` is far below `i32::MAX`.
        let last = i32::try_from(length.saturating_sub(1)).unwrap_or(i32::MAX);
        let mut neighbours = Self {
            places: [[0; BATCH]; 2],
            weights: [[0; BATCH]; 2],
        };
        for (next, (places, weights)) in (0..).zip(neighbours.places.iter_mut().zip(&mut neighbours.weights))
        {
            for index in 0..BATCH {
                let place = (positions[index] >> FRACTION_BITS) + next;
                let fraction = positions[index] & (FRACTIONS - 1);
                let weight = if next == 0 { FRACTIONS - fraction } else { fraction };
                let inside = place.clamp(0, last);
                // Black weighs as much as nothing.
                let black = border == Border::Zero && inside != place;
                places[index] = inside as u32;
                weights[index] = if black { 0 } else { weight as u32 };
            }
        }
        neighbours
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::FRAC_PI_2;

    use proptest::prelude::*;

    use super::*;
    use crate::{Rgb, roi::Pixel};

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

    /// One colour of a picture of 97 by 61 pixels, as OpenCV finds it: by itself, with what lies outside.
    fn colour_at(data: &[u8], x: i32, y: i32, border: Border) -> [u8; 3] {
        let (right, down) = (x & 31, y & 31);
        let corners = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| {
            let (column, row) = ((x >> 5) + dx, (y >> 5) + dy);
            let (near_column, near_row) = (column.clamp(0, 96), row.clamp(0, 60));
            if border == Border::Zero && (near_column, near_row) != (column, row) {
                return [0; 3];
            }
            let start = ((near_row * 97 + near_column) * 3) as usize;
            [data[start], data[start + 1], data[start + 2]]
        });
        let weights = [
            (32 - right) * (32 - down),
            right * (32 - down),
            (32 - right) * down,
            right * down,
        ];
        std::array::from_fn(|channel| {
            let sum: i32 = corners
                .iter()
                .zip(weights)
                .map(|(corner, weight)| i32::from(corner[channel]) * weight)
                .sum();
            ((sum + 512) >> 10) as u8
        })
    }

    proptest! {
        #[test]
        fn many_pixels_at_once_are_what_each_is_by_itself(
            x in -60f32..160.0, y in -60f32..160.0, side in 0.1f32..300.0, rotation in -3.2f32..3.2,
            points in 1..70_usize, zero: bool, seed in 1..1000_usize,
        ) {
            let border = if zero { Border::Zero } else { Border::Replicate };
            let data: Vec<u8> = (0..97 * 61 * 3).map(|index| (index * seed * 7919 % 251) as u8).collect();
            let image = Rgb::new(97, 61, &data).unwrap();
            let roi = roi(x, y, side, rotation);
            let map = Map::new(roi, points);
            let mut expected = Vec::new();
            for row in 0..points {
                for column in 0..points {
                    let at = |[across, down, start]: [f64; 3]| across * column as f64 + down * row as f64 + start;
                    let scale = 32.0 / at(map.scale);
                    let (x, y) = ((at(map.x) * scale).round_ties_even(), (at(map.y) * scale).round_ties_even());
                    expected.extend(colour_at(&data, x as i32, y as i32, border).map(f32::from));
                }
            }
            prop_assert_eq!(crop(&image, roi, points, border, BYTES), expected);
        }

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
