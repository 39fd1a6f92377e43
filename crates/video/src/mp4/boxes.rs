//! Boxes of an ISO base media file: walking one level at a time, never by recursion.

use crate::error::Damage;

/// A box: its four-character type, its body and where the body begins in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mp4Box<'a> {
    pub(crate) kind: [u8; 4],
    pub(crate) body: &'a [u8],
    /// Offset of the box (not its body) in the bytes the walk began with.
    pub(crate) start: usize,
    /// Whether the box promises more bytes than there are.
    pub(crate) cut: bool,
}

/// Iterates over the boxes that lie side by side in `bytes`.
pub(crate) struct Boxes<'a> {
    bytes: &'a [u8],
    position: usize,
}

pub(crate) const fn boxes(bytes: &[u8]) -> Boxes<'_> {
    Boxes { bytes, position: 0 }
}

impl<'a> Iterator for Boxes<'a> {
    type Item = Result<Mp4Box<'a>, Damage>;

    /// The next box. Fewer than 8 bytes left over are padding (`QuickTime` ends some lists with four zeros).
    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.bytes.get(self.position..)?;
        let (header, after) = rest.split_first_chunk::<8>()?;
        let [a, b, c, d, kind @ ..] = *header;
        let (header_size, size) = match u32::from_be_bytes([a, b, c, d]) {
            // The last box, up to the end of what holds it.
            0 => (8, rest.len()),
            1 => {
                let Some((wide, _)) = after.split_first_chunk::<8>() else {
                    self.position = self.bytes.len();
                    return Some(Err(Damage::new(label(kind), "its 64-bit size is cut off")));
                };
                (
                    16,
                    usize::try_from(u64::from_be_bytes(*wide)).unwrap_or(usize::MAX),
                )
            }
            size => (8, size as usize),
        };
        if size < header_size {
            self.position = self.bytes.len();
            return Some(Err(Damage::new(label(kind), "it is smaller than its own header")));
        }
        let end = size.min(rest.len());
        let found = Mp4Box {
            kind,
            body: rest.get(header_size.min(end)..end).unwrap_or_default(),
            start: self.position,
            cut: size > rest.len(),
        };
        self.position += end;
        Some(Ok(found))
    }
}

/// The body of the first box of a kind among those in `bytes`; a box that is cut off is damage.
pub(crate) fn find(bytes: &[u8], kind: [u8; 4]) -> Result<Option<&[u8]>, Damage> {
    for found in boxes(bytes) {
        let found = found?;
        if found.kind == kind {
            return found.whole().map(|found| Some(found.body));
        }
    }
    Ok(None)
}

/// As [`find`], for a box that must be there.
pub(crate) fn require(bytes: &[u8], kind: [u8; 4]) -> Result<&[u8], Damage> {
    find(bytes, kind)?.ok_or_else(|| Damage::new(label(kind), "it is missing"))
}

impl Mp4Box<'_> {
    /// The box, unless it promises more bytes than there are.
    pub(crate) fn whole(self) -> Result<Self, Damage> {
        if self.cut {
            Err(Damage::new(label(self.kind), "it ends early"))
        } else {
            Ok(self)
        }
    }
}

/// The name of a box in messages: printable ASCII only.
pub(crate) fn label(kind: [u8; 4]) -> String {
    format!("box {}", printable(kind))
}

/// A four-character code with everything unprintable as `?`.
pub(crate) fn printable(code: [u8; 4]) -> String {
    code.iter()
        .map(|&byte| {
            if byte.is_ascii_graphic() || byte == b' ' {
                byte as char
            } else {
                '?'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_of_size_zero_reaches_to_the_end_and_ends_the_walk() {
        let bytes = b"\0\0\0\x0afreeab\0\0\0\0mdatxyz";
        let all: Vec<_> = boxes(bytes).map(|found| found.unwrap()).collect();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].body, all[0].start), (&b"ab"[..], 0));
        assert_eq!((all[1].body, all[1].start), (&b"xyz"[..], 10));
    }

    #[test]
    fn wide_sizes_are_read_and_impossible_ones_refused() {
        let bytes = b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x12xy";
        assert_eq!(boxes(bytes).next().unwrap().unwrap().body, b"xy");
        let huge = b"\0\0\0\x01mdat\xff\xff\xff\xff\xff\xff\xff\xffxy";
        assert!(boxes(huge).next().unwrap().unwrap().cut);
        assert!(boxes(b"\0\0\0\x07mdat").next().unwrap().is_err());
        assert!(boxes(b"\0\0\0\x01mdat\0\0").next().unwrap().is_err());
        assert!(boxes(b"\0\0\0").next().is_none());
    }
}
