//! The run over one clip, or a part of one: sample, observe, and at the end assess.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use flow_catalog::TestId;
use flow_landmarks::{Clip, Observation};
use flow_movement::{Assessment, Scorer};
use flow_pose::{Engine, EngineError, LandmarkModel};
use flow_video::{Limits, Video, VideoError, VideoInfo};

use crate::{
    observer::Observer,
    parts::{Observed, Part, cut},
    sample::{Sample, SampleSource, difference},
    timing::{TimedEngine, Timings, timed},
};

/// What may be chosen for a run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Bounds on the video.
    pub limits: Limits,
    /// Which landmark model runs.
    pub model: LandmarkModel,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            model: LandmarkModel::Full,
        }
    }
}

/// Why a clip was not assessed. A clip that fails a quality gate *is* assessed, as invalid.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The video is refused or damaged: the person can act on it.
    #[error(transparent)]
    Video(#[from] VideoError),
    /// Inference failed: a fault of ours.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The decoder gave a picture that is not one: a fault of ours.
    #[error("frame {0} was decoded into a picture without pixels")]
    Picture(u32),
    /// These frames are no part of the clip, or nobody observed it: a fault of ours.
    #[error("the frames {0:?} are no part of the clip that was observed")]
    Part(Range<usize>),
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Frames observed.
    pub done: usize,
    /// Frames there will be, as the headers promise; never below `done`.
    pub total: usize,
}

/// What a finished run gives.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// Gates, and the result if they passed.
    pub assessment: Assessment,
    /// The landmarks it was made from.
    pub clip: Clip,
    /// What the video was.
    pub info: VideoInfo,
    /// Where the time went.
    pub timings: Timings,
}

/// An assessment in the making.
pub struct Run<S = Video> {
    test: TestId,
    info: VideoInfo,
    expected: usize,
    source: S,
    observer: Observer,
    /// Place of the next sample in the clip.
    next: usize,
    /// Place of the first one whose observation counts.
    first: usize,
    /// The thumbnail of the sample before.
    previous: Option<Vec<u8>>,
    observed: Observed,
}

impl Run<Video> {
    /// Opens a video; nothing is decoded yet.
    pub fn new(video: Vec<u8>, test: TestId, options: &Options) -> Result<Self, Error> {
        let mut decode = Duration::ZERO;
        let video = timed(&mut decode, || flow_video::open(video, &options.limits))?;
        let (info, expected) = (video.info().clone(), video.expected_samples());
        let mut run = Self::over(video, info, expected, test, options);
        run.observed.timings.decode = decode;
        Ok(run)
    }

    /// How the clip is cut. One part for short clips and those without key frames in the middle.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        cut(self.source.expected_samples(), self.source.entries())
    }

    /// Only `part` of the clip. Nothing may have been observed yet.
    pub fn part(self, part: &Part) -> Result<Self, Error> {
        let no_part = || Error::Part(part.frames.clone());
        let decoded = part.entry..part.frames.end;
        if !decoded.contains(&part.frames.start) {
            return Err(no_part());
        }
        let source = self.source.part(decoded).ok_or_else(no_part)?;
        Ok(Self { source, ..self }.observing(part))
    }

    /// Ends with what was observed, and gives the video back.
    #[must_use]
    pub fn into_parts(self) -> (Observed, Vec<u8>) {
        (self.observed, self.source.into_file())
    }
}

impl<S: SampleSource> Run<S> {
    /// A run over samples that come from elsewhere. `expected` is how many there will be, for progress.
    pub fn over(source: S, info: VideoInfo, expected: usize, test: TestId, options: &Options) -> Self {
        Self {
            observer: Observer::new(test.landmarkers(), options.model),
            test,
            info,
            expected,
            source,
            next: 0,
            first: 0,
            previous: None,
            observed: Observed::default(),
        }
    }

    /// The same when the source gives a part of the clip, from its entry on.
    #[must_use]
    pub fn observing(self, part: &Part) -> Self {
        Self {
            expected: part.frames.len(),
            next: part.entry,
            first: part.frames.start,
            ..self
        }
    }

    /// What the headers say about the video.
    #[must_use]
    pub const fn info(&self) -> &VideoInfo {
        &self.info
    }

    /// Observes one more frame, which may be one that does not count yet; `None` when there are no more.
    pub fn step(&mut self, engine: &mut impl Engine) -> Result<Option<Progress>, Error> {
        let Some(sample) = self.source.next_sample()? else {
            return Ok(None);
        };
        self.observed.timings.decode += sample.decoding;
        let observation = self.observe(&sample, engine)?;
        if self.next >= self.first {
            self.observed.observations.push(observation);
        }
        self.next += 1;
        self.previous = Some(sample.thumbnail);
        let done = self.observed.observations.len();
        Ok(Some(Progress {
            done,
            total: self.expected.max(done),
        }))
    }

    fn observe(&mut self, sample: &Sample, engine: &mut impl Engine) -> Result<Observation, Error> {
        let start = Instant::now();
        let mut inference = Duration::ZERO;
        let mut engine = TimedEngine {
            engine,
            spent: &mut inference,
        };
        let seen = self.observer.observe(sample, self.next, &mut engine)?;
        let previous = self.previous.as_ref();
        let change = previous.map_or(0.0, |previous| difference(&sample.thumbnail, previous));
        let timings = &mut self.observed.timings;
        timings.inference += inference;
        timings.rest += start.elapsed().saturating_sub(inference);
        Ok(Observation {
            frame: sample.frame,
            t: sample.t,
            pose: seen.pose,
            face: seen.face,
            people: seen.people,
            brightness: sample.brightness,
            change,
        })
    }

    /// Ends with what was observed of a part.
    #[must_use]
    pub fn into_observed(self) -> Observed {
        self.observed
    }

    /// Assesses what was observed.
    #[must_use]
    pub fn finish(self) -> Assessed {
        assess(self.test, self.info, self.observed)
    }
}

/// Assesses what was observed in a whole clip.
#[must_use]
pub fn assess(test: TestId, info: VideoInfo, observed: Observed) -> Assessed {
    let clip = Clip {
        width: info.width,
        height: info.height,
        duration: info.duration_s,
        observations: observed.observations,
    };
    let mut timings = observed.timings;
    let assessment = timed(&mut timings.scoring, || Scorer::for_test(test).assess(&clip));
    Assessed {
        assessment,
        clip,
        info,
        timings,
    }
}
