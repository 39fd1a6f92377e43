//! What a file is, from its first bytes.

use crate::error::VideoError;
use crate::info::Container;

/// How many bytes of a file are enough for [`identify`].
pub(crate) const PREFIX_BYTES: usize = 64;

/// The container, from the first bytes of a file (64 are enough), or the error that names what the file is instead.
pub fn identify(prefix: &[u8]) -> Result<Container, VideoError> {
    if prefix.is_empty() {
        return Err(VideoError::Empty);
    }
    if prefix.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        let head = &prefix[..prefix.len().min(PREFIX_BYTES)];
        return Ok(if contains(head, b"webm") {
            Container::WebM
        } else {
            Container::Matroska
        });
    }
    match (prefix.get(4..8), prefix.get(8..12)) {
        (Some(b"ftyp"), Some(brand)) => match brand {
            b"qt  " => Ok(Container::Mov),
            b"heic" | b"heix" | b"mif1" => Err(foreign("a HEIC photo")),
            b"avif" => Err(foreign("an AVIF picture")),
            b"M4A " | b"M4B " => Err(foreign("an audio file")),
            _ => Ok(Container::Mp4),
        },
        // QuickTime files older than the `ftyp` box.
        (Some(b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot"), _) => Ok(Container::Mov),
        // Fragments without their beginning: a recording put together wrongly.
        (Some(b"styp" | b"moof" | b"sidx"), _) => Ok(Container::Mp4),
        _ => Err(name_of(prefix).map_or(VideoError::NotAVideo, foreign)),
    }
}

fn foreign(name: &'static str) -> VideoError {
    VideoError::UnsupportedContainer { name }
}

fn name_of(prefix: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| prefix.starts_with(magic);
    if starts(b"RIFF") {
        return Some(match prefix.get(8..12) {
            Some(b"AVI ") => "an AVI file",
            Some(b"WEBP") => "a WebP picture",
            _ => "a RIFF file",
        });
    }
    // MPEG transport streams repeat their sync byte every 188 bytes (192 with time codes).
    if starts(&[0x47]) && (prefix.len() <= 188 || prefix.get(188) == Some(&0x47)) {
        return if starts(b"GIF8") {
            Some("a GIF picture")
        } else {
            Some("an MPEG transport stream")
        };
    }
    let table: [(&[u8], &'static str); 13] = [
        (b"FLV\x01", "a Flash video"),
        (&[0x30, 0x26, 0xb2, 0x75], "a Windows Media file"),
        (b"OggS", "an Ogg file"),
        (&[0, 0, 1, 0xba], "an MPEG program stream"),
        (&[0, 0, 1, 0xb3], "an MPEG-2 elementary stream"),
        (&[0, 0, 0, 1], "a bare H.264 or HEVC stream"),
        (b"DKIF", "an IVF file"),
        (b"GIF8", "a GIF picture"),
        (&[0x89, b'P', b'N', b'G'], "a PNG picture"),
        (&[0xff, 0xd8, 0xff], "a JPEG picture"),
        (b"ID3", "an audio file"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"%PDF", "a PDF document"),
    ];
    table
        .iter()
        .find(|(magic, _)| starts(magic))
        .map(|(_, name)| *name)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_name_the_container() {
        let cases: [(&[u8], Option<Container>); 9] = [
            (b"\0\0\0\x20ftypisom\0\0\x02\0", Some(Container::Mp4)),
            (b"\0\0\0\x14ftypqt  \0\0\x02\0", Some(Container::Mov)),
            (b"\0\0\x01\0moov\0\0\0\0", Some(Container::Mov)),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", Some(Container::WebM)),
            (
                b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska",
                Some(Container::Matroska),
            ),
            (b"\0\0\0\x20ftypheic\0\0\x02\0", None),
            (b"RIFF\0\0\0\0AVI LIST", None),
            (b"hello, world, this is text", None),
            (b"", None),
        ];
        for (prefix, expected) in cases {
            assert_eq!(identify(prefix).ok(), expected, "{prefix:?}");
        }
    }

    #[test]
    fn other_formats_are_named() {
        let cases: [(&[u8], &str); 5] = [
            (b"RIFF\0\0\0\0AVI LIST", "AVI"),
            (b"GIF89a......", "GIF"),
            (b"G\x40\x11\x10\0", "MPEG transport"),
            (b"\0\0\0\x20ftypavif\0\0\x02\0", "AVIF"),
            (b"\xff\xd8\xff\xe0", "JPEG"),
        ];
        for (prefix, name) in cases {
            let message = identify(prefix).unwrap_err().to_string();
            assert!(message.contains(name), "{message}");
        }
        assert_eq!(identify(b"plain text file"), Err(VideoError::NotAVideo));
        assert_eq!(identify(b""), Err(VideoError::Empty));
    }
}
