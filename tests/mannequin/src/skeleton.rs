//! From a posture to joint positions in the room: forward kinematics for trunk, head and arms, two-bone inverse
//! kinematics for legs, so that feet stay where the posture puts them.

use glam::{Quat, Vec3};

use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
};

/// A place with a direction: x is the person's left, y up along the segment, z ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Origin in the room, metres.
    pub origin: Vec3,
    /// Orientation in the room.
    pub rotation: Quat,
}

impl Frame {
    /// A point given in this frame, in the room.
    #[must_use]
    pub fn at(&self, x: f32, y: f32, z: f32) -> Vec3 {
        self.origin + self.rotation * Vec3::new(x, y, z)
    }

    /// A direction given in this frame, in the room.
    #[must_use]
    pub fn along(&self, direction: Vec3) -> Vec3 {
        self.rotation * direction
    }
}

/// Joints in the room (metres, y up, floor at 0), left before right.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are the joints")]
pub struct Skeleton {
    /// The person frame: on the floor, turned with the person.
    pub person: Frame,
    pub pelvis: Frame,
    /// Middle of the trunk, where pelvis and thorax bend against each other.
    pub waist: Vec3,
    /// Origin at the middle of the shoulders of a person with hanging arms.
    pub thorax: Frame,
    /// Origin in the middle between the ears.
    pub head: Frame,
    pub shoulder: [Vec3; 2],
    pub elbow: [Vec3; 2],
    pub wrist: [Vec3; 2],
    /// z along the fingers, y out of the back of the hand, origin at the wrist.
    pub hand: [Frame; 2],
    pub hip: [Vec3; 2],
    pub knee: [Vec3; 2],
    /// Origin at the malleolus.
    pub foot: [Frame; 2],
    /// Toes: origin at the ball of the foot on the sole.
    pub toes: [Frame; 2],
    /// Height of the malleolus when the foot stands flat, metres.
    pub flat_ankle: f32,
    /// Chest expansion by breath, -1..1.
    pub breath: f32,
}

/// The third corner of a triangle over `from`-`to` with sides `near` and `far`, bent toward `pole`.
#[must_use]
pub fn bend(from: Vec3, to: Vec3, near: f32, far: f32, pole: Vec3) -> Vec3 {
    let circle = Circle::between(from, to, near, far);
    let flat = (pole - circle.axis * pole.dot(circle.axis)).normalize_or(Vec3::Z);
    circle.centre + flat * circle.radius
}

/// Where the joint between two bones can be when their ends are fixed.
struct Circle {
    centre: Vec3,
    axis: Vec3,
    radius: f32,
}

impl Circle {
    fn between(from: Vec3, to: Vec3, near: f32, far: f32) -> Self {
        let span = to - from;
        let axis = span.normalize_or(Vec3::NEG_Y);
        let distance = span.length().clamp((near - far).abs() + 1e-4, near + far - 1e-5);
        let along = (near * near - far * far + distance * distance) / (2.0 * distance);
        Self {
            centre: from + axis * along,
            axis,
            radius: (near * near - along * along).max(0.0).sqrt(),
        }
    }
}

/// The knee of a leg from `hip` to `ankle`, in the person frame.
#[must_use]
pub fn knee_position(body: &Body, hip: Vec3, ankle: Vec3, knee: Knee) -> Vec3 {
    match knee {
        Knee::Toward(pole) => bend(hip, ankle, body.thigh, body.shank, pole),
        Knee::AtX(x) => {
            let circle = Circle::between(hip, ankle, body.thigh, body.shank);
            let ahead = (Vec3::Z - circle.axis * circle.axis.z).normalize_or(Vec3::Z);
            let aside = circle.axis.cross(ahead);
            // x(turn) = centre.x + radius * (ahead.x cos(turn) + aside.x sin(turn)).
            let (size, phase) = (ahead.x.hypot(aside.x), aside.x.atan2(ahead.x));
            let wanted = ((x - circle.centre.x) / (circle.radius * size).max(1e-6))
                .clamp(-1.0, 1.0)
                .acos();
            // Of the two answers, the one nearer to straight ahead.
            let turn = [phase + wanted, phase - wanted]
                .map(|turn| turn.sin().atan2(turn.cos()))
                .into_iter()
                .fold(
                    f32::MAX,
                    |best, turn| if turn.abs() < best.abs() { turn } else { best },
                );
            circle.centre + (ahead * turn.cos() + aside * turn.sin()) * circle.radius
        }
    }
}

/// Hip joints in the person frame.
#[must_use]
pub fn hips(body: &Body, posture: &Posture) -> [Vec3; 2] {
    let turn = pelvis_rotation(posture);
    [LEFT, RIGHT]
        .map(|side| posture.pelvis + turn * Vec3::new(outward(side) * body.hip_width / 2.0, 0.0, 0.0))
}

/// Lowers the hips until both feet are within `share` of the length of a leg.
pub fn lower_to_reach(body: &Body, posture: &mut Posture, share: f32) {
    let too_far = |posture: &Posture| {
        let hips = hips(body, posture);
        (0..2).any(|side| hips[side].distance(posture.feet[side].ankle) > share * body.leg())
    };
    if !too_far(posture) {
        return;
    }
    let (mut high, mut low) = (posture.pelvis.y, 0.3 * posture.pelvis.y);
    for _ in 0..20 {
        posture.pelvis.y = 0.5 * (high + low);
        if too_far(posture) {
            high = posture.pelvis.y;
        } else {
            low = posture.pelvis.y;
        }
    }
    posture.pelvis.y = low;
}

fn pelvis_rotation(posture: &Posture) -> Quat {
    Quat::from_rotation_y(posture.pelvis_turn.to_radians())
        * Quat::from_rotation_z(posture.pelvis_list.to_radians())
        * Quat::from_rotation_x(posture.pelvis_pitch.to_radians())
        * Quat::from_rotation_y(posture.pelvis_roll.to_radians())
}

impl Skeleton {
    /// Joint positions of a body held in a posture.
    #[must_use]
    pub fn new(body: &Body, posture: &Posture) -> Self {
        let person = Frame {
            origin: Vec3::new(posture.place.0, 0.0, posture.place.1),
            rotation: Quat::from_rotation_y(posture.heading.to_radians()),
        };
        let pelvis = Frame {
            origin: posture.pelvis,
            rotation: pelvis_rotation(posture),
        };
        let thorax_turn = Quat::from_rotation_y(posture.twist.to_radians())
            * Quat::from_rotation_z(-posture.side_lean.to_radians())
            * Quat::from_rotation_x(posture.lean.to_radians())
            * Quat::from_rotation_y(posture.pelvis_roll.to_radians());
        let waist = pelvis.at(0.0, 0.38 * body.trunk, 0.0);
        let thorax = Frame {
            origin: waist + thorax_turn * Vec3::Y * (0.62 * body.trunk),
            rotation: thorax_turn,
        };
        let head = head(body, posture, &thorax);
        let arms = [LEFT, RIGHT].map(|side| Limb::arm(body, posture.arms[side], &thorax, &pelvis, side));
        let hip = hips(body, posture);
        let foot = [LEFT, RIGHT].map(|side| foot_frame(&posture.feet[side], side));
        let knee =
            [LEFT, RIGHT].map(|side| knee_position(body, hip[side], foot[side].origin, posture.knees[side]));
        let toes = [LEFT, RIGHT].map(|side| Frame {
            origin: foot[side].at(0.0, -body.ankle_height, body.ball_ahead()),
            rotation: foot[side].rotation * Quat::from_rotation_x(-posture.feet[side].toe_bend.to_radians()),
        });
        let place = |point: Vec3| person.origin + person.rotation * point;
        let place_frame = |frame: Frame| Frame {
            origin: place(frame.origin),
            rotation: person.rotation * frame.rotation,
        };
        Self {
            person,
            pelvis: place_frame(pelvis),
            waist: place(waist),
            thorax: place_frame(thorax),
            head: place_frame(head),
            shoulder: arms.each_ref().map(|arm| place(arm.shoulder)),
            elbow: arms.each_ref().map(|arm| place(arm.elbow)),
            wrist: arms.each_ref().map(|arm| place(arm.hand.origin)),
            hand: arms.each_ref().map(|arm| place_frame(arm.hand)),
            hip: hip.map(place),
            knee: knee.map(place),
            foot: foot.map(place_frame),
            toes: toes.map(place_frame),
            flat_ankle: body.ankle_height,
            breath: posture.breath,
        }
    }
}

fn foot_frame(foot: &Foot, side: usize) -> Frame {
    Frame {
        origin: foot.ankle,
        rotation: foot.rotation(side),
    }
}

/// The head turns about the top of the spine, a little above the shoulders.
fn head(body: &Body, posture: &Posture, thorax: &Frame) -> Frame {
    let pivot = thorax.at(0.0, 0.25 * body.neck, -0.012);
    let rotation = Quat::from_rotation_y((posture.twist + posture.head_turn).to_radians())
        * Quat::from_rotation_z(-0.6 * posture.side_lean.to_radians())
        * Quat::from_rotation_x(posture.head_pitch.to_radians());
    // The neck leans about half as far as the trunk and the head differ.
    let neck = rotation.slerp(thorax.rotation, 0.5);
    let back = posture.head_back;
    // A neck that slants loses height.
    let drop = 0.5 * back * back / (body.neck + 0.05);
    Frame {
        origin: pivot
            + neck * Vec3::new(0.0, 0.75 * body.neck, 0.026)
            + thorax.along(Vec3::new(0.0, -drop, -back)),
        rotation,
    }
}

/// How far the collar bone lifts the shoulder joint of an arm raised by so many degrees, metres: by about a third of what
/// the arm does past 30 degrees at the blade, seen at the joint as up to 4 cm (Inman 1944: 40 degrees of clavicular
/// elevation in all).
#[must_use]
pub fn shoulder_lift(raised: f32) -> f32 {
    0.042 * ((raised - 30.0) / 150.0).clamp(0.0, 1.0)
}

/// An arm in the person frame.
struct Limb {
    shoulder: Vec3,
    elbow: Vec3,
    hand: Frame,
}

impl Limb {
    fn arm(body: &Body, arm: Arm, thorax: &Frame, pelvis: &Frame, side: usize) -> Self {
        match arm {
            Arm::Angles { flexion, out, elbow } => Self::by_angles(body, thorax, side, [flexion, out, elbow]),
            Arm::OnHip => Self::on_hip(body, thorax, pelvis, side),
            Arm::To {
                wrist,
                fingers,
                elbow,
            } => Self::to(body, thorax, side, wrist, fingers, elbow),
            Arm::Pointed { upper, fore, shrug } => Self::pointed(
                body,
                thorax,
                side,
                [upper.normalize_or(Vec3::NEG_Y), fore.normalize_or(Vec3::NEG_Y)],
                shrug,
            ),
        }
    }

    /// Upper arm and forearm in given directions of the thorax, the palm ahead of a raised forearm.
    fn pointed(body: &Body, thorax: &Frame, side: usize, [upper, fore]: [Vec3; 2], shrug: f32) -> Self {
        let raised = upper.angle_between(Vec3::NEG_Y).to_degrees();
        let shoulder = Self::shoulder(body, thorax, side, raised) + thorax.along(Vec3::Y) * shrug;
        let elbow = shoulder + thorax.along(upper) * body.upper_arm;
        let wrist = elbow + thorax.along(fore) * body.forearm;
        let thumb = thorax.along(Vec3::NEG_X * outward(side));
        Self {
            shoulder,
            elbow,
            hand: hand(wrist, thorax.along(fore), thumb, side),
        }
    }

    /// The shoulder joint of an arm raised by so many degrees.
    fn shoulder(body: &Body, thorax: &Frame, side: usize, raised: f32) -> Vec3 {
        let lift = shoulder_lift(raised);
        thorax.at(
            outward(side) * (body.shoulder_width / 2.0 - lift / 3.0),
            lift,
            0.0,
        )
    }

    fn by_angles(body: &Body, thorax: &Frame, side: usize, [flexion, out, elbow]: [f32; 3]) -> Self {
        let (f, o) = (flexion.to_radians(), out.to_radians());
        let sagittal = Vec3::new(0.0, -f.cos(), f.sin());
        let direction = sagittal * o.cos() + Vec3::X * (outward(side) * o.sin());
        let raised = direction.dot(Vec3::NEG_Y).clamp(-1.0, 1.0).acos().to_degrees();
        let shoulder = Self::shoulder(body, thorax, side, raised);
        let opened = Quat::from_rotation_arc(sagittal, direction);
        let hinge = opened * Vec3::NEG_X;
        let fore = Quat::from_axis_angle(hinge, elbow.to_radians()) * direction;
        // Thumb side: ahead when the arm hangs, carried along by both rotations.
        let thumb =
            Quat::from_axis_angle(hinge, elbow.to_radians()) * opened * Vec3::new(0.0, f.sin(), f.cos());
        let elbow_at = shoulder + thorax.along(direction) * body.upper_arm;
        let wrist = elbow_at + thorax.along(fore) * body.forearm;
        Self {
            shoulder,
            elbow: elbow_at,
            hand: hand(wrist, thorax.along(fore), thorax.along(thumb), side),
        }
    }

    fn to(body: &Body, thorax: &Frame, side: usize, wrist: Vec3, fingers: Vec3, pole: Vec3) -> Self {
        let level = Self::shoulder(body, thorax, side, 90.0);
        let raised = (wrist - level)
            .angle_between(thorax.along(Vec3::NEG_Y))
            .to_degrees();
        let shoulder = Self::shoulder(body, thorax, side, raised);
        let elbow = bend(shoulder, wrist, body.upper_arm, body.forearm, pole);
        // Beyond the arm's length the hand stops where the arm ends.
        let wrist = elbow + (wrist - elbow).normalize_or(Vec3::NEG_Y) * body.forearm;
        Self {
            shoulder,
            elbow,
            hand: hand(wrist, fingers, Vec3::NEG_X * outward(side), side),
        }
    }

    fn on_hip(body: &Body, thorax: &Frame, pelvis: &Frame, side: usize) -> Self {
        let shoulder = Self::shoulder(body, thorax, side, 40.0);
        let aside = outward(side);
        let palm = pelvis.at(aside * (body.pelvis_half_width - 0.005), 0.105, 0.035);
        let fingers = pelvis.along(Vec3::new(-0.55 * aside, -0.35, 0.75)).normalize();
        let wrist = palm - fingers * (0.42 * body.hand) + pelvis.along(Vec3::new(aside * 0.035, 0.0, 0.0));
        let pole = thorax.along(Vec3::new(aside * 1.0, -0.1, -0.55));
        let elbow = bend(shoulder, wrist, body.upper_arm, body.forearm, pole);
        // The bones may be too long or short for the place: the hand then slides along the forearm.
        let wrist = elbow + (wrist - elbow).normalize_or(Vec3::NEG_Y) * body.forearm;
        let thumb = pelvis.along(Vec3::new(0.0, 0.6, -0.8));
        Self {
            shoulder,
            elbow,
            hand: hand(wrist, fingers, thumb, side),
        }
    }
}

/// A hand frame: z along the fingers, x to the thumb on the left hand and away from it on the right.
fn hand(wrist: Vec3, fingers: Vec3, thumb: Vec3, side: usize) -> Frame {
    let z = fingers.normalize_or(Vec3::Z);
    let x = (thumb - z * thumb.dot(z)).normalize_or(z.any_orthonormal_vector()) * outward(side);
    let y = z.cross(x);
    Frame {
        origin: wrist,
        rotation: Quat::from_mat3(&glam::Mat3::from_cols(x, y, z)).normalize(),
    }
}
