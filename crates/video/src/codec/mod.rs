//! One face for all decoders: what a stream says of itself, which samples show a picture, and decoding one sample.

mod h264;
mod h264_sps;
mod hevc;
mod hevc_sps;
#[cfg(test)]
mod hostile;
mod units;
mod vp8;
mod vp9;
mod vp9_header;

use crate::error::Damage;
use crate::info::Codec;
use crate::picture::{Matrix, Picture, Range};
use crate::track::Track;

/// What the first headers of a stream say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StreamFacts {
    /// Size the decoder works at, in pixels.
    pub(crate) coded_width: u32,
    pub(crate) coded_height: u32,
    /// Size after cropping, in pixels.
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) matrix: Option<Matrix>,
    pub(crate) range: Option<Range>,
}

/// Why a stream or a sample cannot be decoded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// A profile or tool that is not supported, in words: `H.264 4:2:2 10-bit`.
    Unsupported(String),
    /// The picture grew beyond the limit midway.
    TooManyPixels { width: u32, height: u32 },
    /// The data are broken; the decoder's own words.
    Broken(String),
}

impl From<Damage> for Fault {
    fn from(damage: Damage) -> Self {
        Self::Broken(format!("{}: {}", damage.place, damage.what))
    }
}

/// Whether a sample can give a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is decoded and shown (when the container shows it).
    Shown,
    /// The same, but no other sample needs it: it is only decoded when its picture is wanted.
    Spare,
    /// It is decoded but shows nothing: a hidden reference frame, or parameter sets alone.
    Hidden,
    /// It must not be decoded: nothing in it, or its references are not in the file.
    Dropped,
}

impl Role {
    /// Whether it shows a picture.
    pub(crate) const fn is_shown(self) -> bool {
        matches!(self, Self::Shown | Self::Spare)
    }

    /// Whether it has to be decoded, given whether its picture is wanted.
    pub(crate) const fn is_decoded(self, wanted: bool) -> bool {
        match self {
            Self::Shown | Self::Hidden => true,
            Self::Spare => wanted,
            Self::Dropped => false,
        }
    }
}

/// A decoder: takes the samples of a track in decoding order.
pub(crate) trait Decode: Send {
    /// Decodes one sample. The picture is only built when it is `wanted`.
    fn decode(&mut self, sample: &[u8], wanted: bool) -> Result<Option<Picture>, Fault>;
}

/// Reads the headers of the first picture: stored beside the samples, or in the first of them.
pub(crate) fn probe(track: &Track, file: &[u8]) -> Result<StreamFacts, Fault> {
    let samples = track
        .samples
        .iter()
        .map(|sample| sample.bytes(file))
        .filter(|bytes| !bytes.is_empty());
    match track.config.codec {
        Codec::H264 => h264::probe(&track.config, samples),
        Codec::Hevc => hevc::probe(&track.config, samples),
        Codec::Vp8 => vp8::probe(samples),
        Codec::Vp9 => vp9::probe(samples),
    }
}

/// The part each sample plays, in decoding order.
///
/// Spare samples are told of H.264 and HEVC, whose encoders in phones write them (B pictures). VP8 and VP9 frames that update no
/// reference may still change the probabilities of those after them, and browsers do not write them.
pub(crate) fn roles(track: &Track, file: &[u8]) -> Vec<Role> {
    let samples = track.samples.iter().map(|sample| sample.bytes(file));
    match track.config.codec {
        Codec::H264 => h264::roles(&track.config, samples),
        Codec::Hevc => hevc::roles(&track.config, samples),
        Codec::Vp8 => vp8::roles(samples),
        Codec::Vp9 => vp9::roles(samples),
    }
}

/// Whether decoding can begin at each sample, in decoding order, with nothing but what the container says of the stream: a
/// picture that leans on no other, whose parameter sets come with it, and that none after it looks past.
pub(crate) fn entries(track: &Track, file: &[u8]) -> Vec<bool> {
    let samples = track.samples.iter().map(|sample| sample.bytes(file));
    match track.config.codec {
        Codec::H264 => h264::entries(&track.config, samples),
        Codec::Hevc => hevc::entries(&track.config, samples),
        Codec::Vp8 => vp8::entries(samples),
        Codec::Vp9 => vp9::entries(samples),
    }
}

/// A decoder for the track that refuses pictures of more than `max_pixels`.
pub(crate) fn decoder(track: &Track, facts: &StreamFacts, max_pixels: u32) -> Box<dyn Decode> {
    let matrix = facts.matrix.or(track.colour.matrix).unwrap_or_default();
    let range = facts.range.or(track.colour.range).unwrap_or_default();
    let config = &track.config;
    match config.codec {
        Codec::H264 => Box::new(h264::Decoder::new(config, matrix, range, max_pixels)),
        Codec::Hevc => Box::new(hevc::Decoder::new(config, matrix, range, max_pixels)),
        Codec::Vp8 => Box::new(vp8::Decoder::new(matrix, range, max_pixels)),
        Codec::Vp9 => Box::new(vp9::Decoder::new(matrix, range, max_pixels)),
    }
}
