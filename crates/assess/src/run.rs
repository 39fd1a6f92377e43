//! The run over one clip: sample, observe, and at the end assess.

use std::time::{Duration, Instant};

use flow_catalog::TestId;
use flow_landmarks::{Clip, Observation};
use flow_movement::{Assessment, Scorer};
use flow_pose::{Engine, EngineError, LandmarkModel};
use flow_video::{Limits, Video, VideoError, VideoInfo};

use crate::{
    observer::Observer,
    sample::{Sample, SampleSource},
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
    scorer: Scorer,
    info: VideoInfo,
    expected: usize,
    source: S,
    observer: Observer,
    previous: Option<Sample>,
    observations: Vec<Observation>,
    timings: Timings,
}

impl Run<Video> {
    /// Opens a video; nothing is decoded yet.
    pub fn new(video: Vec<u8>, test: TestId, options: &Options) -> Result<Self, Error> {
        let mut decode = Duration::ZERO;
        let video = timed(&mut decode, || flow_video::open(video, &options.limits))?;
        let (info, expected) = (video.info().clone(), video.expected_samples());
        let mut run = Self::over(video, info, expected, test, options);
        run.timings.decode = decode;
        Ok(run)
    }
}

impl<S: SampleSource> Run<S> {
    /// A run over samples that come from elsewhere. `expected` is how many there will be, for progress.
    pub fn over(source: S, info: VideoInfo, expected: usize, test: TestId, options: &Options) -> Self {
        Self {
            observer: Observer::new(test.landmarkers(), options.model),
            scorer: Scorer::for_test(test),
            info,
            expected,
            source,
            previous: None,
            observations: Vec::new(),
            timings: Timings::default(),
        }
    }

    /// What the headers say about the video.
    #[must_use]
    pub const fn info(&self) -> &VideoInfo {
        &self.info
    }

    /// Observes one more frame; `None` when there are no more.
    pub fn step(&mut self, engine: &mut impl Engine) -> Result<Option<Progress>, Error> {
        let Some(sample) = self.source.next_sample()? else {
            return Ok(None);
        };
        self.timings.decode += sample.decoding;
        let observation = self.observe(&sample, engine)?;
        self.observations.push(observation);
        self.previous = Some(sample);
        let done = self.observations.len();
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
        let seen = self
            .observer
            .observe(sample, self.observations.len(), &mut engine)?;
        let change = self
            .previous
            .as_ref()
            .map_or(0.0, |previous| sample.change_from(previous));
        self.timings.inference += inference;
        self.timings.rest += start.elapsed().saturating_sub(inference);
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

    /// Assesses what was observed.
    #[must_use]
    pub fn finish(mut self) -> Assessed {
        let clip = Clip {
            width: self.info.width,
            height: self.info.height,
            duration: self.info.duration_s,
            observations: self.observations,
        };
        let assessment = timed(&mut self.timings.scoring, || self.scorer.assess(&clip));
        Assessed {
            assessment,
            clip,
            info: self.info,
            timings: self.timings,
        }
    }
}
