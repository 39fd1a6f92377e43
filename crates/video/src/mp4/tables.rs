//! The sample table of a whole (not fragmented) track: sizes, chunks, times.

use super::boxes::{find, require};
use crate::bytes::Cursor;
use crate::error::Damage;
use crate::track::Sample;

/// How many samples the table lists, without reading it.
pub(super) fn sample_count(sample_table: &[u8]) -> Result<u32, Damage> {
    Sizes::read(sample_table).map(|sizes| sizes.count)
}

/// All samples of the table in decoding order. The caller has bounded [`sample_count`].
pub(super) fn read(sample_table: &[u8]) -> Result<Vec<Sample>, Damage> {
    let sizes = Sizes::read(sample_table)?;
    if sizes.count == 0 {
        return Ok(Vec::new());
    }
    let mut samples = place(sample_table, &sizes)?;
    time(sample_table, &mut samples)?;
    Ok(samples)
}

/// Sample sizes: one for all, or a table of 4, 8, 16 or 32 bits each.
struct Sizes<'a> {
    count: u32,
    uniform: u32,
    table: &'a [u8],
    bits: usize,
}

impl<'a> Sizes<'a> {
    fn read(sample_table: &'a [u8]) -> Result<Self, Damage> {
        let (body, place, compact) = match find(sample_table, *b"stsz")? {
            Some(body) => (body, "box stsz", false),
            None => (require(sample_table, *b"stz2")?, "box stz2", true),
        };
        let mut fields = Cursor::new(body);
        let mut header = || {
            fields.version_and_flags()?;
            Some((fields.u32()?, fields.u32()?))
        };
        let (first, count) = header().ok_or_else(|| Damage::new(place, "it ends early"))?;
        let (uniform, bits) = if compact {
            (0, (first & 0xff) as usize)
        } else {
            (first, 32)
        };
        if !matches!(bits, 4 | 8 | 16 | 32) {
            return Err(Damage::new(place, "its field size is not one of 4, 8, 16"));
        }
        let sizes = Self {
            count,
            uniform,
            table: fields.rest(),
            bits,
        };
        if uniform == 0 && (u64::from(count) * bits as u64).div_ceil(8) > sizes.table.len() as u64 {
            return Err(Damage::new(place, "it ends early"));
        }
        Ok(sizes)
    }

    fn get(&self, number: usize) -> Option<usize> {
        if self.uniform != 0 {
            return Some(self.uniform as usize);
        }
        let bytes = |width: usize| self.table.get(number * width..(number + 1) * width);
        Some(match self.bits {
            32 => u32::from_be_bytes(bytes(4)?.try_into().ok()?) as usize,
            16 => usize::from(u16::from_be_bytes(bytes(2)?.try_into().ok()?)),
            8 => usize::from(*self.table.get(number)?),
            _ => {
                let pair = *self.table.get(number / 2)?;
                usize::from(if number.is_multiple_of(2) {
                    pair >> 4
                } else {
                    pair & 15
                })
            }
        })
    }
}

/// Chunk offsets, 32 or 64 bits each.
struct Chunks<'a> {
    table: &'a [u8],
    width: usize,
}

impl<'a> Chunks<'a> {
    fn read(sample_table: &'a [u8]) -> Result<Self, Damage> {
        let (body, width) = match find(sample_table, *b"stco")? {
            Some(body) => (body, 4),
            None => (require(sample_table, *b"co64")?, 8),
        };
        // Version, flags and a count, which the table's own length overrules.
        Ok(Self {
            table: body.get(8..).unwrap_or_default(),
            width,
        })
    }

    fn count(&self) -> usize {
        self.table.len() / self.width
    }

    fn offset(&self, number: usize) -> Option<usize> {
        let mut fields = Cursor::new(self.table.get(number * self.width..)?);
        usize::try_from(fields.u32_or_u64(self.width == 8)?).ok()
    }
}

/// Locates every sample: chunk by chunk, as `stsc` deals them out.
fn place(sample_table: &[u8], sizes: &Sizes<'_>) -> Result<Vec<Sample>, Damage> {
    let chunks = Chunks::read(sample_table)?;
    let body = require(sample_table, *b"stsc")?;
    let runs: Vec<(u32, u32)> = body
        .get(8..)
        .unwrap_or_default()
        .as_chunks::<12>()
        .0
        .iter()
        .take(chunks.count())
        .filter_map(|run| {
            let mut fields = Cursor::new(run);
            Some((fields.u32()?, fields.u32()?))
        })
        .collect();

    let count = sizes.count as usize;
    let mut samples = Vec::with_capacity(count);
    let mut run = 0;
    for chunk in 0..chunks.count() {
        // First chunks are numbered from 1.
        while runs
            .get(run + 1)
            .is_some_and(|&(first, _)| first as usize <= chunk + 1)
        {
            run += 1;
        }
        let per_chunk = runs.get(run).map_or(0, |&(_, per_chunk)| per_chunk as usize);
        let mut offset = chunks
            .offset(chunk)
            .ok_or_else(|| Damage::new("box co64", "an offset is out of range"))?;
        for _ in 0..per_chunk.min(count - samples.len()) {
            let size = sizes
                .get(samples.len())
                .ok_or_else(|| Damage::new("box stsz", "it ends early"))?;
            samples.push(Sample {
                offset,
                size,
                time: 0,
                duration: 0,
                shown: true,
            });
            offset = offset
                .checked_add(size)
                .ok_or_else(|| Damage::new("box stco", "an offset is out of range"))?;
        }
        if samples.len() == count {
            return Ok(samples);
        }
    }
    let what = format!("{} of {count} samples have a place", samples.len());
    Err(Damage::new("boxes stsc and stco", what))
}

/// Decoding times from `stts`, presentation times from `ctts` on top.
fn time(sample_table: &[u8], samples: &mut [Sample]) -> Result<(), Damage> {
    let body = require(sample_table, *b"stts")?;
    let mut runs = body.get(8..).unwrap_or_default().as_chunks::<8>().0.iter();
    let (mut left, mut step, mut now) = (0_u32, 0_u32, 0_i64);
    for sample in samples.iter_mut() {
        while left == 0 {
            let Some(run) = runs.next() else {
                return Err(Damage::new("box stts", "it lists fewer samples than there are"));
            };
            (left, step) = pair(*run);
        }
        left -= 1;
        // At most 2^32 samples of less than 2^32 ticks fit.
        (sample.time, sample.duration) = (now, step);
        now += i64::from(step);
    }

    let Some(body) = find(sample_table, *b"ctts")? else {
        return Ok(());
    };
    let mut runs = body.get(8..).unwrap_or_default().as_chunks::<8>().0.iter();
    let (mut left, mut offset) = (0_u32, 0_u32);
    for sample in samples.iter_mut() {
        while left == 0 {
            // Samples beyond the table are shown when they are decoded.
            let Some(run) = runs.next() else { return Ok(()) };
            (left, offset) = pair(*run);
        }
        left -= 1;
        // Version 0 says unsigned, but writers put negative offsets there too; no real one exceeds 2^31.
        sample.time += i64::from(offset.cast_signed());
    }
    Ok(())
}

fn pair(run: [u8; 8]) -> (u32, u32) {
    let both = u64::from_be_bytes(run);
    ((both >> 32) as u32, both as u32)
}
