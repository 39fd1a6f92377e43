//! Points of the mannequin's face. Both its drawing and the ground truth take them from here, so that they cannot drift
//! apart.

/// Points of the face in the head frame, metres for a head of scale 1: x is outward on the person's left.
///
/// Distances between the eyes (63 mm between pupils), ears (145 mm), and eye to mouth follow the 50th percentile of
/// NASA-STD-3000, figure 3.3.1.3.
pub mod face {
    use glam::Vec3;

    /// Tip of the nose.
    pub const NOSE: Vec3 = Vec3::new(0.0, -0.016, 0.122);
    /// Middle of the left eye.
    pub const EYE: Vec3 = Vec3::new(0.0315, 0.018, 0.089);
    /// Inner corner of the left eye.
    pub const EYE_INNER: Vec3 = Vec3::new(0.016, 0.018, 0.090);
    /// Outer corner of the left eye.
    pub const EYE_OUTER: Vec3 = Vec3::new(0.047, 0.018, 0.080);
    /// Opening of the left ear.
    pub const EAR: Vec3 = Vec3::new(0.074, 0.004, -0.004);
    /// Left corner of the mouth.
    pub const MOUTH: Vec3 = Vec3::new(0.025, -0.051, 0.088);
}
