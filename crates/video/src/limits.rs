//! How much video is accepted.

/// Bounds checked from the headers, before anything is decoded or allocated for decoding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Largest file in bytes. G5: 50 MB.
    pub max_bytes: usize,
    /// Longest presentation in seconds. G5: 45 s; half a second more is tolerated, because recorders stop late.
    pub max_duration_s: f64,
    /// Largest coded picture in pixels.
    pub max_pixels: u32,
    /// Most coded pictures.
    pub max_coded_frames: u32,
    /// Most frames given out. V1: 450.
    pub max_samples: usize,
    /// Frames given out per second of presentation. V1: 10.
    pub sample_hz: f64,
    /// Most coded pixels x frames to decode, weighed by [`Codec::relative_cost_percent`](crate::Codec::relative_cost_percent):
    /// what an H.264 decoder can do in the time the caller has.
    pub max_work: u64,
}

/// Recorders stop a little after they are told to.
pub(crate) const DURATION_TOLERANCE_S: f64 = 0.5;

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 50_000_000,
            max_duration_s: 45.0,
            // 1920 x 1088 in either orientation fits, and so does a 1440 x 1440 square.
            max_pixels: 1920 * 1152,
            // 45.5 s at 120 frames per second.
            max_coded_frames: 5_460,
            max_samples: 450,
            sample_hz: 10.0,
            // 45.5 s of H.264 at 1920 x 1088 and 30 frames per second.
            max_work: 1920 * 1088 * 30 * 91 / 2,
        }
    }
}
