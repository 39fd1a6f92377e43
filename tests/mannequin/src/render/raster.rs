//! Fills triangles: which of them each sample of the picture sees, and how high the body stands toward the light.

use glam::{Vec2, Vec3};

use super::mesh::Mesh;

/// Samples along each edge of a pixel.
pub const SAMPLES: usize = 2;

/// The triangle nearest to the camera at a sample.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// One over the distance along the view, 1/m; 0 where nothing was drawn.
    pub nearness: f32,
    /// Index of the triangle.
    pub triangle: u32,
    /// Weights of the second and third corner.
    pub weights: Vec2,
}

impl Sample {
    /// Nothing was drawn here.
    pub const EMPTY: Self = Self {
        nearness: 0.0,
        triangle: u32::MAX,
        weights: Vec2::ZERO,
    };
}

/// A rectangle of whole numbers, `low` inside, `high` outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First column and row.
    pub low: (usize, usize),
    /// Column and row after the last.
    pub high: (usize, usize),
}

impl Window {
    /// A rectangle without any point, that `include` grows.
    pub const EMPTY: Self = Self {
        low: (usize::MAX, usize::MAX),
        high: (0, 0),
    };

    /// Grows to hold another rectangle.
    pub fn include(&mut self, other: Self) {
        self.low = (self.low.0.min(other.low.0), self.low.1.min(other.low.1));
        self.high = (self.high.0.max(other.high.0), self.high.1.max(other.high.1));
    }

    /// Whether no point is inside.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.low.0 >= self.high.0 || self.low.1 >= self.high.1
    }
}

/// Calls `visit(column, row, weights of corner 2 and 3, interpolated third coordinate)` for each sample point inside a
/// triangle of `(x, y, value)` corners that turns clockwise on screen (y down); others face away and are skipped.
#[inline]
fn fill(
    corners: [Vec3; 3],
    (width, height): (usize, usize),
    mut visit: impl FnMut(usize, usize, Vec2, f32),
) -> Window {
    let [origin, second, third] = corners;
    let (edge, other) = ((second - origin).truncate(), (third - origin).truncate());
    let area = edge.perp_dot(other);
    if area.is_nan() || area >= -1e-6 {
        return Window::EMPTY;
    }
    let low = origin.min(second).min(third);
    let high = origin.max(second).max(third);
    if high.x < 0.5 || high.y < 0.5 || low.x > width as f32 || low.y > height as f32 {
        return Window::EMPTY;
    }
    let from = |value: f32| (value - 0.5).ceil().max(0.0) as usize;
    let to = |value: f32, end: usize| ((value + 0.5).floor().max(0.0) as usize).min(end);
    let window = Window {
        low: (from(low.x), from(low.y)),
        high: (to(high.x, width), to(high.y, height)),
    };
    if window.is_empty() {
        return Window::EMPTY;
    }
    // The weights of the second and the third corner are linear in x and y: one step across, one step down.
    let across = Vec2::new(other.y, -edge.y) / area;
    let down = Vec2::new(-other.x, edge.x) / area;
    let slope = Vec2::new(second.z - origin.z, third.z - origin.z);
    for row in window.low.1..window.high.1 {
        let start = down * (row as f32 + 0.5 - origin.y);
        let mut inside = false;
        for column in window.low.0..window.high.0 {
            let weights = start + across * (column as f32 + 0.5 - origin.x);
            if weights.x >= 0.0 && weights.y >= 0.0 && weights.x + weights.y <= 1.0 {
                inside = true;
                visit(column, row, weights, origin.z + slope.dot(weights));
            } else if inside {
                break;
            }
        }
    }
    window
}

/// Draws a mesh whose vertices have been projected to `(sample column, sample row, nearness)`; returns what was touched.
pub fn draw(mesh: &Mesh, projected: &[Vec3], size: (usize, usize), samples: &mut [Sample]) -> Window {
    let mut touched = Window::EMPTY;
    for (index, triangle) in mesh.triangles.iter().enumerate() {
        let corners = triangle.corners.map(|corner| projected[corner as usize]);
        // Nearer than 15 cm, or behind the lens.
        if corners.iter().any(|corner| corner.z <= 0.0 || corner.z > 6.6) {
            continue;
        }
        touched.include(fill(corners, size, |column, row, weights, nearness| {
            let sample = &mut samples[row * size.0 + column];
            if nearness > sample.nearness {
                *sample = Sample {
                    nearness,
                    triangle: index as u32,
                    weights,
                };
            }
        }));
    }
    touched
}

/// Draws how far a mesh reaches along its third coordinate, keeping the highest value of each cell.
pub fn draw_heights(mesh: &Mesh, projected: &[Vec3], size: (usize, usize), heights: &mut [f32]) {
    for triangle in &mesh.triangles {
        let corners = triangle.corners.map(|corner| projected[corner as usize]);
        fill(corners, size, |column, row, _, value| {
            let cell = &mut heights[row * size.0 + column];
            *cell = cell.max(value);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sample_of_a_split_square_is_filled_exactly_once() {
        let [a, b, c, d] =
            [(1.0, 1.0), (9.0, 1.0), (9.0, 7.0), (1.0, 7.0)].map(|(x, y)| Vec3::new(x, y, 1.0));
        let mut count = vec![0; 100];
        for corners in [[a, c, b], [a, d, c]] {
            fill(corners, (10, 10), |column, row, _, value| {
                assert!((value - 1.0).abs() < 1e-5);
                count[row * 10 + column] += 1;
            });
        }
        assert!(count.iter().sum::<i32>() >= 48 && count.iter().filter(|&&hits| hits > 0).count() == 48);
        let turned_away = fill([a, b, c], (10, 10), |_, _, _, _| panic!("a back face was drawn"));
        assert!(turned_away.is_empty());
    }
}
