//! The ground truth of a frame: where each landmark is and what each joint angle is, exact by construction.

use flow_landmarks::{Clip, Face, Landmark, Landmarks, Observation, Point, Pose, Side, WorldPoint};
use glam::{Vec2, Vec3};
use serde::Serialize;

use crate::{body::Body, camera::Camera, face, landmarks, skeleton::Skeleton};

/// Left and right values, the person's own sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Sides<T> {
    pub left: T,
    pub right: T,
}

impl<T: Copy> Sides<T> {
    /// The same value on both sides.
    pub const fn both(value: T) -> Self {
        Self {
            left: value,
            right: value,
        }
    }

    /// The value of a side.
    #[must_use]
    pub const fn of(&self, side: Side) -> T {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// Each value changed.
    #[must_use]
    pub fn map(self, change: impl Fn(T) -> T) -> Self {
        Self {
            left: change(self.left),
            right: change(self.right),
        }
    }

    /// Values from an array with the left side first.
    #[must_use]
    pub const fn from_array([left, right]: [T; 2]) -> Self {
        Self { left, right }
    }
}

/// Joint angles in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Flexions {
    /// 180 minus the angle hip-knee-ankle.
    pub knee_flexion: Sides<f32>,
    /// 180 minus the angle shoulder-hip-knee.
    pub hip_flexion: Sides<f32>,
    /// Angle between shoulder-elbow and shoulder-hip.
    pub shoulder_flexion: Sides<f32>,
    /// Angle of the line from the middle of the hips to the middle of the shoulders against the vertical.
    pub trunk_lean: f32,
    /// Angle of the line from ankle to knee against the vertical.
    pub shin_lean: Sides<f32>,
    /// The thigh above the horizontal: 0 is parallel to the floor, negative has the hip below the knee.
    pub thigh_over_horizontal: Sides<f32>,
}

/// Angles and distances measured on the true landmarks. Angles in degrees, distances in the person's own leg lengths
/// (hip to knee to ankle, landmark to landmark) unless the name says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Angles {
    /// Heading of the person: 0 faces the camera, 90 is turned to the person's left and shows the right side.
    pub heading: f32,
    /// Angles in space.
    pub space: Flexions,
    /// The same angles with all points projected onto the person's sagittal plane: what a camera exactly side-on sees.
    /// Legs and arms held apart sideways do not count here, as they do in space.
    pub sagittal: Flexions,
    /// Thigh against the line of the trunk in the sagittal plane, positive toward the front of the body.
    pub thigh_off_trunk: Sides<f32>,
    /// Shoulder to wrist against the line of the trunk in the sagittal plane: 0 points past the head, positive toward the
    /// front of the body.
    pub arm_off_trunk: Sides<f32>,
    /// Frontal-plane projection angle: hip-knee-ankle seen along the person's heading, 0 when straight, positive when
    /// the knee lies inward (valgus). Of little meaning when the thigh points at the viewer.
    pub fppa: Sides<f32>,
    /// Tilt of the line from ankle to knee in the frontal plane, positive toward the other leg.
    pub knee_inside_foot: Sides<f32>,
    /// The knee over the level through the line from hip to ankle, turned about that line: 0 to the side, 90 points up. Of
    /// meaning for a bent knee of a body that lies.
    pub knee_turn: Sides<f32>,
    /// The upper arm seen along the person's heading, against the line of the shoulders: 0 hangs, 90 continues that line, 180
    /// points up.
    pub upper_arm_raise: Sides<f32>,
    /// The forearm over the level in the sagittal plane: 90 points up, 0 ahead, -90 down.
    pub forearm_raise: Sides<f32>,
    /// How far the heel has risen from the floor, centimetres.
    pub heel_rise_cm: Sides<f32>,
    /// How far the heel has risen from the floor.
    pub heel_rise: Sides<f32>,
    /// How far the middle of the wrists is ahead of the middle of the toes, along the person's heading.
    pub hands_ahead_of_toes: f32,
    /// Height of the lowest of ankle, heel and toes over where it is when the foot stands flat.
    pub foot_clearance: Sides<f32>,
    /// From the toes of one foot to those of the other, level.
    pub toes_apart: f32,
    /// From one ankle to the other, level.
    pub ankles_apart: f32,
    /// Length of the leg, metres.
    pub leg_m: f32,
    /// Lean of the line from the middle of the hips to the middle of the shoulders ahead of the vertical, in the sagittal
    /// plane; negative is back.
    pub sagittal_lean: f32,
    /// Pitch of the head against the line from the middle of the hips to the middle of the shoulders in the sagittal
    /// plane; positive with the face toward the chest.
    pub head_on_trunk: f32,
    /// The line from shoulder to ear against the horizontal in the sagittal plane: 90 with the ear above the shoulder,
    /// less with the ear ahead.
    pub ear_over_shoulder: Sides<f32>,
}

/// The truth about one frame.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FrameTruth {
    /// Index of the frame in the video.
    pub frame: u32,
    /// Presentation time, seconds.
    pub t: f64,
    /// The person, if any part is in the picture. Visibility is 1 for points inside the picture, else 0; points hidden by
    /// the body or by things count as visible here.
    pub pose: Option<Pose>,
    /// The face as Face Mesh shows it, where it would see one.
    pub face: Option<Face>,
    /// Middle of the hips in the camera's frame (x right, y down, z ahead), metres.
    pub hips: [f32; 3],
    /// Joint angles.
    pub angles: Option<Angles>,
    /// How many people are in the picture.
    pub people: u8,
}

/// Angle at `vertex` between the directions to two points, degrees.
fn angle(a: Vec3, vertex: Vec3, b: Vec3) -> f32 {
    (a - vertex).angle_between(b - vertex).to_degrees()
}

/// The angle from one line to another in the sagittal plane, degrees: positive when `limb` is turned toward the front of a
/// body whose trunk points along `-line`; `aside` is its left.
fn off(limb: Vec3, line: Vec3, aside: Vec3) -> f32 {
    let flat = |line: Vec3| line - aside * line.dot(aside);
    let (limb, line) = (flat(limb), flat(line));
    limb.angle_between(line)
        .copysign(limb.cross(line).dot(aside))
        .to_degrees()
}

impl Flexions {
    fn measure(points: &Landmarks<Vec3>) -> Self {
        use Landmark as L;
        let middle = |landmark: Landmark| points[landmark].midpoint(points[landmark.mirrored()]);
        let trunk = middle(L::LeftShoulder) - middle(L::LeftHip);
        Self {
            knee_flexion: sides(points, |at, _| {
                180.0 - angle(at(L::LeftHip), at(L::LeftKnee), at(L::LeftAnkle))
            }),
            hip_flexion: sides(points, |at, _| {
                180.0 - angle(at(L::LeftShoulder), at(L::LeftHip), at(L::LeftKnee))
            }),
            shoulder_flexion: sides(points, |at, _| {
                angle(at(L::LeftElbow), at(L::LeftShoulder), at(L::LeftHip))
            }),
            trunk_lean: trunk.angle_between(Vec3::Y).to_degrees(),
            shin_lean: sides(points, |at, _| {
                (at(L::LeftKnee) - at(L::LeftAnkle))
                    .angle_between(Vec3::Y)
                    .to_degrees()
            }),
            thigh_over_horizontal: sides(points, |at, _| {
                90.0 - (at(L::LeftHip) - at(L::LeftKnee))
                    .angle_between(Vec3::Y)
                    .to_degrees()
            }),
        }
    }
}

impl Angles {
    /// Measures landmarks given in the room (y up).
    #[must_use]
    pub fn measure(points: &Landmarks<Vec3>, skeleton: &Skeleton) -> Self {
        use Landmark as L;
        let (ahead, aside) = (skeleton.person.along(Vec3::Z), skeleton.person.along(Vec3::X));
        let middle = |landmark: Landmark| points[landmark].midpoint(points[landmark.mirrored()]);
        let flat = |point: Vec3, out: f32| Vec2::new(point.dot(aside) * out, point.y);
        let level = |landmark: Landmark| {
            let offset = points[landmark] - points[landmark.mirrored()];
            offset.x.hypot(offset.z)
        };
        let legs = sides(points, |at, _| {
            at(L::LeftHip).distance(at(L::LeftKnee)) + at(L::LeftKnee).distance(at(L::LeftAnkle))
        });
        let leg = f32::midpoint(legs.left, legs.right);
        let trunk = middle(L::LeftShoulder) - middle(L::LeftHip);
        let heel_rise_cm = sides(points, |at, _| {
            (at(L::LeftHeel).y - landmarks::HEEL_HEIGHT) * 100.0
        });
        let shortened = |value: f32| value / leg;
        let face = skeleton.head.along(Vec3::Z);
        let head_pitch = (-face.y).atan2(face.dot(ahead)).to_degrees();
        let lean = trunk.dot(ahead).atan2(trunk.y).to_degrees();
        Self {
            heading: ahead.x.atan2(ahead.z).to_degrees(),
            space: Flexions::measure(points),
            sagittal: Flexions::measure(&Landmarks(points.0.map(|point| point - aside * point.dot(aside)))),
            thigh_off_trunk: sides(points, |at, _| {
                off(at(L::LeftKnee) - middle(L::LeftHip), -trunk, aside)
            }),
            arm_off_trunk: sides(points, |at, _| {
                -off(at(L::LeftWrist) - at(L::LeftShoulder), trunk, aside)
            }),
            fppa: sides(points, |at, out| {
                let [hip, knee, ankle] =
                    [L::LeftHip, L::LeftKnee, L::LeftAnkle].map(|landmark| flat(at(landmark), out));
                projection_angle(hip, knee, ankle)
            }),
            knee_inside_foot: sides(points, |at, out| {
                let shin = flat(at(L::LeftKnee), out) - flat(at(L::LeftAnkle), out);
                (-shin.x).atan2(shin.y).to_degrees()
            }),
            knee_turn: sides(points, |at, _| {
                let (line, knee) = (
                    at(L::LeftAnkle) - at(L::LeftHip),
                    at(L::LeftKnee) - at(L::LeftHip),
                );
                let away = knee.reject_from(line);
                (away.y / away.length()).asin().to_degrees()
            }),
            upper_arm_raise: sides(points, |at, out| {
                let arm = flat(at(L::LeftElbow), out) - flat(at(L::LeftShoulder), out);
                let line = flat(at(L::LeftShoulder), out) - flat(at(L::RightShoulder), out);
                (arm.x.atan2(-arm.y) - line.y.atan2(line.x)).to_degrees()
            }),
            forearm_raise: sides(points, |at, _| {
                let forearm = at(L::LeftWrist) - at(L::LeftElbow);
                forearm.y.atan2(forearm.dot(ahead)).to_degrees()
            }),
            heel_rise_cm,
            heel_rise: heel_rise_cm.map(|centimetres| 0.01 * centimetres / leg),
            hands_ahead_of_toes: shortened((middle(L::LeftWrist) - middle(L::LeftFootIndex)).dot(ahead)),
            foot_clearance: sides(points, |at, _| {
                [
                    (L::LeftHeel, landmarks::HEEL_HEIGHT),
                    (L::LeftFootIndex, landmarks::TOE_HEIGHT),
                    (L::LeftAnkle, skeleton.flat_ankle + landmarks::ANKLE_RISE),
                ]
                .into_iter()
                .map(|(landmark, flat)| at(landmark).y - flat)
                .fold(f32::MAX, f32::min)
            })
            .map(shortened),
            toes_apart: shortened(level(L::LeftFootIndex)),
            ankles_apart: shortened(level(L::LeftAnkle)),
            leg_m: leg,
            sagittal_lean: lean,
            head_on_trunk: head_pitch - lean,
            ear_over_shoulder: sides(points, |at, _| {
                let line = at(L::LeftEar) - at(L::LeftShoulder);
                line.y.atan2(line.dot(ahead)).to_degrees()
            }),
        }
    }
}

/// Measures both sides: `measure` asks for points by their left name and gets its own side's; its second argument is 1
/// on the left and -1 on the right.
fn sides(points: &Landmarks<Vec3>, measure: impl Fn(&dyn Fn(Landmark) -> Vec3, f32) -> f32) -> Sides<f32> {
    Sides {
        left: measure(&|landmark| points[landmark], 1.0),
        right: measure(&|landmark| points[landmark.mirrored()], -1.0),
    }
}

/// The frontal-plane projection angle of a leg in a plane whose x points outward and y up; positive is valgus.
#[must_use]
pub fn projection_angle(hip: Vec2, knee: Vec2, ankle: Vec2) -> f32 {
    let (thigh, shank) = (knee - hip, ankle - knee);
    // Positive when the shank turns outward from the thigh's direction: the knee lies inside the line hip-ankle.
    thigh.angle_to(shank).to_degrees()
}

impl FrameTruth {
    /// The truth about a body seen by a camera.
    #[must_use]
    pub fn of(frame: u32, t: f64, people: u8, seen: Option<(&Body, &Skeleton)>, camera: &Camera) -> Self {
        let view = camera.view();
        let Some((body, skeleton)) = seen else {
            return Self {
                frame,
                t,
                pose: None,
                face: None,
                hips: [0.0; 3],
                angles: None,
                people,
            };
        };
        let points = landmarks::landmarks(body, skeleton);
        let hips = view.to_camera(points[Landmark::LeftHip].midpoint(points[Landmark::RightHip]));
        let (width, height) = (camera.width as f32, camera.height as f32);
        let image = Landmarks(points.0.map(|point| {
            let pixel = view.project(point);
            let (x, y) = (pixel.x / width, pixel.y / height);
            let inside = f32::from((0.0..1.0).contains(&x) && (0.0..1.0).contains(&y));
            let z = (pixel.z - hips.z) * view.focal / hips.z.max(0.05) / width;
            Point {
                x,
                y,
                z,
                visibility: inside,
                presence: inside,
            }
        }));
        let world = Landmarks(points.0.map(|point| {
            let offset = view.to_camera(point) - hips;
            WorldPoint {
                x: offset.x,
                y: offset.y,
                z: offset.z,
            }
        }));
        let in_picture = image.0.iter().any(|point| point.visibility > 0.0);
        Self {
            frame,
            t,
            pose: in_picture.then_some(Pose { image, world }),
            face: face::seen(body, skeleton, camera),
            hips: hips.to_array(),
            angles: in_picture.then(|| Angles::measure(&points, skeleton)),
            people,
        }
    }
}

/// The truth about a clip.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Truth {
    /// Width of the upright picture, pixels.
    pub width: u32,
    /// Height of the upright picture, pixels.
    pub height: u32,
    /// Seconds from the first frame to the end of the last.
    pub duration: f64,
    /// One for each frame of the video.
    pub frames: Vec<FrameTruth>,
}

impl Truth {
    /// What a perfect tracker would report when it looks `rate` times a second: the first frame at or after each
    /// multiple of 1 / `rate`. Pictures are not drawn for this: brightness is mid grey, change is 2, or 0 where the person is
    /// exactly where they were.
    #[must_use]
    pub fn clip(&self, rate: f64) -> Clip {
        let mut next = 0.0;
        let mut observations = Vec::new();
        for frame in &self.frames {
            if frame.t + 1e-6 < next {
                continue;
            }
            while next <= frame.t + 1e-6 {
                next += 1.0 / rate;
            }
            let frozen = observations
                .last()
                .is_some_and(|last: &Observation| last.pose.is_some() && last.pose == frame.pose);
            observations.push(Observation {
                frame: frame.frame,
                t: frame.t,
                pose: frame.pose,
                face: frame.face,
                people: Some(frame.people),
                brightness: 128.0,
                change: if frozen { 0.0 } else { 2.0 },
            });
        }
        Clip {
            width: self.width,
            height: self.height,
            duration: self.duration,
            observations,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_knee_inside_the_line_from_hip_to_ankle_is_valgus() {
        let (hip, ankle) = (Vec2::new(0.1, 1.0), Vec2::new(0.1, 0.0));
        for (knee_x, expected) in [(0.1, 0.0), (0.1 - 0.5 * 10.0_f32.to_radians().tan(), 20.0)] {
            let found = projection_angle(hip, Vec2::new(knee_x, 0.5), ankle);
            assert!((found - expected).abs() < 0.01, "{found} for {expected}");
        }
        assert!(projection_angle(hip, Vec2::new(0.2, 0.5), ankle) < 0.0);
    }
}
