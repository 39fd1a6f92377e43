//! Face Mesh: the 468 points of a face, and which way the head points.

mod canonical;
mod mesh;
mod rotation;
mod tracker;

pub use mesh::FaceMesh;
pub use tracker::FaceTracker;
