//! What a motion says about the body at one moment: where the person stands and how each joint is held.
//!
//! Person frame: origin on the floor where the person stands, x to the person's left, y up, z ahead. Metres, degrees.

use glam::{Quat, Vec3};

use crate::body::Body;

/// Index of the person's left in arrays of two.
pub const LEFT: usize = 0;
/// Index of the person's right in arrays of two.
pub const RIGHT: usize = 1;

/// +1 for the left side, -1 for the right: the sign of x.
#[must_use]
pub fn outward(side: usize) -> f32 {
    if side == LEFT { 1.0 } else { -1.0 }
}

/// A foot: where it is and how it is turned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foot {
    /// The malleolus, in the person frame.
    pub ankle: Vec3,
    /// Toes turned out from straight ahead, degrees.
    pub toe_out: f32,
    /// Heel raised over the toes, degrees; negative lifts the toes.
    pub pitch: f32,
    /// Toes bent up against the sole, degrees: what keeps them on the floor when the heel rises.
    pub toe_bend: f32,
    /// Leg and foot lying on a side: turned about straight ahead, as `pelvis_list` turns the pelvis, degrees.
    pub roll: f32,
}

impl Foot {
    /// A foot on the floor with the ankle over `(x, z)` when flat, its heel raised by `heel` metres about the ball.
    #[must_use]
    pub fn planted(body: &Body, side: usize, at: (f32, f32), toe_out: f32, heel: f32) -> Self {
        let length = body.ball_ahead() + body.heel_behind();
        let pitch = (heel / length).clamp(0.0, 0.9).asin();
        let turn = Quat::from_rotation_y(outward(side) * toe_out.to_radians());
        let ball = Vec3::new(at.0, 0.0, at.1) + turn * Vec3::Z * body.ball_ahead();
        let from_ball = Vec3::new(0.0, body.ankle_height, -body.ball_ahead());
        Self {
            ankle: ball + turn * (Quat::from_rotation_x(pitch) * from_ball),
            toe_out,
            pitch: pitch.to_degrees(),
            toe_bend: pitch.to_degrees(),
            roll: 0.0,
        }
    }

    /// A foot in the air.
    #[must_use]
    pub const fn free(ankle: Vec3, toe_out: f32, pitch: f32) -> Self {
        Self {
            ankle,
            toe_out,
            pitch,
            toe_bend: 0.0,
            roll: 0.0,
        }
    }

    /// Rotation of the foot in the person frame.
    #[must_use]
    pub fn rotation(&self, side: usize) -> Quat {
        Quat::from_rotation_y(outward(side) * self.toe_out.to_radians())
            * Quat::from_rotation_z(self.roll.to_radians())
            * Quat::from_rotation_x(self.pitch.to_radians())
    }
}

/// Where a knee points when hip and ankle are given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Knee {
    /// As near as possible to this direction.
    Toward(Vec3),
    /// At this sideways position in the person frame, metres (x), bending forward.
    AtX(f32),
}

/// An arm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arm {
    /// Joint angles in degrees: flexion 0 hangs, 90 points ahead, 180 up; `out` opens it sideways.
    Angles {
        /// Forward elevation against the trunk.
        flexion: f32,
        /// Sideways opening.
        out: f32,
        /// Bend of the elbow.
        elbow: f32,
    },
    /// The hand rests on the hip of its side.
    OnHip,
    /// The hand is at a place, on the floor or in the air.
    To {
        /// The wrist, in the person frame.
        wrist: Vec3,
        /// Direction of the fingers, the palm down, in the person frame.
        fingers: Vec3,
        /// Where the elbow points when the arm bends, in the person frame.
        elbow: Vec3,
    },
    /// Directions of the bones against the thorax: x to the person's left, y up, z ahead.
    Pointed {
        /// From shoulder to elbow.
        upper: Vec3,
        /// From elbow to wrist.
        fore: Vec3,
        /// How far the shoulder is drawn up to the ear on top of what the raised arm does, metres.
        shrug: f32,
    },
}

/// Everything that decides where the joints are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posture {
    /// Where the person frame stands in the room, `(x, z)` in metres.
    pub place: (f32, f32),
    /// Turn of the person frame about the vertical, degrees; 0 faces the camera's side of the room (+z), positive turns
    /// the person to their left.
    pub heading: f32,
    /// Middle of the hips in the person frame.
    pub pelvis: Vec3,
    /// Pelvis pitched forward, degrees.
    pub pelvis_pitch: f32,
    /// Pelvis dropped on the right, degrees.
    pub pelvis_list: f32,
    /// Pelvis and thorax turned to the person's left about the length of the trunk, degrees.
    pub pelvis_roll: f32,
    /// Pelvis turned to the person's left against the person frame, degrees.
    pub pelvis_turn: f32,
    /// Thorax pitched forward from the vertical, degrees.
    pub lean: f32,
    /// Thorax leaning to the person's left, degrees.
    pub side_lean: f32,
    /// Thorax turned to the person's left against the person frame, degrees.
    pub twist: f32,
    /// Head pitched forward from the vertical, degrees.
    pub head_pitch: f32,
    /// Head turned to the person's left, degrees.
    pub head_turn: f32,
    /// Head drawn straight back over the trunk from where it rests on the neck, metres; negative is ahead.
    pub head_back: f32,
    /// Chest expansion by breath, -1..1.
    pub breath: f32,
    /// Left and right.
    pub feet: [Foot; 2],
    /// Left and right.
    pub knees: [Knee; 2],
    /// Left and right.
    pub arms: [Arm; 2],
}

impl Posture {
    /// Standing with feet `stance` metres apart, arms at the sides.
    #[must_use]
    pub fn standing(body: &Body, stance: f32) -> Self {
        let foot = |side| Foot::planted(body, side, (outward(side) * stance / 2.0, 0.0), 10.0, 0.0);
        let spread = (stance - body.hip_width) / 2.0;
        // Knees stay unlocked by a few degrees.
        let reach = 0.9985 * body.leg();
        Self {
            place: (0.0, 0.0),
            heading: 0.0,
            pelvis: Vec3::new(
                0.0,
                body.ankle_height + (reach * reach - spread * spread).sqrt(),
                0.02,
            ),
            pelvis_pitch: 2.0,
            pelvis_list: 0.0,
            pelvis_roll: 0.0,
            pelvis_turn: 0.0,
            lean: 0.0,
            side_lean: 0.0,
            twist: 0.0,
            head_pitch: 3.0,
            head_turn: 0.0,
            head_back: 0.0,
            breath: 0.0,
            feet: [foot(LEFT), foot(RIGHT)],
            knees: [0, 1].map(|side| Knee::Toward(Vec3::new(0.15 * outward(side), 0.0, 1.0))),
            arms: [Arm::Angles {
                flexion: 4.0,
                out: 9.0,
                elbow: 12.0,
            }; 2],
        }
    }
}
