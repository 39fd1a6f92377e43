//! What was observed in a clip: one entry for each sampled frame.

use serde::{Deserialize, Serialize};

use crate::{Face, Pose};

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
    /// The face of the tracked person, if the test asks for it and one was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face: Option<Face>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;

    /// An observation as it was stored before there were faces.
    const WITHOUT_FACE: &str =
        r#"{"frame":3,"t":0.1,"pose":null,"people":1,"brightness":100.0,"change":2.0}"#;

    #[test]
    fn observations_without_a_face_are_read_and_written_as_before() {
        let observation: Observation = serde_json::from_str(WITHOUT_FACE).unwrap();
        assert_eq!(observation.face, None);
        assert_eq!(serde_json::to_string(&observation).unwrap(), WITHOUT_FACE);
    }

    #[test]
    fn a_face_is_kept() {
        let mut observation: Observation = serde_json::from_str(WITHOUT_FACE).unwrap();
        observation.face = Some(Face {
            presence: 0.75,
            pitch_deg: -30.5,
            yaw_deg: 12.25,
            roll_deg: 1.0,
            nasion: Place { x: 0.5, y: 0.25 },
            chin: Place { x: 0.5, y: 0.375 },
            left_tragion: Place { x: 0.625, y: 0.25 },
            right_tragion: Place { x: 0.375, y: 0.25 },
        });
        let text = serde_json::to_string(&observation).unwrap();
        assert_eq!(serde_json::from_str::<Observation>(&text).unwrap(), observation);
    }
}
