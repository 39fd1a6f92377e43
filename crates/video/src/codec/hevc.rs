//! HEVC: parameter sets checked here, pictures decoded by `rust_h265`.

use rust_h265::{
    DecodeError, DecodeLimits, Decoder as Inner, Frame as InnerFrame, NalUnit, PixelData, parse_nal,
};

use super::units::units;
use super::{Decode, Fault, Role, StreamFacts, hevc_sps};
use crate::picture::{Matrix, Picture, Plane, Range};
use crate::track::CodecConfig;

/// Unit types (ITU-T H.265, table 7-1).
const LAST_PICTURE_TYPE: u8 = 31;
const SKIPPED_LEADING: std::ops::RangeInclusive<u8> = 8..=9;
const RANDOM_ACCESS: std::ops::RangeInclusive<u8> = 16..=23;
const BROKEN_LINK: std::ops::RangeInclusive<u8> = 16..=18;
const SEQUENCE_PARAMETERS: u8 = 33;

/// An access unit delimiter: tells the decoder that the picture before it is complete.
const DELIMITER: [u8; 3] = [35 << 1, 1, 0x50];

/// State of one picture besides its samples: a generous bound for 1080p, far below a tier's memory.
const MAX_PICTURE_BYTES: u64 = 160 << 20;

/// The type of a unit of the base layer; `None` for other layers (depth, second eye), which are not decoded.
fn base_layer_type(unit: &[u8]) -> Option<u8> {
    let [first, second, ..] = unit else { return None };
    let layer = (first & 1) << 5 | second >> 3;
    (layer == 0).then_some(first >> 1 & 0x3f)
}

/// How many samples to look through for parameter sets kept among them.
const PROBED_SAMPLES: usize = 8;

/// Reads the first sequence parameter set.
pub(super) fn probe<'a>(
    config: &CodecConfig,
    samples: impl Iterator<Item = &'a [u8]>,
) -> Result<StreamFacts, Fault> {
    let is_set = |unit: &&[u8]| base_layer_type(unit) == Some(SEQUENCE_PARAMETERS);
    if let Some(unit) = config.parameter_sets.iter().map(Vec::as_slice).find(is_set) {
        return hevc_sps::read(unit);
    }
    let in_samples = samples
        .take(PROBED_SAMPLES)
        .flat_map(|sample| units(sample, config.length_size).map_while(Result::ok))
        .find(is_set);
    hevc_sps::read(in_samples.ok_or_else(|| Fault::Broken("no sequence parameter set".to_owned()))?)
}

/// Pictures that lean on frames before the point where the file begins cannot be decoded and are not shown (8.1.3).
pub(super) fn roles<'a>(config: &CodecConfig, samples: impl Iterator<Item = &'a [u8]>) -> Vec<Role> {
    let mut entered = false;
    let mut skip_leading = false;
    let mut role = |sample: &[u8]| {
        let mut picture_type = None;
        for unit in units(sample, config.length_size) {
            // A broken length hides what follows: let the decoder report it.
            let Ok(unit) = unit else { return Role::Shown };
            picture_type = base_layer_type(unit).filter(|&kind| kind <= LAST_PICTURE_TYPE);
            if picture_type.is_some() {
                break;
            }
        }
        let Some(kind) = picture_type else {
            return if sample.is_empty() {
                Role::Dropped
            } else {
                Role::Hidden
            };
        };
        if RANDOM_ACCESS.contains(&kind) {
            skip_leading = !entered || BROKEN_LINK.contains(&kind);
            entered = true;
        } else if !entered || skip_leading && SKIPPED_LEADING.contains(&kind) {
            return Role::Dropped;
        }
        Role::Shown
    };
    samples.map(&mut role).collect()
}

/// Decodes samples one by one; pictures come out in the order they go in.
pub(super) struct Decoder {
    inner: Inner,
    config: CodecConfig,
    started: bool,
    matrix: Matrix,
    range: Range,
    max_pixels: u32,
}

impl Decoder {
    pub(super) fn new(config: &CodecConfig, matrix: Matrix, range: Range, max_pixels: u32) -> Self {
        let limits = DecodeLimits {
            max_picture_pixels: u64::from(max_pixels),
            max_picture_memory_bytes: MAX_PICTURE_BYTES,
        };
        Self {
            inner: Inner::with_limits(limits),
            config: config.clone(),
            started: false,
            matrix,
            range,
            max_pixels,
        }
    }

    fn feed(&mut self, unit: &[u8]) -> Result<Option<InnerFrame>, Fault> {
        let Some(kind) = base_layer_type(unit) else {
            return Ok(None);
        };
        if kind == SEQUENCE_PARAMETERS {
            let facts = hevc_sps::read(unit)?;
            let (width, height) = (facts.coded_width, facts.coded_height);
            if u64::from(width) * u64::from(height) > u64::from(self.max_pixels) {
                return Err(Fault::TooManyPixels { width, height });
            }
        }
        let unit: NalUnit<'_> =
            parse_nal(unit).ok_or_else(|| Fault::Broken("a unit header is invalid".to_owned()))?;
        self.inner.decode_nal(&unit).map_err(fault)
    }
}

impl Decode for Decoder {
    fn decode(&mut self, sample: &[u8], wanted: bool) -> Result<Option<Picture>, Fault> {
        let mut frame = None;
        if !self.started {
            self.started = true;
            for unit in std::mem::take(&mut self.config.parameter_sets) {
                self.feed(&unit)?;
            }
        }
        for unit in units(sample, self.config.length_size) {
            frame = self.feed(unit?)?.or(frame);
        }
        frame = self.feed(&DELIMITER)?.or(frame);
        Ok(frame
            .filter(|_| wanted)
            .map(|frame| picture(frame, self.matrix, self.range)))
    }
}

fn fault(error: DecodeError) -> Fault {
    match error {
        DecodeError::Unsupported(tool) => Fault::Unsupported(format!("HEVC ({tool})")),
        other => Fault::Broken(other.to_string()),
    }
}

fn picture(frame: InnerFrame, matrix: Matrix, range: Range) -> Picture {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let half = width.div_ceil(2);
    Picture {
        width,
        height,
        y: plane(frame.y, width, frame.bit_depth),
        u: plane(frame.u, half, frame.bit_depth),
        v: plane(frame.v, half, frame.bit_depth),
        matrix,
        range,
    }
}

/// Samples of more than 8 bits are rounded to 8.
fn plane(samples: PixelData, stride: usize, bits: u8) -> Plane {
    let data = match samples {
        PixelData::U8(data) => data,
        PixelData::U16(wide) => {
            let shift = u32::from(bits.clamp(9, 16)) - 8;
            let half = 1_u32 << (shift - 1);
            wide.iter()
                .map(|&sample| ((u32::from(sample) + half) >> shift).min(255) as u8)
                .collect()
        }
    };
    Plane { data, stride }
}
