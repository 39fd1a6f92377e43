//! Coefficients of a macroblock (RFC 6386, section 13), multiplied by their quantizer steps (section 14.1).

use super::bool_decoder::BoolDecoder;
use super::header::{Quantizers, Segmentation};
use super::tables::{AC_STEPS, DC_STEPS, TokenProbabilities};

/// Blocks of a macroblock: 16 luma, 4 + 4 chroma, and the second-order luma block.
pub(super) const SECOND: usize = 24;

/// Coefficients of the 25 blocks, in raster order within each.
pub(super) type Coefficients = [[i16; 16]; 25];

/// Whether the blocks beside had coefficients: four luma columns (or rows), two and two chroma, the second-order one.
pub(super) type Context = [bool; 9];

/// Quantizer steps of a macroblock, first coefficient and others.
#[derive(Clone, Copy, Default)]
pub(super) struct Steps {
    luma: [i16; 2],
    second: [i16; 2],
    chroma: [i16; 2],
}

impl Steps {
    /// The steps of each segment (9.6, 14.1).
    pub(super) fn by_segment(quantizers: &Quantizers, segmentation: &Segmentation) -> [Self; 4] {
        segmentation.quantizer.map(|value| {
            let index = match (segmentation.enabled, segmentation.absolute) {
                (false, _) => quantizers.base,
                (true, true) => value,
                (true, false) => quantizers.base + value,
            };
            let index = index.clamp(0, 127);
            let step = |table: &[i16; 128], delta: i32| table[(index + delta).clamp(0, 127) as usize];
            Self {
                luma: [step(&DC_STEPS, quantizers.luma_dc), step(&AC_STEPS, 0)],
                second: [
                    step(&DC_STEPS, quantizers.second_dc) * 2,
                    (i32::from(step(&AC_STEPS, quantizers.second_ac)) * 155 / 100).max(8) as i16,
                ],
                chroma: [
                    step(&DC_STEPS, quantizers.chroma_dc).min(132),
                    step(&AC_STEPS, quantizers.chroma_ac),
                ],
            }
        })
    }
}

/// Reads all coefficients of a macroblock into `blocks` (zeros before). Says for each block how far its coefficients
/// reach: 0 for none, 1 for the first alone, more beyond.
pub(super) fn read(
    bits: &mut BoolDecoder<'_>,
    probabilities: &TokenProbabilities,
    steps: &Steps,
    has_second: bool,
    above: &mut Context,
    left: &mut Context,
    blocks: &mut Coefficients,
) -> [u8; 25] {
    let mut reach = [0_u8; 25];
    let [luma_after_second, second, chroma, luma] = probabilities;
    let mut read = |number: usize, kind, steps, first, above: &mut bool, left: &mut bool| {
        let context = usize::from(*above) + usize::from(*left);
        let end = read_block(bits, kind, context, first, steps, &mut blocks[number]);
        *above = end > 0;
        *left = end > 0;
        reach[number] = end;
    };
    let (luma, first) = if has_second {
        read(SECOND, second, steps.second, 0, &mut above[8], &mut left[8]);
        (luma_after_second, 1)
    } else {
        (luma, 0)
    };
    for block in 0..16 {
        read(
            block,
            luma,
            steps.luma,
            first,
            &mut above[block & 3],
            &mut left[block >> 2],
        );
    }
    for block in 16..24 {
        // Two columns and two rows for each of the two planes.
        let plane = 4 + ((block - 16) >> 2) * 2;
        let (column, row) = (plane + (block & 1), plane + (block >> 1 & 1));
        read(block, chroma, steps.chroma, 0, &mut above[column], &mut left[row]);
    }
    reach
}

/// A macroblock without coefficients: its neighbours see none. The second-order context stays where it has none.
pub(super) fn clear_contexts(has_second: bool, above: &mut Context, left: &mut Context) {
    for context in [above, left] {
        let second = context[8] && !has_second;
        *context = [false; 9];
        context[8] = second;
    }
}

/// Order in which coefficients are stored (13).
const ZIGZAG: [usize; 16] = [0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15];

/// Probability band of each coefficient (13.3); the last is never used but keeps the index in range.
const BANDS: [usize; 17] = [0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 7];

/// Reads one block from coefficient `first` on; returns where it ends, 0 when it is empty.
fn read_block(
    bits: &mut BoolDecoder<'_>,
    bands: &[[[u8; 11]; 3]; 8],
    context: usize,
    first: usize,
    steps: [i16; 2],
    block: &mut [i16; 16],
) -> u8 {
    let mut place = first;
    let mut probabilities = &bands[BANDS[place]][context];
    if !bits.read(probabilities[0]) {
        return 0;
    }
    loop {
        // No end follows a zero, so that is not asked again.
        while !bits.read(probabilities[1]) {
            place += 1;
            if place == 16 {
                return 16;
            }
            probabilities = &bands[BANDS[place]][0];
        }
        let (magnitude, next_context) = if bits.read(probabilities[2]) {
            (read_large(bits, probabilities), 2)
        } else {
            (1, 1)
        };
        let value = if bits.flag() { -magnitude } else { magnitude };
        // Steps fit in 9 bits and magnitudes in 12; damaged data may wrap around 16 bits, as in libvpx.
        block[ZIGZAG[place]] = (value * i32::from(steps[usize::from(place > 0)])) as i16;
        place += 1;
        if place == 16 {
            return 16;
        }
        probabilities = &bands[BANDS[place]][next_context];
        if !bits.read(probabilities[0]) {
            return place as u8;
        }
    }
}

/// A magnitude of two or more (13.2).
fn read_large(bits: &mut BoolDecoder<'_>, probabilities: &[u8; 11]) -> i32 {
    if !bits.read(probabilities[3]) {
        if !bits.read(probabilities[4]) {
            return 2;
        }
        return 3 + i32::from(bits.read(probabilities[5]));
    }
    if !bits.read(probabilities[6]) {
        return if bits.read(probabilities[7]) {
            read_extra(bits, 7, &[165, 145])
        } else {
            read_extra(bits, 5, &[159])
        };
    }
    if !bits.read(probabilities[8]) {
        return if bits.read(probabilities[9]) {
            read_extra(bits, 19, &[176, 155, 140, 135])
        } else {
            read_extra(bits, 11, &[173, 148, 140])
        };
    }
    if bits.read(probabilities[10]) {
        read_extra(bits, 67, &[254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129])
    } else {
        read_extra(bits, 35, &[180, 157, 141, 134, 130])
    }
}

fn read_extra(bits: &mut BoolDecoder<'_>, base: i32, probabilities: &[u8]) -> i32 {
    base + probabilities.iter().fold(0, |value, &probability| {
        value << 1 | i32::from(bits.read(probability))
    })
}
