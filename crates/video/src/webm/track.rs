//! Track entries: which codec the picture track holds, and how its pictures are to be shown.

use super::ebml::{Element, children, id};
use crate::error::Damage;
use crate::info::{Codec, Orientation, Rotation};
use crate::mp4::{read_avc, read_hevc};
use crate::picture::{Matrix, Range};
use crate::track::{CodecConfig, ColourHint};

/// Track type of pictures (RFC 9559, 5.1.4.1.3).
const VIDEO_TRACK: u64 = 1;

/// A picture track that can be decoded.
pub(super) struct PictureTrack {
    pub(super) number: u64,
    pub(super) config: CodecConfig,
    pub(super) orientation: Orientation,
    pub(super) colour: ColourHint,
    /// Nanoseconds each frame lasts, when the file says so.
    pub(super) frame_duration: Option<u64>,
}

/// What one track entry turned out to be.
pub(super) enum Entry {
    Picture(Box<PictureTrack>),
    /// A picture track that cannot be decoded: its codec in words.
    Unsupported(String),
    /// Sound, subtitles and the like.
    Other,
}

/// The fields of a track entry.
#[derive(Default)]
struct Fields<'a> {
    number: Option<u64>,
    kind: Option<u64>,
    codec: &'a [u8],
    private: Option<&'a [u8]>,
    frame_duration: Option<u64>,
    encoded: bool,
    orientation: Orientation,
    colour: ColourHint,
}

/// Reads the body of a track entry.
pub(super) fn read(body: &[u8]) -> Result<Entry, Damage> {
    let mut fields = Fields::default();
    for element in children(body) {
        let element = element?;
        match element.id {
            id::TRACK_NUMBER => fields.number = element.unsigned(),
            id::TRACK_TYPE => fields.kind = element.unsigned(),
            id::CODEC_ID => fields.codec = element.body,
            id::CODEC_PRIVATE => fields.private = Some(element.body),
            id::DEFAULT_DURATION => fields.frame_duration = element.unsigned(),
            id::CONTENT_ENCODINGS => fields.encoded = true,
            id::VIDEO => read_video(&element, &mut fields)?,
            _ => {}
        }
    }
    if fields.kind != Some(VIDEO_TRACK) {
        return Ok(Entry::Other);
    }
    fields.judge()
}

fn read_video(video: &Element<'_>, fields: &mut Fields<'_>) -> Result<(), Damage> {
    for element in children(video.body) {
        let element = element?;
        match element.id {
            id::COLOUR => fields.colour = read_colour(element.body)?,
            id::PROJECTION => {
                for element in children(element.body) {
                    let element = element?;
                    if element.id == id::PROJECTION_ROLL {
                        fields.orientation.rotation = rotation_of(element.float().unwrap_or(0.0));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn read_colour(body: &[u8]) -> Result<ColourHint, Damage> {
    let mut colour = ColourHint::default();
    for element in children(body) {
        let element = element?;
        match (element.id, element.unsigned()) {
            (id::MATRIX_COEFFICIENTS, Some(code)) => {
                colour.matrix = u32::try_from(code).ok().and_then(Matrix::from_code);
            }
            (id::RANGE, Some(1)) => colour.range = Some(Range::Limited),
            (id::RANGE, Some(2)) => colour.range = Some(Range::Full),
            _ => {}
        }
    }
    Ok(colour)
}

/// The roll is counter-clockwise in degrees, -180 to 180; anything but a quarter turn counts as upright.
fn rotation_of(roll: f64) -> Rotation {
    let near = |degrees: f64| (roll - degrees).abs() < 1.0;
    if near(-90.0) || near(270.0) {
        Rotation::Clockwise90
    } else if near(180.0) || near(-180.0) {
        Rotation::Half
    } else if near(90.0) || near(-270.0) {
        Rotation::Clockwise270
    } else {
        Rotation::None
    }
}

impl Fields<'_> {
    fn judge(self) -> Result<Entry, Damage> {
        let place = "track entry";
        let plain = |codec| CodecConfig {
            codec,
            length_size: 0,
            parameter_sets: Vec::new(),
        };
        let record = |codec, read: fn(&[u8]) -> Option<CodecConfig>| match self.private {
            // Without a configuration record the samples carry start codes, as browsers write H.264.
            None | Some([]) => Ok(plain(codec)),
            Some(body) => read(body).ok_or_else(|| Damage::new(place, "its codec configuration ends early")),
        };
        let config = match self.codec {
            b"V_VP8" => plain(Codec::Vp8),
            b"V_VP9" => plain(Codec::Vp9),
            b"V_MPEG4/ISO/AVC" => record(Codec::H264, read_avc)?,
            b"V_MPEGH/ISO/HEVC" => record(Codec::Hevc, read_hevc)?,
            other => return Ok(Entry::Unsupported(name(other))),
        };
        if self.encoded {
            return Ok(Entry::Unsupported(format!(
                "{} in a compressed or encrypted track",
                config.codec
            )));
        }
        let number = self
            .number
            .ok_or_else(|| Damage::new(place, "it has no number"))?;
        Ok(Entry::Picture(Box::new(PictureTrack {
            number,
            config,
            orientation: self.orientation,
            colour: self.colour,
            frame_duration: self.frame_duration,
        })))
    }
}

/// The name of a codec that is not decoded.
fn name(codec: &[u8]) -> String {
    let known = match codec {
        b"V_AV1" => "AV1",
        b"V_MPEG4/ISO/ASP" | b"V_MPEG4/ISO/SP" | b"V_MPEG4/ISO/AP" | b"V_MPEG4/MS/V3" => "MPEG-4 Part 2",
        b"V_MPEG1" => "MPEG-1 video",
        b"V_MPEG2" => "MPEG-2 video",
        b"V_MJPEG" => "Motion JPEG",
        b"V_PRORES" => "Apple ProRes",
        b"V_THEORA" => "Theora",
        b"V_FFV1" => "FFV1",
        b"V_UNCOMPRESSED" => "uncompressed video",
        _ => {
            let printable = |&byte: &u8| {
                if byte.is_ascii_graphic() || byte == b' ' {
                    byte as char
                } else {
                    '?'
                }
            };
            return format!(
                "codec {}",
                codec.iter().take(32).map(printable).collect::<String>()
            );
        }
    };
    known.to_owned()
}
