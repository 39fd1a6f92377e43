//! What is kept of a face's mesh: which way the head points, and where a few of its points are.

use serde::{Deserialize, Serialize};

/// A head as Face Mesh reads it from one frame.
///
/// The angles are those by which the upright head that looks into the camera is turned: first `pitch_deg` about its own
/// line from ear to ear, then `roll_deg` about the line to the camera, then `yaw_deg` about the vertical of the picture.
/// Pitch is therefore the nod of the head whichever way the face is turned, and may exceed 90 degrees. The camera is
/// taken to be far away and to look straight at the head: seen from above by 10 degrees a level head has a pitch of
/// 10 degrees.
///
/// The mesh turns by less than the head does, and what is level differs from face to face: use changes, and see
/// `docs/face-mesh.md` for how far they reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Face {
    /// Probability 0.5..1 that a face is where the mesh was laid.
    pub presence: f32,
    /// Face down is positive, face up negative; -180..180.
    pub pitch_deg: f32,
    /// Turned to the person's own left, the picture's right, is positive; -180..180.
    pub yaw_deg: f32,
    /// Tilted to the person's own right shoulder, the picture's left, is positive; -90..90.
    pub roll_deg: f32,
    /// Where the nose's bridge meets the forehead.
    pub nasion: Place,
    /// The lowest point of the chin.
    pub chin: Place,
    /// Just ahead of the person's left ear. The mesh guesses where the ear is that is turned away.
    pub left_tragion: Place,
    /// Just ahead of the person's right ear.
    pub right_tragion: Place,
}

/// A place in the picture: x over its width, y over its height, as in [`Point`](crate::Point).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the axes are described on the type")]
pub struct Place {
    pub x: f32,
    pub y: f32,
}

impl Place {
    const fn mirrored(self) -> Self {
        Self {
            x: 1.0 - self.x,
            y: self.y,
        }
    }
}

impl Face {
    /// The face as a mirror would show it: x is reflected, the sides change names, the head turns and tilts the other way.
    #[must_use]
    pub const fn mirrored(&self) -> Self {
        Self {
            presence: self.presence,
            pitch_deg: self.pitch_deg,
            yaw_deg: -self.yaw_deg,
            roll_deg: -self.roll_deg,
            nasion: self.nasion.mirrored(),
            chin: self.chin.mirrored(),
            left_tragion: self.right_tragion.mirrored(),
            right_tragion: self.left_tragion.mirrored(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face {
        presence: 0.9,
        pitch_deg: 20.0,
        yaw_deg: 35.0,
        roll_deg: -5.0,
        nasion: Place { x: 0.5, y: 0.25 },
        chin: Place { x: 0.5, y: 0.5 },
        left_tragion: Place { x: 0.625, y: 0.25 },
        right_tragion: Place { x: 0.25, y: 0.25 },
    };

    #[test]
    fn a_mirror_turns_the_head_the_other_way_and_exchanges_the_ears() {
        let seen = FACE.mirrored();
        assert_eq!((seen.pitch_deg, seen.yaw_deg, seen.roll_deg), (20.0, -35.0, 5.0));
        assert_eq!(seen.left_tragion, Place { x: 0.75, y: 0.25 });
        assert_eq!(seen.mirrored(), FACE);
    }
}
