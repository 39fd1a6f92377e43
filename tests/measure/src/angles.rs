//! Joint angles as measured beside those that were rendered, frame by frame.

use flow_landmarks::{Clip, Side};
use flow_mannequin::{Angles, Truth};
use flow_movement::signals::{Frame, Signals};

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
}

/// The angles that scoring rests on: sagittal ones side-on, frontal ones facing the camera.
pub const COMPARED: [Compared; 7] = [
    Compared {
        name: "knee flexion",
        measured: |frame, side| frame.knee_flexion_deg.get(side),
        truth: |angles, side| angles.sagittal.knee_flexion.of(side),
        ..SAGITTAL
    },
    Compared {
        name: "hip flexion",
        measured: |frame, side| frame.hip_flexion_deg.get(side),
        truth: |angles, side| angles.sagittal.hip_flexion.of(side),
        ..SAGITTAL
    },
    Compared {
        name: "trunk lean",
        measured: |frame, _| frame.trunk_lean_deg,
        truth: |angles, _| angles.sagittal.trunk_lean,
        ..SAGITTAL
    },
    Compared {
        name: "shoulder flexion",
        measured: |frame, side| frame.shoulder_flexion_deg.get(side),
        truth: |angles, side| angles.sagittal.shoulder_flexion.of(side),
        ..SAGITTAL
    },
    Compared {
        name: "shin lean",
        measured: |frame, side| frame.shin_lean_deg.get(side),
        truth: |angles, side| angles.sagittal.shin_lean.of(side),
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
};

const FRONTAL: Compared = Compared {
    view: View::Facing,
    target_deg: OTHER_TARGET_DEG,
    readable: on_floor,
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

/// What was measured in a clip minus what is true, degrees, for each of [`COMPARED`] in its order.
#[must_use]
pub fn errors(truth: &Truth, clip: &Clip) -> [Vec<f64>; COMPARED.len()] {
    let mut errors = [const { Vec::new() }; COMPARED.len()];
    for frame in Signals::new(clip).present() {
        let nearest = truth
            .frames
            .iter()
            .min_by(|a, b| (a.t - frame.t).abs().total_cmp(&(b.t - frame.t).abs()));
        let Some(angles) = nearest.and_then(|nearest| nearest.angles.as_ref()) else {
            continue;
        };
        for (compared, errors) in COMPARED.iter().zip(&mut errors) {
            errors.extend(compared.errors(frame, angles));
        }
    }
    errors
}

impl Compared {
    fn errors(&self, frame: &Frame, angles: &Angles) -> impl Iterator<Item = f64> {
        let sides = match self.view {
            _ if !self.view.includes(angles.heading.abs()) => &[][..],
            // Frontal angles are those of a body that stands or sits.
            View::Facing if angles.space.trunk_lean > UPRIGHT_DEG => &[],
            View::SideOn if frame.near == Side::Left => &[Side::Left],
            View::SideOn => &[Side::Right],
            View::Facing => &Side::BOTH,
        };
        sides
            .iter()
            .filter(|&&side| (self.readable)(angles, side))
            .map(|&side| (self.measured)(frame, side) - f64::from((self.truth)(angles, side)))
            .filter(|error| error.is_finite())
    }
}
