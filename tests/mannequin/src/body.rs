//! The bodies and clothes of the mannequin: segment lengths, widths, girths and colours. No posture, no drawing.

use serde::Serialize;

/// A linear-light colour: red, green, blue reflectance, 0..1.
pub type Colour = [f32; 3];

/// Which of the mannequin's bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BodyKind {
    /// 1.80 m, broad shoulders, short dark hair, T-shirt and long trousers.
    Tall,
    /// 1.64 m, wider hips, narrower shoulders, tied hair, T-shirt and leggings.
    Short,
    /// 1.72 m, heavier build, darker skin, shorts.
    Sturdy,
}

/// How the hair is worn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Hair {
    /// Close to the skull.
    Short,
    /// Fuller, with a pony tail.
    Tied,
}

/// Colours and cut of what is worn, and of the person.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Look {
    pub skin: Colour,
    pub hair: Hair,
    pub hair_colour: Colour,
    pub shirt: Colour,
    /// How far the sleeve reaches down the upper arm, 0..1.
    pub sleeve: f32,
    pub trousers: Colour,
    /// How far trousers reach: 0..1 along the thigh, 1..2 along the shank.
    pub trouser_length: f32,
    pub shoe: Colour,
    pub sole: Colour,
}

/// Segment lengths and widths in metres, girths as factors, and the look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "lengths in metres, named after the segment")]
pub struct Body {
    pub height: f32,
    pub thigh: f32,
    pub shank: f32,
    /// Malleolus above the sole.
    pub ankle_height: f32,
    pub foot: f32,
    /// Middle of the hips to the middle of the shoulders.
    pub trunk: f32,
    /// Between the hip joints.
    pub hip_width: f32,
    /// Between the shoulder joints.
    pub shoulder_width: f32,
    pub upper_arm: f32,
    pub forearm: f32,
    pub hand: f32,
    /// Middle of the shoulders to the middle between the ears.
    pub neck: f32,
    /// Size of the head against that of a person of 1.75 m.
    pub head_scale: f32,
    /// Limb thickness factor.
    pub limb_girth: f32,
    /// Trunk thickness factor.
    pub trunk_girth: f32,
    /// Half of the widest width at the hips.
    pub pelvis_half_width: f32,
    /// Half of the waist's width.
    pub waist_half_width: f32,
    /// Half of the chest's width below the armpits.
    pub chest_half_width: f32,
    pub look: Look,
}

impl BodyKind {
    /// All bodies.
    pub const ALL: [Self; 3] = [Self::Tall, Self::Short, Self::Sturdy];

    /// The body's measures.
    #[must_use]
    pub fn body(self) -> Body {
        match self {
            Self::Tall => Body {
                shoulder_width: 0.204 * 1.80,
                hip_width: 0.108 * 1.80,
                pelvis_half_width: 0.172,
                waist_half_width: 0.146,
                chest_half_width: 0.172,
                ..Body::of_height(
                    1.80,
                    Look {
                        skin: [0.56, 0.33, 0.23],
                        hair: Hair::Short,
                        hair_colour: [0.035, 0.022, 0.015],
                        shirt: [0.62, 0.07, 0.07],
                        sleeve: 0.62,
                        trousers: [0.035, 0.045, 0.10],
                        trouser_length: 1.93,
                        shoe: [0.62, 0.62, 0.62],
                        sole: [0.80, 0.80, 0.80],
                    },
                )
            },
            Self::Short => Body {
                shoulder_width: 0.190 * 1.64,
                hip_width: 0.117 * 1.64,
                pelvis_half_width: 0.178,
                waist_half_width: 0.124,
                chest_half_width: 0.140,
                limb_girth: 0.90,
                trunk_girth: 0.90,
                ..Body::of_height(
                    1.64,
                    Look {
                        skin: [0.66, 0.42, 0.32],
                        hair: Hair::Tied,
                        hair_colour: [0.16, 0.075, 0.03],
                        shirt: [0.10, 0.36, 0.42],
                        sleeve: 0.45,
                        trousers: [0.045, 0.045, 0.05],
                        trouser_length: 1.80,
                        shoe: [0.55, 0.16, 0.24],
                        sole: [0.75, 0.75, 0.72],
                    },
                )
            },
            Self::Sturdy => Body {
                shoulder_width: 0.206 * 1.72,
                hip_width: 0.112 * 1.72,
                pelvis_half_width: 0.196,
                waist_half_width: 0.182,
                chest_half_width: 0.184,
                limb_girth: 1.14,
                trunk_girth: 1.22,
                ..Body::of_height(
                    1.72,
                    Look {
                        skin: [0.19, 0.10, 0.06],
                        hair: Hair::Short,
                        hair_colour: [0.012, 0.011, 0.010],
                        shirt: [0.74, 0.72, 0.66],
                        sleeve: 0.60,
                        trousers: [0.10, 0.13, 0.09],
                        trouser_length: 0.85,
                        shoe: [0.03, 0.03, 0.035],
                        sole: [0.65, 0.65, 0.65],
                    },
                )
            },
        }
    }
}

impl Body {
    /// Average proportions for a stature in metres.
    ///
    /// Segment lengths are the fractions of stature of Drillis & Contini (1966) as printed in Winter, "Biomechanics
    /// and Motor Control of Human Movement" (2009), figure 4.1: ankle 0.039, knee 0.285, hip 0.530, shoulder 0.818,
    /// eye 0.936, upper arm 0.186, forearm 0.146, hand 0.108, foot 0.152. Joint-centre widths are narrower than the
    /// skin breadths printed there (0.259 and 0.191) and are set by each body.
    fn of_height(height: f32, look: Look) -> Self {
        Self {
            height,
            thigh: (0.530 - 0.285) * height,
            shank: (0.285 - 0.039) * height,
            ankle_height: 0.039 * height + 0.012, // the shoe's sole
            foot: 0.152 * height,
            trunk: (0.818 - 0.530) * height,
            hip_width: 0.11 * height,
            shoulder_width: 0.20 * height,
            upper_arm: 0.186 * height,
            forearm: 0.146 * height,
            hand: 0.108 * height,
            // The ear's opening lies about 0.02 m below the eye.
            neck: (0.936 - 0.818) * height - 0.022,
            head_scale: 1.0 + 0.35 * (height - 1.75),
            limb_girth: 1.0,
            trunk_girth: 1.0,
            pelvis_half_width: 0.17,
            waist_half_width: 0.14,
            chest_half_width: 0.16,
            look,
        }
    }

    /// Hip joint to ankle along the leg, metres: the length that reaches are divided by.
    #[must_use]
    pub fn leg(&self) -> f32 {
        self.thigh + self.shank
    }

    /// Ball of the foot ahead of the ankle, metres.
    #[must_use]
    pub fn ball_ahead(&self) -> f32 {
        0.46 * self.foot
    }

    /// Heel behind the ankle, metres.
    #[must_use]
    pub fn heel_behind(&self) -> f32 {
        0.22 * self.foot
    }
}
