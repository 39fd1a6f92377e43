//! Prediction from pixels of the same frame (RFC 6386, section 12).

use super::modes::{BlockMode, ChromaMode, LumaMode};
use super::picture::PlaneBuffer;

/// Pixels above the frame and to its left (12.2).
const ABOVE_FRAME: u8 = 127;
const LEFT_OF_FRAME: u8 = 129;

/// How a whole macroblock is predicted, luma or chroma.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum WholeMode {
    Dc,
    Vertical,
    Horizontal,
    TrueMotion,
}

impl From<ChromaMode> for WholeMode {
    fn from(mode: ChromaMode) -> Self {
        match mode {
            ChromaMode::Dc => Self::Dc,
            ChromaMode::Vertical => Self::Vertical,
            ChromaMode::Horizontal => Self::Horizontal,
            ChromaMode::TrueMotion => Self::TrueMotion,
        }
    }
}

impl From<LumaMode> for WholeMode {
    fn from(mode: LumaMode) -> Self {
        match mode {
            LumaMode::Vertical => Self::Vertical,
            LumaMode::Horizontal => Self::Horizontal,
            LumaMode::TrueMotion => Self::TrueMotion,
            _ => Self::Dc,
        }
    }
}

/// The pixels around a square of `N`: above it, to its left, and in the corner.
struct Edges<const N: usize> {
    above: [u8; N],
    left: [u8; N],
    corner: u8,
}

impl<const N: usize> Edges<N> {
    fn new(plane: &PlaneBuffer, x: usize, y: usize) -> Self {
        let mut edges = Self {
            above: [ABOVE_FRAME; N],
            left: [LEFT_OF_FRAME; N],
            corner: LEFT_OF_FRAME,
        };
        if y > 0 {
            let start = plane.index(x, y - 1);
            if let Some(above) = plane.data.get(start..start + N) {
                edges.above.copy_from_slice(above);
            }
        }
        if x > 0 {
            for (row, pixel) in edges.left.iter_mut().enumerate() {
                *pixel = plane.get(x - 1, y + row);
            }
        }
        edges.corner = match (x > 0, y > 0) {
            (_, false) => ABOVE_FRAME,
            (false, true) => LEFT_OF_FRAME,
            (true, true) => plane.get(x - 1, y - 1),
        };
        edges
    }
}

/// Predicts a square of `N` pixels (16 for luma, 8 for chroma) as a whole.
pub(super) fn predict_whole<const N: usize>(plane: &mut PlaneBuffer, x: usize, y: usize, mode: WholeMode) {
    let edges = Edges::<N>::new(plane, x, y);
    let sum = |pixels: &[u8; N]| pixels.iter().map(|&pixel| u32::from(pixel)).sum::<u32>();
    let half = N as u32 / 2;
    // Pixels outside the frame do not count towards the mean.
    let mean = match (x > 0, y > 0) {
        (true, true) => (sum(&edges.left) + sum(&edges.above) + 2 * half) / (4 * half),
        (true, false) => (sum(&edges.left) + half) / (2 * half),
        (false, true) => (sum(&edges.above) + half) / (2 * half),
        (false, false) => 128,
    } as u8;
    for row in 0..N {
        let start = plane.index(x, y + row);
        let Some(target) = plane.data.get_mut(start..start + N) else {
            return;
        };
        match mode {
            WholeMode::Dc => target.fill(mean),
            WholeMode::Vertical => target.copy_from_slice(&edges.above),
            WholeMode::Horizontal => target.fill(edges.left[row]),
            WholeMode::TrueMotion => {
                let base = i32::from(edges.left[row]) - i32::from(edges.corner);
                for (pixel, &above) in target.iter_mut().zip(&edges.above) {
                    *pixel = (base + i32::from(above)).clamp(0, 255) as u8;
                }
            }
        }
    }
}

/// The four pixels above and to the right of a macroblock, which its right-hand blocks share (12.3). Beyond the right
/// end of the frame the last pixel repeats.
pub(super) fn above_right(plane: &PlaneBuffer, x: usize, y: usize) -> [u8; 4] {
    if y == 0 {
        return [ABOVE_FRAME; 4];
    }
    if x + 16 >= plane.width {
        return [plane.get(plane.width - 1, y - 1); 4];
    }
    [0, 1, 2, 3].map(|offset| plane.get(x + 16 + offset, y - 1))
}

/// Predicts one 4 x 4 luma block; `above_right` are the pixels after those above it.
pub(super) fn predict_block(
    plane: &mut PlaneBuffer,
    x: usize,
    y: usize,
    above_right: [u8; 4],
    mode: BlockMode,
) {
    let block = BlockEdges::new(&Edges::new(plane, x, y), above_right).predict(mode);
    for (row, pixels) in block.iter().enumerate() {
        let start = plane.index(x, y + row);
        if let Some(target) = plane.data.get_mut(start..start + 4) {
            target.copy_from_slice(pixels);
        }
    }
}

/// The pixels around a 4 x 4 block, as the directional modes walk along them.
struct BlockEdges {
    /// Above, on to the right.
    above: [u32; 8],
    /// Down the left side.
    left: [u32; 4],
    /// From the bottom left, round the corner, to the top right.
    around: [u32; 9],
}

type Block = [[u8; 4]; 4];

/// The rounded mean of two pixels from `at` on.
const fn two(pixels: &[u32], at: usize) -> u8 {
    ((pixels[at] + pixels[at + 1] + 1) >> 1) as u8
}

/// The rounded mean of three pixels around `at`, the middle one counted twice.
const fn three(pixels: &[u32], at: usize) -> u8 {
    weigh(pixels[at - 1], pixels[at], pixels[at + 1])
}

const fn weigh(before: u32, middle: u32, after: u32) -> u8 {
    ((before + 2 * middle + after + 2) >> 2) as u8
}

impl BlockEdges {
    fn new(edges: &Edges<4>, above_right: [u8; 4]) -> Self {
        let [above0, above1, above2, above3] = edges.above;
        let [left0, left1, left2, left3] = edges.left;
        let [right0, right1, right2, right3] = above_right;
        let around = [
            left3,
            left2,
            left1,
            left0,
            edges.corner,
            above0,
            above1,
            above2,
            above3,
        ];
        Self {
            above: [above0, above1, above2, above3, right0, right1, right2, right3].map(u32::from),
            left: edges.left.map(u32::from),
            around: around.map(u32::from),
        }
    }

    /// 12.3, mode by mode.
    fn predict(&self, mode: BlockMode) -> Block {
        let Self { above, left, around } = self;
        match mode {
            BlockMode::Dc => {
                let sum: u32 = above.iter().take(4).chain(left).sum();
                [[((sum + 4) >> 3) as u8; 4]; 4]
            }
            BlockMode::TrueMotion => left.map(|left| {
                // At most 255 + 255; the corner may be larger.
                let pixel = |at: usize| (left + above[at]).saturating_sub(around[4]).min(255) as u8;
                [pixel(0), pixel(1), pixel(2), pixel(3)]
            }),
            BlockMode::Vertical => {
                [[
                    three(around, 5),
                    three(around, 6),
                    three(around, 7),
                    three(above, 3),
                ]; 4]
            }
            BlockMode::Horizontal => {
                let bottom = weigh(left[2], left[3], left[3]);
                [
                    [three(around, 3); 4],
                    [three(around, 2); 4],
                    [three(around, 1); 4],
                    [bottom; 4],
                ]
            }
            BlockMode::LeftDown => {
                let last = weigh(above[6], above[7], above[7]);
                let diagonal = |at: usize| if at == 6 { last } else { three(above, at + 1) };
                square(|row, column| diagonal(row + column))
            }
            BlockMode::RightDown => square(|row, column| three(around, 4 + column - row)),
            BlockMode::VerticalRight => self.vertical_right(),
            BlockMode::VerticalLeft => self.vertical_left(),
            BlockMode::HorizontalDown => self.horizontal_down(),
            BlockMode::HorizontalUp => self.horizontal_up(),
        }
    }

    const fn vertical_right(&self) -> Block {
        let around = &self.around;
        let first = [two(around, 4), two(around, 5), two(around, 6), two(around, 7)];
        let second = [
            three(around, 4),
            three(around, 5),
            three(around, 6),
            three(around, 7),
        ];
        let third = [three(around, 3), first[0], first[1], first[2]];
        let fourth = [three(around, 2), second[0], second[1], second[2]];
        [first, second, third, fourth]
    }

    const fn vertical_left(&self) -> Block {
        let above = &self.above;
        let first = [two(above, 0), two(above, 1), two(above, 2), two(above, 3)];
        let second = [three(above, 1), three(above, 2), three(above, 3), three(above, 4)];
        let third = [first[1], first[2], first[3], three(above, 5)];
        let fourth = [second[1], second[2], second[3], three(above, 6)];
        [first, second, third, fourth]
    }

    fn horizontal_down(&self) -> Block {
        let around = &self.around;
        // Pairs from the top row down; each row shows its own, then those of the rows above.
        let steps = [
            three(around, 6),
            three(around, 5),
            three(around, 4),
            two(around, 3),
            three(around, 3),
            two(around, 2),
            three(around, 2),
            two(around, 1),
            three(around, 1),
            two(around, 0),
        ];
        // Row 0 reads 3 2 1 0, row 1 reads 5 4 3 2, and so on.
        square(|row, column| steps[3 + 2 * row - column])
    }

    fn horizontal_up(&self) -> Block {
        let [left0, left1, left2, left3] = self.left;
        let mean = |first: u32, second: u32| ((first + second + 1) >> 1) as u8;
        let steps = [
            mean(left0, left1),
            weigh(left0, left1, left2),
            mean(left1, left2),
            weigh(left1, left2, left3),
            mean(left2, left3),
            weigh(left2, left3, left3),
            left3 as u8,
        ];
        square(|row, column| steps[(2 * row + column).min(6)])
    }
}

/// A block by row and column.
fn square(pixel: impl Fn(usize, usize) -> u8) -> Block {
    [0, 1, 2, 3].map(|row| [0, 1, 2, 3].map(|column| pixel(row, column)))
}
