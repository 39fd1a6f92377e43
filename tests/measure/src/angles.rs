//! Joint angles as measured beside those that were rendered, frame by frame.

use flow_catalog::thresholds;
use flow_landmarks::{Clip, Landmark, Side};
use flow_mannequin::{Angles, Truth};
use flow_movement::{
    signals::{Frame, Signals},
    track::{ankle, elbow, hip, knee, shoulder},
};

use crate::errors::{OTHER_TARGET_DEG, SAGITTAL_TARGET_DEG};

/// How a body must stand before the camera for an angle to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Turned 70 to 110 degrees; read on the side nearer to the camera.
    SideOn,
    /// Turned less than 20 degrees; read on both sides.
    Facing,
}

impl View {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SideOn => "side-on",
            Self::Facing => "facing",
        }
    }

    /// Whether a body that is turned by so many degrees, true ones, is seen like this.
    fn includes(self, turned: f32) -> bool {
        match self {
            Self::SideOn => (70.0..110.0).contains(&turned),
            Self::Facing => turned < 20.0,
        }
    }
}

/// A signal beside its truth.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    /// Which angle.
    pub name: &'static str,
    /// How it is seen.
    pub view: View,
    /// The largest mean absolute error that is good enough, degrees.
    pub target_deg: f64,
    measured: fn(&Frame, Side) -> f64,
    truth: fn(&Angles, Side) -> f32,
    /// Whether the angle says anything in this posture.
    readable: fn(&Angles, Side) -> bool,
    /// The joints between which it lies.
    joints: &'static [fn(Side) -> Landmark],
}

/// An angle in a clip.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// Measured minus true, degrees, where its joints are seen.
    pub errors: Vec<f64>,
    /// How often they are not: outside the picture, or found to be hidden.
    pub unseen: usize,
}

/// The angles that scoring rests on: sagittal ones side-on, frontal ones facing the camera.
pub const COMPARED: [Compared; 7] = [
    Compared {
        name: "knee flexion",
        measured: |frame, side| frame.knee_flexion_deg.get(side),
        truth: |angles, side| angles.sagittal.knee_flexion.of(side),
        joints: &[hip, knee, ankle],
        ..SAGITTAL
    },
    Compared {
        name: "hip flexion",
        measured: |frame, side| frame.hip_flexion_deg.get(side),
        truth: |angles, side| angles.sagittal.hip_flexion.of(side),
        joints: &[shoulder, hip, knee],
        ..SAGITTAL
    },
    Compared {
        name: "trunk lean",
        measured: |frame, _| frame.trunk_lean_deg,
        truth: |angles, _| angles.sagittal.trunk_lean,
        joints: &[shoulder, hip],
        ..SAGITTAL
    },
    Compared {
        name: "shoulder flexion",
        measured: |frame, side| frame.shoulder_flexion_deg.get(side),
        truth: |angles, side| angles.sagittal.shoulder_flexion.of(side),
        joints: &[hip, shoulder, elbow],
        ..SAGITTAL
    },
    Compared {
        name: "shin lean",
        measured: |frame, side| frame.shin_lean_deg.get(side),
        truth: |angles, side| angles.sagittal.shin_lean.of(side),
        joints: &[knee, ankle],
        ..SAGITTAL
    },
    Compared {
        name: "frontal-plane projection angle",
        measured: |frame, side| frame.fppa_deg.get(side),
        truth: |angles, side| angles.fppa.of(side),
        readable: |angles, side| {
            on_floor(angles, side) && angles.sagittal.knee_flexion.of(side) < PROJECTION_TO_DEG
        },
        ..FRONTAL
    },
    Compared {
        name: "knee inside foot",
        measured: |frame, side| frame.knee_inside_foot_deg.get(side),
        truth: |angles, side| angles.knee_inside_foot.of(side),
        ..FRONTAL
    },
];

const SAGITTAL: Compared = Compared {
    name: "",
    view: View::SideOn,
    target_deg: SAGITTAL_TARGET_DEG,
    measured: |_, _| f64::NAN,
    truth: |_, _| f32::NAN,
    readable: |_, _| true,
    joints: &[],
};

const FRONTAL: Compared = Compared {
    view: View::Facing,
    target_deg: OTHER_TARGET_DEG,
    readable: on_floor,
    joints: &[hip, knee, ankle],
    ..SAGITTAL
};

/// Knee flexion up to which the projection angle is read, degrees: it means little once the thigh points at the camera.
pub const PROJECTION_TO_DEG: f32 = 60.0;

/// Whether a foot carries or could carry the body: a lifted leg points anywhere.
fn on_floor(angles: &Angles, side: Side) -> bool {
    angles.foot_clearance.of(side) < 0.03
}

/// Lean of the trunk up to which a body is upright, degrees.
const UPRIGHT_DEG: f32 = 60.0;

/// What was measured in a clip beside what is true, for each of [`COMPARED`] in its order.
#[must_use]
pub fn errors(truth: &Truth, clip: &Clip) -> [Read; COMPARED.len()] {
    let mut read = COMPARED.map(|_| Read::default());
    let stands = stands(truth);
    for frame in Signals::new(clip).present() {
        let nearest = truth
            .frames
            .iter()
            .min_by(|a, b| (a.t - frame.t).abs().total_cmp(&(b.t - frame.t).abs()));
        let Some(angles) = nearest.and_then(|nearest| nearest.angles.as_ref()) else {
            continue;
        };
        let wanted = |(compared, _): &(&Compared, &mut Read)| stands || compared.view != View::Facing;
        for (compared, read) in COMPARED.iter().zip(&mut read).filter(wanted) {
            compared.read(frame, f64::from(clip.aspect()), angles, read);
        }
    }
    read
}

/// Whether the body stands or sits for most of the clip: frontal angles are those of one that does.
fn stands(truth: &Truth) -> bool {
    let seen = || truth.frames.iter().filter_map(|frame| frame.angles.as_ref());
    let upright = seen().filter(|angles| angles.space.trunk_lean <= UPRIGHT_DEG);
    2 * upright.count() > seen().count()
}

impl Compared {
    fn read(&self, frame: &Frame, aspect: f64, angles: &Angles, read: &mut Read) {
        let sides = match self.view {
            _ if !self.view.includes(angles.heading.abs()) => &[][..],
            View::SideOn if frame.near == Side::Left => &[Side::Left],
            View::SideOn => &[Side::Right],
            View::Facing => &Side::BOTH,
        };
        for &side in sides.iter().filter(|&&side| (self.readable)(angles, side)) {
            let error = (self.measured)(frame, side) - f64::from((self.truth)(angles, side));
            if !self.joints.iter().all(|joint| seen(frame, joint(side), aspect)) {
                read.unseen += 1;
            } else if error.is_finite() {
                read.errors.push(error);
            }
        }
    }
}

/// Whether a joint lies in the picture and is found to be visible there, as much as the quality gates ask.
fn seen(frame: &Frame, joint: Landmark, aspect: f64) -> bool {
    let at = frame.body.image(joint);
    let inside = (0.0..=aspect).contains(&at.x) && (0.0..=1.0).contains(&at.y);
    inside && frame.body.visibility(joint) >= thresholds().gates.landmark_visible.limit
}
