//! H.264: parameter sets checked here, pictures decoded by `rusty_h264-decoder`.

use rusty_h264_common::YuvFrame;
use rusty_h264_decoder::{DecodeError, Decoder as Inner};

use super::units::{push_with_start_code, units};
use super::{Decode, Fault, Role, StreamFacts, h264_sps};
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
        return h264_sps::read(unit);
    }
    let in_samples = samples
        .take(PROBED_SAMPLES)
        .flat_map(|sample| units(sample, config.length_size).map_while(Result::ok))
        .find(is_set);
    h264_sps::read(in_samples.ok_or_else(|| Fault::Broken("no sequence parameter set".to_owned()))?)
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
    matrix: Matrix,
    range: Range,
    max_pixels: u32,
}

impl Decoder {
    pub(super) fn new(config: &CodecConfig, matrix: Matrix, range: Range, max_pixels: u32) -> Self {
        Self {
            inner: Inner::new(),
            length_size: config.length_size,
            stream: Vec::new(),
            started: false,
            config_sets: config.parameter_sets.clone(),
            matrix,
            range,
            max_pixels,
        }
    }

    /// Passes on what the decoder understands. Parameter sets are checked first: it takes their word for sizes.
    fn push(stream: &mut Vec<u8>, unit: &[u8], max_pixels: u32) -> Result<(), Fault> {
        match unit_type(unit) {
            SLICE | IDR_SLICE | PICTURE_PARAMETERS => {}
            SEQUENCE_PARAMETERS => {
                let facts = h264_sps::read(unit)?;
                let (width, height) = (facts.coded_width, facts.coded_height);
                if u64::from(width) * u64::from(height) > u64::from(max_pixels) {
                    return Err(Fault::TooManyPixels { width, height });
                }
            }
            kind if DATA_PARTITIONS.contains(&kind) => {
                return Err(Fault::Unsupported("H.264 with data partitioning".to_owned()));
            }
            _ => return Ok(()),
        }
        push_with_start_code(stream, unit);
        Ok(())
    }
}

impl Decode for Decoder {
    fn decode(&mut self, sample: &[u8], wanted: bool) -> Result<Option<Picture>, Fault> {
        self.stream.clear();
        if !self.started {
            self.started = true;
            for unit in &self.config_sets {
                Self::push(&mut self.stream, unit, self.max_pixels)?;
            }
        }
        for unit in units(sample, self.length_size) {
            Self::push(&mut self.stream, unit?, self.max_pixels)?;
        }
        let decoded = self.inner.decode(&self.stream).map_err(fault)?;
        Ok(decoded
            .filter(|_| wanted)
            .map(|frame| picture(frame, self.matrix, self.range)))
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
