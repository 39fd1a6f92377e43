//! EBML, the syntax under Matroska (RFC 8794): elements, walked without recursion.

use crate::error::Damage;

/// Element ids with their length marker, as written in files (RFC 9559).
pub(super) mod id {
    pub(in crate::webm) const SEGMENT: u32 = 0x1853_8067;
    pub(in crate::webm) const INFO: u32 = 0x1549_a966;
    pub(in crate::webm) const TIMESTAMP_SCALE: u32 = 0x002a_d7b1;
    pub(in crate::webm) const TRACKS: u32 = 0x1654_ae6b;
    pub(in crate::webm) const TRACK_ENTRY: u32 = 0xae;
    pub(in crate::webm) const TRACK_NUMBER: u32 = 0xd7;
    pub(in crate::webm) const TRACK_TYPE: u32 = 0x83;
    pub(in crate::webm) const CODEC_ID: u32 = 0x86;
    pub(in crate::webm) const CODEC_PRIVATE: u32 = 0x63a2;
    pub(in crate::webm) const DEFAULT_DURATION: u32 = 0x0023_e383;
    pub(in crate::webm) const CONTENT_ENCODINGS: u32 = 0x6d80;
    pub(in crate::webm) const VIDEO: u32 = 0xe0;
    pub(in crate::webm) const COLOUR: u32 = 0x55b0;
    pub(in crate::webm) const MATRIX_COEFFICIENTS: u32 = 0x55b1;
    pub(in crate::webm) const RANGE: u32 = 0x55b9;
    pub(in crate::webm) const PROJECTION: u32 = 0x7670;
    pub(in crate::webm) const PROJECTION_ROLL: u32 = 0x7675;
    pub(in crate::webm) const CLUSTER: u32 = 0x1f43_b675;
    pub(in crate::webm) const TIMESTAMP: u32 = 0xe7;
    pub(in crate::webm) const SIMPLE_BLOCK: u32 = 0xa3;
    pub(in crate::webm) const BLOCK_GROUP: u32 = 0xa0;
    pub(in crate::webm) const BLOCK: u32 = 0xa1;
    pub(in crate::webm) const BLOCK_DURATION: u32 = 0x9b;
}

/// An element: its id, its body and where the body begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    pub(super) id: u32,
    pub(super) body: &'a [u8],
    /// Offset of the body in the bytes the walk began with.
    pub(super) start: usize,
}

/// Walks over elements. Elements that `enters` accepts are entered instead of skipped: what follows their header are
/// their children, and after these comes what stands beside them. That way it does not matter whether a segment or a
/// cluster says how long it is.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    position: usize,
    enters: fn(u32) -> bool,
}

/// The elements that lie side by side in `bytes`.
pub(super) fn children(bytes: &[u8]) -> Walk<'_> {
    Walk {
        bytes,
        position: 0,
        enters: |_| false,
    }
}

/// The elements of a whole file, those of segments, clusters and block groups among them.
pub(super) fn flat(file: &[u8]) -> Walk<'_> {
    Walk {
        bytes: file,
        position: 0,
        enters: |id| matches!(id, id::SEGMENT | id::CLUSTER | id::BLOCK_GROUP),
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Result<Element<'a>, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.position >= self.bytes.len() {
            return None;
        }
        let element = self.read();
        if element.is_err() {
            self.position = self.bytes.len();
        }
        Some(element)
    }
}

impl<'a> Walk<'a> {
    fn read(&mut self) -> Result<Element<'a>, Damage> {
        let at = self.position;
        let damage = |what: &str| Damage::new(format!("element at byte {at}"), what);
        let rest = self.bytes.get(at..).unwrap_or_default();
        let (id, id_length) = read_id(rest).ok_or_else(|| damage("it has no valid id"))?;
        let after_id = rest.get(id_length..).unwrap_or_default();
        let (size, size_length) = read_size(after_id).ok_or_else(|| damage("it has no valid size"))?;
        let start = at + id_length + size_length;
        let available = self.bytes.len() - start;
        let size = match size {
            Some(size) => usize::try_from(size).ok().filter(|&size| size <= available),
            None if (self.enters)(id) => Some(available),
            None => return Err(damage("its size is unknown")),
        };
        let Some(size) = size else {
            // A recorder that stopped early may have promised a longer segment; clusters and blocks must be whole.
            if id == id::SEGMENT {
                self.position = start;
                return Ok(Element {
                    id,
                    body: self.bytes.get(start..).unwrap_or_default(),
                    start,
                });
            }
            return Err(damage("it ends early"));
        };
        let body = self.bytes.get(start..start + size).unwrap_or_default();
        self.position = if (self.enters)(id) { start } else { start + size };
        Ok(Element { id, body, start })
    }
}

/// An id of one to four bytes, marker bits kept.
fn read_id(bytes: &[u8]) -> Option<(u32, usize)> {
    let length = bytes.first()?.leading_zeros() as usize + 1;
    if length > 4 {
        return None;
    }
    let id = bytes
        .get(..length)?
        .iter()
        .fold(0, |id, &byte| id << 8 | u32::from(byte));
    Some((id, length))
}

/// A number of one to eight bytes, marker bit removed; `None` inside for all ones, which means "unknown".
fn read_size(bytes: &[u8]) -> Option<(Option<u64>, usize)> {
    let (number, length) = read_number(bytes)?;
    let unknown = (1_u64 << (7 * length)) - 1;
    Some(((number != unknown).then_some(number), length))
}

/// A number of one to eight bytes, marker bit removed, and its length.
pub(super) fn read_number(bytes: &[u8]) -> Option<(u64, usize)> {
    let length = bytes.first()?.leading_zeros() as usize + 1;
    if length > 8 {
        return None;
    }
    let with_marker = bytes
        .get(..length)?
        .iter()
        .fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    Some((with_marker & ((1 << (7 * length)) - 1), length))
}

impl Element<'_> {
    /// The body as an unsigned number; more than eight bytes are no number.
    pub(super) fn unsigned(&self) -> Option<u64> {
        (self.body.len() <= 8).then(|| {
            self.body
                .iter()
                .fold(0, |number, &byte| number << 8 | u64::from(byte))
        })
    }

    /// The body as a floating-point number of four or eight bytes; nothing means 0.
    pub(super) fn float(&self) -> Option<f64> {
        match *self.body {
            [] => Some(0.0),
            [a, b, c, d] => Some(f64::from(f32::from_be_bytes([a, b, c, d]))),
            _ => Some(f64::from_be_bytes(self.body.try_into().ok()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_sizes_are_entered_and_known_ones_skipped() {
        let mut file = vec![0x18, 0x53, 0x80, 0x67, 0xff]; // segment of unknown size
        file.extend([0x1f, 0x43, 0xb6, 0x75, 0xff, 0xe7, 0x81, 5]); // cluster of unknown size, timestamp
        file.extend([0x1f, 0x43, 0xb6, 0x75, 0x83, 0xe7, 0x81, 9]); // cluster of three bytes
        let ids: Vec<u32> = flat(&file).map(|element| element.unwrap().id).collect();
        assert_eq!(
            ids,
            [
                id::SEGMENT,
                id::CLUSTER,
                id::TIMESTAMP,
                id::CLUSTER,
                id::TIMESTAMP
            ]
        );
    }

    #[test]
    fn sizes_past_the_end_and_unknown_sizes_elsewhere_are_damage() {
        assert!(children(&[0xa3, 0x85, 1, 2]).next().unwrap().is_err());
        assert!(children(&[0xae, 0xff, 1, 2]).next().unwrap().is_err());
        assert!(children(&[0x00, 0x85]).next().unwrap().is_err());
        assert!(children(&[0xa3, 0x00]).next().unwrap().is_err());
        assert!(children(&[]).next().is_none());
        assert_eq!(children(&[0xa3, 0x00, 0xa3, 0x80]).count(), 1);
    }
}
