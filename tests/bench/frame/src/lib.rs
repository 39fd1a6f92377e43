//! What a frame costs between the decoder and the landmarks, without the models: an ordinary run over frames that are there
//! already, with an engine that answers at once.

mod film;
mod script;

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

use flow_assess::{Error, Options, Run};
use flow_catalog::TestId;
use serde::{Deserialize, Serialize};

use crate::{film::Film, script::Script};

/// Width and height of the frames that are measured.
pub const SIZES: [(usize, usize); 2] = [(480, 640), (720, 1280)];

/// Frames of every run: people are counted in five of them.
const FRAMES: u32 = 150;

/// Median milliseconds a frame.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Figures {
    /// Width of the frame in pixels.
    pub width: usize,
    /// Height of the frame in pixels.
    pub height: usize,
    /// What a sample is made of: brightness and thumbnail.
    pub sample_ms: f64,
    /// The landmark model's input: colour conversion, crop with rotation, resize.
    pub crop_ms: f64,
    /// The landmark model's outputs: landmarks, heatmap refinement, the next region.
    pub landmarks_ms: f64,
    /// All of it.
    pub whole_ms: f64,
    /// All of it in tests that ask for the face as well.
    pub whole_with_face_ms: f64,
    /// All of it in a frame in which people are counted, one in thirty.
    pub whole_with_count_ms: f64,
}

/// Measures one size.
pub fn measure(width: usize, height: usize) -> Result<Figures, Error> {
    let frames = observe(width, height, TestId::OverheadSquat)?;
    let with_face = observe(width, height, TestId::NeckFlexionExtension)?;
    let ordinary = |frame: &&Spent| !frame.counted;
    let median = |part: fn(&Spent) -> Duration| milliseconds(frames.iter().filter(ordinary).map(part));
    Ok(Figures {
        width,
        height,
        sample_ms: median(|frame| frame.sample),
        crop_ms: median(|frame| frame.crop),
        landmarks_ms: median(|frame| frame.landmarks),
        whole_ms: median(Spent::whole),
        whole_with_face_ms: milliseconds(with_face.iter().filter(ordinary).map(Spent::whole)),
        whole_with_count_ms: milliseconds(frames.iter().filter(|frame| frame.counted).map(Spent::whole)),
    })
}

/// Where the time of one frame went.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    sample: Duration,
    /// Before a model runs.
    crop: Duration,
    /// After the last model.
    landmarks: Duration,
    /// Whether people were counted, or looked for: then `crop` is not of one model.
    counted: bool,
}

impl Spent {
    fn whole(&self) -> Duration {
        self.sample + self.crop + self.landmarks
    }
}

/// The clock that source and engine share.
#[derive(Debug)]
struct Clock {
    spent: Spent,
    /// When the last part ended.
    mark: Instant,
}

type SharedClock = Rc<RefCell<Clock>>;

fn observe(width: usize, height: usize, test: TestId) -> Result<Vec<Spent>, Error> {
    let clock = Rc::new(RefCell::new(Clock {
        spent: Spent::default(),
        mark: Instant::now(),
    }));
    let film = Film::new(width, height, FRAMES, clock.clone());
    let info = film.info();
    let mut engine = Script::new(clock.clone());
    let mut run = Run::over(film, info, FRAMES as usize, test, &Options::default());
    let mut frames = Vec::new();
    while run.step(&mut engine)?.is_some() {
        let mut clock = clock.borrow_mut();
        clock.spent.landmarks = clock.mark.elapsed();
        frames.push(std::mem::take(&mut clock.spent));
    }
    Ok(frames)
}

/// The median in milliseconds; 0 of nothing.
fn milliseconds(times: impl Iterator<Item = Duration>) -> f64 {
    let mut times: Vec<_> = times.collect();
    times.sort();
    times
        .get(times.len() / 2)
        .map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
