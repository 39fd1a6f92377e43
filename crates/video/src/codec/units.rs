//! The units of H.264 and HEVC samples, length-prefixed or with start codes, and their way into a start-code stream.

use crate::error::Damage;
use crate::track::CodecConfig;

/// Splits a sample into its units. A length that points past the end is damage; empty units are skipped.
pub(super) struct Units<'a> {
    rest: &'a [u8],
    length_size: usize,
}

/// The units of a sample whose lengths take `length_size` bytes each; 0 when each begins with a start code.
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
            if self.length_size == 0 {
                return self.after_start_code().map(Ok);
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

impl<'a> Units<'a> {
    /// The next unit that follows a start code (00 00 01), without the zeros that may trail it.
    fn after_start_code(&mut self) -> Option<&'a [u8]> {
        loop {
            let start = find_start_code(self.rest)?;
            let after = self.rest.get(start + 3..).unwrap_or_default();
            let end = find_start_code(after).unwrap_or(after.len());
            let (unit, rest) = after.split_at(end);
            self.rest = rest;
            let unit = without_trailing_zeros(unit);
            if !unit.is_empty() {
                return Some(unit);
            }
        }
    }
}

/// What a unit is to whoever wants to begin decoding at its sample.
pub(super) enum Part {
    /// A slice of a picture at which decoding can begin.
    Entry,
    /// A slice of another picture.
    OtherPicture,
    /// A parameter set, by its kind.
    ParameterSet(usize),
    Other,
}

/// Which samples decoding can begin at: all their slices say so, and they have every kind of parameter set that samples had
/// before them. Sets that came with earlier samples would be missing.
pub(super) fn complete_entries<'a>(
    config: &CodecConfig,
    samples: impl Iterator<Item = &'a [u8]>,
    part: impl Fn(&[u8]) -> Part,
) -> Vec<bool> {
    /// Kinds of parameter sets: three in HEVC.
    const KINDS: usize = 3;
    let mut needed = [false; KINDS];
    let is_entry = |sample: &[u8]| {
        let (mut pictures, mut entries, mut present) = (0, 0, [false; KINDS]);
        for unit in units(sample, config.length_size) {
            let Ok(unit) = unit else { return false };
            match part(unit) {
                Part::Entry => (pictures, entries) = (pictures + 1, entries + 1),
                Part::OtherPicture => pictures += 1,
                Part::ParameterSet(kind) => present[kind] = true,
                Part::Other => {}
            }
        }
        let complete = needed
            .iter()
            .zip(present)
            .all(|(&needed, present)| present || !needed);
        for (needed, present) in needed.iter_mut().zip(present) {
            *needed |= present;
        }
        entries > 0 && entries == pictures && complete
    };
    samples.map(is_entry).collect()
}

fn find_start_code(bytes: &[u8]) -> Option<usize> {
    bytes.windows(3).position(|window| window == [0, 0, 1])
}

fn without_trailing_zeros(unit: &[u8]) -> &[u8] {
    let end = unit
        .iter()
        .rposition(|&byte| byte != 0)
        .map_or(0, |last| last + 1);
    unit.get(..end).unwrap_or_default()
}

/// Appends a unit to a start-code (Annex B) stream.
pub(super) fn push_with_start_code(stream: &mut Vec<u8>, unit: &[u8]) {
    stream.extend_from_slice(&[0, 0, 0, 1]);
    stream.extend_from_slice(unit);
}

/// A sample of units with lengths of four bytes.
#[cfg(test)]
pub(super) fn sample_of(units: &[&[u8]]) -> Vec<u8> {
    let with_length = |unit: &&[u8]| [&(unit.len() as u32).to_be_bytes()[..], unit].concat();
    units.iter().flat_map(with_length).collect()
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
    fn units_are_split_by_start_codes() {
        let sample = [0, 0, 0, 1, 9, 16, 0, 0, 1, 0x65, 1, 0, 0, 0, 0, 1, 6];
        let all: Result<Vec<_>, _> = units(&sample, 0).collect();
        assert_eq!(all.unwrap(), [&[9, 16][..], &[0x65, 1], &[6]]);
        assert_eq!(units(&[1, 2, 3], 0).count(), 0);
    }

    #[test]
    fn forged_lengths_are_damage() {
        assert!(units(&[0xff, 0xff, 0xff, 0xff, 1], 4).next().unwrap().is_err());
        assert!(units(&[0, 0], 4).next().unwrap().is_err());
    }
}
