//! The way from bytes to frames: open, refuse early, then decode on demand.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::codec::{self, Decode, Fault, Role, StreamFacts};
use crate::error::{Damage, VideoError};
use crate::frame::Frame;
use crate::info::{Codec, Container, VideoInfo};
use crate::limits::{DURATION_TOLERANCE_S, Limits};
use crate::picture::Picture;
use crate::schedule::Schedule;
use crate::track::Track;
use crate::{mp4, sniff, webm};

/// An opened video: give it time with [`next_frame`](Self::next_frame).
pub struct Video {
    file: Vec<u8>,
    track: Track,
    roles: Vec<Role>,
    info: VideoInfo,
    schedule: Schedule,
    decoder: Box<dyn Decode>,
    /// Places in the schedule at which decoding can begin, and the sample to begin with.
    entries: BTreeMap<usize, usize>,
    /// The next sample to decode.
    decoded: usize,
    /// The places of the frames to give out.
    part: Range<usize>,
    /// The place of the next one.
    given: usize,
    /// Decoded pictures that wait for an earlier one, by place in the schedule.
    waiting: BTreeMap<usize, Picture>,
    /// Place in the schedule of each wanted sample.
    places: BTreeMap<usize, usize>,
    failure: Option<VideoError>,
    max_pixels: u32,
    /// Width and height of every picture, before it is turned upright.
    size: (usize, usize),
}

/// Reads the headers of a video and refuses it when it cannot be scored. No picture is decoded yet.
///
/// A file that ends before the last frame it lists is refused as [`VideoError::Damaged`]: half a movement is no
/// measurement, and the person should know that the upload was cut off.
pub fn open(file: Vec<u8>, limits: &Limits) -> Result<Video, VideoError> {
    let container = sniff::identify(&file)?;
    if file.len() > limits.max_bytes {
        return Err(VideoError::TooLarge {
            bytes: file.len(),
            max: limits.max_bytes,
        });
    }
    let mut track = match container {
        Container::Mp4 | Container::Mov => mp4::read(&file, container, limits.max_coded_frames)?,
        Container::WebM | Container::Matroska => webm::read(&file, container, limits.max_coded_frames)?,
    };
    let codec = track.config.codec;
    let refuse = |fault| refusal(fault, container, codec, limits.max_pixels, "stream header");
    let facts = codec::probe(&track, &file).map_err(refuse)?;
    let roles = codec::roles(&track, &file);
    for (sample, role) in track.samples.iter_mut().zip(&roles) {
        sample.shown &= role.is_shown();
    }
    let schedule = Schedule::new(&track.samples, track.timescale, limits)
        .map_err(|damage| damage.found_in(container, Some(codec)))?;
    let info = describe(&track, &facts, &schedule);
    let places: BTreeMap<usize, usize> = schedule
        .wanted
        .iter()
        .enumerate()
        .map(|(place, wanted)| (wanted.sample, place))
        .collect();
    let is_decoded = |(number, role): &(usize, &Role)| role.is_decoded(places.contains_key(number));
    let to_decode = roles.iter().enumerate().filter(is_decoded).count();
    check(&info, &facts, to_decode as u32, limits)?;
    let decoder = codec::decoder(&track, &facts, limits.max_pixels);
    let entries = entries(&codec::entries(&track, &file), &schedule);
    Ok(Video {
        entries,
        part: 0..schedule.wanted.len(),
        file,
        track,
        roles,
        info,
        schedule,
        decoder,
        decoded: 0,
        given: 0,
        waiting: BTreeMap::new(),
        places,
        failure: None,
        max_pixels: limits.max_pixels,
        size: (facts.width as usize, facts.height as usize),
    })
}

impl Video {
    /// What the headers say.
    #[must_use]
    pub const fn info(&self) -> &VideoInfo {
        &self.info
    }

    /// How many frames [`next_frame`](Self::next_frame) gives from beginning to end.
    #[must_use]
    pub fn expected_samples(&self) -> usize {
        self.part.len()
    }

    /// The places among the frames of the whole video at which a [`part`](Self::part) can begin, in order: 0, and those from
    /// which on no picture leans on an earlier one (key frames).
    pub fn entries(&self) -> impl Iterator<Item = usize> {
        self.entries.keys().copied()
    }

    /// The file it was opened from.
    #[must_use]
    pub fn into_file(self) -> Vec<u8> {
        self.file
    }

    /// Only the frames at `places` of the whole video, the same as they are in it. `None` when no part can begin or end there,
    /// or frames were given out already.
    #[must_use]
    pub fn part(mut self, places: Range<usize>) -> Option<Self> {
        let first = *self.entries.get(&places.start)?;
        let whole = 0..self.schedule.wanted.len();
        if self.part != whole || self.decoded > 0 || places.is_empty() || places.end > whole.end {
            return None;
        }
        self.decoded = first;
        self.given = places.start;
        self.part = places;
        Some(self)
    }

    /// The next frame on the sampling grid, in presentation order; `None` after the last one.
    ///
    /// Damage ends the video: the first error is given, and given again on every later call. Frames before it stand.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, VideoError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let frame = self.advance();
        if let Err(failure) = &frame {
            self.failure = Some(failure.clone());
            self.waiting.clear();
        }
        frame
    }

    fn advance(&mut self) -> Result<Option<Frame>, VideoError> {
        let wanted = self.schedule.wanted.get(self.given);
        let Some(&wanted) = wanted.filter(|_| self.given < self.part.end) else {
            return Ok(None);
        };
        loop {
            if let Some(picture) = self.waiting.remove(&self.given) {
                self.given += 1;
                return Ok(Some(Frame {
                    index: wanted.index,
                    t: wanted.t,
                    picture,
                    rotation: self.info.rotation,
                    mirrored: self.info.mirrored,
                }));
            }
            self.decode_one_sample()?;
        }
    }

    /// Decodes the next sample and keeps its picture when it is wanted.
    fn decode_one_sample(&mut self) -> Result<(), VideoError> {
        let number = self.decoded;
        let Some(sample) = self.track.samples.get(number) else {
            return Err(self.damaged(number, "the picture never came"));
        };
        self.decoded += 1;
        let role = self.roles.get(number).copied().unwrap_or(Role::Dropped);
        let place = self.places.get(&number).copied();
        if !role.is_decoded(place.is_some()) {
            return Ok(());
        }
        let picture = match self.decoder.decode(sample.bytes(&self.file), place.is_some()) {
            Ok(picture) => picture,
            Err(fault) => {
                let place = self.name_of(number);
                return Err(refusal(
                    fault,
                    self.track.container,
                    self.track.config.codec,
                    self.max_pixels,
                    &place,
                ));
            }
        };
        let Some(place) = place else { return Ok(()) };
        match picture {
            Some(picture) if picture.is_whole() => {
                let (from, to) = (self.size, (picture.width, picture.height));
                if from != to {
                    return Err(VideoError::SizeChanges {
                        container: self.track.container,
                        codec: self.track.config.codec,
                        place: self.name_of(number),
                        from,
                        to,
                    });
                }
                self.waiting.insert(place, picture);
                Ok(())
            }
            Some(_) => Err(self.damaged(number, "its picture is smaller than announced")),
            None => Err(self.damaged(number, "it holds no whole picture")),
        }
    }

    fn damaged(&self, number: usize, what: &str) -> VideoError {
        Damage::new(self.name_of(number), what).found_in(self.track.container, Some(self.track.config.codec))
    }

    fn name_of(&self, number: usize) -> String {
        format!("frame {} of {}", number + 1, self.track.samples.len())
    }
}

/// The places before which nothing has to be decoded, with the sample to begin with, which is the last one possible.
fn entries(is_entry: &[bool], schedule: &Schedule) -> BTreeMap<usize, usize> {
    let mut order: Vec<(usize, usize)> = schedule
        .wanted
        .iter()
        .enumerate()
        .map(|(place, wanted)| (wanted.sample, place))
        .collect();
    order.sort_unstable();
    let mut entries = BTreeMap::from([(0, 0)]);
    // `before` samples are decoded before the entry; the latest of them is shown at `latest`.
    let (mut before, mut latest) = (0, None);
    for sample in (0..is_entry.len()).filter(|&sample| is_entry[sample]) {
        while let Some(&(_, place)) = order.get(before).filter(|(decoded, _)| *decoded < sample) {
            before += 1;
            latest = latest.max(Some(place));
        }
        // All of those before it, and no others, are shown before it.
        if before < order.len() && latest.is_some_and(|latest| latest + 1 == before) {
            entries.insert(before, sample);
        }
    }
    entries
}

fn describe(track: &Track, facts: &StreamFacts, schedule: &Schedule) -> VideoInfo {
    let (mut width, mut height) = (facts.width, facts.height);
    if track.orientation.rotation.swaps_sides() {
        (width, height) = (height, width);
    }
    VideoInfo {
        container: track.container,
        codec: track.config.codec,
        width,
        height,
        rotation: track.orientation.rotation,
        mirrored: track.orientation.mirrored,
        duration_s: schedule.duration_s,
        coded_frames: track.samples.len() as u32,
        shown_frames: schedule.shown,
    }
}

/// Refuses a video that is too large or too long, or takes too long to decode: `frames` of it are.
fn check(info: &VideoInfo, facts: &StreamFacts, frames: u32, limits: &Limits) -> Result<(), VideoError> {
    let (container, codec) = (info.container, info.codec);
    let (width, height) = (facts.coded_width, facts.coded_height);
    let pixels = u64::from(width) * u64::from(height);
    if pixels > u64::from(limits.max_pixels) {
        return Err(VideoError::TooManyPixels {
            container,
            codec,
            width,
            height,
            max: limits.max_pixels,
        });
    }
    if info.duration_s > limits.max_duration_s + DURATION_TOLERANCE_S {
        let (seconds, max) = (info.duration_s, limits.max_duration_s);
        return Err(VideoError::TooLong {
            container,
            codec,
            seconds,
            max,
        });
    }
    let work = pixels
        .saturating_mul(u64::from(frames))
        .saturating_mul(codec.relative_cost_percent())
        / 100;
    if work > limits.max_work {
        let times = work as f64 / limits.max_work.max(1) as f64;
        return Err(VideoError::TooMuchWork {
            container,
            codec,
            width,
            height,
            frames,
            times,
        });
    }
    Ok(())
}

fn refusal(fault: Fault, container: Container, codec: Codec, max_pixels: u32, place: &str) -> VideoError {
    match fault {
        Fault::Unsupported(codec) => VideoError::UnsupportedCodec { container, codec },
        Fault::TooManyPixels { width, height } => VideoError::TooManyPixels {
            container,
            codec,
            width,
            height,
            max: max_pixels,
        },
        Fault::Broken(what) => Damage::new(place, what).found_in(container, Some(codec)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(name: &str) -> Vec<u8> {
        let path = format!("{}/tests/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).unwrap()
    }

    #[test]
    fn pictures_that_nothing_leans_on_do_not_count_as_work_where_they_are_not_wanted() {
        for (name, spare) in [
            ("h264_b_frames.mp4", true),
            ("h264_60_hz.mp4", false),
            ("hevc_open_gop.mp4", true),
        ] {
            let video = open(corpus(name), &Limits::default()).unwrap();
            let is_left_out =
                |(number, role): &(usize, &Role)| **role == Role::Spare && !video.places.contains_key(number);
            let left_out = video.roles.iter().enumerate().filter(is_left_out).count();
            assert_eq!(left_out > 0, spare, "{name}: {left_out} of {}", video.roles.len());

            let facts = codec::probe(&video.track, &video.file).unwrap();
            let pixels = u64::from(facts.coded_width) * u64::from(facts.coded_height);
            let work =
                |frames: usize| pixels * frames as u64 * video.info.codec.relative_cost_percent() / 100;
            let needed = video.roles.len() - left_out;
            let fits = |max_work: u64| {
                let limits = Limits {
                    max_work,
                    ..Limits::default()
                };
                open(corpus(name), &limits).is_ok()
            };
            assert!(fits(work(needed)) && !fits(work(needed) - 1), "{name}");
        }
    }
}
