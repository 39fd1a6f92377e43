//! Decodes on a thread of its own, so that the next frame is ready when inference is.

use anyhow::{Context, Result};
use flow_assess::{Sample, SampleSource};
use flow_video::{Video, VideoError};
use std::sync::mpsc::{Receiver, sync_channel};

/// Frames decoded ahead. Each is up to 3 MB of pixels; more than a few only cost memory.
const AHEAD: usize = 4;

/// The frames of a video, decoded elsewhere.
#[derive(Debug)]
pub struct DecodingThread(Receiver<Result<Sample, VideoError>>);

impl DecodingThread {
    /// Starts decoding. The thread ends at the end of the clip, at the first error, or when this is dropped.
    pub fn start(mut video: Video) -> Result<Self> {
        let (sender, receiver) = sync_channel(AHEAD);
        std::thread::Builder::new()
            .name("decode".to_owned())
            .spawn(move || {
                loop {
                    let sample = match video.next_sample() {
                        Ok(Some(sample)) => Ok(sample),
                        Ok(None) => break,
                        Err(error) => Err(error),
                    };
                    let failed = sample.is_err();
                    if sender.send(sample).is_err() || failed {
                        break;
                    }
                }
            })
            .context("cannot start a thread")?;
        Ok(Self(receiver))
    }
}

impl SampleSource for DecodingThread {
    fn next_sample(&mut self) -> Result<Option<Sample>, VideoError> {
        self.0.recv().ok().transpose()
    }
}
