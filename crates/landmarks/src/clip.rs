//! What was observed in a clip: one entry for each sampled frame.

use serde::{Deserialize, Serialize};

use crate::Pose;

/// What was seen in one sampled frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Observation {
    /// Index of the frame in the clip, in order of presentation, before sampling.
    pub frame: u32,
    /// Presentation time in seconds from the start of the clip.
    pub t: f64,
    /// The tracked person, if one was found.
    pub pose: Option<Pose>,
    /// How many people the detector saw, in the frames where it looked for all of them.
    pub people: Option<u8>,
    /// Mean luma of the picture, 0 (black) to 255 (white).
    pub brightness: f32,
    /// Mean absolute luma difference to the previous sampled frame, 0..255; 0 in the first frame.
    pub change: f32,
}

/// Everything observed in a clip, in order of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Clip {
    /// Width of the upright picture in pixels.
    pub width: u32,
    /// Height of the upright picture in pixels.
    pub height: u32,
    /// Length of the video in seconds, from the first frame to the end of the last.
    pub duration: f64,
    /// The sampled frames, in order of time.
    pub observations: Vec<Observation>,
}

impl Clip {
    /// Width over height of the upright picture. Normalized x must be multiplied by it before it is compared with
    /// normalized y.
    #[must_use]
    pub fn aspect(&self) -> f32 {
        self.width as f32 / self.height.max(1) as f32
    }
}
