//! VP9 frame headers and superframes, as far as needed to check a frame before it is decoded (VP9 bitstream
//! specification 0.6, 7.2 and annex B).

use super::Fault;
use crate::bits::BitReader;
use crate::picture::{Matrix, Range};

/// The colour configuration of a key frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour {
    pub(super) matrix: Option<Matrix>,
    pub(super) range: Range,
}

/// How large a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Explicit(u32, u32),
    /// As the reference in this slot.
    OfSlot(usize),
}

/// What a frame header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// Shows the picture of a reference slot again.
    ShowExisting { slot: usize },
    Key {
        size: (u32, u32),
        colour: Colour,
        shown: bool,
    },
    IntraOnly {
        size: (u32, u32),
        refreshed: u32,
        shown: bool,
    },
    Inter {
        size: Size,
        references: [usize; 3],
        refreshed: u32,
        shown: bool,
    },
}

impl Header {
    pub(super) const fn shown(&self) -> bool {
        match self {
            Self::ShowExisting { .. } => true,
            Self::Key { shown, .. } | Self::IntraOnly { shown, .. } | Self::Inter { shown, .. } => *shown,
        }
    }

    pub(super) fn read(frame: &[u8]) -> Result<Self, Fault> {
        let mut bits = BitReader::new(frame);
        let broken = || Fault::Broken("frame header: it ends early or is invalid".to_owned());
        let profile = read_profile(&mut bits).ok_or_else(broken)?;
        if profile != 0 {
            let what = ["", "4:2:2 or 4:4:4", "10-bit", "10-bit 4:4:4"];
            let what = what.get(profile as usize).copied().unwrap_or_default();
            return Err(Fault::Unsupported(format!("VP9 profile {profile} ({what})")));
        }
        Self::read_rest(&mut bits).ok_or_else(broken)
    }

    fn read_rest(bits: &mut BitReader<'_>) -> Option<Self> {
        if bits.bit()? {
            return Some(Self::ShowExisting {
                slot: bits.bits(3)? as usize,
            });
        }
        let key = !bits.bit()?;
        let shown = bits.bit()?;
        let error_resilient = bits.bit()?;
        if key {
            expect_sync_code(bits)?;
            let colour = read_colour(bits)?;
            return Some(Self::Key {
                size: read_size(bits)?,
                colour,
                shown,
            });
        }
        let intra_only = !shown && bits.bit()?;
        if !error_resilient {
            bits.skip(2)?; // context reset
        }
        if intra_only {
            expect_sync_code(bits)?;
            let refreshed = bits.bits(8)?;
            return Some(Self::IntraOnly {
                size: read_size(bits)?,
                refreshed,
                shown,
            });
        }
        let refreshed = bits.bits(8)?;
        let mut references = [0; 3];
        for reference in &mut references {
            *reference = bits.bits(3)? as usize;
            bits.skip(1)?; // sign bias
        }
        for reference in references {
            if bits.bit()? {
                return Some(Self::Inter {
                    size: Size::OfSlot(reference),
                    references,
                    refreshed,
                    shown,
                });
            }
        }
        let (width, height) = read_size(bits)?;
        Some(Self::Inter {
            size: Size::Explicit(width, height),
            references,
            refreshed,
            shown,
        })
    }
}

fn read_profile(bits: &mut BitReader<'_>) -> Option<u32> {
    if bits.bits(2)? != 2 {
        return None;
    }
    let (low, high) = (bits.bits(1)?, bits.bits(1)?);
    let profile = high << 1 | low;
    if profile == 3 {
        bits.skip(1)?;
    }
    Some(profile)
}

fn expect_sync_code(bits: &mut BitReader<'_>) -> Option<()> {
    (bits.bits(24)? == 0x0049_8342).then_some(())
}

/// Colour configuration of profile 0 (always 8-bit 4:2:0).
fn read_colour(bits: &mut BitReader<'_>) -> Option<Colour> {
    let matrix = match bits.bits(3)? {
        1 | 3 => Some(Matrix::Bt601),
        2 => Some(Matrix::Bt709),
        5 => Some(Matrix::Bt2020),
        // RGB, which profile 0 does not allow.
        7 => return None,
        _ => None,
    };
    let range = if bits.bit()? { Range::Full } else { Range::Limited };
    Some(Colour { matrix, range })
}

fn read_size(bits: &mut BitReader<'_>) -> Option<(u32, u32)> {
    Some((bits.bits(16)? + 1, bits.bits(16)? + 1))
}

/// The frames of a sample: those that its superframe index lists, or the sample itself.
pub(super) fn frames(sample: &[u8]) -> Vec<&[u8]> {
    split(sample).unwrap_or_else(|| vec![sample])
}

/// Splits by the index at the end, when there is one that adds up.
fn split(sample: &[u8]) -> Option<Vec<&[u8]>> {
    let marker = *sample.last()?;
    if marker & 0xe0 != 0xc0 {
        return None;
    }
    let count = usize::from(marker & 7) + 1;
    let width = usize::from(marker >> 3 & 3) + 1;
    let index_size = 2 + width * count;
    let (mut rest, index) = sample.split_at_checked(sample.len().checked_sub(index_size)?)?;
    if index.first() != Some(&marker) {
        return None;
    }
    let mut frames = Vec::new();
    for size in index.get(1..=width * count)?.chunks(width) {
        let size = size
            .iter()
            .rev()
            .fold(0_usize, |size, &byte| size << 8 | usize::from(byte));
        let (frame, after) = rest.split_at_checked(size)?;
        // An empty frame in the index means "drop this one".
        if !frame.is_empty() {
            frames.push(frame);
        }
        rest = after;
    }
    Some(frames)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn superframes_are_split_by_their_index() {
        // Two frames of 2 and 1 bytes, sizes in one byte each.
        let sample = [0xa1, 0xa2, 0xb1, 0xc1, 2, 1, 0xc1];
        assert_eq!(frames(&sample), [&[0xa1, 0xa2][..], &[0xb1]]);
        // A size beyond the sample: not an index.
        let forged = [0xa1, 0xa2, 0xb1, 0xc1, 2, 9, 0xc1];
        assert_eq!(frames(&forged), [&forged[..]]);
        let forged = [0xd9, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xd9];
        assert_eq!(frames(&forged), [&forged[..]]);
    }

    #[test]
    fn headers_end_early_without_panic() {
        for length in 0..8 {
            assert!(Header::read(&[0x82, 0x49, 0x83, 0x42, 0, 0, 0, 0][..length]).is_err());
        }
        assert_eq!(Header::read(&[0x88 | 3]), Ok(Header::ShowExisting { slot: 3 }));
        assert!(matches!(Header::read(&[0xa0, 0]), Err(Fault::Unsupported(_))));
    }
}
