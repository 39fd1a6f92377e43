//! Light: one lamp or window with soft shadows, light from all around, and the camera's exposure.

use glam::{Vec2, Vec3};
use serde::Serialize;

use super::{mesh::Mesh, raster};
use crate::body::Colour;

/// The light in the room and how much of it the camera takes in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Light {
    /// Toward the lamp: x right, y up, z to the camera; any length.
    pub toward: [f32; 3],
    /// Strength of the lamp.
    pub lamp: f32,
    /// Strength of the light from all around.
    pub around: f32,
    /// Exposure: everything is multiplied by it before the picture saturates.
    pub exposure: f32,
    /// Standard deviation of the sensor's noise, in steps of 255.
    pub noise: f32,
}

impl Light {
    /// A room by day.
    pub const DAY: Self = Self {
        toward: [0.45, 0.95, 0.75],
        lamp: 0.75,
        around: 0.55,
        exposure: 1.15,
        noise: 1.6,
    };

    /// Unit vector toward the lamp.
    #[must_use]
    pub fn direction(&self) -> Vec3 {
        Vec3::from_array(self.toward).normalize_or(Vec3::Y)
    }

    /// The light that leaves a matt surface: `lit` is the share of the lamp that reaches it, `open` that of the
    /// surroundings.
    #[must_use]
    pub fn reflect(&self, colour: Colour, normal: Vec3, direction: Vec3, lit: f32, open: f32) -> Vec3 {
        let lamp = self.lamp * normal.dot(direction).max(0.0) * lit;
        // Sky from above is a little brighter and cooler than what the floor gives back.
        let up = 0.5 + 0.5 * normal.y;
        let around = self.around * open;
        let sky = Vec3::new(0.97, 1.0, 1.05) * (around * (0.35 + 0.65 * up));
        let floor = Vec3::new(0.30, 0.26, 0.22) * (around * (1.0 - up));
        Vec3::from_array(colour) * (sky + floor + Vec3::new(1.03, 1.0, 0.94) * lamp) * self.exposure
    }
}

/// Cells along each edge of the shadow map.
const CELLS: usize = 256;
/// Metres from the middle of the shadow map to its edge.
const REACH: f32 = 1.75;

const CELLS_PER_METRE: f32 = 0.5 * CELLS as f32 / REACH;

/// How far bodies reach toward the lamp, seen from the lamp.
#[derive(Clone, Debug)]
pub struct Shadow {
    side: Vec3,
    up: Vec3,
    toward: Vec3,
    centre: Vec3,
    heights: Vec<f32>,
    cover: Vec<f32>,
    scratch: Vec<f32>,
    projected: Vec<Vec3>,
}

impl Shadow {
    /// A map for a lamp in a direction.
    #[must_use]
    pub fn new(toward: Vec3) -> Self {
        let side = Vec3::Y.cross(toward).normalize_or(Vec3::X);
        Self {
            side,
            up: toward.cross(side),
            toward,
            centre: Vec3::ZERO,
            heights: vec![f32::MIN; CELLS * CELLS],
            cover: vec![0.0; CELLS * CELLS],
            scratch: vec![0.0; CELLS * CELLS],
            projected: Vec::new(),
        }
    }

    /// Casts a mesh; shadows are known within 1.75 m of `centre`, seen from the lamp.
    pub fn cast(&mut self, mesh: &Mesh, centre: Vec3) {
        self.centre = centre;
        self.heights.fill(f32::MIN);
        let mut projected = std::mem::take(&mut self.projected);
        projected.clear();
        projected.extend(mesh.positions.iter().map(|&position| self.cell(position)));
        raster::draw_heights(mesh, &projected, (CELLS, CELLS), &mut self.heights);
        self.projected = projected;
        for (cover, height) in self.cover.iter_mut().zip(&self.heights) {
            *cover = if *height > f32::MIN { 1.0 } else { 0.0 };
        }
        for _ in 0..2 {
            blur_rows(&self.cover, &mut self.scratch);
            blur_rows(&self.scratch, &mut self.cover);
        }
    }

    /// Column, row and height toward the lamp. Columns run so that what faces the lamp turns as the filler wants it.
    fn cell(&self, point: Vec3) -> Vec3 {
        (self.place(point) + self.shift()).extend((point - self.centre).dot(self.toward))
    }

    /// The share of the lamp's light that reaches a point of the body.
    #[must_use]
    pub fn lit(&self, point: Vec3) -> f32 {
        let cell = self.cell(point);
        let (x, y) = (cell.x - 0.5, cell.y - 0.5);
        if x < 1.0 || y < 1.0 || x >= (CELLS - 2) as f32 || y >= (CELLS - 2) as f32 {
            return 1.0;
        }
        let (column, row) = (x as usize, y as usize);
        let (fx, fy) = (x.fract(), y.fract());
        let free = |dx: usize, dy: usize| {
            let above = self.heights[(row + dy) * CELLS + column + dx] - cell.z;
            // From 2 cm above the point on it lies in shade, fully from 5 cm on.
            1.0 - ((above - 0.02) / 0.03).clamp(0.0, 1.0)
        };
        let top = free(0, 0) * (1.0 - fx) + free(1, 0) * fx;
        let bottom = free(0, 1) * (1.0 - fx) + free(1, 1) * fx;
        top * (1.0 - fy) + bottom * fy
    }

    /// Where a point of the room lies in the map when the map is centred on the room's origin, in cells.
    #[must_use]
    pub fn place(&self, point: Vec3) -> Vec2 {
        Vec2::new(point.dot(self.side), -point.dot(self.up)) * CELLS_PER_METRE
    }

    /// How far places have to be moved for the map's present centre.
    #[must_use]
    pub fn shift(&self) -> Vec2 {
        Vec2::splat(0.5 * CELLS as f32) - self.place(self.centre)
    }

    /// How much of the lamp bodies take from what lies behind them at a place, shifted, 0..1, with a soft edge.
    #[inline]
    #[must_use]
    pub fn cover(&self, place: Vec2) -> f32 {
        let inside = 0.0..CELLS as f32;
        if inside.contains(&place.x) && inside.contains(&place.y) {
            self.cover[place.y as usize * CELLS + place.x as usize]
        } else {
            0.0
        }
    }
}

/// Averages seven neighbours along rows and writes the result transposed, so that two calls blur both ways.
fn blur_rows(from: &[f32], to: &mut [f32]) {
    const HALF: usize = 3;
    for row in 0..CELLS {
        let line = &from[row * CELLS..(row + 1) * CELLS];
        let mut sum: f32 = line[..=HALF].iter().sum();
        for column in 0..CELLS {
            to[column * CELLS + row] = sum / (2 * HALF + 1) as f32;
            sum += line.get(column + HALF + 1).copied().unwrap_or(0.0);
            if column >= HALF {
                sum -= line[column - HALF];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use glam::Quat;

    use super::*;

    #[test]
    fn a_ball_shades_what_lies_behind_it_and_not_what_lies_before_it() {
        let toward = Vec3::new(0.3, 1.0, 0.4).normalize();
        let mut mesh = Mesh::default();
        let colour = mesh.colour([0.5; 3]);
        mesh.ellipsoid(Vec3::Y, Quat::IDENTITY, Vec3::splat(0.2), colour, 16);
        mesh.finish();
        let mut shadow = Shadow::new(toward);
        shadow.cast(&mesh, Vec3::new(0.5, 0.8, 0.0));
        let cover = |point: Vec3| shadow.cover(shadow.place(point) + shadow.shift());
        let (behind, before) = (Vec3::Y - toward * 0.7, Vec3::Y + toward * 0.7);
        assert!(shadow.lit(behind) < 0.01 && shadow.lit(before) > 0.99);
        assert!(cover(behind) > 0.95);
        let aside = behind + Vec3::X * 0.6;
        assert!(shadow.lit(aside) > 0.99 && cover(aside) < 0.01);
        // Far outside the map nothing is known, so all is light.
        assert!(shadow.lit(Vec3::X * 9.0) > 0.99 && cover(Vec3::X * 9.0) < 0.01);
    }

    #[test]
    fn a_surface_facing_the_lamp_is_brightest_and_shade_is_not_black() {
        let light = Light::DAY;
        let lamp = light.direction();
        let level = |normal: Vec3, lit: f32| light.reflect([0.5; 3], normal, lamp, lit, 1.0).y;
        assert!(level(lamp, 1.0) > level(Vec3::Y, 1.0));
        assert!(level(Vec3::Y, 1.0) > level(Vec3::Y, 0.0));
        assert!(level(-lamp, 0.0) > 0.02);
    }
}
