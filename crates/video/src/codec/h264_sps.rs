//! The H.264 sequence parameter set: size, crop, colour, and what in it cannot be decoded (ITU-T H.264, 7.3.2.1).

use super::{Fault, StreamFacts};
use crate::bits::{BitReader, unescape};
use crate::picture::{Matrix, Range};

/// Profiles whose parameter sets carry chroma format, bit depth and scaling lists.
const HIGH_PROFILES: [u32; 13] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/// The baseline profile.
const BASELINE: u32 = 66;

/// More bytes than any sequence parameter set needs.
const MAX_BYTES: usize = 1024;

/// A sequence parameter set that can be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SequenceParameters {
    pub(super) facts: StreamFacts,
    /// Baseline profile: no B slices.
    pub(super) baseline: bool,
}

/// Reads a sequence parameter set unit (header byte first).
pub(super) fn read(unit: &[u8]) -> Result<SequenceParameters, Fault> {
    let payload = unit.get(1..unit.len().min(MAX_BYTES)).unwrap_or_default();
    let clean = unescape(payload);
    let fields = Fields::read(&mut BitReader::new(&clean));
    fields.ok_or_else(|| broken("it ends early"))?.judge()
}

fn broken(what: &str) -> Fault {
    Fault::Broken(format!("sequence parameter set: {what}"))
}

/// The fields that decide, before any judgement.
#[derive(Default)]
struct Fields {
    profile: u32,
    id: u32,
    chroma_format: u32,
    luma_bits: u32,
    chroma_bits: u32,
    lossless: bool,
    reference_frames: u32,
    width_in_blocks: u32,
    height_in_map_units: u32,
    frames_only: bool,
    adaptive_interlacing: bool,
    /// Left, right, top, bottom in units of two pixels (four lines where fields are allowed).
    crop: [u32; 4],
    matrix: Option<Matrix>,
    range: Option<Range>,
}

impl Fields {
    fn read(bits: &mut BitReader<'_>) -> Option<Self> {
        let mut fields = Self {
            chroma_format: 1,
            luma_bits: 8,
            chroma_bits: 8,
            ..Self::default()
        };
        fields.profile = bits.bits(8)?;
        bits.skip(16)?; // constraints, level
        fields.id = bits.unsigned()?;
        if HIGH_PROFILES.contains(&fields.profile) {
            fields.chroma_format = bits.unsigned()?;
            if fields.chroma_format == 3 {
                bits.skip(1)?; // separate colour planes
            }
            fields.luma_bits = bits.unsigned()?.checked_add(8)?;
            fields.chroma_bits = bits.unsigned()?.checked_add(8)?;
            fields.lossless = bits.bit()?;
            if bits.bit()? {
                skip_scaling_lists(bits, if fields.chroma_format == 3 { 12 } else { 8 })?;
            }
        }
        bits.unsigned()?; // frame number bits
        match bits.unsigned()? {
            0 => {
                bits.unsigned()?; // order count bits
            }
            1 => {
                bits.skip(1)?;
                bits.signed()?;
                bits.signed()?;
                let cycle = bits.unsigned()?;
                if cycle > 255 {
                    return None;
                }
                for _ in 0..cycle {
                    bits.signed()?;
                }
            }
            _ => {}
        }
        fields.reference_frames = bits.unsigned()?;
        bits.skip(1)?; // gaps allowed
        fields.width_in_blocks = bits.unsigned()?.checked_add(1)?;
        fields.height_in_map_units = bits.unsigned()?.checked_add(1)?;
        fields.frames_only = bits.bit()?;
        if !fields.frames_only {
            fields.adaptive_interlacing = bits.bit()?;
        }
        bits.skip(1)?; // direct inference
        if bits.bit()? {
            for side in &mut fields.crop {
                *side = bits.unsigned()?;
            }
        }
        // Usability information that is cut off says nothing; the picture can still be decoded.
        if bits.bit()? {
            (fields.matrix, fields.range) = read_colour(bits).unwrap_or_default();
        }
        Some(fields)
    }

    fn judge(self) -> Result<SequenceParameters, Fault> {
        if self.chroma_format != 1 || self.luma_bits != 8 || self.chroma_bits != 8 || self.lossless {
            let format = match self.chroma_format {
                0 => "monochrome",
                1 => "4:2:0",
                2 => "4:2:2",
                _ => "4:4:4",
            };
            let lossless = if self.lossless { " lossless" } else { "" };
            let bits = self.luma_bits.max(self.chroma_bits);
            return Err(Fault::Unsupported(format!("H.264 {format} {bits}-bit{lossless}")));
        }
        if self.adaptive_interlacing {
            return Err(Fault::Unsupported("interlaced H.264".to_owned()));
        }
        if self.id > 31 {
            return Err(broken("its number is above 31"));
        }
        if self.reference_frames > 16 {
            return Err(broken("it asks for more than 16 reference frames"));
        }
        let fields_factor = if self.frames_only { 1 } else { 2 };
        let size = || {
            let coded_width = self.width_in_blocks.checked_mul(16)?;
            let coded_height = self.height_in_map_units.checked_mul(16 * fields_factor)?;
            let [left, right, top, bottom] = self.crop;
            let width = coded_width.checked_sub(left.checked_add(right)?.checked_mul(2)?)?;
            let height =
                coded_height.checked_sub(top.checked_add(bottom)?.checked_mul(2 * fields_factor)?)?;
            (width > 0 && height > 0).then_some((coded_width, coded_height, width, height))
        };
        let (coded_width, coded_height, width, height) =
            size().ok_or_else(|| broken("its picture size is impossible"))?;
        let facts = StreamFacts {
            coded_width,
            coded_height,
            width,
            height,
            matrix: self.matrix,
            range: self.range,
        };
        Ok(SequenceParameters {
            facts,
            baseline: self.profile == BASELINE,
        })
    }
}

/// Scaling lists (7.3.2.1.1.1): only their length matters here.
fn skip_scaling_lists(bits: &mut BitReader<'_>, lists: u32) -> Option<()> {
    for list in 0..lists {
        if !bits.bit()? {
            continue;
        }
        let (mut last, mut next) = (8_i32, 8_i32);
        for _ in 0..if list < 6 { 16 } else { 64 } {
            if next != 0 {
                next = last.wrapping_add(bits.signed()?).rem_euclid(256);
            }
            if next != 0 {
                last = next;
            }
        }
    }
    Some(())
}

/// Video usability information (E.1.1) up to the matrix coefficients; H.264 and HEVC begin alike.
pub(super) fn read_colour(bits: &mut BitReader<'_>) -> Option<(Option<Matrix>, Option<Range>)> {
    if bits.bit()? && bits.bits(8)? == 255 {
        bits.skip(32)?; // sample aspect ratio
    }
    if bits.bit()? {
        bits.skip(1)?; // overscan
    }
    if !bits.bit()? {
        return Some((None, None));
    }
    bits.skip(3)?; // video format
    let range = if bits.bit()? { Range::Full } else { Range::Limited };
    if !bits.bit()? {
        return Some((None, Some(range)));
    }
    bits.skip(16)?; // primaries, transfer
    Some((Matrix::from_code(bits.bits(8)?), Some(range)))
}
