//! Frames as a decoder gives them, without a decoder.

use std::time::{Duration, Instant};

use flow_assess::{Sample, SampleSource};
use flow_video::{Codec, Container, Frame, Matrix, Picture, Plane, Range, Rotation, VideoError, VideoInfo};

use crate::SharedClock;

/// One picture with edges and colours, again and again.
#[derive(Debug)]
pub struct Film {
    frame: Frame,
    frames: u32,
    clock: SharedClock,
}

impl Film {
    /// `frames` frames of `width` by `height` pixels.
    pub fn new(width: usize, height: usize, frames: u32, clock: SharedClock) -> Self {
        let picture = Picture {
            width,
            height,
            y: plane(width, height, 7919),
            u: plane(width.div_ceil(2), height.div_ceil(2), 104_729),
            v: plane(width.div_ceil(2), height.div_ceil(2), 1_299_709),
            matrix: Matrix::Bt709,
            range: Range::Limited,
        };
        let frame = Frame {
            index: 0,
            t: 0.0,
            picture,
            rotation: Rotation::None,
            mirrored: false,
        };
        Self { frame, frames, clock }
    }

    /// What a video of these frames would say of itself.
    pub fn info(&self) -> VideoInfo {
        VideoInfo {
            container: Container::Mp4,
            codec: Codec::H264,
            width: self.frame.picture.width as u32,
            height: self.frame.picture.height as u32,
            rotation: Rotation::None,
            mirrored: false,
            duration_s: f64::from(self.frames) / 10.0,
            coded_frames: self.frames,
            shown_frames: self.frames,
        }
    }
}

/// A plane of values 16 to 235. The time hardly depends on them.
fn plane(width: usize, height: usize, step: u64) -> Plane {
    Plane {
        data: (0..(width * height) as u64)
            .map(|index| 16 + (index * step % 220) as u8)
            .collect(),
        stride: width,
    }
}

impl SampleSource for Film {
    fn next_sample(&mut self) -> Result<Option<Sample>, VideoError> {
        if self.frame.index == self.frames {
            return Ok(None);
        }
        let frame = self.frame.clone();
        self.frame.index += 1;
        self.frame.t += 0.1;
        let start = Instant::now();
        let sample = Sample::from_frame(frame, Duration::ZERO);
        let mut clock = self.clock.borrow_mut();
        clock.spent.sample = start.elapsed();
        clock.mark = Instant::now();
        Ok(Some(sample))
    }
}
