//! Marks an MP4 as lying on its side, as phones do: sets the matrix of its first track. FFmpeg's own way to do this
//! changes from version to version.

use std::ops::Range;

/// The matrix of ISO 14496-12 for a picture to be shown turned 90 degrees clockwise, without its shift: rows of
/// `(a, b, u)`, `(c, d, v)`, `(x, y, w)` in 16.16 and 2.30 fixed point.
const CLOCKWISE: [i32; 9] = [0, 0x1_0000, 0, -0x1_0000, 0, 0, 0, 0, 0x4000_0000];

/// Sets the matrix of the first track of `file` to a quarter turn clockwise; `stored_height` is the height of the stored
/// picture in pixels. Answers `false` when the file has no track header.
pub(crate) fn turn_clockwise(file: &mut [u8], stored_height: u32) -> bool {
    let whole = 0..file.len();
    let Some(header) = ["moov", "trak", "tkhd"]
        .into_iter()
        .try_fold(whole, |within, name| content(file, within, name.as_bytes()))
    else {
        return false;
    };
    // Version 1 headers have three times of 8 instead of 4 bytes.
    let long = file.get(header.start) == Some(&1);
    let start = header.start + if long { 52 } else { 40 };
    let mut matrix = CLOCKWISE;
    matrix[6] = (stored_height << 16).cast_signed();
    let Some(place) = file.get_mut(start..start + 36) else {
        return false;
    };
    for (bytes, value) in place.chunks_exact_mut(4).zip(matrix) {
        bytes.copy_from_slice(&value.to_be_bytes());
    }
    true
}

/// Where the content of the first box called `name` lies in a row of boxes.
fn content(file: &[u8], within: Range<usize>, name: &[u8]) -> Option<Range<usize>> {
    let mut at = within.start;
    loop {
        let head = file.get(at..at + 8).filter(|_| at + 8 <= within.end)?;
        let (size, kind) = head.split_first_chunk::<4>()?;
        let (size, head_size) = match u32::from_be_bytes(*size) {
            0 => (within.end - at, 8),
            1 => {
                let large = file.get(at + 8..at + 16)?.first_chunk::<8>()?;
                (usize::try_from(u64::from_be_bytes(*large)).ok()?, 16)
            }
            size => (size as usize, 8),
        };
        let end = at
            .checked_add(size)
            .filter(|&end| size >= head_size && end <= within.end)?;
        if kind == name {
            return Some(at + head_size..end);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: &str, content: &[u8]) -> Vec<u8> {
        let size = (content.len() as u32 + 8).to_be_bytes();
        [&size, name.as_bytes(), content].concat()
    }

    #[test]
    fn the_matrix_of_the_first_track_is_set_and_nothing_else() {
        let header = boxed("tkhd", &[0; 84]);
        let before = [
            boxed("ftyp", b"isom"),
            boxed("mdat", b"tkhd"),
            boxed("moov", &boxed("trak", &header)),
        ]
        .concat();
        let mut after = before.clone();
        assert!(turn_clockwise(&mut after, 480));
        let matrix = before.len() - 84 + 40;
        let value = |row: usize| i32::from_be_bytes(after[matrix + 4 * row..][..4].try_into().unwrap());
        assert_eq!(
            (0..9).map(value).collect::<Vec<_>>(),
            [0, 65536, 0, -65536, 0, 0, 480 << 16, 0, 1 << 30]
        );
        assert_eq!(after[..matrix], before[..matrix]);
        assert_eq!(after[matrix + 36..], before[matrix + 36..]);
    }

    #[test]
    fn a_file_without_a_track_is_left_alone() {
        for mut file in [boxed("ftyp", b"isom"), b"\0\0\0\x04moov".to_vec(), Vec::new()] {
            let before = file.clone();
            assert!(!turn_clockwise(&mut file, 480));
            assert_eq!(file, before);
        }
    }
}
