//! What a container hands over: one picture track with its samples located and timed, independent of the container.

use crate::info::{Codec, Container, Orientation};
use crate::picture::{Matrix, Range};

/// One coded sample, in decoding order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// First byte in the file.
    pub(crate) offset: usize,
    /// Bytes in the file.
    pub(crate) size: usize,
    /// Presentation time in ticks of the track.
    pub(crate) time: i64,
    /// Ticks until the next frame, as far as the container says; 0 when it does not.
    pub(crate) duration: u32,
    /// Whether the presentation shows it (edit list; hidden reference frames are taken out later).
    pub(crate) shown: bool,
}

impl Sample {
    /// The sample's bytes; empty when they lie outside the file.
    pub(crate) fn bytes<'a>(&self, file: &'a [u8]) -> &'a [u8] {
        let end = self.offset.saturating_add(self.size);
        file.get(self.offset..end).unwrap_or_default()
    }
}

/// How samples of the codec are wrapped and where its parameter sets are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CodecConfig {
    pub(crate) codec: Codec,
    /// Bytes of the length field before each unit (H.264 and HEVC), 1 to 4; 0 when units begin with start codes.
    pub(crate) length_size: usize,
    /// Parameter sets stored outside the samples (H.264 and HEVC), in order.
    pub(crate) parameter_sets: Vec<Vec<u8>>,
}

/// Colour facts of the container; the codec's own come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ColourHint {
    pub(crate) matrix: Option<Matrix>,
    pub(crate) range: Option<Range>,
}

/// The picture track of a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Track {
    pub(crate) container: Container,
    pub(crate) config: CodecConfig,
    /// Ticks per second, never 0.
    pub(crate) timescale: u32,
    /// In decoding order.
    pub(crate) samples: Vec<Sample>,
    pub(crate) orientation: Orientation,
    pub(crate) colour: ColourHint,
}
