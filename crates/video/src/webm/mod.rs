//! WebM and Matroska (RFC 9559): from the bytes of a file to the picture track's located and timed samples.
//!
//! A reader of our own: `matroska-demuxer` 0.8.1 never returns on a seek head that refers to itself and panics on one
//! that refers to two others. This one needs neither seek head nor cues nor durations, which browsers do not write.

mod ebml;
mod track;

use ebml::{Element, flat, id, read_number};
use track::{Entry, PictureTrack};

use crate::error::{Damage, VideoError};
use crate::info::Container;
use crate::track::{Sample, Track};

/// Nanoseconds in a tick unless the file says otherwise (RFC 9559, 5.1.2.9).
const DEFAULT_TIMESTAMP_SCALE: u64 = 1_000_000;

/// Times are handed on in nanoseconds.
const NANOSECONDS: u32 = 1_000_000_000;

/// Reads the picture track of a WebM or Matroska file with at most `max_frames` samples.
pub(crate) fn read(file: &[u8], container: Container, max_frames: u32) -> Result<Track, VideoError> {
    let mut reader = Reader::new(container, max_frames);
    for element in flat(file) {
        let codec = reader.track.as_ref().map(|track| track.config.codec);
        let element = element.map_err(|damage| damage.found_in(container, codec))?;
        reader.take(&element)?;
    }
    reader.finish()
}

struct Reader {
    container: Container,
    max_frames: u32,
    timestamp_scale: u64,
    track: Option<PictureTrack>,
    /// The codec of the first picture track that cannot be decoded.
    unsupported: Option<String>,
    cluster_time: u64,
    /// Whether the block read last is in `samples`.
    last_block_counts: bool,
    samples: Vec<Sample>,
}

impl Reader {
    const fn new(container: Container, max_frames: u32) -> Self {
        Self {
            container,
            max_frames,
            timestamp_scale: DEFAULT_TIMESTAMP_SCALE,
            track: None,
            unsupported: None,
            cluster_time: 0,
            last_block_counts: false,
            samples: Vec::new(),
        }
    }

    fn take(&mut self, element: &Element<'_>) -> Result<(), VideoError> {
        match element.id {
            id::INFO => self.take_info(element).map_err(|damage| self.damaged(damage)),
            id::TRACKS => self.take_tracks(element).map_err(|damage| self.damaged(damage)),
            id::TIMESTAMP => {
                let time = element
                    .unsigned()
                    .ok_or_else(|| Damage::new("cluster", "its time is not a number"));
                self.cluster_time = time.map_err(|damage| self.damaged(damage))?;
                Ok(())
            }
            id::SIMPLE_BLOCK | id::BLOCK => self.take_block(element),
            id::BLOCK_DURATION if self.last_block_counts => {
                let ticks = element
                    .unsigned()
                    .unwrap_or(0)
                    .saturating_mul(self.timestamp_scale);
                if let Some(last) = self.samples.last_mut() {
                    last.duration = u32::try_from(ticks).unwrap_or(0);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn take_info(&mut self, info: &Element<'_>) -> Result<(), Damage> {
        for element in ebml::children(info.body) {
            let element = element?;
            if element.id == id::TIMESTAMP_SCALE {
                let scale = element.unsigned().filter(|&scale| scale > 0);
                self.timestamp_scale =
                    scale.ok_or_else(|| Damage::new("segment info", "its timestamp scale is 0"))?;
            }
        }
        Ok(())
    }

    fn take_tracks(&mut self, tracks: &Element<'_>) -> Result<(), Damage> {
        for element in ebml::children(tracks.body) {
            let element = element?;
            if element.id != id::TRACK_ENTRY || self.track.is_some() {
                continue;
            }
            match track::read(element.body)? {
                Entry::Picture(track) => self.track = Some(*track),
                Entry::Unsupported(codec) => {
                    self.unsupported.get_or_insert(codec);
                }
                Entry::Other => {}
            }
        }
        Ok(())
    }

    /// A block: track number, time relative to its cluster, flags, then the frame.
    fn take_block(&mut self, block: &Element<'_>) -> Result<(), VideoError> {
        self.last_block_counts = false;
        let Some(track) = &self.track else { return Ok(()) };
        let place = || format!("frame {}", self.samples.len() + 1);
        let early = || self.damaged(Damage::new(place(), "its block ends early"));
        let (number, number_length) = read_number(block.body).ok_or_else(early)?;
        if number != track.number {
            return Ok(());
        }
        let header = block
            .body
            .get(number_length..number_length + 3)
            .ok_or_else(early)?;
        let &[high, low, flags] = header else {
            return Err(early());
        };
        if flags & 0x06 != 0 {
            return Err(self.damaged(Damage::new(place(), "several frames share its block")));
        }
        if self.samples.len() >= self.max_frames as usize {
            return Err(VideoError::TooManyFrames {
                container: self.container,
                codec: track.config.codec,
                frames: self.samples.len() as u64 + 1,
                max: self.max_frames,
            });
        }
        let relative = i64::from(i16::from_be_bytes([high, low]));
        let time = i64::try_from(self.cluster_time)
            .ok()
            .and_then(|cluster| {
                cluster
                    .checked_add(relative)?
                    .checked_mul(i64::try_from(self.timestamp_scale).ok()?)
            })
            .ok_or_else(|| self.damaged(Damage::new(place(), "its time is out of range")))?;
        let duration = track
            .frame_duration
            .and_then(|duration| u32::try_from(duration).ok())
            .unwrap_or(0);
        let header_size = number_length + 3;
        self.samples.push(Sample {
            offset: block.start + header_size,
            size: block.body.len() - header_size,
            time,
            duration,
            shown: true,
        });
        self.last_block_counts = true;
        Ok(())
    }

    fn damaged(&self, damage: Damage) -> VideoError {
        damage.found_in(
            self.container,
            self.track.as_ref().map(|track| track.config.codec),
        )
    }

    fn finish(self) -> Result<Track, VideoError> {
        let container = self.container;
        match (self.track, self.unsupported) {
            (Some(track), _) => Ok(Track {
                container,
                config: track.config,
                timescale: NANOSECONDS,
                samples: self.samples,
                orientation: track.orientation,
                colour: track.colour,
            }),
            (None, Some(codec)) => Err(VideoError::UnsupportedCodec { container, codec }),
            (None, None) => Err(VideoError::NoVideoTrack { container }),
        }
    }
}
