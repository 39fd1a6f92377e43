//! The sample entry: which codec a track holds, its parameter sets and colour.

use super::boxes::{boxes, find, printable, require};
use crate::bytes::Cursor;
use crate::error::Damage;
use crate::info::Codec;
use crate::picture::{Matrix, Range};
use crate::track::{CodecConfig, ColourHint};

/// A sample entry that can be decoded.
pub(super) struct Entry {
    pub(super) config: CodecConfig,
    pub(super) colour: ColourHint,
}

/// Why a sample entry is of no use.
pub(super) enum Refusal {
    /// The codec, in words.
    Codec(String),
    Damage(Damage),
}

impl From<Damage> for Refusal {
    fn from(damage: Damage) -> Self {
        Self::Damage(damage)
    }
}

/// Fields of a visual sample entry before its boxes (ISO/IEC 14496-12, 12.1.3).
const VISUAL_ENTRY_BYTES: usize = 78;

/// Reads the first sample entry of a track.
pub(super) fn read(sample_table: &[u8]) -> Result<Entry, Refusal> {
    let descriptions = require(sample_table, *b"stsd")?;
    let entry = boxes(descriptions.get(8..).unwrap_or_default())
        .next()
        .ok_or_else(|| Damage::new("box stsd", "it is empty"))??
        .whole()?;
    let extensions = entry.body.get(VISUAL_ENTRY_BYTES..).unwrap_or_default();
    let config = match &entry.kind {
        b"avc1" | b"avc3" => read_avc(require(extensions, *b"avcC")?)
            .ok_or_else(|| Damage::new("box avcC", "it ends early"))?,
        b"hvc1" | b"hev1" => read_hevc(require(extensions, *b"hvcC")?)
            .ok_or_else(|| Damage::new("box hvcC", "it ends early"))?,
        b"vp08" => plain(Codec::Vp8),
        b"vp09" => plain(Codec::Vp9),
        kind => return Err(Refusal::Codec(name(*kind, extensions))),
    };
    let colour = find(extensions, *b"colr")?.map_or_else(ColourHint::default, read_colour);
    Ok(Entry { config, colour })
}

const fn plain(codec: Codec) -> CodecConfig {
    CodecConfig {
        codec,
        length_size: 0,
        parameter_sets: Vec::new(),
    }
}

/// `AVCDecoderConfigurationRecord` (ISO/IEC 14496-15, 5.3.3.1).
pub(crate) fn read_avc(body: &[u8]) -> Option<CodecConfig> {
    let mut fields = Cursor::new(body);
    fields.skip(4)?; // version, profile, compatibility, level
    let length_size = usize::from(fields.u8()? & 3) + 1;
    let mut parameter_sets = Vec::new();
    for mask in [0x1f, 0xff] {
        let count = fields.u8()? & mask;
        for _ in 0..count {
            let size = usize::from(fields.u16()?);
            parameter_sets.push(fields.take(size)?.to_vec());
        }
    }
    Some(CodecConfig {
        codec: Codec::H264,
        length_size,
        parameter_sets,
    })
}

/// `HEVCDecoderConfigurationRecord` (ISO/IEC 14496-15, 8.3.3.1).
pub(crate) fn read_hevc(body: &[u8]) -> Option<CodecConfig> {
    let mut fields = Cursor::new(body);
    fields.skip(21)?; // version to the constant frame rate
    let length_size = usize::from(fields.u8()? & 3) + 1;
    let mut parameter_sets = Vec::new();
    let arrays = fields.u8()?;
    for _ in 0..arrays {
        let kind = fields.u8()? & 0x3f;
        let count = fields.u16()?;
        for _ in 0..count {
            let size = usize::from(fields.u16()?);
            let unit = fields.take(size)?;
            // Video, sequence and picture parameter sets; the rest (user data) does not matter.
            if (32..=34).contains(&kind) {
                parameter_sets.push(unit.to_vec());
            }
        }
    }
    Some(CodecConfig {
        codec: Codec::Hevc,
        length_size,
        parameter_sets,
    })
}

/// `colr`: code points, and for `nclx` whether the range is full. Colour profiles (ICC) say nothing we act on.
fn read_colour(body: &[u8]) -> ColourHint {
    let mut fields = Cursor::new(body);
    let mut read = || {
        let kind = fields.array::<4>()?;
        let has_range = &kind == b"nclx";
        if !has_range && &kind != b"nclc" {
            return None;
        }
        fields.skip(4)?; // primaries, transfer
        let matrix = Matrix::from_code(u32::from(fields.u16()?));
        let full = if has_range {
            Some(fields.u8()? & 0x80 != 0)
        } else {
            None
        };
        let range = full.map(|full| if full { Range::Full } else { Range::Limited });
        Some(ColourHint { matrix, range })
    };
    read().unwrap_or_default()
}

/// The name of a codec that is not decoded, from its four-character code (MP4RA registry, `QuickTime` file format).
fn name(kind: [u8; 4], extensions: &[u8]) -> String {
    let known = match &kind {
        b"apch" | b"apcn" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => "Apple ProRes",
        b"av01" => "AV1",
        b"mp4v" => return elementary_stream_name(extensions).to_owned(),
        b"jpeg" | b"mjpa" | b"mjpb" | b"MJPG" => "Motion JPEG",
        b"s263" | b"h263" | b"H263" => "H.263",
        b"dvh1" | b"dvhe" | b"dva1" | b"dvav" => "Dolby Vision",
        b"vvc1" | b"vvi1" => "H.266 (VVC)",
        b"encv" => "encrypted video",
        b"vc-1" | b"WMV3" => "VC-1 (Windows Media)",
        b"AVdn" | b"AVdh" => "Avid DNxHD",
        b"CFHD" => "CineForm",
        b"SVQ1" | b"SVQ3" => "Sorenson Video",
        b"png " => "PNG pictures",
        b"rle " => "QuickTime Animation",
        b"raw " | b"2vuy" | b"yuv2" | b"v210" => "uncompressed video",
        b"dvc " | b"dvcp" | b"dv5n" | b"dv5p" | b"dvh5" | b"dvh6" => "DV",
        _ => return format!("codec {}", printable(kind)),
    };
    known.to_owned()
}

/// What `mp4v` stands for: the object type in `esds` (MP4RA object types).
fn elementary_stream_name(extensions: &[u8]) -> &'static str {
    let descriptor = find(extensions, *b"esds").ok().flatten().unwrap_or_default();
    let object_type = read_object_type(descriptor);
    match object_type {
        Some(0x60..=0x65) => "MPEG-2 video",
        Some(0x6a) => "MPEG-1 video",
        Some(0x6c) => "Motion JPEG",
        _ => "MPEG-4 Part 2",
    }
}

/// Walks `esds` to the object type: elementary stream descriptor (tag 3), then decoder configuration (tag 4).
fn read_object_type(body: &[u8]) -> Option<u8> {
    let mut fields = Cursor::new(body);
    fields.version_and_flags()?;
    expect_tag(&mut fields, 3)?;
    fields.skip(2)?; // stream id
    let flags = fields.u8()?;
    if flags & 0x80 != 0 {
        fields.skip(2)?; // the stream it depends on
    }
    if flags & 0x40 != 0 {
        let length = fields.u8()?;
        fields.skip(usize::from(length))?; // address
    }
    if flags & 0x20 != 0 {
        fields.skip(2)?; // clock reference
    }
    expect_tag(&mut fields, 4)?;
    fields.u8()
}

/// A descriptor's tag and its length, which takes one to four bytes.
fn expect_tag(fields: &mut Cursor<'_>, tag: u8) -> Option<()> {
    if fields.u8()? != tag {
        return None;
    }
    for _ in 0..4 {
        if fields.u8()? & 0x80 == 0 {
            return Some(());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configuration_records_end_early_without_panic() {
        let record = [1, 0x42, 0xc0, 0x1e, 0xff, 0xe1, 0, 2, 0x67, 0x42, 1, 0, 1, 0x68];
        let config = read_avc(&record).unwrap();
        assert_eq!(config.length_size, 4);
        assert_eq!(config.parameter_sets, [vec![0x67, 0x42], vec![0x68]]);
        for length in 0..record.len() {
            assert!(read_avc(&record[..length]).is_none(), "{length}");
        }
        assert!(read_hevc(&[0; 22]).is_none());
        assert_eq!(read_hevc(&[0; 23]).unwrap().parameter_sets.len(), 0);
    }

    #[test]
    fn codec_names_stay_printable() {
        assert_eq!(name(*b"apcn", &[]), "Apple ProRes");
        assert_eq!(name([0, 0x1b, b'x', 0xff], &[]), "codec ??x?");
    }
}
