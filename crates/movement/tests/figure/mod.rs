//! A stick figure before a pinhole camera: exact landmarks for any posture, without pixels.
#![allow(dead_code, reason = "each test file uses its part")]

use flow_landmarks::{Clip, Face, Landmark, Landmarks, Observation, Place, Point, Pose, Side, WorldPoint};

pub mod balance;
pub mod bird_dog;
pub mod bridge;
pub mod clamshell;
pub mod dead_bug;
pub mod drive;
pub mod found;
pub mod lunge;
pub mod neck;
pub mod plank;
pub mod raise;
pub mod reach;
pub mod rotate;
pub mod slide;
pub mod squat;
pub mod turned;

/// Thigh and shank, metres.
pub const THIGH: f64 = 0.42;
pub const SHANK: f64 = 0.42;
/// The leg as the scorer measures it.
pub const LEG: f64 = THIGH + SHANK;
pub const TRUNK: f64 = 0.52;
pub const UPPER_ARM: f64 = 0.31;
pub const FOREARM: f64 = 0.26;
pub const HIP: f64 = 0.10;
const SHOULDER: f64 = 0.19;
pub const ANKLE_HEIGHT: f64 = 0.08;
const TOE_AHEAD: f64 = 0.17;
const HEEL_BEHIND: f64 = 0.05;
/// How far an ankle goes up with its heel, as a share.
pub const ANKLE_WITH_HEEL: f64 = 0.65;

/// How far MediaPipe turns the face when the head pitches, as a share.
const FACE_TURNS: f64 = 0.74;

/// How far Face Mesh turns when the head pitches, as a share.
const MESH_TURNS: f64 = 0.78;
/// How far a face may be turned up and aside to be seen by it, degrees.
const FACE_UP_DEG: f64 = 45.0;
const FACE_ASIDE_DEG: f64 = 55.0;

/// A point in the person's frame: x to the person's left, y up from the floor, z ahead; metres.
pub type Vec3 = [f64; 3];

pub fn add(a: Vec3, b: Vec3) -> Vec3 {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

/// +1 on the left, -1 on the right.
pub fn sign(side: Side) -> f64 {
    if side == Side::Left { 1.0 } else { -1.0 }
}

/// A posture by its joints.
#[derive(Clone, Copy, Debug)]
pub struct Posture {
    pub hip: [Vec3; 2],
    pub knee: [Vec3; 2],
    pub ankle: [Vec3; 2],
    /// Heel over the toes, metres.
    pub heel: [f64; 2],
    /// Trunk ahead of the vertical, degrees.
    pub lean: f64,
    /// Arms from straight down in the sagittal plane, degrees: 180 is straight up.
    pub arms: f64,
    /// An arm that is held otherwise: 0 left, 1 right, and its angle from straight down.
    pub raised_arm: Option<(usize, f64)>,
    /// Arms that do not stay in the sagittal plane: directions of upper arm and forearm, of length 1, in the person's frame.
    pub pointed_arms: Option<[[Vec3; 2]; 2]>,
    /// Shoulders drawn up to the ears, metres.
    pub shrug: f64,
    /// Trunk tipped to the person's left, degrees.
    pub side_lean: f64,
    /// Elbows bent forward, degrees.
    pub elbow: f64,
    /// Head pitched down against the trunk, degrees.
    pub head_pitch: f64,
    /// Head drawn back over the trunk, metres.
    pub head_back: f64,
    /// Degrees the person is tipped over sideways: 90 lies with the left side up, the head to the right hand's side.
    pub roll: f64,
    /// Degrees the person is turned to their left; 0 faces the camera.
    pub heading: f64,
}

impl Posture {
    /// Standing with the ankles `width` apart, legs straight.
    pub fn standing(width: f64) -> Self {
        let ankle = Side::BOTH.map(|side| [sign(side) * width / 2.0, ANKLE_HEIGHT, 0.0]);
        let spread = width / 2.0 - HIP;
        let height = ANKLE_HEIGHT + (LEG * LEG - spread * spread).sqrt() - 0.002;
        let hip = Side::BOTH.map(|side| [sign(side) * HIP, height, 0.0]);
        let knee = [0, 1].map(|i| [0, 1, 2].map(|axis| 0.5 * (hip[i][axis] + ankle[i][axis])));
        Self {
            hip,
            knee,
            ankle,
            heel: [0.0; 2],
            lean: 1.0,
            arms: 8.0,
            raised_arm: None,
            pointed_arms: None,
            shrug: 0.0,
            side_lean: 0.0,
            roll: 0.0,
            elbow: 0.0,
            head_pitch: 0.0,
            head_back: 0.0,
            heading: 0.0,
        }
    }

    /// All landmarks in the person's frame.
    fn landmarks(&self) -> [Vec3; Landmark::COUNT] {
        use Landmark as L;
        let mut points = [[0.0; 3]; Landmark::COUNT];
        let pelvis = [0, 1, 2].map(|axis| 0.5 * (self.hip[0][axis] + self.hip[1][axis]));
        let (sin, cos) = self.lean.to_radians().sin_cos();
        let (aside, up) = self.side_lean.to_radians().sin_cos();
        let chest = add(pelvis, [TRUNK * aside, TRUNK * cos * up, TRUNK * sin]);
        let back = self.head_back;
        let (rise, ahead) = (0.22 * cos * up + back * sin, 0.22 * sin - back * cos);
        let head = add(chest, [0.22 * aside, rise, ahead]);
        // A face as MediaPipe shows it.
        let (down, ahead) = (FACE_TURNS * self.head_pitch + self.lean).to_radians().sin_cos();
        for face in Landmark::ALL.into_iter().take(L::LeftShoulder as usize) {
            // Eyes above the nose, the mouth below.
            let over = match face {
                L::Nose => 0.0,
                L::MouthLeft | L::MouthRight => -0.03,
                _ => 0.04,
            };
            let (forward, rise) = (0.09 * ahead + over * down, over * ahead - 0.09 * down);
            points[face as usize] = add(head, [0.0, rise, forward]);
        }
        points[L::LeftEar as usize] = add(head, [0.07, 0.0, 0.0]);
        points[L::RightEar as usize] = add(head, [-0.07, 0.0, 0.0]);
        let along = |angle: f64, length: f64| {
            let (ahead, up) = angle.to_radians().sin_cos();
            [0.0, -length * up, length * ahead]
        };
        for (index, side) in Side::BOTH.into_iter().enumerate() {
            let mut set = |left: Landmark, point: Vec3| {
                points[if side == Side::Left { left } else { left.mirrored() } as usize] = point;
            };
            let out = sign(side) * SHOULDER;
            let shoulder = add(chest, [out * up, self.shrug - out * aside, 0.0]);
            let raised = self.raised_arm.filter(|(arm, _)| *arm == index);
            let (arm, bend) = raised.map_or((self.arms, self.elbow), |(_, angle)| (angle, 0.0));
            let (upper_arm, forearm) = match self.pointed_arms {
                Some(arms) => {
                    // Arms tip with the trunk.
                    let bone = |[x, y, z]: Vec3, length: f64| {
                        [x * up + y * aside, y * up - x * aside, z].map(|axis| axis * length)
                    };
                    let [upper, fore] = arms[index];
                    (bone(upper, UPPER_ARM), bone(fore, FOREARM))
                }
                None => (along(arm, UPPER_ARM), along(arm + bend, FOREARM)),
            };
            let elbow = add(shoulder, upper_arm);
            let wrist = add(elbow, forearm);
            set(L::LeftShoulder, shoulder);
            set(L::LeftElbow, elbow);
            for hand in [L::LeftWrist, L::LeftPinky, L::LeftIndex, L::LeftThumb] {
                set(hand, wrist);
            }
            set(L::LeftHip, self.hip[index]);
            set(L::LeftKnee, self.knee[index]);
            let ankle = self.ankle[index];
            set(L::LeftAnkle, ankle);
            // Of the sole, seen from the ankle.
            let floor = 0.02 - ANKLE_HEIGHT - ANKLE_WITH_HEEL * self.heel[index];
            set(
                L::LeftHeel,
                add(ankle, [0.0, floor + self.heel[index], -HEEL_BEHIND]),
            );
            set(L::LeftFootIndex, add(ankle, [0.0, floor, TOE_AHEAD]));
        }
        points
    }
}

impl Posture {
    /// The face of an upright body as Face Mesh shows it; its points are not used.
    fn face(&self, noise: &mut Noise) -> Option<Face> {
        let pitch = self.head_pitch + self.lean;
        let seen = self.roll == 0.0 && self.heading.abs() < FACE_ASIDE_DEG && pitch > -FACE_UP_DEG;
        seen.then(|| Face {
            presence: 0.95,
            pitch_deg: (MESH_TURNS * pitch + noise.next()) as f32,
            yaw_deg: self.heading as f32,
            roll_deg: 0.0,
            nasion: Place::default(),
            chin: Place::default(),
            left_tragion: Place::default(),
            right_tragion: Place::default(),
        })
    }
}

/// A level pinhole camera, and what is wrong with the recording.
#[derive(Clone, Copy, Debug)]
pub struct Film {
    pub width: u32,
    pub height: u32,
    pub rate_hz: f64,
    /// Lens to person, metres.
    pub distance: f64,
    /// Lens above the floor, metres.
    pub lens_height: f64,
    /// Focal length over the longer side of the picture.
    pub focal: f64,
    /// Deviation of landmarks, metres.
    pub jitter: f64,
    pub brightness: f32,
    pub change: f32,
    pub people: u8,
}

impl Film {
    pub const GOOD: Self = Self {
        width: 480,
        height: 640,
        rate_hz: 10.0,
        distance: 3.6,
        lens_height: 0.95,
        focal: 0.95,
        jitter: 0.002,
        brightness: 120.0,
        change: 2.0,
        people: 1,
    };

    /// A low camera with a picture that is wider than high: a stretched body fills it.
    pub const LOW: Self = Self {
        width: 640,
        height: 480,
        lens_height: 0.4,
        focal: 0.8,
        ..Self::GOOD
    };

    /// Films `seconds` of a motion.
    pub fn shoot(&self, seconds: f64, motion: impl Fn(f64) -> Posture) -> Clip {
        let (mut noise, mut of_face) = (Noise(7), Noise(3));
        let count = (seconds * self.rate_hz).round() as u32;
        let observations = (0..count)
            .map(|frame| {
                let t = f64::from(frame) / self.rate_hz;
                let posture = motion(t);
                Observation {
                    frame,
                    t,
                    pose: Some(self.see(&posture, &mut noise)),
                    face: posture.face(&mut of_face),
                    people: (frame % 10 == 0).then_some(self.people),
                    brightness: self.brightness,
                    change: if frame == 0 { 0.0 } else { self.change },
                }
            })
            .collect();
        Clip {
            width: self.width,
            height: self.height,
            duration: seconds,
            observations,
        }
    }

    fn see(&self, posture: &Posture, noise: &mut Noise) -> Pose {
        let (sin, cos) = posture.heading.to_radians().sin_cos();
        // In the camera's frame: x right, y down, z away. Facing the camera, the person's left is at the right.
        let (tip_sin, tip_cos) = posture.roll.to_radians().sin_cos();
        let points = posture.landmarks().map(|[x, y, z]| {
            // Over a point at half the height, down to where it lies.
            let (up, low) = (y - 0.85, 0.85 - 0.6 * tip_sin.abs());
            let (x, y) = (x * tip_cos - up * tip_sin, x * tip_sin + up * tip_cos + low);
            let (right, toward) = (x * cos + z * sin, z * cos - x * sin);
            [right, self.lens_height - y, -toward].map(|value| value + self.jitter * noise.next())
        });
        let hips = [0, 1, 2].map(|axis| {
            0.5 * (points[Landmark::LeftHip as usize][axis] + points[Landmark::RightHip as usize][axis])
        });
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let focal = self.focal * width.max(height);
        let image = Landmarks(points.map(|[x, y, z]| {
            let scale = focal / (self.distance + z);
            let (u, v) = (0.5 + x * scale / width, 0.5 + y * scale / height);
            let inside = (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v);
            let seen = if inside { 0.97 } else { 0.1 };
            Point {
                x: u as f32,
                y: v as f32,
                z: 0.0,
                visibility: seen,
                presence: seen,
            }
        }));
        let world = Landmarks(points.map(|[x, y, z]| WorldPoint {
            x: (x - hips[0]) as f32,
            y: (y - hips[1]) as f32,
            z: (z - hips[2]) as f32,
        }));
        Pose { image, world }
    }
}

/// Repeatable noise, roughly normal with deviation 1.
pub struct Noise(pub u64);

impl Noise {
    pub fn next(&mut self) -> f64 {
        let mut sum = 0.0;
        for _ in 0..4 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            sum += (self.0 >> 40) as f64 / f64::from(1_u32 << 24) - 0.5;
        }
        sum * 3.0_f64.sqrt()
    }
}

/// From 0 to 1 and back at rest, over `share` 0..1.
pub fn swing(share: f64) -> f64 {
    // Down, a short stay, up.
    let ease = |x: f64| 0.5 - 0.5 * (std::f64::consts::PI * x.clamp(0.0, 1.0)).cos();
    if share < 0.5 {
        ease(share / 0.42)
    } else {
        ease((1.0 - share) / 0.42)
    }
}

pub fn mix(a: f64, b: f64, share: f64) -> f64 {
    a + (b - a) * share
}
