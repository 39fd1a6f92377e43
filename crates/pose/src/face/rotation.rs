//! How far a head is turned: the rotation that lays the canonical face over a mesh, as three angles.

use super::canonical::BASIS;

/// Rows of a symmetric matrix.
type Square = [[f64; 4]; 4];

/// Sweeps over all pairs of axes after which a 4 x 4 matrix is diagonal to the last bit; convergence is quadratic.
const SWEEPS: usize = 8;

/// Pitch, yaw and roll in degrees, with the axes and signs of [`flow_landmarks::Face`], of the face whose points `at` gives:
/// x to the picture's right, y up, z to the camera, in any unit.
///
/// The rotation is the one with the least sum of weighted squared distances between the face's points and the turned, moved
/// and scaled canonical ones, which is MediaPipe's `SolveWeightedOrthogonalProblem`, by the method of B. K. P. Horn,
/// "Closed-form solution of absolute orientation using unit quaternions", 1987, section 4: it is the eigenvector of a 4 x 4
/// matrix. MediaPipe's geometry pipeline then corrects for a perspective of 63 degrees; this does not, because nobody knows
/// the camera's.
pub(super) fn head_angles(at: impl Fn(usize) -> [f64; 3]) -> [f64; 3] {
    let total: f64 = BASIS.iter().map(|vertex| vertex.weight).sum();
    let mean = |value: &dyn Fn(usize) -> [f64; 3]| {
        let mut sum = [0.0; 3];
        for (index, vertex) in BASIS.iter().enumerate() {
            for (sum, value) in sum.iter_mut().zip(value(index)) {
                *sum += value * vertex.weight / total;
            }
        }
        sum
    };
    let seen = |index: usize| at(BASIS[index].index);
    let (middle, canonical_middle) = (mean(&seen), mean(&|index| BASIS[index].at));
    // products[row][column]: of the canonical face's axis `row` and the seen one's axis `column`.
    let mut products = [[0.0; 3]; 3];
    for (index, vertex) in BASIS.iter().enumerate() {
        let point = seen(index);
        for (row, line) in products.iter_mut().enumerate() {
            for (column, product) in line.iter_mut().enumerate() {
                *product += vertex.weight
                    * (vertex.at[row] - canonical_middle[row])
                    * (point[column] - middle[column]);
            }
        }
    }
    angles(largest_eigenvector(quaternion_matrix(products)))
}

/// Horn's matrix, whose eigenvector with the largest eigenvalue is the rotation as a quaternion w, x, y, z.
fn quaternion_matrix([[xx, xy, xz], [yx, yy, yz], [zx, zy, zz]]: [[f64; 3]; 3]) -> Square {
    [
        [xx + yy + zz, yz - zy, zx - xz, xy - yx],
        [yz - zy, xx - yy - zz, xy + yx, zx + xz],
        [zx - xz, xy + yx, yy - xx - zz, yz + zy],
        [xy - yx, zx + xz, yz + zy, zz - xx - yy],
    ]
}

/// The eigenvector with the largest eigenvalue, by Jacobi's rotations (Golub & Van Loan, "Matrix Computations", section
/// 8.5).
fn largest_eigenvector(mut matrix: Square) -> [f64; 4] {
    let mut vectors: Square =
        std::array::from_fn(|row| std::array::from_fn(|column| f64::from(row == column)));
    for _ in 0..SWEEPS {
        for p in 0..3 {
            for q in p + 1..4 {
                if matrix[p][q] == 0.0 {
                    continue;
                }
                let slope = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
                let tangent = 1.0_f64.copysign(slope) / (slope.abs() + slope.hypot(1.0));
                let cosine = 1.0 / tangent.hypot(1.0);
                let sine = tangent * cosine;
                let turn = |a: f64, b: f64| (cosine * a - sine * b, sine * a + cosine * b);
                for row in matrix.iter_mut().chain(&mut vectors) {
                    (row[p], row[q]) = turn(row[p], row[q]);
                }
                let (above, below) = (matrix[p], matrix[q]);
                matrix[p] = std::array::from_fn(|column| turn(above[column], below[column]).0);
                matrix[q] = std::array::from_fn(|column| turn(above[column], below[column]).1);
            }
        }
    }
    let largest = (0..4)
        .max_by(|&a, &b| matrix[a][a].total_cmp(&matrix[b][b]))
        .unwrap_or(0);
    vectors.map(|row| row[largest])
}

/// Pitch, yaw and roll of a rotation given as a quaternion w, x, y, z: about x first, then about z, then about y.
fn angles([w, x, y, z]: [f64; 4]) -> [f64; 3] {
    // The rotated x axis is (cos roll cos yaw, sin roll, -cos roll sin yaw); pitch is read from the heights of the other two.
    let across = [
        1.0 - 2.0 * (y * y + z * z),
        2.0 * (x * y + w * z),
        2.0 * (x * z - w * y),
    ];
    let (up_height, ahead_height) = (1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z - w * x));
    [
        (-ahead_height).atan2(up_height),
        (-across[2]).atan2(across[0]),
        across[1].clamp(-1.0, 1.0).asin(),
    ]
    .map(f64::to_degrees)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A point turned about x by pitch, then about z by roll, then about y by yaw.
    fn turned([x, y, z]: [f64; 3], [pitch, yaw, roll]: [f64; 3]) -> [f64; 3] {
        let [(sp, cp), (sy, cy), (sr, cr)] =
            [pitch, yaw, roll].map(|angle: f64| angle.to_radians().sin_cos());
        let (y, z) = (cp * y - sp * z, sp * y + cp * z);
        let (x, y) = (cr * x - sr * y, sr * x + cr * y);
        [cy * x + sy * z, y, -sy * x + cy * z]
    }

    fn read(angles: [f64; 3], scale: f64, shift: [f64; 3]) -> [f64; 3] {
        head_angles(|index| {
            let vertex = BASIS.iter().find(|vertex| vertex.index == index).unwrap();
            let [x, y, z] = turned(vertex.at, angles);
            [x * scale + shift[0], y * scale + shift[1], z * scale + shift[2]]
        })
    }

    #[test]
    fn signs_are_those_of_a_face() {
        // The tip of the nose, from the middle of the head: down, to the picture's right.
        let nose = [0.0, 0.0, 1.0];
        assert!(turned(nose, [30.0, 0.0, 0.0])[1] < -0.4);
        assert!(turned(nose, [0.0, 30.0, 0.0])[0] > 0.4);
        // The top of the head: to the picture's left.
        assert!(turned([0.0, 1.0, 0.0], [0.0, 0.0, 30.0])[0] < -0.4);
    }

    #[test]
    fn points_that_are_all_in_one_place_give_numbers() {
        assert!(head_angles(|_| [1.0; 3]).into_iter().all(f64::is_finite));
    }

    proptest! {
        #[test]
        fn a_turned_face_is_read_exactly(
            pitch in -170.0..170.0, yaw in -170.0..170.0, roll in -80.0..80.0, scale in 0.01..100.0, shift in -50.0..50.0,
        ) {
            let found = read([pitch, yaw, roll], scale, [shift, -shift, 2.0 * shift]);
            for (found, expected) in found.into_iter().zip([pitch, yaw, roll]) {
                prop_assert!((found - expected).abs() < 1e-6, "{found} for {expected}");
            }
        }
    }
}
