//! H.264: parameter sets checked here, pictures decoded by `rusty_h264-decoder`.

use rusty_h264_common::YuvFrame;
use rusty_h264_decoder::{DecodeError, Decoder as Inner};

use super::units::{push_with_start_code, units};
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

/// A sample without a slice (parameter sets or messages alone) shows nothing.
pub(super) fn roles<'a>(config: &CodecConfig, samples: impl Iterator<Item = &'a [u8]>) -> Vec<Role> {
    let has_picture = |sample: &[u8]| {
        units(sample, config.length_size)
            .any(|unit| unit.is_ok_and(|unit| (SLICE..=IDR_SLICE).contains(&unit_type(unit))))
    };
    samples
        .map(|sample| match sample {
            [] => Role::Dropped,
            // A broken length hides what follows: let the decoder report it.
            sample if has_picture(sample) || units(sample, config.length_size).any(|unit| unit.is_err()) => {
                Role::Shown
            }
            _ => Role::Hidden,
        })
        .collect()
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
