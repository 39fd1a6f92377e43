//! A rendered person with known joint angles: ground truth for the whole system.

pub mod anatomy;
pub mod body;
pub mod camera;
pub mod posture;
pub mod render;
pub mod skeleton;
pub mod truth;
