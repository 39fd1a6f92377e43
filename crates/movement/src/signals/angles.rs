//! The signals of one body; the definitions are in the module above.

use flow_landmarks::{Landmark, Side};

use super::{
    Frame, Scale, Sides,
    view::{Turn, turn},
};
use crate::{
    geometry::{Vector, at_deg, between_deg, flexion_deg, from_vertical_deg},
    track::{Body, Sample, ankle, elbow, heel, hip, knee, shoulder, toe, wrist},
};

/// Mid-hip to mid-shoulder in the picture.
pub(super) fn torso_image(body: &Body) -> Vector {
    middle(body, shoulder, Body::image) - middle(body, hip, Body::image)
}

/// The middle of a left and right landmark.
pub(super) fn middle(body: &Body, pair: fn(Side) -> Landmark, at: fn(&Body, Landmark) -> Vector) -> Vector {
    at(body, pair(Side::Left)).middle(at(body, pair(Side::Right)))
}

/// 0 below `low`, 1 above `high`, linear between; 0 for what is not a number.
fn fade(value: f64, low: f64, high: f64) -> f64 {
    let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
    if share.is_nan() { 0.0 } else { share }
}

/// `a` where `share` is 0, `b` where it is 1; the other one where one is not a number.
fn blend(a: f64, b: f64, share: f64) -> f64 {
    match (a.is_nan(), b.is_nan()) {
        (true, _) => b,
        (_, true) => a,
        _ => a + (b - a) * share,
    }
}

/// Where the joint of a shoulder is in the picture of a body seen side-on.
///
/// MediaPipe's shoulder goes along with an upper arm that is raised to the front: across the trunk by 0.02 torso lengths
/// hanging, 0.04 to 0.08 between 20 and 110 degrees, 0.03 at 130 and less than 0.02 from 150 on; standing, in planks and on
/// hands and knees alike (rendered people, three bodies). A tenth of the way that the upper arm points across the trunk is
/// taken back, less from 110 degrees on.
fn shoulder_joint(body: &Body, side: Side) -> Vector {
    let (landmark, elbow, hip) = (
        body.image(shoulder(side)),
        body.image(elbow(side)),
        body.image(hip(side)),
    );
    let (trunk, arm) = (landmark - hip, elbow - landmark);
    let across = arm - trunk * (arm.dot(trunk) / trunk.dot(trunk));
    let low = 1.0 - fade(at_deg(elbow, landmark, hip), 110.0, 150.0);
    landmark - across * (0.1 * low)
}

/// How much higher than the toe a landmark of the foot is in the picture, frame heights.
fn over_toe(body: &Body, landmark: Landmark, side: Side) -> f64 {
    body.image(toe(side)).y - body.image(landmark).y
}

/// The signals of a sample with its `body`.
pub(super) fn frame(sample: &Sample, body: &Body, scale: Scale) -> Frame {
    let turn = turn(body);
    let side_on = fade(turn.view_deg.min(180.0 - turn.view_deg), 45.0, 65.0);
    let sagittal = |angle: &dyn Fn(fn(&Body, Landmark) -> Vector) -> f64| {
        blend(angle(Body::world), angle(Body::image), side_on)
    };
    let frontal = FrontalPlane::new(body, &turn, turned(&turn));

    Frame {
        t: sample.t,
        observation: sample.observation,
        view_deg: turn.view_deg,
        near: turn.near,
        facing: turn.facing,
        knee_flexion_deg: Sides::of(|side| {
            sagittal(&|at| flexion_deg(at(body, hip(side)), at(body, knee(side)), at(body, ankle(side))))
        }),
        hip_flexion_deg: Sides::of(|side| {
            blend(
                flexion_deg(
                    body.world(shoulder(side)),
                    body.world(hip(side)),
                    body.world(knee(side)),
                ),
                flexion_deg(
                    shoulder_joint(body, side),
                    body.image(hip(side)),
                    body.image(knee(side)),
                ),
                side_on,
            )
        }),
        shoulder_flexion_deg: Sides::of(|side| {
            blend(
                at_deg(
                    body.world(elbow(side)),
                    body.world(shoulder(side)),
                    body.world(hip(side)),
                ),
                at_deg(
                    body.image(elbow(side)),
                    shoulder_joint(body, side),
                    body.image(hip(side)),
                ),
                side_on,
            )
        }),
        trunk_lean_deg: sagittal(&|at| from_vertical_deg(middle(body, shoulder, at) - middle(body, hip, at))),
        shin_lean_deg: Sides::of(|side| {
            sagittal(&|at| from_vertical_deg(at(body, knee(side)) - at(body, ankle(side))))
        }),
        thigh_below_horizontal_deg: Sides::of(|side| {
            let (hip, knee) = (body.image(hip(side)), body.image(knee(side)));
            let side_on_deg = from_vertical_deg(hip - knee) - 90.0;
            let facing_deg = ((hip.y - knee.y) / scale.thigh)
                .clamp(-1.0, 1.0)
                .asin()
                .to_degrees();
            blend(facing_deg, side_on_deg, side_on)
        }),
        arm_raise_deg: Sides::of(|side| {
            sagittal(&|at| 180.0 - from_vertical_deg(at(body, wrist(side)) - at(body, shoulder(side))))
        }),
        fppa_deg: Sides::of(|side| frontal.projection_angle_deg(side)),
        knee_inside_foot_deg: Sides::of(|side| frontal.knee_inside_foot_deg(side, body.image(ankle(side)))),
        heel_over_toe_ratio: Sides::of(|side| over_toe(body, heel(side), side) / scale.leg),
        ankle_over_toe_ratio: Sides::of(|side| over_toe(body, ankle(side), side) / scale.leg),
        hands_ahead_of_toes_ratio: (middle(body, wrist, Body::image).x - middle(body, toe, Body::image).x)
            * turn.facing
            / scale.leg,
        foot_lowest: Sides::of(|side| {
            // `f64::max` passes over what is not a number.
            [ankle(side), heel(side), toe(side)]
                .into_iter()
                .map(|part| body.image(part).y)
                .fold(f64::NAN, f64::max)
        }),
        ankle: Sides::of(|side| body.image(ankle(side))),
        pelvis: middle(body, hip, Body::image),
        trunk_middle: middle(body, hip, Body::image).middle(middle(body, shoulder, Body::image)),
        face_pitch_deg: sample.face_pitch_deg,
        body: body.clone(),
    }
}

/// The knee-inside-foot angle with the foot in the picture taken at `foot`.
pub(super) fn knee_inside_deg(body: &Body, side: Side, foot: Vector) -> f64 {
    let turn = turn(body);
    let frontal = FrontalPlane::new(body, &turn, turned(&turn));
    frontal.knee_inside_foot_deg(side, foot)
}

/// 0 while the picture itself shows the frontal plane, 1 when the body is turned too far for that.
fn turned(turn: &Turn) -> f64 {
    fade(turn.view_deg.min(180.0 - turn.view_deg), 20.0, 40.0)
}

/// The plane through the body's left-right and the vertical, seen from the front: x to the body's left, y down.
struct FrontalPlane<'a> {
    body: &'a Body,
    leftward: Vector,
    /// +1 when the body's left is at the picture's right (facing the camera), -1 when facing away.
    mirrored: f64,
    /// 0 when the picture itself is that plane, 1 when world landmarks are to be used.
    turned: f64,
}

impl<'a> FrontalPlane<'a> {
    fn new(body: &'a Body, turn: &Turn, turned: f64) -> Self {
        Self {
            body,
            leftward: turn.leftward,
            mirrored: if turn.leftward.x < 0.0 { -1.0 } else { 1.0 },
            turned,
        }
    }

    /// Takes an angle of hip, knee and ankle in the picture, the ankle at `foot`, and in the projected world, and blends.
    fn angle(&self, side: Side, foot: Vector, of: impl Fn(Vector, Vector, Vector) -> f64) -> f64 {
        let inward = match side {
            Side::Left => -1.0,
            Side::Right => 1.0,
        };
        let image = |position: Vector| Vector::flat(position.x * self.mirrored * inward, position.y);
        let world = |landmark| {
            let position = self.body.world(landmark);
            Vector::flat(position.dot(self.leftward) * inward, position.y)
        };
        let (hip, knee, ankle) = (hip(side), knee(side), ankle(side));
        blend(
            of(
                image(self.body.image(hip)),
                image(self.body.image(knee)),
                image(foot),
            ),
            of(world(hip), world(knee), world(ankle)),
            self.turned,
        )
    }

    /// Positive when the knee is on the inner side of the line from hip to ankle.
    fn projection_angle_deg(&self, side: Side) -> f64 {
        self.angle(side, self.body.image(ankle(side)), |hip, knee, ankle| {
            let (thigh, shin) = (knee - hip, ankle - knee);
            let turn = thigh.x * shin.y - thigh.y * shin.x;
            between_deg(thigh, shin).copysign(turn)
        })
    }

    /// Positive when the knee is on the inner side of the foot.
    fn knee_inside_foot_deg(&self, side: Side, foot: Vector) -> f64 {
        self.angle(side, foot, |_, knee, ankle| {
            let shin = knee - ankle;
            if shin.length() > 1e-12 {
                shin.x.atan2(-shin.y).to_degrees()
            } else {
                f64::NAN
            }
        })
    }
}
