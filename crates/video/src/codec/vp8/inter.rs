//! Prediction from earlier frames (RFC 6386, section 18). Beyond its edges a frame repeats its outermost pixels.

use super::modes::{LumaMode, Macroblock, Vector};
use super::picture::{FrameBuffer, PlaneBuffer};

/// Interpolation of a stream version (9.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interpolation {
    bilinear: bool,
    /// Chroma vectors are rounded to whole pixels.
    whole_chroma: bool,
}

impl Interpolation {
    pub(super) const fn of_version(version: u8) -> Self {
        Self {
            bilinear: version > 0,
            whole_chroma: version == 3,
        }
    }
}

/// Filters for eighths of a pixel (18.3): pixels -2 to +3.
const SIX_TAP: [[i32; 6]; 8] = [
    [0, 0, 128, 0, 0, 0],
    [0, -6, 123, 12, -1, 0],
    [2, -11, 108, 36, -8, 1],
    [0, -9, 93, 50, -6, 0],
    [3, -16, 77, 77, -16, 3],
    [0, -6, 50, 93, -9, 0],
    [1, -8, 36, 108, -11, 2],
    [0, -1, 12, 123, -6, 0],
];

/// Predicts a whole macroblock from `reference`.
pub(super) fn predict_macroblock(
    frame: &mut FrameBuffer,
    reference: &FrameBuffer,
    column: usize,
    row: usize,
    macroblock: &Macroblock,
    interpolation: Interpolation,
) {
    let bilinear = interpolation.bilinear;
    let (x, y) = (column * 16, row * 16);
    if macroblock.luma != LumaMode::SplitVector {
        let vector = macroblock.vector;
        predict::<16>(&mut frame.luma, &reference.luma, x, y, vector, bilinear);
        let chroma = halved(vector, interpolation.whole_chroma);
        predict::<8>(&mut frame.blue, &reference.blue, x / 2, y / 2, chroma, bilinear);
        predict::<8>(&mut frame.red, &reference.red, x / 2, y / 2, chroma, bilinear);
        return;
    }
    let vectors = &macroblock.block_vectors;
    if macroblock.finest_split {
        for (block, &vector) in vectors.iter().enumerate() {
            let (x, y) = (x + (block & 3) * 4, y + (block >> 2) * 4);
            predict::<4>(&mut frame.luma, &reference.luma, x, y, vector, bilinear);
        }
    } else {
        for quarter in 0..4 {
            let (right, down) = (quarter & 1, quarter >> 1);
            let vector = vectors[down * 8 + right * 2];
            predict::<8>(
                &mut frame.luma,
                &reference.luma,
                x + right * 8,
                y + down * 8,
                vector,
                bilinear,
            );
        }
    }
    for quarter in 0..4 {
        let (right, down) = (quarter & 1, quarter >> 1);
        let first = down * 8 + right * 2;
        let four = [
            vectors[first],
            vectors[first + 1],
            vectors[first + 4],
            vectors[first + 5],
        ];
        let chroma = mean_of_four(four, interpolation.whole_chroma);
        let (x, y) = (x / 2 + right * 4, y / 2 + down * 4);
        predict::<4>(&mut frame.blue, &reference.blue, x, y, chroma, bilinear);
        predict::<4>(&mut frame.red, &reference.red, x, y, chroma, bilinear);
    }
}

/// A luma vector for planes of half the size, rounded away from zero; still in eighths, now of a chroma pixel.
fn halved(vector: Vector, whole: bool) -> Vector {
    let half = |value: i16| {
        let value = i32::from(value);
        value / 2 + value % 2
    };
    masked(half(vector.row), half(vector.column), whole)
}

/// The mean of the vectors of four luma blocks, for the chroma block they share.
fn mean_of_four(four: [Vector; 4], whole: bool) -> Vector {
    let mean = |component: fn(&Vector) -> i16| {
        let sum: i32 = four.iter().map(|vector| i32::from(component(vector))).sum();
        (sum + if sum < 0 { -4 } else { 4 }) / 8
    };
    masked(mean(|vector| vector.row), mean(|vector| vector.column), whole)
}

const fn masked(row: i32, column: i32, whole: bool) -> Vector {
    let mask = if whole { !7 } else { !0 };
    Vector {
        row: (row & mask) as i16,
        column: (column & mask) as i16,
    }
}

/// Rows and columns a filter reads besides the block: two before, three after.
const BEFORE: usize = 2;
const MARGIN: usize = 5;
/// Side of the largest block with its margin.
const WINDOW: usize = 16 + MARGIN;

/// Predicts a square of `N` pixels at (`x`, `y`).
fn predict<const N: usize>(
    plane: &mut PlaneBuffer,
    reference: &PlaneBuffer,
    x: usize,
    y: usize,
    vector: Vector,
    bilinear: bool,
) {
    let from_x = x.cast_signed() + isize::from(vector.column >> 3) - BEFORE.cast_signed();
    let from_y = y.cast_signed() + isize::from(vector.row >> 3) - BEFORE.cast_signed();
    let mut copy = [0_u8; WINDOW * WINDOW];
    let (source, stride) = window::<N>(reference, from_x, from_y, &mut copy);

    let (right, down) = ((vector.column & 7) as usize, (vector.row & 7) as usize);
    let mut block = [[0_u8; N]; N];
    match (right, down) {
        (0, 0) => {
            for (row, target) in block.iter_mut().enumerate() {
                *target = *taps::<N>(source, (row + BEFORE) * stride + BEFORE);
            }
        }
        _ if bilinear => filter_bilinear(source, stride, right, down, &mut block),
        (_, 0) => {
            for (row, target) in block.iter_mut().enumerate() {
                *target = filter_row(source, (row + BEFORE) * stride + BEFORE, 1, SIX_TAP[right]);
            }
        }
        (0, _) => {
            for (row, target) in block.iter_mut().enumerate() {
                *target = filter_row(source, (row + BEFORE) * stride + BEFORE, stride, SIX_TAP[down]);
            }
        }
        _ => {
            // First along the rows, margin included, then down the columns.
            let mut middle = [0_u8; WINDOW * 16];
            for row in 0..N + MARGIN {
                let filtered: [u8; N] = filter_row(source, row * stride + BEFORE, 1, SIX_TAP[right]);
                if let Some(target) = middle.get_mut(row * N..(row + 1) * N) {
                    target.copy_from_slice(&filtered);
                }
            }
            for (row, target) in block.iter_mut().enumerate() {
                *target = filter_row(&middle, (row + BEFORE) * N, N, SIX_TAP[down]);
            }
        }
    }
    for (row, pixels) in block.iter().enumerate() {
        let start = plane.index(x, y + row);
        if let Some(target) = plane.data.get_mut(start..start + N) {
            target.copy_from_slice(pixels);
        }
    }
}

/// The pixels around a block of `N` with its margin: in place, or copied with the edges of the frame repeated.
fn window<'a, const N: usize>(
    reference: &'a PlaneBuffer,
    from_x: isize,
    from_y: isize,
    copy: &'a mut [u8; WINDOW * WINDOW],
) -> (&'a [u8], usize) {
    let side = N + MARGIN;
    let (width, height) = (reference.width, reference.height);
    if let (Ok(x), Ok(y)) = (usize::try_from(from_x), usize::try_from(from_y))
        && x + side <= width
        && y + side <= height
        && let Some(source) = reference.data.get(reference.index(x, y)..)
    {
        return (source, width);
    }
    let inside = |at: isize, size: usize| usize::try_from(at).unwrap_or(0).min(size.saturating_sub(1));
    for row in 0..side {
        let y = inside(from_y + row.cast_signed(), height);
        for column in 0..side {
            let x = inside(from_x + column.cast_signed(), width);
            copy[row * WINDOW + column] = reference.get(x, y);
        }
    }
    (copy, WINDOW)
}

/// `N` pixels from `at` on; black where there are none, which a window never asks for.
fn taps<const N: usize>(source: &[u8], at: usize) -> &[u8; N] {
    source
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .unwrap_or(&[0; N])
}

/// One row of `N` pixels through a six-tap filter whose taps lie `step` apart.
fn filter_row<const N: usize>(source: &[u8], at: usize, step: usize, filter: [i32; 6]) -> [u8; N] {
    let inputs: [&[u8; N]; 6] = [0, 1, 2, 3, 4, 5].map(|tap| taps(source, at + tap * step - 2 * step));
    let mut output = [0; N];
    for (place, pixel) in output.iter_mut().enumerate() {
        let mut sum = 64;
        for (input, weight) in inputs.iter().zip(filter) {
            sum += i32::from(input[place]) * weight;
        }
        *pixel = (sum >> 7).clamp(0, 255) as u8;
    }
    output
}

fn filter_bilinear<const N: usize>(
    source: &[u8],
    stride: usize,
    right: usize,
    down: usize,
    block: &mut [[u8; N]; N],
) {
    let blend = |first: &[u8; N], second: &[u8; N], eighths: usize| {
        let weight = (eighths as u32).cast_signed() * 16;
        let mut output = [0_u8; N];
        for (place, pixel) in output.iter_mut().enumerate() {
            let sum = i32::from(first[place]) * (128 - weight) + i32::from(second[place]) * weight;
            *pixel = ((sum + 64) >> 7) as u8;
        }
        output
    };
    let along = |row: usize| {
        let at = (row + BEFORE) * stride + BEFORE;
        blend(taps(source, at), taps(source, at + 1), right)
    };
    let mut upper = along(0);
    for (row, target) in block.iter_mut().enumerate() {
        let lower = along(row + 1);
        *target = blend(&upper, &lower, down);
        upper = lower;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_keep_a_flat_picture_flat() {
        for filter in SIX_TAP {
            assert_eq!(filter.iter().sum::<i32>(), 128);
        }
        let flat = PlaneBuffer {
            data: vec![90; 32 * 32],
            width: 32,
            height: 32,
        };
        for bilinear in [false, true] {
            for (row, column) in [(0, 0), (2, 0), (0, 6), (4, 4), (-200, 300), (i16::MIN, i16::MAX)] {
                let mut plane = PlaneBuffer {
                    data: vec![0; 32 * 32],
                    width: 32,
                    height: 32,
                };
                predict::<16>(&mut plane, &flat, 16, 0, Vector { row, column }, bilinear);
                assert!(
                    (0..16).all(|y| (16..32).all(|x| plane.get(x, y) == 90)),
                    "{row} {column}"
                );
            }
        }
    }

    #[test]
    fn chroma_vectors_round_away_from_zero() {
        assert_eq!(
            halved(Vector { row: 6, column: -6 }, false),
            Vector { row: 3, column: -3 }
        );
        assert_eq!(
            halved(Vector { row: 30, column: -30 }, true),
            Vector { row: 8, column: -16 }
        );
        let four = [Vector { row: 2, column: -2 }; 4];
        assert_eq!(mean_of_four(four, false), Vector { row: 1, column: -1 });
    }
}
