//! A decoded frame, reduced to what inference and the gates need of it.

use std::time::{Duration, Instant};

use flow_video::{Frame, Video, VideoError};

/// Side of the luma thumbnail by which consecutive frames are compared, in pixels: coarse enough that sensor noise
/// averages out, fine enough that a moving hand shows.
const THUMBNAIL_SIDE: usize = 32;

/// One sampled frame.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Index of the frame in the clip, in order of presentation, before sampling.
    pub frame: u32,
    /// Presentation time in seconds from the start of the clip.
    pub t: f64,
    /// The frame as decoded: colours are converted where they are read.
    pub image: Frame,
    /// Mean luma, 0..255.
    pub brightness: f32,
    /// Luma, shrunk to a square of 32 x 32 pixels.
    pub thumbnail: Vec<u8>,
    /// What it took to decode and measure it, and whatever had to be decoded before it.
    pub decoding: Duration,
}

impl Sample {
    /// Measures a frame that took `decoding` to decode.
    #[must_use]
    pub fn from_frame(frame: Frame, decoding: Duration) -> Self {
        let start = Instant::now();
        Self {
            frame: frame.index,
            t: frame.t,
            brightness: frame.mean_luma(),
            thumbnail: frame.luma_thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE),
            decoding: decoding + start.elapsed(),
            image: frame,
        }
    }
}

/// Mean absolute difference of two thumbnails, 0..255.
pub(crate) fn difference(a: &[u8], b: &[u8]) -> f32 {
    let sum: u32 = a.iter().zip(b).map(|(&a, &b)| u32::from(a.abs_diff(b))).sum();
    sum as f32 / a.len().max(1) as f32
}

/// Where samples come from: a [`Video`], or something that decodes one elsewhere, such as a thread.
pub trait SampleSource {
    /// The next sample in order of presentation, or `None` at the end of the clip.
    fn next_sample(&mut self) -> Result<Option<Sample>, VideoError>;
}

impl SampleSource for Video {
    fn next_sample(&mut self) -> Result<Option<Sample>, VideoError> {
        let start = Instant::now();
        let frame = self.next_frame()?;
        Ok(frame.map(|frame| Sample::from_frame(frame, start.elapsed())))
    }
}
