//! Macroblock modes and motion vectors (RFC 6386, sections 10, 11, 16 and 17).

use super::bool_decoder::BoolDecoder;
use super::header::{FrameHeader, Persistent};
use super::tables::{
    BLOCK_MODES, KEY_BLOCK_MODES, KEY_CHROMA_MODES, KEY_LUMA_MODES, MODE_CONTEXTS, VectorProbabilities,
};

/// How a macroblock's luma is predicted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LumaMode {
    #[default]
    Dc,
    Vertical,
    Horizontal,
    TrueMotion,
    /// Each of the 16 blocks by itself.
    ByBlock,
    ZeroVector,
    NearestVector,
    NearVector,
    NewVector,
    /// Several vectors.
    SplitVector,
}

/// How chroma of an intra macroblock is predicted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ChromaMode {
    #[default]
    Dc,
    Vertical,
    Horizontal,
    TrueMotion,
}

/// How a 4 x 4 block is predicted from its neighbours; numbered as the tables of contexts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum BlockMode {
    #[default]
    Dc,
    TrueMotion,
    Vertical,
    Horizontal,
    LeftDown,
    RightDown,
    VerticalRight,
    VerticalLeft,
    HorizontalDown,
    HorizontalUp,
}

/// Which picture a macroblock is predicted from; numbered as the filter deltas are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Reference {
    #[default]
    Intra,
    Last,
    Golden,
    Alternate,
}

/// A motion vector in eighths of a luma pixel (always even: a quarter is the finest).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Vector {
    pub(super) row: i16,
    pub(super) column: i16,
}

impl Vector {
    const ZERO: Self = Self { row: 0, column: 0 };

    const fn negated(self) -> Self {
        Self {
            row: self.row.wrapping_neg(),
            column: self.column.wrapping_neg(),
        }
    }

    /// The sum; 16 bits hold every vector of a valid stream, and a damaged one may wrap.
    const fn plus(self, other: Self) -> Self {
        Self {
            row: self.row.wrapping_add(other.row),
            column: self.column.wrapping_add(other.column),
        }
    }
}

/// Everything known of a macroblock before its coefficients.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Macroblock {
    pub(super) luma: LumaMode,
    pub(super) chroma: ChromaMode,
    pub(super) reference: Reference,
    pub(super) segment: u8,
    /// No coefficients follow.
    pub(super) skipped: bool,
    /// Of the whole macroblock, or of its last block; zero when it is intra.
    pub(super) vector: Vector,
    /// Whether a split has 16 parts (each block its own).
    pub(super) finest_split: bool,
    pub(super) block_vectors: [Vector; 16],
    pub(super) block_modes: [BlockMode; 16],
}

impl Macroblock {
    /// Whether it has no second-order luma block.
    pub(super) fn is_by_block(&self) -> bool {
        matches!(self.luma, LumaMode::ByBlock | LumaMode::SplitVector)
    }

    /// The vector of a block as neighbours see it.
    fn vector_of(&self, block: usize) -> Vector {
        if self.luma == LumaMode::SplitVector {
            self.block_vectors[block & 15]
        } else {
            self.vector
        }
    }
}

/// Where vectors of a macroblock may point: one macroblock beyond the frame, in eighths of a pixel.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
}

impl Bounds {
    pub(super) fn new(column: usize, row: usize, columns: usize, rows: usize) -> Self {
        // 16 pixels of 8 eighths; a frame has at most 1024 macroblocks a side.
        let distance = |macroblocks: usize| (macroblocks as u32).cast_signed() * 128;
        Self {
            left: -distance(column + 1),
            right: distance(columns - column),
            top: -distance(row + 1),
            bottom: distance(rows - row),
        }
    }

    fn clamp(self, vector: Vector) -> Vector {
        Vector {
            row: i32::from(vector.row).clamp(self.top, self.bottom) as i16,
            column: i32::from(vector.column).clamp(self.left, self.right) as i16,
        }
    }
}

/// The macroblocks already decoded around the one being read.
pub(super) struct Neighbours<'a> {
    pub(super) above: &'a Macroblock,
    pub(super) left: &'a Macroblock,
    pub(super) above_left: &'a Macroblock,
}

/// Reads the modes of macroblocks of one frame.
pub(super) struct ModeReader<'a, 'b> {
    pub(super) bits: &'a mut BoolDecoder<'b>,
    pub(super) key: bool,
    pub(super) header: &'a FrameHeader,
    pub(super) state: &'a Persistent,
}

impl ModeReader<'_, '_> {
    /// The next macroblock; `before` is the one in the same place of the frame before, for its segment.
    pub(super) fn read(
        &mut self,
        before: &Macroblock,
        around: &Neighbours<'_>,
        bounds: Bounds,
    ) -> Macroblock {
        let mut macroblock = Macroblock {
            segment: before.segment,
            ..Macroblock::default()
        };
        if self.state.segmentation.update_map {
            let [root, low, high] = self.state.segmentation.tree;
            macroblock.segment = if self.bits.read(root) {
                2 + u8::from(self.bits.read(high))
            } else {
                u8::from(self.bits.read(low))
            };
        } else if self.key {
            macroblock.segment = 0;
        }
        macroblock.skipped = self
            .header
            .skip_probability
            .is_some_and(|probability| self.bits.read(probability));
        if self.key {
            self.read_key_modes(&mut macroblock, around);
        } else if self.bits.read(self.header.inter_probability) {
            self.read_vectors(&mut macroblock, around, bounds);
        } else {
            self.read_intra_modes(&mut macroblock);
        }
        macroblock
    }

    fn read_key_modes(&mut self, macroblock: &mut Macroblock, around: &Neighbours<'_>) {
        let [root, split, low, high] = KEY_LUMA_MODES;
        macroblock.luma = if !self.bits.read(root) {
            LumaMode::ByBlock
        } else if !self.bits.read(split) {
            if self.bits.read(low) {
                LumaMode::Vertical
            } else {
                LumaMode::Dc
            }
        } else if self.bits.read(high) {
            LumaMode::TrueMotion
        } else {
            LumaMode::Horizontal
        };
        if macroblock.luma == LumaMode::ByBlock {
            for block in 0..16 {
                let above = if block < 4 {
                    around.above.block_modes[block + 12]
                } else {
                    macroblock.block_modes[block - 4]
                };
                let left = if block.is_multiple_of(4) {
                    around.left.block_modes[block + 3]
                } else {
                    macroblock.block_modes[block - 1]
                };
                macroblock.block_modes[block] =
                    self.read_block_mode(&KEY_BLOCK_MODES[above as usize][left as usize]);
            }
        } else {
            macroblock.block_modes = [implied_block_mode(macroblock.luma); 16];
        }
        macroblock.chroma = self.read_chroma_mode(KEY_CHROMA_MODES);
    }

    fn read_intra_modes(&mut self, macroblock: &mut Macroblock) {
        let [root, split, low, high] = self.state.probabilities.luma_modes;
        macroblock.luma = if !self.bits.read(root) {
            LumaMode::Dc
        } else if !self.bits.read(split) {
            if self.bits.read(low) {
                LumaMode::Horizontal
            } else {
                LumaMode::Vertical
            }
        } else if self.bits.read(high) {
            LumaMode::ByBlock
        } else {
            LumaMode::TrueMotion
        };
        if macroblock.luma == LumaMode::ByBlock {
            for block in 0..16 {
                macroblock.block_modes[block] = self.read_block_mode(&BLOCK_MODES);
            }
        }
        macroblock.chroma = self.read_chroma_mode(self.state.probabilities.chroma_modes);
    }

    fn read_chroma_mode(&mut self, [dc, vertical, horizontal]: [u8; 3]) -> ChromaMode {
        if !self.bits.read(dc) {
            ChromaMode::Dc
        } else if !self.bits.read(vertical) {
            ChromaMode::Vertical
        } else if !self.bits.read(horizontal) {
            ChromaMode::Horizontal
        } else {
            ChromaMode::TrueMotion
        }
    }

    /// The tree of 11.2.
    fn read_block_mode(&mut self, probabilities: &[u8; 9]) -> BlockMode {
        let mut bit = |node: usize| self.bits.read(probabilities[node]);
        if !bit(0) {
            BlockMode::Dc
        } else if !bit(1) {
            BlockMode::TrueMotion
        } else if !bit(2) {
            BlockMode::Vertical
        } else if !bit(3) {
            if !bit(4) {
                BlockMode::Horizontal
            } else if !bit(5) {
                BlockMode::RightDown
            } else {
                BlockMode::VerticalRight
            }
        } else if !bit(6) {
            BlockMode::LeftDown
        } else if !bit(7) {
            BlockMode::VerticalLeft
        } else if !bit(8) {
            BlockMode::HorizontalDown
        } else {
            BlockMode::HorizontalUp
        }
    }

    fn read_vectors(&mut self, macroblock: &mut Macroblock, around: &Neighbours<'_>, bounds: Bounds) {
        macroblock.reference = if !self.bits.read(self.header.last_probability) {
            Reference::Last
        } else if self.bits.read(self.header.golden_probability) {
            Reference::Alternate
        } else {
            Reference::Golden
        };
        let mut near = Near::find(around, macroblock.reference, self.state.sign_bias);
        let context = |count: usize, node: usize| MODE_CONTEXTS[count.min(5)][node];
        if !self.bits.read(context(near.counts[0], 0)) {
            macroblock.luma = LumaMode::ZeroVector;
            return;
        }
        near.rank();
        let nearest = bounds.clamp(near.vectors[1]);
        if !self.bits.read(context(near.counts[1], 1)) {
            (macroblock.luma, macroblock.vector) = (LumaMode::NearestVector, nearest);
            return;
        }
        if !self.bits.read(context(near.counts[2], 2)) {
            (macroblock.luma, macroblock.vector) = (LumaMode::NearVector, bounds.clamp(near.vectors[2]));
            return;
        }
        let best = if near.counts[1] >= near.counts[0] {
            nearest
        } else {
            Vector::ZERO
        };
        let is_split = |neighbour: &Macroblock| usize::from(neighbour.luma == LumaMode::SplitVector);
        let splits = 2 * (is_split(around.above) + is_split(around.left)) + is_split(around.above_left);
        if self.bits.read(context(splits, 3)) {
            self.read_split(macroblock, around, best);
        } else {
            macroblock.luma = LumaMode::NewVector;
            macroblock.vector = self.read_vector().plus(best);
        }
    }

    /// Several vectors (16.4): halves, quarters or sixteenths, each like a neighbour's, zero, or new.
    fn read_split(&mut self, macroblock: &mut Macroblock, around: &Neighbours<'_>, best: Vector) {
        macroblock.luma = LumaMode::SplitVector;
        let parts: &[&[usize]] = if !self.bits.read(110) {
            macroblock.finest_split = true;
            &SIXTEENTHS
        } else if !self.bits.read(111) {
            &QUARTERS
        } else if self.bits.read(150) {
            &LEFT_RIGHT
        } else {
            &TOP_BOTTOM
        };
        for part in parts {
            let first = part.first().copied().unwrap_or(0);
            let left = if first.is_multiple_of(4) {
                around.left.vector_of(first + 3)
            } else {
                macroblock.block_vectors[first - 1]
            };
            let above = if first < 4 {
                around.above.vector_of(first + 12)
            } else {
                macroblock.block_vectors[first - 4]
            };
            let [like_left, like_above, zero] = split_probabilities(left, above);
            let vector = if !self.bits.read(like_left) {
                left
            } else if !self.bits.read(like_above) {
                above
            } else if !self.bits.read(zero) {
                Vector::ZERO
            } else {
                self.read_vector().plus(best)
            };
            for &block in *part {
                macroblock.block_vectors[block] = vector;
            }
        }
        macroblock.vector = macroblock.block_vectors[15];
    }

    fn read_vector(&mut self) -> Vector {
        let [row, column] = &self.state.probabilities.vectors;
        let row = read_component(self.bits, row);
        Vector {
            row,
            column: read_component(self.bits, column),
        }
    }
}

/// What the blocks of a macroblock predicted as a whole count as, for blocks beside them (11.3).
const fn implied_block_mode(mode: LumaMode) -> BlockMode {
    match mode {
        LumaMode::Vertical => BlockMode::Vertical,
        LumaMode::Horizontal => BlockMode::Horizontal,
        LumaMode::TrueMotion => BlockMode::TrueMotion,
        _ => BlockMode::Dc,
    }
}

const TOP_BOTTOM: [&[usize]; 2] = [&[0, 1, 2, 3, 4, 5, 6, 7], &[8, 9, 10, 11, 12, 13, 14, 15]];
const LEFT_RIGHT: [&[usize]; 2] = [&[0, 1, 4, 5, 8, 9, 12, 13], &[2, 3, 6, 7, 10, 11, 14, 15]];
const QUARTERS: [&[usize]; 4] = [&[0, 1, 4, 5], &[2, 3, 6, 7], &[8, 9, 12, 13], &[10, 11, 14, 15]];
const SIXTEENTHS: [&[usize]; 16] = [
    &[0],
    &[1],
    &[2],
    &[3],
    &[4],
    &[5],
    &[6],
    &[7],
    &[8],
    &[9],
    &[10],
    &[11],
    &[12],
    &[13],
    &[14],
    &[15],
];

/// Probabilities of the four kinds of part, by the vectors beside it (16.4).
fn split_probabilities(left: Vector, above: Vector) -> [u8; 3] {
    match (left == above, above == Vector::ZERO, left == Vector::ZERO) {
        (true, true, _) => [208, 1, 1],
        (true, false, _) => [223, 1, 34],
        (false, true, _) => [179, 121, 1],
        (false, false, true) => [106, 145, 1],
        (false, false, false) => [147, 136, 18],
    }
}

/// One component of a vector (17.2), doubled to eighths of a pixel.
fn read_component(bits: &mut BoolDecoder<'_>, probabilities: &VectorProbabilities) -> i16 {
    const SIGN: usize = 1;
    const SHORT: usize = 2;
    const LONG: usize = 9;
    const LONG_BITS: usize = 10;
    let mut magnitude = 0_i16;
    if bits.read(probabilities[0]) {
        // Bit 3 comes last: without any higher bit it must be set, or the number would have been short.
        for place in (0..3).chain((4..LONG_BITS).rev()) {
            magnitude += i16::from(bits.read(probabilities[LONG + place])) << place;
        }
        if magnitude < 16 || bits.read(probabilities[LONG + 3]) {
            magnitude += 8;
        }
    } else {
        let mut node = |offset: usize| u8::from(bits.read(probabilities[SHORT + offset]));
        // Three levels of a binary tree, stored depth first.
        let high = node(0);
        let middle = node(1 + 3 * usize::from(high));
        let low = node(2 + 3 * usize::from(high) + usize::from(middle));
        magnitude = i16::from(high * 4 + middle * 2 + low);
    }
    if magnitude != 0 && bits.read(probabilities[SIGN]) {
        -2 * magnitude
    } else {
        2 * magnitude
    }
}

/// Vectors of the neighbours and how often each occurs (16.3): 0 is "none moves", 1 nearest, 2 near, 3 a third.
struct Near {
    vectors: [Vector; 4],
    counts: [usize; 4],
    found: usize,
}

impl Near {
    fn find(around: &Neighbours<'_>, reference: Reference, sign_bias: [bool; 4]) -> Self {
        let mut near = Self {
            vectors: [Vector::ZERO; 4],
            counts: [0; 4],
            found: 0,
        };
        for (neighbour, weight) in [(around.above, 2), (around.left, 2), (around.above_left, 1)] {
            if neighbour.reference == Reference::Intra {
                continue;
            }
            if neighbour.vector == Vector::ZERO {
                near.counts[0] += weight;
                continue;
            }
            let opposite = sign_bias[neighbour.reference as usize] != sign_bias[reference as usize];
            let vector = if opposite {
                neighbour.vector.negated()
            } else {
                neighbour.vector
            };
            // Only the vector found last is compared.
            if near.found == 0 || vector != near.vectors[near.found] {
                near.found += 1;
                near.vectors[near.found] = vector;
            }
            near.counts[near.found] += weight;
        }
        near
    }

    /// Puts the more frequent of nearest and near first.
    fn rank(&mut self) {
        if self.counts[3] > 0 && self.vectors[3] == self.vectors[1] {
            self.counts[1] += 1;
        }
        if self.counts[2] > self.counts[1] {
            self.counts.swap(1, 2);
            self.vectors.swap(1, 2);
        }
    }
}
