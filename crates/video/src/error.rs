//! Why a video is refused, in words for the person who recorded it.

use crate::info::{Codec, Container};

/// Why a video cannot be opened or decoded.
///
/// Every message says what was found and what to do. Nothing in it repeats bytes of the file except four-character
/// codec names, which are cleaned to printable ASCII.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum VideoError {
    /// No bytes at all.
    #[error("the file is empty; record the movement again")]
    Empty,

    /// The first bytes belong to no video format we have heard of.
    #[error("this is not a video file we recognize; record as MP4 (H.264) or WebM at 720p or less")]
    NotAVideo,

    /// A known format that is not MP4, MOV or WebM.
    #[error(
        "the file is {name}; only MP4, MOV and WebM can be scored: record or export as MP4 (H.264) at 720p or less"
    )]
    UnsupportedContainer {
        /// The format, with its article: `an AVI file`.
        name: &'static str,
    },

    /// The container holds no picture track.
    #[error("this {container} file has no video track; record again with the camera on")]
    NoVideoTrack {
        /// The container found.
        container: Container,
    },

    /// A picture track whose codec, profile or coding tool is not supported.
    #[error("this {container} file holds {codec}, which cannot be scored; record H.264 at 720p or less")]
    UnsupportedCodec {
        /// The container found.
        container: Container,
        /// The codec in words, with the profile or tool that is in the way: `H.264 High 10 (10-bit)`, `ProRes`.
        codec: String,
    },

    /// More bytes than allowed.
    #[error("the file has {bytes} bytes and the limit is {max}; record a shorter clip, or 720p or less")]
    TooLarge {
        /// Size of the file in bytes.
        bytes: usize,
        /// The limit in bytes.
        max: usize,
    },

    /// Longer than allowed.
    #[error(
        "this {container} video ({codec}) lasts {seconds:.1} s and the limit is {max:.0} s; record a shorter clip"
    )]
    TooLong {
        /// The container found.
        container: Container,
        /// The codec found.
        codec: Codec,
        /// Duration in seconds, from the first frame shown to the end of the last.
        seconds: f64,
        /// The limit in seconds.
        max: f64,
    },

    /// Larger pictures than allowed.
    #[error(
        "this {container} video ({codec}) is {width}x{height}, more than the {max} pixels allowed; record at 720p or less"
    )]
    TooManyPixels {
        /// The container found.
        container: Container,
        /// The codec found.
        codec: Codec,
        /// Coded width in pixels.
        width: u32,
        /// Coded height in pixels.
        height: u32,
        /// The limit in pixels per frame.
        max: u32,
    },

    /// More coded frames than allowed.
    #[error(
        "this {container} video ({codec}) has {frames} frames and the limit is {max}; record at 30 frames per second, not in slow motion"
    )]
    TooManyFrames {
        /// The container found.
        container: Container,
        /// The codec found.
        codec: Codec,
        /// Coded frames in the file (as far as they were counted).
        frames: u64,
        /// The limit.
        max: u32,
    },

    /// Each limit holds, but decoding all of it would not fit the time allowed.
    #[error(
        "this {container} video ({codec}, {width}x{height}, {frames} frames) takes {times:.1} times the decoding time allowed; record H.264 at 720p or less and 30 frames per second"
    )]
    TooMuchWork {
        /// The container found.
        container: Container,
        /// The codec found.
        codec: Codec,
        /// Coded width in pixels.
        width: u32,
        /// Coded height in pixels.
        height: u32,
        /// Coded frames that have to be decoded.
        frames: u32,
        /// How many times over [`Limits::max_work`](crate::Limits::max_work) it is.
        times: f64,
    },

    /// The picture's size changes on the way, as when a phone is turned while it records.
    #[error(
        "the picture of this {container} video ({codec}) changes from {}x{} to {}x{} at {place}; record again without turning the camera", from.0, from.1, to.0, to.1
    )]
    SizeChanges {
        /// The container found.
        container: Container,
        /// The codec found.
        codec: Codec,
        /// The frame.
        place: String,
        /// Width and height in pixels that the headers announce, as coded.
        from: (usize, usize),
        /// Width and height of the frame.
        to: (usize, usize),
    },

    /// The file contradicts itself, or ends early.
    #[error("this {container} file{} is damaged ({place}: {what}); record it again, or upload it again if the upload was interrupted", codec_note(*.codec))]
    Damaged {
        /// The container found.
        container: Container,
        /// The codec, when damage was found after it was known.
        codec: Option<Codec>,
        /// What is wrong; for picture data the decoder's first complaint.
        what: String,
        /// Where: a box, or a frame with its time.
        place: String,
    },
}

fn codec_note(codec: Option<Codec>) -> String {
    codec.map_or_else(String::new, |codec| format!(" ({codec})"))
}

/// Damage found by a parser that does not know which file it is in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Damage {
    pub(crate) what: String,
    pub(crate) place: String,
}

impl Damage {
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            place: place.into(),
        }
    }

    pub(crate) fn found_in(self, container: Container, codec: Option<Codec>) -> VideoError {
        VideoError::Damaged {
            container,
            codec,
            what: self.what,
            place: self.place,
        }
    }
}
