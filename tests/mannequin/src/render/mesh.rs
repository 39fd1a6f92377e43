//! A triangle mesh built anew for every frame out of a few shapes: tubes with changing elliptic sections, ellipsoids,
//! boxes. Limbs overlap at the joints; the depth buffer joins them.

use std::f32::consts::TAU;

use glam::{Quat, Vec3};

use crate::body::Colour;

/// A triangle: three indices into the vertices and the index of its colour.
#[derive(Clone, Copy, Debug)]
pub struct Triangle {
    /// Corners.
    pub corners: [u32; 3],
    /// Index into [`Mesh::colours`].
    pub colour: u16,
}

/// Vertices with normals, triangles, colours.
#[derive(Clone, Debug, Default)]
pub struct Mesh {
    /// Positions in the room, metres.
    pub positions: Vec<Vec3>,
    /// Outward unit normals, filled by [`Mesh::finish`].
    pub normals: Vec<Vec3>,
    /// Light from all around that reaches a vertex, 0..1.
    pub openness: Vec<f32>,
    /// Faces.
    pub triangles: Vec<Triangle>,
    /// Palette.
    pub colours: Vec<Colour>,
}

/// One cross section of a tube.
#[derive(Clone, Copy, Debug)]
pub struct Ring {
    /// Middle of the section.
    pub centre: Vec3,
    /// Half width, toward angle 0.
    pub wide: Vec3,
    /// Half depth, toward a quarter turn.
    pub front: Vec3,
    /// Half depth on the other side, as a factor of `front`.
    pub back: f32,
    /// How boxy: 1 is an ellipse, toward 0 a rectangle.
    pub round: f32,
    /// Colour of the band from this ring to the next.
    pub colour: u16,
}

impl Ring {
    /// An elliptic section.
    #[must_use]
    pub const fn new(centre: Vec3, wide: Vec3, front: Vec3, colour: u16) -> Self {
        Self {
            centre,
            wide,
            front,
            back: 1.0,
            round: 1.0,
            colour,
        }
    }
}

/// Where a limb starts and ends and how it lies.
#[derive(Clone, Copy, Debug)]
pub struct Bone {
    /// Start.
    pub from: Vec3,
    /// End.
    pub to: Vec3,
    /// Which way the front of the limb faces, roughly.
    pub front: Vec3,
}

/// A section of a limb: position along the bone (0 start, 1 end), half width, half depth to the front and to the back in
/// metres, colour of the band that follows.
#[derive(Clone, Copy, Debug)]
pub struct Section(pub f32, pub f32, pub f32, pub f32, pub u16);

impl Mesh {
    /// Adds a colour and returns its index.
    pub fn colour(&mut self, colour: Colour) -> u16 {
        self.colours.push(colour);
        (self.colours.len() - 1) as u16
    }

    fn face(&mut self, a: usize, b: usize, c: usize, colour: u16) {
        self.triangles.push(Triangle {
            corners: [a as u32, b as u32, c as u32],
            colour,
        });
    }

    /// A closed tube through `rings`, each with `sides` corners.
    pub fn tube(&mut self, rings: &[Ring], sides: usize) {
        let base = self.positions.len();
        for ring in rings {
            for side in 0..sides {
                let (sin, cos) = (TAU * side as f32 / sides as f32).sin_cos();
                let bulge = |value: f32| value.abs().powf(ring.round).copysign(value);
                let depth = if sin > 0.0 { 1.0 } else { ring.back };
                self.positions
                    .push(ring.centre + ring.wide * bulge(cos) + ring.front * (bulge(sin) * depth));
            }
        }
        for (row, ring) in rings.iter().enumerate().take(rings.len().saturating_sub(1)) {
            for side in 0..sides {
                let next = (side + 1) % sides;
                let (low, high) = (base + row * sides, base + (row + 1) * sides);
                self.face(low + side, low + next, high + side, ring.colour);
                self.face(low + next, high + next, high + side, ring.colour);
            }
        }
        for (row, flip) in [(0, true), (rings.len() - 1, false)] {
            let Some(ring) = rings.get(row) else { continue };
            let middle = self.positions.len();
            self.positions.push(ring.centre);
            let first = base + row * sides;
            for side in 0..sides {
                let (a, b) = (first + side, first + (side + 1) % sides);
                let (a, b) = if flip { (b, a) } else { (a, b) };
                self.face(a, b, middle, ring.colour);
            }
        }
    }

    /// A limb: a tube along a bone with half-ball ends.
    pub fn limb(&mut self, bone: Bone, sections: &[Section], sides: usize) {
        let axis = bone.to - bone.from;
        let length = axis.length();
        let up = axis.normalize_or(Vec3::Y);
        let front = (bone.front - up * bone.front.dot(up)).normalize_or(up.any_orthonormal_vector());
        let wide = front.cross(up);
        let ring = |at: f32, scale: f32, &Section(_, half_width, ahead, behind, colour): &Section| Ring {
            centre: bone.from + up * (at * length),
            wide: wide * (half_width * scale),
            front: front * (ahead * scale),
            back: behind / ahead.max(1e-4),
            round: 1.0,
            colour,
        };
        let mut rings = Vec::with_capacity(sections.len() + 6);
        if let Some(first) = sections.first() {
            let cap = first.1.min(first.2) / length.max(1e-4);
            rings.extend(
                [(0.98, 0.2), (0.80, 0.6), (0.45, 0.9)]
                    .map(|(out, scale)| ring(first.0 - out * cap, scale, first)),
            );
        }
        rings.extend(sections.iter().map(|section| ring(section.0, 1.0, section)));
        if let Some(last) = sections.last() {
            let cap = last.1.min(last.2) / length.max(1e-4);
            rings.extend(
                [(0.45, 0.9), (0.80, 0.6), (0.98, 0.2)]
                    .map(|(out, scale)| ring(last.0 + out * cap, scale, last)),
            );
        }
        self.tube(&rings, sides);
    }

    /// An ellipsoid with half axes `radii` along the axes of `rotation`.
    pub fn ellipsoid(&mut self, centre: Vec3, rotation: Quat, radii: Vec3, colour: u16, detail: usize) {
        let rows = detail.max(4);
        let rings: Vec<Ring> = (0..=rows)
            .map(|row| {
                let angle = std::f32::consts::PI * (row as f32 / rows as f32).clamp(0.02, 0.98);
                let (sin, cos) = angle.sin_cos();
                Ring::new(
                    centre + rotation * Vec3::new(0.0, -radii.y * cos, 0.0),
                    rotation * Vec3::new(0.0, 0.0, radii.z * sin),
                    rotation * Vec3::new(radii.x * sin, 0.0, 0.0),
                    colour,
                )
            })
            .collect();
        self.tube(&rings, rows + rows / 2);
    }

    /// An upright box from its lowest to its highest corner.
    pub fn cuboid(&mut self, low: Vec3, high: Vec3, colour: u16) {
        let corner = |index: usize| {
            Vec3::new(
                if index & 1 == 0 { low.x } else { high.x },
                if index & 2 == 0 { low.y } else { high.y },
                if index & 4 == 0 { low.z } else { high.z },
            )
        };
        for [a, b, c, d] in [
            [0, 2, 3, 1],
            [4, 5, 7, 6],
            [0, 1, 5, 4],
            [2, 6, 7, 3],
            [0, 4, 6, 2],
            [1, 3, 7, 5],
        ] {
            let base = self.positions.len();
            self.positions.extend([a, b, c, d].map(corner));
            self.face(base, base + 1, base + 2, colour);
            self.face(base, base + 2, base + 3, colour);
        }
    }

    /// Computes the normals from the faces. Call once, after the last shape.
    pub fn finish(&mut self) {
        self.normals.clear();
        self.normals.resize(self.positions.len(), Vec3::ZERO);
        for triangle in &self.triangles {
            let [a, b, c] = triangle.corners.map(|corner| corner as usize);
            let normal = (self.positions[b] - self.positions[a]).cross(self.positions[c] - self.positions[a]);
            for corner in [a, b, c] {
                self.normals[corner] += normal;
            }
        }
        for normal in &mut self.normals {
            *normal = normal.normalize_or(Vec3::Y);
        }
        self.openness.resize(self.positions.len(), 1.0);
    }

    /// Forgets all shapes and keeps the memory.
    pub fn clear(&mut self) {
        self.positions.clear();
        self.normals.clear();
        self.openness.clear();
        self.triangles.clear();
        self.colours.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normals_of_every_shape_point_outward() {
        let mut mesh = Mesh::default();
        let colour = mesh.colour([1.0; 3]);
        mesh.ellipsoid(Vec3::ZERO, Quat::IDENTITY, Vec3::new(1.0, 2.0, 0.5), colour, 10);
        mesh.finish();
        for (position, normal) in mesh.positions.iter().zip(&mesh.normals) {
            assert!(position.dot(*normal) > 0.0, "ellipsoid at {position}: {normal}");
        }
        mesh.clear();
        let bone = Bone {
            from: Vec3::ZERO,
            to: Vec3::new(0.0, -1.0, 0.0),
            front: Vec3::Z,
        };
        mesh.limb(
            bone,
            &[Section(0.0, 0.1, 0.1, 0.1, 0), Section(1.0, 0.1, 0.1, 0.1, 0)],
            12,
        );
        mesh.cuboid(Vec3::new(2.0, 0.0, 0.0), Vec3::new(3.0, 1.0, 1.0), 0);
        mesh.finish();
        for (position, normal) in mesh.positions.iter().zip(&mesh.normals) {
            let inside = if position.x > 1.0 {
                Vec3::new(2.5, 0.5, 0.5)
            } else {
                Vec3::new(0.0, position.y.clamp(-1.0, 0.0), 0.0)
            };
            assert!(
                (*position - inside).dot(*normal) > 0.0,
                "shape at {position}: {normal}"
            );
        }
    }
}
