//! The face that meshes are compared with: points of MediaPipe's canonical face model and how much each one counts.
//!
//! Source: `mediapipe/modules/face_geometry/data` at 85c0cdc7d706 (Apache-2.0): positions from `canonical_face_model.obj`,
//! choice and weights from `procrustes_landmark_basis` in `geometry_pipeline_metadata_landmarks.pbtxt`. They are the points
//! that change least with the expression of a face.

#![expect(clippy::unreadable_literal, reason = "as they stand in the source")]

/// A point of the canonical face.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vertex {
    /// Its index in a mesh.
    pub index: usize,
    /// How much it counts.
    pub weight: f64,
    /// Centimetres: x to the face's own left, y up, z ahead, out of the face.
    pub at: [f64; 3],
}

const fn vertex(index: usize, weight: f64, at: [f64; 3]) -> Vertex {
    Vertex { index, weight, at }
}

/// The points that a head's rotation is read from.
pub(super) const BASIS: [Vertex; 33] = [
    vertex(4, 0.07090994, [0.000000, -0.463170, 7.586580]),
    vertex(6, 0.03210014, [0.000000, 2.473255, 5.788627]),
    vertex(10, 0.00844655, [0.000000, 8.261778, 4.481535]),
    vertex(33, 0.05872417, [-4.445859, 2.663991, 3.173422]),
    vertex(54, 0.00766708, [-6.279331, 6.615427, 1.425850]),
    vertex(67, 0.00907806, [-3.523964, 8.005976, 3.729163]),
    vertex(117, 0.00979194, [-5.258659, 0.945811, 2.974312]),
    vertex(119, 0.01456537, [-3.300681, 0.861641, 3.872784]),
    vertex(121, 0.01859136, [-1.820731, 1.467954, 4.224124]),
    vertex(127, 0.00519799, [-7.743095, 2.364999, -2.005167]),
    vertex(129, 0.12062521, [-1.785794, -0.978284, 4.850470]),
    vertex(132, 0.00556002, [-7.270895, -2.890917, -2.252455]),
    vertex(133, 0.05328618, [-1.856432, 2.585245, 3.757904]),
    vertex(136, 0.06689046, [-5.085276, -7.178590, 0.714711]),
    vertex(143, 0.01481655, [-6.407571, 2.236021, 1.560843]),
    vertex(147, 0.01426283, [-6.234883, -1.944430, 1.663542]),
    vertex(198, 0.02546219, [-1.246815, 0.230297, 5.681036]),
    vertex(205, 0.04725228, [-3.832928, -1.537326, 4.137731]),
    vertex(263, 0.05872417, [4.445859, 2.663991, 3.173422]),
    vertex(284, 0.00766708, [6.279331, 6.615427, 1.425850]),
    vertex(297, 0.00907806, [3.523964, 8.005976, 3.729163]),
    vertex(346, 0.00979194, [5.258659, 0.945811, 2.974312]),
    vertex(348, 0.01456537, [3.300681, 0.861641, 3.872784]),
    vertex(350, 0.01859136, [1.820731, 1.467954, 4.224124]),
    vertex(356, 0.00519799, [7.743095, 2.364999, -2.005167]),
    vertex(358, 0.12062521, [1.785794, -0.978284, 4.850470]),
    vertex(361, 0.00556002, [7.270895, -2.890917, -2.252455]),
    vertex(362, 0.05328618, [1.856432, 2.585245, 3.757904]),
    vertex(365, 0.06689046, [5.085276, -7.178590, 0.714711]),
    vertex(372, 0.01481655, [6.407571, 2.236021, 1.560843]),
    vertex(376, 0.01426283, [6.234883, -1.944430, 1.663542]),
    vertex(420, 0.02546219, [1.246815, 0.230297, 5.681036]),
    vertex(425, 0.04725228, [3.832928, -1.537326, 4.137731]),
];
