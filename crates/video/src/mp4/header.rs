//! The movie box: timescales, track headers, orientation, and where the tables of each track lie.

use super::boxes::{boxes, find, require};
use super::edits::{self, Edit};
use super::top_level;
use crate::bytes::Cursor;
use crate::error::Damage;
use crate::info::{Orientation, Rotation};

/// Tracks looked at; phones write four or five.
const MAX_TRACKS: usize = 64;

/// The movie box with the bodies of its tracks.
pub(super) struct Movie<'a> {
    /// Ticks per second of edit list durations, never 0.
    pub(super) timescale: u32,
    /// The movie's own transformation, applied after the track's.
    matrix: Matrix2,
    pub(super) tracks: Vec<&'a [u8]>,
    /// Body of `mvex`, when the file has fragments.
    pub(super) extends: Option<&'a [u8]>,
}

/// Signs of a transformation: a point (x, y) goes to (a x + c y, b x + d y), each of -1, 0, 1.
type Matrix2 = [i32; 4];

const IDENTITY: Matrix2 = [1, 0, 0, 1];

/// What is known of a picture track before its sample entry is read.
pub(super) struct TrackHeader<'a> {
    pub(super) id: u32,
    /// Ticks per second, never 0.
    pub(super) timescale: u32,
    pub(super) orientation: Orientation,
    pub(super) edits: Vec<Edit>,
    /// Body of `stbl`.
    pub(super) sample_table: &'a [u8],
}

impl<'a> Movie<'a> {
    pub(super) fn read(file: &'a [u8]) -> Result<Self, Damage> {
        let movie = top_level(file)
            .find(|found| &found.kind == b"moov")
            .ok_or_else(|| {
                Damage::new(
                    "box moov",
                    "it is missing: the recording was not finished, or the file is cut off",
                )
            })?
            .whole()?
            .body;
        if find(movie, *b"cmov")?.is_some() {
            return Err(Damage::new("box cmov", "compressed movie headers are not read"));
        }
        let (timescale, matrix) = read_movie_header(require(movie, *b"mvhd")?)
            .ok_or_else(|| Damage::new("box mvhd", "it ends early"))?;
        if timescale == 0 {
            return Err(Damage::new("box mvhd", "its timescale is 0"));
        }
        let mut tracks = Vec::new();
        for found in boxes(movie) {
            let found = found?;
            if &found.kind == b"trak" && tracks.len() < MAX_TRACKS {
                tracks.push(found.whole()?.body);
            }
        }
        Ok(Self {
            timescale,
            matrix,
            tracks,
            extends: find(movie, *b"mvex")?,
        })
    }
}

impl<'a> TrackHeader<'a> {
    /// The header of a picture track; `None` for sound, text and metadata.
    pub(super) fn read(track: &'a [u8], movie: &Movie<'_>) -> Result<Option<Self>, Damage> {
        let media = require(track, *b"mdia")?;
        // Handler: version, flags, a reserved word, then the type.
        if require(media, *b"hdlr")?.get(8..12) != Some(b"vide") {
            return Ok(None);
        }
        let (id, matrix) = read_track_header(require(track, *b"tkhd")?)
            .ok_or_else(|| Damage::new("box tkhd", "it ends early"))?;
        let timescale = read_media_timescale(require(media, *b"mdhd")?)
            .ok_or_else(|| Damage::new("box mdhd", "it ends early"))?;
        if timescale == 0 {
            return Err(Damage::new("box mdhd", "its timescale is 0"));
        }
        let edits = match find(track, *b"edts")? {
            Some(body) => find(body, *b"elst")?.map_or(Ok(Vec::new()), edits::read)?,
            None => Vec::new(),
        };
        let sample_table = require(require(media, *b"minf")?, *b"stbl")?;
        let orientation = orientation_of(multiply(matrix, movie.matrix));
        Ok(Some(Self {
            id,
            timescale,
            orientation,
            edits,
            sample_table,
        }))
    }
}

fn read_movie_header(body: &[u8]) -> Option<(u32, Matrix2)> {
    let mut fields = Cursor::new(body);
    let (version, _) = fields.version_and_flags()?;
    let wide = version == 1;
    fields.u32_or_u64(wide)?; // creation time
    fields.u32_or_u64(wide)?; // modification time
    let timescale = fields.u32()?;
    fields.u32_or_u64(wide)?; // duration
    fields.skip(16)?; // rate, volume, reserved
    Some((timescale, read_matrix(&mut fields)?))
}

fn read_track_header(body: &[u8]) -> Option<(u32, Matrix2)> {
    let mut fields = Cursor::new(body);
    let (version, _) = fields.version_and_flags()?;
    let wide = version == 1;
    fields.u32_or_u64(wide)?; // creation time
    fields.u32_or_u64(wide)?; // modification time
    let id = fields.u32()?;
    fields.skip(4)?; // reserved
    fields.u32_or_u64(wide)?; // duration
    fields.skip(16)?; // reserved, layer, alternate group, volume, reserved
    Some((id, read_matrix(&mut fields)?))
}

fn read_media_timescale(body: &[u8]) -> Option<u32> {
    let mut fields = Cursor::new(body);
    let (version, _) = fields.version_and_flags()?;
    let wide = version == 1;
    fields.u32_or_u64(wide)?; // creation time
    fields.u32_or_u64(wide)?; // modification time
    fields.u32()
}

/// Nine numbers: a b u, c d v, x y w. Only the signs of a to d matter here.
fn read_matrix(fields: &mut Cursor<'_>) -> Option<Matrix2> {
    let mut rows = [0_i32; 9];
    for value in &mut rows {
        *value = fields.i32()?;
    }
    let [a, b, _, c, d, ..] = rows;
    Some([a.signum(), b.signum(), c.signum(), d.signum()])
}

/// The transformation `first`, then `second`.
fn multiply(first: Matrix2, second: Matrix2) -> Matrix2 {
    let [first_a, first_b, first_c, first_d] = first;
    let [a, b, c, d] = second;
    [
        first_a * a + first_b * c,
        first_a * b + first_b * d,
        first_c * a + first_d * c,
        first_c * b + first_d * d,
    ]
    .map(i32::signum)
}

/// The orientation of a transformation; anything that is not a quarter turn (or its mirror image) counts as upright.
fn orientation_of(matrix: Matrix2) -> Orientation {
    let [a, b, c, d] = matrix;
    let mirrored = a * d - b * c < 0;
    let turn = if mirrored { [-a, -b, c, d] } else { matrix };
    let rotation = match turn {
        [0, 1, -1, 0] => Rotation::Clockwise90,
        [-1, 0, 0, -1] => Rotation::Half,
        [0, -1, 1, 0] => Rotation::Clockwise270,
        IDENTITY => Rotation::None,
        _ => return Orientation::default(),
    };
    Orientation { rotation, mirrored }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_of_phones_become_turns() {
        let cases = [
            ([1, 0, 0, 1], Rotation::None, false),
            ([0, 1, -1, 0], Rotation::Clockwise90, false),
            ([-1, 0, 0, -1], Rotation::Half, false),
            ([0, -1, 1, 0], Rotation::Clockwise270, false),
            ([-1, 0, 0, 1], Rotation::None, true),
            ([1, 0, 0, -1], Rotation::Half, true),
            ([0, 0, 0, 0], Rotation::None, false),
        ];
        for (matrix, rotation, mirrored) in cases {
            assert_eq!(
                orientation_of(matrix),
                Orientation { rotation, mirrored },
                "{matrix:?}"
            );
        }
        let quarter = [0, 1, -1, 0];
        assert_eq!(
            orientation_of(multiply(quarter, quarter)).rotation,
            Rotation::Half
        );
    }
}
