//! Draws people in a room as a camera sees them.
//!
//! Bodies are meshes filled with four samples a pixel; light is one lamp with shadows and a sky. The room is drawn once,
//! frames only touch what people and their shadows cover.

pub mod figure;
pub mod head;
pub mod light;
pub mod mesh;
pub mod picture;
pub mod raster;
pub mod room;
pub mod trunk;

use glam::{Vec2, Vec3};
use serde::Serialize;

use self::{
    light::{Light, Shadow},
    mesh::Mesh,
    picture::{Curve, Noise, Picture},
    raster::{SAMPLES, Sample, Window},
    room::{Backdrop, Room, Thing},
};
use crate::{
    body::Body,
    camera::{Camera, View},
    skeleton::Skeleton,
};

/// All that stays the same through a clip.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Set {
    /// The room.
    pub room: Room,
    /// The light in it.
    pub light: Light,
    /// The camera.
    pub camera: Camera,
    /// Things placed for this clip, such as a table in front of the person.
    pub things: &'static [Thing],
}

/// Draws frames of one set. Costs a few hundred milliseconds to make and a few to use; one for each thread.
#[derive(Clone, Debug)]
pub struct Renderer {
    set: Set,
    view: View,
    backdrop: Backdrop,
    /// Where in the shadow map each pixel of the empty room lies.
    places: Vec<Vec2>,
    empty: Picture,
    curve: Curve,
    noise: Noise,
    shadow: Shadow,
    mesh: Mesh,
    projected: Vec<Vec3>,
    samples: Vec<Sample>,
    touched: Window,
}

impl Renderer {
    /// Draws the empty room.
    #[must_use]
    pub fn new(set: Set) -> Self {
        let (width, height) = (set.camera.width as usize, set.camera.height as usize);
        let backdrop = set.room.backdrop(&set.camera, &set.light, set.things);
        let curve = Curve::default();
        let mut empty = Picture::new(width, height);
        for row in (0..height).step_by(2) {
            for column in (0..width).step_by(2) {
                let pixel = |dx, dy| curve.display(backdrop.colours[(row + dy) * width + column + dx]);
                empty.set_block(column, row, [pixel(0, 0), pixel(1, 0), pixel(0, 1), pixel(1, 1)]);
            }
        }
        let shadow = Shadow::new(set.light.direction());
        Self {
            places: backdrop.points.iter().map(|&point| shadow.place(point)).collect(),
            view: set.camera.view(),
            curve,
            noise: Noise::new(set.light.noise),
            shadow,
            mesh: Mesh::default(),
            projected: Vec::new(),
            samples: vec![Sample::EMPTY; width * height * SAMPLES * SAMPLES],
            touched: Window::EMPTY,
            set,
            backdrop,
            empty,
        }
    }

    /// The room with these people in it; `frame` chooses the noise.
    #[must_use]
    pub fn render(&mut self, people: &[(Body, Skeleton)], frame: u32) -> Picture {
        let mut picture = self.empty.clone();
        if !people.is_empty() {
            self.place(people);
            self.compose(&mut picture);
        }
        self.noise.apply(&mut picture, frame);
        picture
    }

    /// Builds the mesh of all people and finds what each sample sees.
    fn place(&mut self, people: &[(Body, Skeleton)]) {
        let (wide, high) = (
            self.set.camera.width as usize * SAMPLES,
            self.set.camera.height as usize * SAMPLES,
        );
        if !self.touched.is_empty() {
            for row in self.touched.low.1..self.touched.high.1 {
                self.samples[row * wide + self.touched.low.0..row * wide + self.touched.high.0]
                    .fill(Sample::EMPTY);
            }
        }
        self.mesh.clear();
        let mut spheres = Vec::new();
        for (body, skeleton) in people {
            figure::add(&mut self.mesh, body, skeleton);
            spheres.extend(figure::shade_spheres(body, skeleton));
        }
        self.mesh.finish();
        darken(&mut self.mesh, &spheres);
        room::project_into(&self.view, &self.mesh.positions, &mut self.projected);
        self.touched = raster::draw(&self.mesh, &self.projected, (wide, high), &mut self.samples);
        let middle = people
            .iter()
            .map(|(_, skeleton)| skeleton.pelvis.origin)
            .sum::<Vec3>();
        self.shadow.cast(&self.mesh, middle / people.len() as f32);
    }

    /// Lays people and their shadows over the empty room.
    fn compose(&self, picture: &mut Picture) {
        let direction = self.set.light.direction();
        let (width, height) = (picture.width, picture.height);
        let shift = self.shadow.shift();
        for row in (0..height).step_by(2) {
            for column in (0..width).step_by(2) {
                let pixels = [0, 1, width, width + 1].map(|offset| row * width + column + offset);
                let covers = pixels.map(|pixel| self.shadow.cover(self.places[pixel] + shift));
                // Most of the room is as it was.
                if covers.iter().all(|&cover| cover < 0.01) && !self.touches(column, row) {
                    continue;
                }
                let mut block = [[0.0; 3]; 4];
                for (index, value) in block.iter_mut().enumerate() {
                    let pixel = pixels[index];
                    let shade = 1.0 - covers[index] * self.backdrop.lamp_share[pixel];
                    let behind = self.backdrop.colours[pixel] * shade;
                    let (sum, count) = self.person(column + index % 2, row + index / 2, direction);
                    let open = (SAMPLES * SAMPLES - count) as f32;
                    *value = self
                        .curve
                        .display((sum + behind * open) / (SAMPLES * SAMPLES) as f32);
                }
                picture.set_block(column, row, block);
            }
        }
    }

    /// Whether a block of two by two pixels may show a person.
    fn touches(&self, column: usize, row: usize) -> bool {
        let (low, high) = (self.touched.low, self.touched.high);
        let inside =
            |value: usize, low: usize, high: usize| (value + 2) * SAMPLES > low && value * SAMPLES < high;
        inside(column, low.0, high.0) && inside(row, low.1, high.1)
    }

    /// Sum of the light of the samples of a pixel that see a person, and their number.
    #[inline]
    fn person(&self, x: usize, y: usize, direction: Vec3) -> (Vec3, usize) {
        let wide = self.set.camera.width as usize * SAMPLES;
        let (mut sum, mut count) = (Vec3::ZERO, 0);
        for index in 0..SAMPLES * SAMPLES {
            let at = (y * SAMPLES + index / SAMPLES) * wide + x * SAMPLES + index % SAMPLES;
            let sample = &self.samples[at];
            if sample.nearness > self.backdrop.nearness[at] {
                sum += self.shade(sample, direction);
                count += 1;
            }
        }
        (sum, count)
    }

    #[inline]
    fn shade(&self, sample: &Sample, direction: Vec3) -> Vec3 {
        let triangle = self.mesh.triangles[sample.triangle as usize];
        let [a, b, c] = triangle.corners.map(|corner| corner as usize);
        let (wb, wc) = (sample.weights.x, sample.weights.y);
        let wa = 1.0 - wb - wc;
        let blend = |values: &[Vec3]| values[a] * wa + values[b] * wb + values[c] * wc;
        let normal = blend(&self.mesh.normals).normalize_or(Vec3::Y);
        let open = self.mesh.openness[a] * wa + self.mesh.openness[b] * wb + self.mesh.openness[c] * wc;
        let facing = normal.dot(direction);
        let lit = if facing > 0.0 {
            self.shadow.lit(blend(&self.mesh.positions) + normal * 0.01)
        } else {
            0.0
        };
        self.set.light.reflect(
            self.mesh.colours[usize::from(triangle.colour)],
            normal,
            direction,
            lit,
            open,
        )
    }
}

/// Takes light away from vertices that look toward nearby parts of the body or the floor.
fn darken(mesh: &mut Mesh, spheres: &[(Vec3, f32)]) {
    for ((position, normal), open) in mesh.positions.iter().zip(&mesh.normals).zip(&mut mesh.openness) {
        let mut taken = 0.0_f32;
        for &(centre, radius) in spheres {
            let toward = centre - *position;
            let square = toward.length_squared();
            // The sphere of the part itself takes nothing.
            if square > 1.25 * radius * radius && square < 25.0 * radius * radius {
                let facing = normal.dot(toward) / square.sqrt();
                taken += facing.max(0.0) * radius * radius / square;
            }
        }
        let floor = (-normal.y).max(0.0) * (-4.0 * position.y.max(0.0)).exp();
        *open = (1.0 - 0.8 * taken - 0.5 * floor).clamp(0.15, 1.0);
    }
}
