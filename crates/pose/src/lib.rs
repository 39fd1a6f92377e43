//! Frames to body landmarks and head: MediaPipe 0.10.21's BlazePose and Face Mesh, over any inference [`Engine`].
//!
//! [`PoseTracker`] follows one person from frame to frame, [`FaceTracker`] the face of that person; [`count_people`] counts
//! who is in the picture. Constants are those of MediaPipe's graphs `modules/pose_detection`, `modules/pose_landmark` and
//! `modules/face_landmark`, CPU variants. Nothing here reads video, scores movement or knows which engine runs the models.

#![cfg_attr(
    test,
    expect(clippy::float_cmp, reason = "what must pass unchanged is compared exactly")
)]

mod anchors;
mod crop;
mod decode;
mod detector;
mod engine;
mod face;
mod filter;
mod heatmap;
mod image;
mod people;
mod roi;
mod smoothing;
mod suppression;
mod tracker;

pub use engine::{Engine, EngineError, Model, Output};
pub use face::{FaceMesh, FaceTracker};
pub use image::{BATCH, MAX_SIDE, Picture, Rgb};
pub use people::count_people;
pub use tracker::{LandmarkModel, Options, PoseTracker};
