//! HEVC: parameter sets checked here, pictures decoded by `rust_h265`.

use rust_h265::{
    DecodeError, DecodeLimits, Decoder as Inner, Frame as InnerFrame, NalUnit, PixelData, parse_nal,
};

use super::units::{Part, complete_entries, units};
use super::{Decode, Fault, Role, StreamFacts, hevc_sps};
use crate::picture::{Matrix, Picture, Plane, Range};
use crate::track::CodecConfig;

/// Unit types (ITU-T H.265, table 7-1).
const LAST_PICTURE_TYPE: u8 = 31;
const SKIPPED_LEADING: std::ops::RangeInclusive<u8> = 8..=9;
const RANDOM_ACCESS: std::ops::RangeInclusive<u8> = 16..=23;
const BROKEN_LINK: std::ops::RangeInclusive<u8> = 16..=18;
const INSTANTANEOUS: std::ops::RangeInclusive<u8> = 19..=20;
const FIRST_PARAMETERS: u8 = 32;
const SEQUENCE_PARAMETERS: u8 = 33;
const PICTURE_PARAMETERS: u8 = 34;
/// Video, sequence and picture parameter sets, and ends of sequence and stream.
const NEEDED: [u8; 5] = [32, 33, 34, 36, 37];
/// Up to here pictures of even types are no reference in their sub-layer.
const LAST_NO_REFERENCE: u8 = 14;

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

/// The temporal sub-layer of a unit, 0..=6 (7.4.2.2).
fn sub_layer(unit: &[u8]) -> u8 {
    unit.get(1).map_or(0, |second| (second & 7).saturating_sub(1))
}

/// Samples that begin with an IDR picture: none after it looks past it, not even those shown before it (8.1.3).
pub(super) fn entries<'a>(config: &CodecConfig, samples: impl Iterator<Item = &'a [u8]>) -> Vec<bool> {
    complete_entries(config, samples, |unit| match base_layer_type(unit) {
        Some(kind) if INSTANTANEOUS.contains(&kind) => Part::Entry,
        Some(0..=LAST_PICTURE_TYPE) => Part::OtherPicture,
        Some(kind @ FIRST_PARAMETERS..=PICTURE_PARAMETERS) => {
            Part::ParameterSet(usize::from(kind - FIRST_PARAMETERS))
        }
        _ => Part::Other,
    })
}

/// Pictures that lean on frames before the point where the file begins cannot be decoded and are not shown (8.1.3); those of
/// the highest temporal sub-layer that are no reference there are needed by no other (7.4.2.2).
pub(super) fn roles<'a>(config: &CodecConfig, samples: impl Iterator<Item = &'a [u8]>) -> Vec<Role> {
    let samples: Vec<&[u8]> = samples.collect();
    let highest = highest_sub_layer(config, &samples);
    let mut entered = false;
    let mut skip_leading = false;
    let mut role = |sample: &[u8]| {
        let (mut picture_type, mut spare) = (None, true);
        for unit in units(sample, config.length_size) {
            // A broken length hides what follows: let the decoder report it.
            let Ok(unit) = unit else {
                if picture_type.is_none() {
                    return Role::Shown;
                }
                spare = false;
                break;
            };
            let Some(kind) = base_layer_type(unit) else {
                continue;
            };
            if kind <= LAST_PICTURE_TYPE {
                picture_type = picture_type.or(Some(kind));
                spare &= kind <= LAST_NO_REFERENCE && kind % 2 == 0 && sub_layer(unit) == highest;
            } else {
                spare &= !NEEDED.contains(&kind);
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
        if spare { Role::Spare } else { Role::Shown }
    };
    samples.into_iter().map(&mut role).collect()
}

/// The highest temporal sub-layer of all pictures: those of it that are no reference there are one nowhere.
fn highest_sub_layer(config: &CodecConfig, samples: &[&[u8]]) -> u8 {
    let units = samples
        .iter()
        .flat_map(|sample| units(sample, config.length_size).map_while(Result::ok));
    units
        .filter(|unit| base_layer_type(unit).is_some_and(|kind| kind <= LAST_PICTURE_TYPE))
        .map(sub_layer)
        .max()
        .unwrap_or(0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::units::sample_of;
    use crate::info::Codec;

    const KEY: [u8; 2] = [19 << 1, 1];
    const REFERENCE: [u8; 2] = [1 << 1, 1];
    const NO_REFERENCE: [u8; 2] = [0, 1];
    /// The same in the sub-layer above.
    const NO_REFERENCE_ABOVE: [u8; 2] = [0, 2];
    const END_OF_SEQUENCE: [u8; 2] = [36 << 1, 1];
    const PICTURE_PARAMETERS: [u8; 2] = [34 << 1, 1];
    const MESSAGE: [u8; 2] = [39 << 1, 1];

    #[test]
    fn pictures_that_are_no_reference_in_the_highest_sub_layer_are_spare() {
        let config = CodecConfig {
            codec: Codec::Hevc,
            length_size: 4,
            parameter_sets: Vec::new(),
        };
        let roles = |samples: &[Vec<u8>]| roles(&config, samples.iter().map(Vec::as_slice));
        let start = sample_of(&[&KEY]);
        for (units, spare) in [
            (&[&NO_REFERENCE[..]][..], true),
            (&[&MESSAGE, &NO_REFERENCE, &NO_REFERENCE], true),
            (&[&REFERENCE], false),
            (&[&NO_REFERENCE, &REFERENCE], false),
            (&[&PICTURE_PARAMETERS, &NO_REFERENCE], false),
            (&[&NO_REFERENCE, &END_OF_SEQUENCE], false),
        ] {
            let found = roles(&[start.clone(), sample_of(units)]);
            let expected = if spare { Role::Spare } else { Role::Shown };
            assert_eq!(found, [Role::Shown, expected], "{units:?}");
        }
        // Below the highest sub-layer it may be one for those above.
        let layers = [
            start,
            sample_of(&[&NO_REFERENCE]),
            sample_of(&[&NO_REFERENCE_ABOVE]),
        ];
        assert_eq!(roles(&layers), [Role::Shown, Role::Shown, Role::Spare]);
        // A length that is broken hides what may be needed.
        let mut broken = sample_of(&[&NO_REFERENCE, &NO_REFERENCE]);
        broken.pop();
        assert_eq!(roles(&[layers[0].clone(), broken])[1], Role::Shown);
    }
}
