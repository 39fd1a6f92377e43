//! The HEVC sequence parameter set: size, crop, colour, and what in it cannot be decoded (ITU-T H.265, 7.3.2.2).

use super::h264_sps::read_colour;
use super::{Fault, StreamFacts};
use crate::bits::{BitReader, unescape};
use crate::picture::{Matrix, Range};

/// More bytes than any sequence parameter set needs.
const MAX_BYTES: usize = 4096;

/// Reads a sequence parameter set unit (two header bytes first).
pub(super) fn read(unit: &[u8]) -> Result<StreamFacts, Fault> {
    let payload = unit.get(2..unit.len().min(MAX_BYTES)).unwrap_or_default();
    let clean = unescape(payload);
    let mut bits = BitReader::new(&clean);
    let broken = |what: &str| Fault::Broken(format!("sequence parameter set: {what}"));
    let size = Size::read(&mut bits).ok_or_else(|| broken("it ends early"))?;
    size.judge()?;
    let (width, height) = size
        .cropped()
        .ok_or_else(|| broken("its picture size is impossible"))?;
    // Colour comes last; a set that is cut off before it can still be decoded.
    let (matrix, range) = read_to_colour(&mut bits, &size).unwrap_or_default();
    Ok(StreamFacts {
        coded_width: size.width,
        coded_height: size.height,
        width,
        height,
        matrix,
        range,
    })
}

/// The first half of the set.
struct Size {
    sub_layers: u32,
    chroma_format: u32,
    width: u32,
    height: u32,
    /// Left, right, top, bottom in units of two pixels.
    crop: [u32; 4],
    luma_bits: u32,
    chroma_bits: u32,
}

impl Size {
    fn read(bits: &mut BitReader<'_>) -> Option<Self> {
        bits.skip(4)?; // video parameter set id
        let sub_layers = bits.bits(3)?;
        bits.skip(1)?; // temporal nesting
        skip_profile(bits, sub_layers)?;
        bits.unsigned()?; // id
        let chroma_format = bits.unsigned()?;
        if chroma_format == 3 {
            bits.skip(1)?; // separate colour planes
        }
        let (width, height) = (bits.unsigned()?, bits.unsigned()?);
        let mut crop = [0; 4];
        if bits.bit()? {
            for side in &mut crop {
                *side = bits.unsigned()?;
            }
        }
        let luma_bits = bits.unsigned()?.checked_add(8)?;
        let chroma_bits = bits.unsigned()?.checked_add(8)?;
        Some(Self {
            sub_layers,
            chroma_format,
            width,
            height,
            crop,
            luma_bits,
            chroma_bits,
        })
    }

    fn judge(&self) -> Result<(), Fault> {
        let format = match self.chroma_format {
            0 => "monochrome",
            1 => "4:2:0",
            2 => "4:2:2",
            _ => "4:4:4",
        };
        let bits = self.luma_bits.max(self.chroma_bits);
        if self.chroma_format != 1 || bits > 10 {
            return Err(Fault::Unsupported(format!("HEVC {format} {bits}-bit")));
        }
        Ok(())
    }

    fn cropped(&self) -> Option<(u32, u32)> {
        let [left, right, top, bottom] = self.crop;
        let width = self.width.checked_sub(left.checked_add(right)?.checked_mul(2)?)?;
        let height = self
            .height
            .checked_sub(top.checked_add(bottom)?.checked_mul(2)?)?;
        (width > 0 && height > 0).then_some((width, height))
    }
}

/// `profile_tier_level` (7.3.3).
fn skip_profile(bits: &mut BitReader<'_>, sub_layers: u32) -> Option<()> {
    bits.skip(96)?;
    let mut present = Vec::new();
    for _ in 0..sub_layers {
        present.push((bits.bit()?, bits.bit()?));
    }
    if sub_layers > 0 {
        bits.skip(2 * (8 - sub_layers))?;
    }
    for (profile, level) in present {
        bits.skip(if profile { 88 } else { 0 } + if level { 8 } else { 0 })?;
    }
    Some(())
}

/// Everything from the order count to the usability information.
fn read_to_colour(bits: &mut BitReader<'_>, size: &Size) -> Option<(Option<Matrix>, Option<Range>)> {
    let order_count_bits = bits.unsigned()?.checked_add(4)?;
    let first_layer = if bits.bit()? { 0 } else { size.sub_layers };
    for _ in first_layer..=size.sub_layers {
        skip_codes(bits, 3)?; // buffering, reordering, latency
    }
    skip_codes(bits, 6)?; // block sizes and transform depths
    if bits.bit()? && bits.bit()? {
        skip_scaling_lists(bits)?;
    }
    bits.skip(2)?; // asymmetric partitions, adaptive offset
    if bits.bit()? {
        bits.skip(8)?; // raw sample depths
        skip_codes(bits, 2)?;
        bits.skip(1)?;
    }
    skip_reference_sets(bits)?;
    if bits.bit()? {
        let long_term = bits.unsigned()?;
        if long_term > 32 {
            return None;
        }
        bits.skip(long_term * order_count_bits.min(16).saturating_add(1))?;
    }
    bits.skip(2)?; // temporal vectors, strong smoothing
    if bits.bit()? {
        read_colour(bits)
    } else {
        Some((None, None))
    }
}

fn skip_codes(bits: &mut BitReader<'_>, count: u32) -> Option<()> {
    for _ in 0..count {
        bits.unsigned()?;
    }
    Some(())
}

/// `scaling_list_data` (7.3.4).
fn skip_scaling_lists(bits: &mut BitReader<'_>) -> Option<()> {
    for size in 0..4 {
        for _ in (0..6).step_by(if size == 3 { 3 } else { 1 }) {
            if bits.bit()? {
                if size > 1 {
                    bits.signed()?;
                }
                for _ in 0..(1 << (4 + 2 * size)).min(64) {
                    bits.signed()?;
                }
            } else {
                bits.unsigned()?;
            }
        }
    }
    Some(())
}

/// All `st_ref_pic_set` of the sequence (7.3.7); each may lean on the one before.
fn skip_reference_sets(bits: &mut BitReader<'_>) -> Option<()> {
    let sets = bits.unsigned()?;
    if sets > 64 {
        return None;
    }
    let mut pictures = 0_u32;
    for set in 0..sets {
        if set > 0 && bits.bit()? {
            bits.skip(1)?;
            bits.unsigned()?;
            let mut kept = 0;
            for _ in 0..=pictures {
                let used = bits.bit()?;
                if used || bits.bit()? {
                    kept += 1;
                }
            }
            pictures = kept;
        } else {
            let (before, after) = (bits.unsigned()?, bits.unsigned()?);
            if before > 16 || after > 16 {
                return None;
            }
            pictures = before + after;
            for _ in 0..pictures {
                bits.unsigned()?;
                bits.skip(1)?;
            }
        }
        if pictures > 32 {
            return None;
        }
    }
    Some(())
}
