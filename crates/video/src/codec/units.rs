//! Length-prefixed units of H.264 and HEVC samples, and their way into a start-code stream.

use crate::error::Damage;

/// Splits a sample into its units. A length that points past the end is damage; empty units are skipped.
pub(super) struct Units<'a> {
    rest: &'a [u8],
    length_size: usize,
}

/// The units of a sample whose lengths take `length_size` bytes each.
pub(super) const fn units(sample: &[u8], length_size: usize) -> Units<'_> {
    Units {
        rest: sample,
        length_size,
    }
}

impl<'a> Iterator for Units<'a> {
    type Item = Result<&'a [u8], Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some((prefix, after)) = self.rest.split_at_checked(self.length_size) else {
                self.rest = &[];
                return Some(Err(Damage::new("unit length", "it is cut off")));
            };
            let length = prefix
                .iter()
                .fold(0_usize, |length, &byte| length << 8 | usize::from(byte));
            let Some((unit, rest)) = after.split_at_checked(length) else {
                self.rest = &[];
                return Some(Err(Damage::new(
                    "unit length",
                    "it points past the end of the frame",
                )));
            };
            self.rest = rest;
            if !unit.is_empty() {
                return Some(Ok(unit));
            }
        }
    }
}

/// Appends a unit to a start-code (Annex B) stream.
pub(super) fn push_with_start_code(stream: &mut Vec<u8>, unit: &[u8]) {
    stream.extend_from_slice(&[0, 0, 0, 1]);
    stream.extend_from_slice(unit);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_split_by_their_lengths() {
        let sample = [0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0, 0, 0, 1, 9];
        let all: Result<Vec<_>, _> = units(&sample, 4).collect();
        assert_eq!(all.unwrap(), [&[7, 8][..], &[9]]);
        let short: Result<Vec<_>, _> = units(&[1, 5, 1, 6], 1).collect();
        assert_eq!(short.unwrap(), [[5], [6]]);
    }

    #[test]
    fn forged_lengths_are_damage() {
        assert!(units(&[0xff, 0xff, 0xff, 0xff, 1], 4).next().unwrap().is_err());
        assert!(units(&[0, 0], 4).next().unwrap().is_err());
    }
}
