//! The protocols: one file per test, each reading like the test it scores.
//!
//! A protocol gets a clip that passed the gates, recognises the movement, measures it and decides the bucket. It never
//! falls back: what it cannot recognise it refuses, what it cannot measure it lists as not measured.

pub(crate) mod ankle_mobility;
pub(crate) mod bird_dog;
pub(crate) mod chin_tuck;
pub(crate) mod clamshell;
mod criteria;
pub(crate) mod dead_bug;
pub(crate) mod glute_bridge;
pub(crate) mod hip_shoulder;
pub(crate) mod lateral_lunge;
pub(crate) mod neck_flexion_extension;
pub(crate) mod overhead_squat;
pub(crate) mod plank;
mod report;
pub(crate) mod shoulder_flexion;
mod sides;
pub(crate) mod single_leg_balance;
mod stretches;
pub(crate) mod wall_slide;
pub(crate) mod y_balance;

/// Points of the grid without a body that a repetition may contain: 0.3 s.
const BRIDGE: usize = 3;

/// Points of the grid before a repetition in which the person stands: 1 s.
const STANDING: usize = 10;

/// How far from upright the trunk may be in tests of the head, degrees.
const UPRIGHT_DEG: f64 = 40.0;

/// Rise of the ankle over that of the heel when a foot turns about its ball: the ankle stands a quarter of the foot's
/// length ahead of the heel and the ball three quarters (rendered people with known lifts: 0.6 to 0.7).
const ANKLE_SHARE: f64 = 0.65;
