//! What was found in a file: container, codec, rotation, size, duration.

use std::fmt;

/// The containers that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Container {
    /// ISO base media file, whole or fragmented.
    Mp4,
    /// `QuickTime` movie.
    Mov,
    /// Matroska with document type `webm`.
    WebM,
    /// Any other Matroska.
    Matroska,
}

impl Container {
    /// The media type to store and answer with.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::WebM => "video/webm",
            Self::Matroska => "video/x-matroska",
        }
    }
}

impl fmt::Display for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mp4 => "MP4",
            Self::Mov => "MOV",
            Self::WebM => "WebM",
            Self::Matroska => "Matroska",
        })
    }
}

/// The codecs that can be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// H.264 / AVC, 8-bit 4:2:0, progressive.
    H264,
    /// H.265 / HEVC, Main and Main 10.
    Hevc,
    /// VP8.
    Vp8,
    /// VP9, profile 0.
    Vp9,
}

impl Codec {
    /// Decoding time per pixel, relative to H.264 at equal size, in hundredths.
    ///
    /// In wasm: VP8 from the decoding times that `cargo xtask bench` prints, HEVC and VP9 from frames per second at 720p
    /// (124 and 50, H.264 135).
    #[must_use]
    pub const fn relative_cost_percent(self) -> u64 {
        match self {
            Self::H264 => 100,
            Self::Hevc | Self::Vp8 => 115,
            Self::Vp9 => 250,
        }
    }
}

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::H264 => "H.264",
            Self::Hevc => "HEVC",
            Self::Vp8 => "VP8",
            Self::Vp9 => "VP9",
        })
    }
}

/// How far the coded picture must be turned clockwise to stand upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rotation {
    /// Upright as coded.
    #[default]
    None,
    /// A quarter turn clockwise.
    Clockwise90,
    /// Half a turn.
    Half,
    /// A quarter turn counter-clockwise.
    Clockwise270,
}

impl Rotation {
    /// The turn in degrees clockwise: 0, 90, 180 or 270.
    #[must_use]
    pub const fn degrees_clockwise(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Clockwise90 => 90,
            Self::Half => 180,
            Self::Clockwise270 => 270,
        }
    }

    /// Whether width and height change places.
    #[must_use]
    pub const fn swaps_sides(self) -> bool {
        matches!(self, Self::Clockwise90 | Self::Clockwise270)
    }
}

/// The orientation a container asks for: mirrored first (left and right change places), then turned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Orientation {
    pub(crate) rotation: Rotation,
    pub(crate) mirrored: bool,
}

/// What the headers say, before any picture is decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct VideoInfo {
    /// The container found.
    pub container: Container,
    /// The codec found.
    pub codec: Codec,
    /// Width in pixels, upright. Streams may change size midway; each frame knows its own.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// The turn already accounted for in `width` and `height`.
    pub rotation: Rotation,
    /// Whether the container asks for the picture to be mirrored; frames come mirrored back.
    pub mirrored: bool,
    /// Seconds from the first frame shown to the end of the last one.
    pub duration_s: f64,
    /// Coded pictures in the file, shown or not.
    pub coded_frames: u32,
    /// Pictures shown (the edit list and hidden reference frames taken out).
    pub shown_frames: u32,
}

impl VideoInfo {
    /// Mean frames shown per second; 0 for a video without duration.
    #[must_use]
    pub fn frames_per_second(&self) -> f64 {
        if self.duration_s > 0.0 {
            f64::from(self.shown_frames) / self.duration_s
        } else {
            0.0
        }
    }
}
