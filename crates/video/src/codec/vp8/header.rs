//! Frame headers (RFC 6386, sections 9 and 19.2): what a frame changes in the decoder's state.

use super::bool_decoder::BoolDecoder;
use super::tables::{
    DEFAULT_CHROMA_MODES, DEFAULT_LUMA_MODES, DEFAULT_TOKENS, DEFAULT_VECTORS, TOKEN_UPDATES,
    TokenProbabilities, VECTOR_UPDATES, VectorProbabilities,
};
use crate::codec::Fault;

/// The uncompressed data at the start of a frame (9.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::codec) struct FrameTag {
    /// Size of a key frame in pixels; `None` for other frames.
    pub(in crate::codec) key: Option<(u32, u32)>,
    /// 0 to 3: which interpolation is used.
    pub(super) version: u8,
    pub(in crate::codec) shown: bool,
    first_partition: usize,
    tag_size: usize,
}

fn broken(what: &str) -> Fault {
    Fault::Broken(format!("VP8 frame header: {what}"))
}

impl FrameTag {
    pub(in crate::codec) fn read(frame: &[u8]) -> Result<Self, Fault> {
        let (&[first, second, third], rest) = frame
            .split_first_chunk::<3>()
            .ok_or_else(|| broken("it ends early"))?;
        let tag = u32::from_le_bytes([first, second, third, 0]);
        let key = if tag & 1 == 0 {
            let &[a, b, c, width_low, width_high, height_low, height_high] =
                rest.first_chunk::<7>().ok_or_else(|| broken("it ends early"))?;
            if [a, b, c] != [0x9d, 0x01, 0x2a] {
                return Err(broken("the start code is missing"));
            }
            // The two bits above the size ask the player to scale, which players ignore.
            let pixels = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
            let size = (pixels(width_low, width_high), pixels(height_low, height_high));
            if size.0 == 0 || size.1 == 0 {
                return Err(broken("the picture has no size"));
            }
            Some(size)
        } else {
            None
        };
        Ok(Self {
            key,
            version: (tag >> 1 & 7) as u8,
            shown: tag >> 4 & 1 == 1,
            first_partition: (tag >> 5) as usize,
            tag_size: if key.is_some() { 10 } else { 3 },
        })
    }

    /// The first partition and everything after it.
    pub(super) fn split<'a>(&self, frame: &'a [u8]) -> Result<(&'a [u8], &'a [u8]), Fault> {
        let body = frame.get(self.tag_size..).unwrap_or_default();
        body.split_at_checked(self.first_partition)
            .ok_or_else(|| broken("the first partition is cut off"))
    }
}

/// Probabilities that carry over from frame to frame, unless a frame says they are for itself alone.
#[derive(Clone)]
pub(super) struct Probabilities {
    pub(super) tokens: TokenProbabilities,
    pub(super) vectors: [VectorProbabilities; 2],
    pub(super) luma_modes: [u8; 4],
    pub(super) chroma_modes: [u8; 3],
}

impl Default for Probabilities {
    fn default() -> Self {
        Self {
            tokens: DEFAULT_TOKENS,
            vectors: DEFAULT_VECTORS,
            luma_modes: DEFAULT_LUMA_MODES,
            chroma_modes: DEFAULT_CHROMA_MODES,
        }
    }
}

/// Segments of macroblocks with their own quantizer and filter strength (9.3).
#[derive(Clone, Copy, Default)]
pub(super) struct Segmentation {
    pub(super) enabled: bool,
    pub(super) update_map: bool,
    /// Whether the values replace those of the frame, or are added to them.
    pub(super) absolute: bool,
    pub(super) quantizer: [i32; 4],
    pub(super) filter_level: [i32; 4],
    pub(super) tree: [u8; 3],
}

/// Loop filter settings (9.3, 9.6).
#[derive(Clone, Copy, Default)]
pub(super) struct FilterHeader {
    pub(super) simple: bool,
    pub(super) level: i32,
    pub(super) sharpness: i32,
    pub(super) deltas_enabled: bool,
    /// By reference frame: intra, last, golden, alternate.
    pub(super) reference_deltas: [i32; 4],
    /// By mode: by block, zero, other vectors, split.
    pub(super) mode_deltas: [i32; 4],
}

/// Quantizer indices: base, then differences (9.6).
#[derive(Clone, Copy, Default)]
pub(super) struct Quantizers {
    pub(super) base: i32,
    pub(super) luma_dc: i32,
    pub(super) second_dc: i32,
    pub(super) second_ac: i32,
    pub(super) chroma_dc: i32,
    pub(super) chroma_ac: i32,
}

/// Where a reference frame is taken from after this frame (9.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refresh {
    Keep,
    FromThis,
    FromLast,
    /// Golden from alternate, or alternate from golden.
    FromOther,
}

/// State that carries over from frame to frame.
#[derive(Clone, Default)]
pub(super) struct Persistent {
    pub(super) probabilities: Probabilities,
    pub(super) segmentation: Segmentation,
    pub(super) filter: FilterHeader,
    /// Whether vectors to a reference point the other way: by reference as in [`FilterHeader::reference_deltas`].
    pub(super) sign_bias: [bool; 4],
}

/// What holds for one frame.
pub(super) struct FrameHeader {
    pub(super) partitions_log2: u32,
    pub(super) quantizers: Quantizers,
    pub(super) golden: Refresh,
    pub(super) alternate: Refresh,
    pub(super) refresh_last: bool,
    /// Probabilities to return to after this frame.
    pub(super) saved: Option<Probabilities>,
    /// Probability that a macroblock has coefficients, when the frame marks those without.
    pub(super) skip_probability: Option<u8>,
    pub(super) inter_probability: u8,
    pub(super) last_probability: u8,
    pub(super) golden_probability: u8,
}

impl FrameHeader {
    /// Reads the compressed header and brings `state` up to date.
    pub(super) fn read(bits: &mut BoolDecoder<'_>, key: bool, state: &mut Persistent) -> Self {
        if key {
            *state = Persistent::default();
            // Colour space and clamping: both values decode alike here, since samples are always clamped.
            bits.literal(2);
        }
        read_segmentation(bits, &mut state.segmentation);
        read_filter(bits, &mut state.filter);
        let partitions_log2 = u32::from(bits.literal(2));
        let quantizers = read_quantizers(bits);

        let (mut golden, mut alternate) = (Refresh::FromThis, Refresh::FromThis);
        if !key {
            let (new_golden, new_alternate) = (bits.flag(), bits.flag());
            golden = if new_golden {
                Refresh::FromThis
            } else {
                read_copy(bits)
            };
            alternate = if new_alternate {
                Refresh::FromThis
            } else {
                read_copy(bits)
            };
            state.sign_bias = [false, false, bits.flag(), bits.flag()];
        }
        let keep_probabilities = bits.flag();
        let saved = (!keep_probabilities).then(|| state.probabilities.clone());
        let refresh_last = key || bits.flag();

        update_tokens(bits, &mut state.probabilities.tokens);
        let skip_probability = if bits.flag() { Some(bits.literal(8)) } else { None };
        let mut header = Self {
            partitions_log2,
            quantizers,
            golden,
            alternate,
            refresh_last,
            saved,
            skip_probability,
            inter_probability: 0,
            last_probability: 0,
            golden_probability: 0,
        };
        if !key {
            header.inter_probability = bits.literal(8);
            header.last_probability = bits.literal(8);
            header.golden_probability = bits.literal(8);
            update_modes(bits, &mut state.probabilities);
        }
        header
    }
}

fn read_segmentation(bits: &mut BoolDecoder<'_>, segmentation: &mut Segmentation) {
    segmentation.enabled = bits.flag();
    segmentation.update_map = false;
    if !segmentation.enabled {
        return;
    }
    segmentation.update_map = bits.flag();
    if bits.flag() {
        segmentation.absolute = bits.flag();
        for value in &mut segmentation.quantizer {
            *value = bits.optional_signed(7).unwrap_or(0);
        }
        for value in &mut segmentation.filter_level {
            *value = bits.optional_signed(6).unwrap_or(0);
        }
    }
    if segmentation.update_map {
        for probability in &mut segmentation.tree {
            *probability = if bits.flag() { bits.literal(8) } else { 255 };
        }
    }
}

fn read_filter(bits: &mut BoolDecoder<'_>, filter: &mut FilterHeader) {
    filter.simple = bits.flag();
    filter.level = i32::from(bits.literal(6));
    filter.sharpness = i32::from(bits.literal(3));
    filter.deltas_enabled = bits.flag();
    if filter.deltas_enabled && bits.flag() {
        for delta in filter.reference_deltas.iter_mut().chain(&mut filter.mode_deltas) {
            *delta = bits.optional_signed(6).unwrap_or(*delta);
        }
    }
}

fn read_quantizers(bits: &mut BoolDecoder<'_>) -> Quantizers {
    let base = i32::from(bits.literal(7));
    let mut delta = || bits.optional_signed(4).unwrap_or(0);
    Quantizers {
        base,
        luma_dc: delta(),
        second_dc: delta(),
        second_ac: delta(),
        chroma_dc: delta(),
        chroma_ac: delta(),
    }
}

fn read_copy(bits: &mut BoolDecoder<'_>) -> Refresh {
    match bits.literal(2) {
        1 => Refresh::FromLast,
        2 => Refresh::FromOther,
        _ => Refresh::Keep,
    }
}

fn update_tokens(bits: &mut BoolDecoder<'_>, tokens: &mut TokenProbabilities) {
    let probabilities = tokens.as_flattened_mut().as_flattened_mut().as_flattened_mut();
    let updates = TOKEN_UPDATES.as_flattened().as_flattened().as_flattened();
    for (probability, &update) in probabilities.iter_mut().zip(updates) {
        if bits.read(update) {
            *probability = bits.literal(8);
        }
    }
}

fn update_modes(bits: &mut BoolDecoder<'_>, probabilities: &mut Probabilities) {
    if bits.flag() {
        for probability in &mut probabilities.luma_modes {
            *probability = bits.literal(8);
        }
    }
    if bits.flag() {
        for probability in &mut probabilities.chroma_modes {
            *probability = bits.literal(8);
        }
    }
    let vectors = probabilities.vectors.as_flattened_mut();
    for (probability, &update) in vectors.iter_mut().zip(VECTOR_UPDATES.as_flattened()) {
        if bits.read(update) {
            let value = bits.literal(7);
            *probability = if value == 0 { 1 } else { value << 1 };
        }
    }
}
