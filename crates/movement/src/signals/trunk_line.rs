//! Arms and legs against the line of the trunk, for bodies on the floor seen from the side.

use flow_landmarks::{Landmark, Side};

use super::{Frame, angles::middle};
use crate::{
    geometry::{Vector, between_deg},
    track::{Body, hip, knee, shoulder, wrist},
};

/// How far a thigh turns away from the line of the trunk, degrees: 0 when shoulders, hips and knee are in line, positive
/// toward the front of the body (hip flexion), negative toward its back. From the middles of shoulders and hips: the far
/// hip alone is seen up to 6 degrees worse (rendered people on hands and knees).
#[must_use]
pub fn thigh_off_trunk_deg(frame: &Frame, side: Side) -> f64 {
    let body = &frame.body;
    let hips = middle(body, hip, Body::image);
    toward_front_deg(
        frame,
        hips - middle(body, shoulder, Body::image),
        body.image(knee(side)) - hips,
    )
}

/// The same from the hip of the leg's own side: coarser, but it does not change with the leg's depth when the body is seen
/// half from the front, where kneeling thighs would else look lifted (real bird dogs, 40 degrees off side-on).
#[must_use]
pub fn thigh_at_hip_deg(frame: &Frame, side: Side) -> f64 {
    let body = &frame.body;
    let trunk = middle(body, hip, Body::image) - middle(body, shoulder, Body::image);
    toward_front_deg(frame, trunk, body.image(knee(side)) - body.image(hip(side)))
}

/// How far an arm turns away from the line of the trunk, degrees: 0 when it points past the head in line with the trunk,
/// positive toward the front of the body, negative toward its back.
#[must_use]
pub fn arm_off_trunk_deg(frame: &Frame, side: Side) -> f64 {
    let body = &frame.body;
    let at = |part: fn(Side) -> Landmark| body.image(part(side));
    let trunk = middle(body, shoulder, Body::image) - middle(body, hip, Body::image);
    toward_front_deg(frame, trunk, at(wrist) - at(shoulder))
}

/// The angle from one line to another in the picture, positive when the second is turned toward the front of the body.
fn toward_front_deg(frame: &Frame, line: Vector, limb: Vector) -> f64 {
    // The front of a body seen side-on: a quarter turn from the trunk, on the side it faces when it stands.
    let trunk = middle(&frame.body, shoulder, Body::image) - middle(&frame.body, hip, Body::image);
    let front = Vector::flat(-trunk.y, trunk.x) * frame.facing;
    between_deg(line, limb).copysign(limb.dot(front))
}

#[cfg(test)]
mod tests {
    use flow_landmarks::{Clip, Landmarks, Observation, Point, Pose, WorldPoint};

    use super::*;
    use crate::signals::Signals;

    /// Shoulders, hips, knees and wrists in the picture, the right side nearer to the camera; `head` is 1 when it points to
    /// the picture's right.
    fn frame(knee_at: (f32, f32), wrist_at: (f32, f32), head: f32) -> Frame {
        let mut pose = Pose {
            image: Landmarks(
                [Point {
                    visibility: 1.0,
                    ..Point::default()
                }; Landmark::COUNT],
            ),
            world: Landmarks([WorldPoint::default(); Landmark::COUNT]),
        };
        for side in Side::BOTH {
            let mut set = |landmark: Landmark, (x, y): (f32, f32)| {
                pose.image[landmark].x = 0.5 + head * x;
                pose.image[landmark].y = y;
            };
            set(shoulder(side), (0.2, 0.5));
            set(hip(side), (0.0, 0.5));
            set(knee(side), knee_at);
            set(wrist(side), wrist_at);
            let near = if head > 0.0 { Side::Right } else { Side::Left };
            let depth = if side == near { -0.1 } else { 0.1 };
            pose.world[shoulder(side)].z = depth;
            pose.world[hip(side)].z = depth;
        }
        let observation = Observation {
            frame: 0,
            t: 0.0,
            pose: Some(pose),
            face: None,
            people: None,
            brightness: 120.0,
            change: 1.0,
        };
        let clip = Clip {
            width: 100,
            height: 100,
            duration: 0.1,
            observations: vec![observation],
        };
        Signals::new(&clip).frames.swap_remove(0).expect("a body")
    }

    #[test]
    fn limbs_in_line_with_the_trunk_are_at_nought_and_those_in_front_of_it_positive_either_way_round() {
        for head in [1.0, -1.0] {
            for (knee_at, wrist_at, thigh, arm) in [
                ((-0.2, 0.5), (0.4, 0.5), 0.0, 0.0),
                ((-0.2, 0.6), (0.4, 0.6), 26.57, 26.57),
                ((-0.2, 0.4), (0.4, 0.4), -26.57, -26.57),
                ((0.0, 0.7), (0.2, 0.7), 90.0, 90.0),
            ] {
                let frame = frame(knee_at, wrist_at, head);
                for side in Side::BOTH {
                    let found = (thigh_off_trunk_deg(&frame, side), arm_off_trunk_deg(&frame, side));
                    assert!(
                        (found.0 - thigh).abs() < 0.01 && (found.1 - arm).abs() < 0.01,
                        "{found:?} for {thigh} {arm}"
                    );
                }
            }
        }
    }
}
