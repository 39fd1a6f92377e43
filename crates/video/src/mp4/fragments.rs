//! Movie fragments: samples that follow the movie box in pieces, as browsers record them.

use super::boxes::{Mp4Box, boxes, find, require};
use super::header::{Movie, TrackHeader};
use super::top_level;
use crate::bytes::Cursor;
use crate::error::Damage;
use crate::track::Sample;

/// Values a fragment inherits from the movie (`trex`) and overrides (`tfhd`).
#[derive(Clone, Copy, Default)]
struct Defaults {
    duration: u32,
    size: u32,
}

/// How many samples the fragments promise for a track, without reading them.
pub(super) fn sample_count(file: &[u8], movie: &Movie<'_>, track: &TrackHeader<'_>) -> Result<u64, Damage> {
    let mut count = 0_u64;
    for_each_run(file, movie, track, |run| {
        count = count.saturating_add(u64::from(run.count));
        Ok(())
    })?;
    Ok(count)
}

/// Appends the samples of all fragments. The caller has bounded [`sample_count`].
pub(super) fn read(
    file: &[u8],
    movie: &Movie<'_>,
    track: &TrackHeader<'_>,
    samples: &mut Vec<Sample>,
) -> Result<(), Damage> {
    // Decoding time where a fragment does not say its own: on from the last sample.
    let mut now = samples
        .last()
        .map_or(0, |last| last.time.saturating_add(i64::from(last.duration)));
    let mut next_offset = 0;
    for_each_run(file, movie, track, |run| {
        if let Some(start) = run.decode_time {
            now = start;
        }
        let mut offset = run.offset.unwrap_or(next_offset);
        let mut fields = Cursor::new(run.fields);
        for _ in 0..run.count {
            let sample = run
                .sample(&mut fields)
                .ok_or_else(|| Damage::new("box trun", "it ends early"))?;
            let far = || Damage::new("box trun", "a time or an offset is out of range");
            let time = now.checked_add(i64::from(sample.shift)).ok_or_else(far)?;
            let size = sample.size as usize;
            samples.push(Sample {
                offset,
                size,
                time,
                duration: sample.duration,
                shown: true,
            });
            now = now.checked_add(i64::from(sample.duration)).ok_or_else(far)?;
            offset = offset.checked_add(size).ok_or_else(far)?;
        }
        next_offset = offset;
        Ok(())
    })
}

/// One `trun` box.
struct Run<'a> {
    count: u32,
    flags: u32,
    defaults: Defaults,
    /// First byte of its first sample in the file; `None` for right after the last run.
    offset: Option<usize>,
    /// Decoding time of its first sample, on the first run of a fragment that says it.
    decode_time: Option<i64>,
    fields: &'a [u8],
}

struct RunSample {
    duration: u32,
    size: u32,
    shift: i32,
}

impl Run<'_> {
    fn sample(&self, fields: &mut Cursor<'_>) -> Option<RunSample> {
        let mut field = |flag: u32, otherwise: u32| {
            if self.flags & flag == 0 {
                Some(otherwise)
            } else {
                fields.u32()
            }
        };
        let duration = field(0x100, self.defaults.duration)?;
        let size = field(0x200, self.defaults.size)?;
        field(0x400, 0)?; // sample flags
        let shift = field(0x800, 0)?.cast_signed();
        Some(RunSample {
            duration,
            size,
            shift,
        })
    }
}

/// Calls `visit` for every run of the track, in file order.
fn for_each_run<'a>(
    file: &'a [u8],
    movie: &Movie<'_>,
    track: &TrackHeader<'_>,
    mut visit: impl FnMut(Run<'a>) -> Result<(), Damage>,
) -> Result<(), Damage> {
    let Some(extends) = movie.extends else {
        return Ok(());
    };
    let inherited = movie_defaults(extends, track.id)?;
    for fragment in top_level(file).filter(|found| &found.kind == b"moof") {
        let fragment = fragment.whole()?;
        for found in boxes(fragment.body) {
            let found = found?;
            if &found.kind == b"traf" {
                visit_track_fragment(found.whole()?.body, &fragment, track.id, inherited, &mut visit)?;
            }
        }
    }
    Ok(())
}

/// The defaults of `trex` for a track.
fn movie_defaults(extends: &[u8], track_id: u32) -> Result<Defaults, Damage> {
    for found in boxes(extends) {
        let found = found?;
        if &found.kind != b"trex" {
            continue;
        }
        let mut fields = Cursor::new(found.body);
        let mut read = || {
            fields.version_and_flags()?;
            let id = fields.u32()?;
            fields.u32()?; // sample description index
            Some((
                id,
                Defaults {
                    duration: fields.u32()?,
                    size: fields.u32()?,
                },
            ))
        };
        let (id, defaults) = read().ok_or_else(|| Damage::new("box trex", "it ends early"))?;
        if id == track_id {
            return Ok(defaults);
        }
    }
    Ok(Defaults::default())
}

fn visit_track_fragment<'a>(
    body: &'a [u8],
    fragment: &Mp4Box<'_>,
    track_id: u32,
    inherited: Defaults,
    visit: &mut impl FnMut(Run<'a>) -> Result<(), Damage>,
) -> Result<(), Damage> {
    let header = require(body, *b"tfhd")?;
    let (id, base, defaults) =
        read_header(header, inherited).ok_or_else(|| Damage::new("box tfhd", "it ends early"))?;
    if id != track_id {
        return Ok(());
    }
    // Without an explicit base, offsets count from the fragment's own first byte. Writers that mean the end of the
    // track fragment before (the oldest rule of the standard) are not known to record video alone.
    let base = match base {
        Some(base) => {
            usize::try_from(base).map_err(|_| Damage::new("box tfhd", "its offset is out of range"))?
        }
        None => fragment.start,
    };
    let mut decode_time = find(body, *b"tfdt")?
        .map(|body| read_decode_time(body).ok_or_else(|| Damage::new("box tfdt", "its time is out of range")))
        .transpose()?;
    let mut first = true;
    for found in boxes(body) {
        let found = found?;
        if &found.kind != b"trun" {
            continue;
        }
        let early = || Damage::new("box trun", "it ends early");
        let mut fields = Cursor::new(found.whole()?.body);
        let (_, flags) = fields.version_and_flags().ok_or_else(early)?;
        let count = fields.u32().ok_or_else(early)?;
        let offset = if flags & 0x1 == 0 {
            first.then_some(base)
        } else {
            let shift = fields.i32().ok_or_else(early)?;
            let offset = base.checked_add_signed(shift as isize);
            Some(offset.ok_or_else(|| Damage::new("box trun", "its offset is out of range"))?)
        };
        if flags & 0x4 != 0 {
            fields.skip(4).ok_or_else(early)?; // flags of the first sample
        }
        visit(Run {
            count,
            flags,
            defaults,
            offset,
            decode_time: decode_time.take(),
            fields: fields.rest(),
        })?;
        first = false;
    }
    Ok(())
}

/// Track id, base offset and defaults of `tfhd`.
fn read_header(body: &[u8], inherited: Defaults) -> Option<(u32, Option<u64>, Defaults)> {
    let mut fields = Cursor::new(body);
    let (_, flags) = fields.version_and_flags()?;
    let id = fields.u32()?;
    let base = if flags & 0x1 == 0 {
        None
    } else {
        Some(fields.u64()?)
    };
    if flags & 0x2 != 0 {
        fields.u32()?; // sample description index
    }
    let duration = if flags & 0x8 == 0 {
        inherited.duration
    } else {
        fields.u32()?
    };
    let size = if flags & 0x10 == 0 {
        inherited.size
    } else {
        fields.u32()?
    };
    Some((id, base, Defaults { duration, size }))
}

fn read_decode_time(body: &[u8]) -> Option<i64> {
    let mut fields = Cursor::new(body);
    let (version, _) = fields.version_and_flags()?;
    i64::try_from(fields.u32_or_u64(version == 1)?).ok()
}
