//! MP4 and MOV: from the bytes of a file to the picture track's located and timed samples.

mod boxes;
mod edits;
mod entry;
mod fragments;
mod header;
mod tables;

use boxes::boxes;
use entry::Entry;
pub(crate) use entry::{read_avc, read_hevc};
use header::{Movie, TrackHeader};

use crate::error::{Damage, VideoError};
use crate::info::Container;
use crate::track::{Sample, Track};

/// Reads the picture track of an MP4 or MOV file with at most `max_frames` samples.
pub(crate) fn read(file: &[u8], container: Container, max_frames: u32) -> Result<Track, VideoError> {
    let damaged = |damage: Damage| damage.found_in(container, None);
    let movie = Movie::read(file).map_err(damaged)?;
    let (header, entry) = choose(&movie, container)?;

    let codec = entry.config.codec;
    let too_many = |frames: u64| VideoError::TooManyFrames {
        container,
        codec,
        frames,
        max: max_frames,
    };
    let damaged = |damage: Damage| damage.found_in(container, Some(codec));

    let declared = tables::sample_count(header.sample_table)
        .and_then(|count| {
            fragments::sample_count(file, &movie, &header).map(|more| u64::from(count).saturating_add(more))
        })
        .map_err(damaged)?;
    if declared > u64::from(max_frames) {
        return Err(too_many(declared));
    }
    let mut samples = tables::read(header.sample_table).map_err(damaged)?;
    fragments::read(file, &movie, &header, &mut samples).map_err(damaged)?;
    check_inside(&samples, file.len()).map_err(damaged)?;
    edits::apply(&header.edits, movie.timescale, header.timescale, &mut samples).map_err(damaged)?;

    Ok(Track {
        container,
        config: entry.config,
        timescale: header.timescale,
        samples,
        orientation: header.orientation,
        colour: entry.colour,
    })
}

/// The first picture track whose codec can be decoded; otherwise the error names the codec of the first one.
fn choose<'a>(movie: &Movie<'a>, container: Container) -> Result<(TrackHeader<'a>, Entry), VideoError> {
    let mut refusal = None;
    for track in &movie.tracks {
        let header = TrackHeader::read(track, movie).map_err(|damage| damage.found_in(container, None))?;
        let Some(header) = header else { continue };
        match entry::read(header.sample_table) {
            Ok(entry) => return Ok((header, entry)),
            Err(entry::Refusal::Codec(codec)) => {
                refusal.get_or_insert(VideoError::UnsupportedCodec { container, codec });
            }
            Err(entry::Refusal::Damage(damage)) => {
                refusal.get_or_insert(damage.found_in(container, None));
            }
        }
    }
    Err(refusal.unwrap_or(VideoError::NoVideoTrack { container }))
}

/// A sample outside the file means that the file was cut off.
fn check_inside(samples: &[Sample], file_size: usize) -> Result<(), Damage> {
    let outside = samples.iter().position(|sample| {
        sample
            .offset
            .checked_add(sample.size)
            .is_none_or(|end| end > file_size)
    });
    outside.map_or(Ok(()), |number| {
        let what = format!("the file ends before it ({} frames are listed)", samples.len());
        Err(Damage::new(format!("frame {}", number + 1), what))
    })
}

/// The boxes at the top of a file. Junk after the last box is left alone, as players do, once the movie was read.
fn top_level(file: &[u8]) -> impl Iterator<Item = boxes::Mp4Box<'_>> {
    boxes(file).map_while(Result::ok)
}
