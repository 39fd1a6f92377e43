//! A rendered person with known joint angles: ground truth for the whole system.
//!
//! A [`Scenario`] says who does what before which camera and what has to come out; [`scenarios`] lists those of the
//! whole-system tests. [`Scenario::encode`] and [`cached_clip`] film it with FFmpeg, [`Scenario::truth`] tells where each
//! landmark was and what each joint angle was, frame by frame, [`Scenario::summary`] adds squats, stands and reaches.
//!
//! From the ground up: [`body`] (measures), [`posture`] (how joints are held), [`skeleton`] (where they are),
//! [`anatomy`] (where landmarks sit), [`motion`] (a posture for every moment), [`camera`] and [`render`] (pictures),
//! [`truth`] (numbers).

pub mod anatomy;
pub mod body;
mod cache;
pub mod camera;
mod encode;
pub mod face;
mod judge;
mod landmarks;
pub mod motion;
pub mod posture;
pub mod render;
mod rotation;
mod scenario;
mod scenarios;
pub mod skeleton;
mod summary;
pub mod truth;

pub use cache::cached_clip;
pub use encode::{Encoding, MannequinError};
pub use judge::{FlagMistakes, Judged};
pub use scenario::{Expect, Flag, Rate, Scenario, Twist};
pub use scenarios::{COMES_OUT_WRONG, one_of_each_bucket, one_of_each_outcome, scenario, scenarios, sweeps};
pub use summary::{HoldTruth, ReachTruth, SquatTruth, Summary};
pub use truth::{Angles, Flexions, FrameTruth, Sides, Truth};
