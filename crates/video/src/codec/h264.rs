//! H.264: parameter sets checked here, pictures decoded by `rusty_h264-decoder`.

use rusty_h264_common::YuvFrame;
use rusty_h264_decoder::{DecodeError, Decoder as Inner};

use super::units::{Part, complete_entries, push_with_start_code, units};
use super::{Decode, Fault, Role, StreamFacts, h264_sps};
use crate::bits::{BitReader, unescape};
use crate::picture::{Matrix, Picture, Plane, Range};
use crate::track::CodecConfig;

/// Unit types (ITU-T H.264, table 7-1).
const SLICE: u8 = 1;
const DATA_PARTITIONS: std::ops::RangeInclusive<u8> = 2..=4;
const IDR_SLICE: u8 = 5;
const SEQUENCE_PARAMETERS: u8 = 7;
const PICTURE_PARAMETERS: u8 = 8;

/// `nal_ref_idc` in the first byte of a unit.
const REFERENCE: u8 = 0x60;

fn unit_type(unit: &[u8]) -> u8 {
    unit.first().map_or(0, |header| header & 0x1f)
}

/// How many samples to look through for parameter sets kept among them.
const PROBED_SAMPLES: usize = 8;

/// Reads the first sequence parameter set.
pub(super) fn probe<'a>(
    config: &CodecConfig,
    samples: impl Iterator<Item = &'a [u8]>,
) -> Result<StreamFacts, Fault> {
    let is_set = |unit: &&[u8]| unit_type(unit) == SEQUENCE_PARAMETERS;
    if let Some(unit) = config.parameter_sets.iter().map(Vec::as_slice).find(is_set) {
        return Ok(h264_sps::read(unit)?.facts);
    }
    let in_samples = samples
        .take(PROBED_SAMPLES)
        .flat_map(|sample| units(sample, config.length_size).map_while(Result::ok))
        .find(is_set);
    let unit = in_samples.ok_or_else(|| Fault::Broken("no sequence parameter set".to_owned()))?;
    Ok(h264_sps::read(unit)?.facts)
}

/// A sample without a slice (parameter sets or messages alone) shows nothing; one whose slices are all of a picture that is
/// no reference (`nal_ref_idc` 0, 7.4.1) is needed by no other.
pub(super) fn roles<'a>(config: &CodecConfig, samples: impl Iterator<Item = &'a [u8]>) -> Vec<Role> {
    samples.map(|sample| role(config, sample)).collect()
}

fn role(config: &CodecConfig, sample: &[u8]) -> Role {
    if sample.is_empty() {
        return Role::Dropped;
    }
    let (mut shows, mut needed) = (false, false);
    for unit in units(sample, config.length_size) {
        // A broken length hides what follows: let the decoder report it.
        let Ok(unit) = unit else { return Role::Shown };
        match unit_type(unit) {
            kind @ SLICE..=IDR_SLICE => {
                shows = true;
                needed |= kind == IDR_SLICE || unit[0] & REFERENCE != 0;
            }
            SEQUENCE_PARAMETERS | PICTURE_PARAMETERS => needed = true,
            _ => {}
        }
    }
    match (shows, needed) {
        (false, _) => Role::Hidden,
        (true, true) => Role::Shown,
        (true, false) => Role::Spare,
    }
}

/// Samples that begin with an IDR picture: none after it looks past it (7.4.1.2.4).
pub(super) fn entries<'a>(config: &CodecConfig, samples: impl Iterator<Item = &'a [u8]>) -> Vec<bool> {
    complete_entries(config, samples, |unit| match unit_type(unit) {
        IDR_SLICE => Part::Entry,
        SLICE => Part::OtherPicture,
        SEQUENCE_PARAMETERS => Part::ParameterSet(0),
        PICTURE_PARAMETERS => Part::ParameterSet(1),
        _ => Part::Other,
    })
}

/// Decodes samples one by one; pictures come out in the order they go in.
pub(super) struct Decoder {
    inner: Inner,
    length_size: usize,
    /// The sample as a start-code stream; the parameter sets of the container go before the first.
    stream: Vec<u8>,
    started: bool,
    config_sets: Vec<Vec<u8>>,
    guard: Guard,
    matrix: Matrix,
    range: Range,
}

impl Decoder {
    pub(super) fn new(config: &CodecConfig, matrix: Matrix, range: Range, max_pixels: u32) -> Self {
        Self {
            inner: Inner::new(),
            length_size: config.length_size,
            stream: Vec::new(),
            started: false,
            config_sets: config.parameter_sets.clone(),
            guard: Guard {
                max_pixels,
                coded_size: None,
                baseline: false,
            },
            matrix,
            range,
        }
    }

    fn push(&mut self, unit: &[u8]) -> Result<(), Fault> {
        match self.guard.check(unit)? {
            Verdict::Ignore => return Ok(()),
            Verdict::Pass => {}
            Verdict::Restart => {
                self.inner = Inner::new();
                self.stream.clear();
            }
        }
        push_with_start_code(&mut self.stream, unit);
        Ok(())
    }
}

impl Decode for Decoder {
    fn decode(&mut self, sample: &[u8], wanted: bool) -> Result<Option<Picture>, Fault> {
        self.stream.clear();
        if !self.started {
            self.started = true;
            for unit in std::mem::take(&mut self.config_sets) {
                self.push(&unit)?;
            }
        }
        for unit in units(sample, self.length_size) {
            self.push(unit?)?;
        }
        let decoded = self.inner.decode(&self.stream).map_err(fault)?;
        Ok(decoded
            .filter(|_| wanted)
            .map(|frame| picture(frame, self.matrix, self.range)))
    }
}

/// Keeps from the decoder what it would take at its word and stumble over.
struct Guard {
    max_pixels: u32,
    coded_size: Option<(u32, u32)>,
    /// Some sequence parameter set is of the baseline profile, for which the decoder keeps no B-slice state.
    baseline: bool,
}

/// What to do with a unit.
enum Verdict {
    Pass,
    /// Nothing in it matters for the picture.
    Ignore,
    /// Pictures have another size from here on: nothing decoded so far may be referred to.
    Restart,
}

impl Guard {
    fn check(&mut self, unit: &[u8]) -> Result<Verdict, Fault> {
        match unit_type(unit) {
            SLICE | IDR_SLICE => self.check_slice(unit),
            SEQUENCE_PARAMETERS => self.check_sequence(unit),
            PICTURE_PARAMETERS => check_picture(unit),
            kind if DATA_PARTITIONS.contains(&kind) => {
                Err(Fault::Unsupported("H.264 with data partitioning".to_owned()))
            }
            _ => Ok(Verdict::Ignore),
        }
    }

    fn check_sequence(&mut self, unit: &[u8]) -> Result<Verdict, Fault> {
        let parameters = h264_sps::read(unit)?;
        let (width, height) = (parameters.facts.coded_width, parameters.facts.coded_height);
        if u64::from(width) * u64::from(height) > u64::from(self.max_pixels) {
            return Err(Fault::TooManyPixels { width, height });
        }
        let before = self.coded_size.replace((width, height));
        if before.is_some_and(|before| before != (width, height)) {
            self.baseline = parameters.baseline;
            return Ok(Verdict::Restart);
        }
        self.baseline |= parameters.baseline;
        Ok(Verdict::Pass)
    }

    fn check_slice(&self, unit: &[u8]) -> Result<Verdict, Fault> {
        // Two codes lead the header, at most nine bytes with what was escaped.
        let start = unescape(unit.get(1..unit.len().min(16)).unwrap_or_default());
        let mut bits = BitReader::new(&start);
        let kind = bits.unsigned().and_then(|_| bits.unsigned());
        match kind {
            Some(1 | 6) if self.baseline => Err(Fault::Broken("a B slice in a baseline stream".to_owned())),
            Some(_) => Ok(Verdict::Pass),
            None => Err(Fault::Broken("a slice header is cut off".to_owned())),
        }
    }
}

/// Picture parameter sets are kept by number: no more than the standard allows.
fn check_picture(unit: &[u8]) -> Result<Verdict, Fault> {
    let start = unescape(unit.get(1..unit.len().min(16)).unwrap_or_default());
    match BitReader::new(&start).unsigned() {
        Some(0..=255) => Ok(Verdict::Pass),
        _ => Err(Fault::Broken(
            "picture parameter set: its number is above 255".to_owned(),
        )),
    }
}

fn fault(error: DecodeError) -> Fault {
    match error {
        DecodeError::Unsupported(tool) if tool.starts_with("interlace") => {
            Fault::Unsupported("interlaced H.264".to_owned())
        }
        DecodeError::Unsupported("explicit B weighted prediction") => {
            Fault::Unsupported("H.264 with explicitly weighted B frames".to_owned())
        }
        other => Fault::Broken(other.to_string()),
    }
}

fn picture(frame: YuvFrame, matrix: Matrix, range: Range) -> Picture {
    let YuvFrame {
        width,
        height,
        y,
        u,
        v,
    } = frame;
    let half = width / 2;
    Picture {
        width,
        height,
        y: Plane {
            data: y,
            stride: width,
        },
        u: Plane {
            data: u,
            stride: half,
        },
        v: Plane {
            data: v,
            stride: half,
        },
        matrix,
        range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::units::sample_of;
    use crate::info::Codec;

    #[test]
    fn pictures_that_are_no_reference_are_spare() {
        const KEY: [u8; 1] = [0x65];
        const REFERENCE: [u8; 1] = [0x41];
        const NO_REFERENCE: [u8; 1] = [0x01];
        const KEY_BY_TYPE_ALONE: [u8; 1] = [0x05];
        const PICTURE_PARAMETERS: [u8; 1] = [0x68];
        const MESSAGE: [u8; 1] = [0x06];
        let config = CodecConfig {
            codec: Codec::H264,
            length_size: 4,
            parameter_sets: Vec::new(),
        };
        for (units, role) in [
            (&[&KEY[..]][..], Role::Shown),
            (&[&REFERENCE], Role::Shown),
            (&[&NO_REFERENCE], Role::Spare),
            (&[&MESSAGE, &NO_REFERENCE, &NO_REFERENCE], Role::Spare),
            (&[&NO_REFERENCE, &REFERENCE], Role::Shown),
            (&[&PICTURE_PARAMETERS, &NO_REFERENCE], Role::Shown),
            (&[&KEY_BY_TYPE_ALONE], Role::Shown),
            (&[&MESSAGE], Role::Hidden),
            (&[], Role::Dropped),
        ] {
            let sample = sample_of(units);
            assert_eq!(
                roles(&config, [sample.as_slice()].into_iter()),
                [role],
                "{units:?}"
            );
        }
        let mut broken = sample_of(&[&NO_REFERENCE, &NO_REFERENCE]);
        broken.pop();
        assert_eq!(roles(&config, [broken.as_slice()].into_iter()), [Role::Shown]);
    }

    #[test]
    fn decoding_begins_at_idr_pictures_that_have_their_parameter_sets() {
        const KEY: &[u8] = &[0x65];
        const OTHER: &[u8] = &[0x41];
        const SEQUENCE: &[u8] = &[0x67];
        const PICTURE: &[u8] = &[0x68];
        let config = CodecConfig {
            codec: Codec::H264,
            length_size: 4,
            parameter_sets: Vec::new(),
        };
        for (samples, expected) in [
            (&[&[KEY][..], &[OTHER], &[KEY, KEY]][..], &[true, false, true][..]),
            (&[&[KEY, OTHER]], &[false]),
            (
                &[&[SEQUENCE, PICTURE, KEY], &[SEQUENCE, PICTURE, KEY]],
                &[true, true],
            ),
            // What the first sample brought is missing where decoding would begin.
            (&[&[SEQUENCE, PICTURE, KEY], &[PICTURE, KEY]], &[true, false]),
            (&[&[PICTURE, OTHER], &[KEY]], &[false, false]),
            (&[&[]], &[false]),
        ] {
            let samples: Vec<Vec<u8>> = samples.iter().map(|units| sample_of(units)).collect();
            let found = entries(&config, samples.iter().map(Vec::as_slice));
            assert_eq!(found, expected, "{samples:?}");
        }
        let mut broken = sample_of(&[KEY, KEY]);
        broken.pop();
        assert_eq!(entries(&config, [broken.as_slice()].into_iter()), [false]);
    }
}
