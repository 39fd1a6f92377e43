//! The room around the person: floor, walls, things that stand about. Drawn once for each camera and light.

use glam::{Vec2, Vec3};
use serde::Serialize;

use super::{
    light::Light,
    mesh::Mesh,
    raster::{self, SAMPLES, Sample},
};
use crate::{
    body::Colour,
    camera::{Camera, View},
};

/// A box standing in the room: lowest and highest corner in metres, colour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Thing {
    /// Lowest corner.
    pub low: [f32; 3],
    /// Highest corner.
    pub high: [f32; 3],
    /// Its colour.
    pub colour: Colour,
}

/// What covers the floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Floor {
    /// Boards running away from the camera.
    Boards,
    /// Speckled rubber.
    Rubber,
    /// Square tiles.
    Tiles,
}

/// A room.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Room {
    /// Colour of the walls.
    pub wall: Colour,
    /// Colour of the floor.
    pub floor: Colour,
    /// Pattern of the floor.
    pub pattern: Floor,
    /// The wall behind the person, metres behind the origin.
    pub depth: f32,
    /// What stands about.
    pub things: &'static [Thing],
}

impl Room {
    /// A living room with a sofa, a shelf and a picture.
    pub const LIVING: Self = Self {
        wall: [0.62, 0.60, 0.55],
        floor: [0.36, 0.21, 0.11],
        pattern: Floor::Boards,
        depth: 1.9,
        things: &[
            Thing {
                low: [-2.4, 0.0, -1.9],
                high: [-1.15, 0.42, -1.1],
                colour: [0.18, 0.20, 0.24],
            },
            Thing {
                low: [-2.4, 0.42, -1.9],
                high: [-1.15, 0.80, -1.65],
                colour: [0.18, 0.20, 0.24],
            },
            Thing {
                low: [1.2, 0.0, -1.9],
                high: [1.75, 1.9, -1.6],
                colour: [0.33, 0.24, 0.16],
            },
            Thing {
                low: [-1.0, 1.45, -1.9],
                high: [-0.4, 1.95, -1.87],
                colour: [0.12, 0.26, 0.33],
            },
        ],
    };

    /// A gym with a rack and a dark floor.
    pub const GYM: Self = Self {
        wall: [0.42, 0.44, 0.47],
        floor: [0.10, 0.10, 0.11],
        pattern: Floor::Rubber,
        depth: 2.6,
        things: &[
            Thing {
                low: [-2.0, 0.0, -2.6],
                high: [-0.9, 1.1, -2.1],
                colour: [0.05, 0.05, 0.055],
            },
            Thing {
                low: [1.1, 0.0, -2.6],
                high: [2.2, 0.6, -2.0],
                colour: [0.45, 0.12, 0.05],
            },
            Thing {
                low: [-3.0, 1.5, -2.6],
                high: [3.0, 1.6, -2.58],
                colour: [0.60, 0.60, 0.10],
            },
        ],
    };

    /// A bright hall with a door.
    pub const HALL: Self = Self {
        wall: [0.70, 0.72, 0.74],
        floor: [0.42, 0.41, 0.39],
        pattern: Floor::Tiles,
        depth: 1.5,
        things: &[Thing {
            low: [0.75, 0.0, -1.5],
            high: [1.6, 2.02, -1.46],
            colour: [0.50, 0.42, 0.33],
        }],
    };
}

/// Half the width of every room, metres.
const HALF_WIDTH: f32 = 3.0;

/// The picture of the room without anybody in it.
#[derive(Clone, Debug)]
pub struct Backdrop {
    /// Linear light of each pixel.
    pub colours: Vec<Vec3>,
    /// The point of the room each pixel shows.
    pub points: Vec<Vec3>,
    /// What share of each pixel's light comes from the lamp: what a shadow takes away.
    pub lamp_share: Vec<f32>,
    /// Nearness (1/m) at each sample: what stands nearer hides the person.
    pub nearness: Vec<f32>,
}

/// A value in 0..1 that looks random and depends on a cell.
fn hash(x: i32, y: i32) -> f32 {
    let mixed = x
        .wrapping_mul(374_761_393)
        .wrapping_add(y.wrapping_mul(668_265_263)) as u32;
    let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(1_274_126_177);
    ((mixed ^ (mixed >> 16)) & 0xffff) as f32 / 65_535.0
}

impl Room {
    fn floor_colour(&self, x: f32, z: f32) -> Vec3 {
        let base = Vec3::from_array(self.floor);
        match self.pattern {
            Floor::Boards => {
                let board = (x / 0.14).floor();
                let length = (z / 1.3 + hash(board as i32, 7)).floor();
                let tone = 0.82 + 0.30 * hash(board as i32, length as i32);
                let grain = 0.95 + 0.1 * hash((x / 0.006) as i32, (z / 0.25) as i32);
                let seam = if (x / 0.14).fract().abs() < 0.03 { 0.6 } else { 1.0 };
                base * (tone * grain * seam)
            }
            Floor::Rubber => {
                let speck = hash((x / 0.012).floor() as i32, (z / 0.012).floor() as i32);
                base * (0.85 + 0.2 * hash((x * 3.0) as i32, (z * 3.0) as i32))
                    + Vec3::splat(if speck > 0.93 { 0.10 } else { 0.0 })
            }
            Floor::Tiles => {
                let (u, v) = (x / 0.45, z / 0.45);
                let joint = (u - u.floor()) < 0.02 || (v - v.floor()) < 0.02;
                base * if joint {
                    0.7
                } else {
                    0.93 + 0.1 * hash(u.floor() as i32, v.floor() as i32)
                }
            }
        }
    }

    /// The point, normal and colour a ray meets first on floor and walls.
    fn meet(&self, eye: Vec3, ray: Vec3) -> (Vec3, Vec3, Vec3) {
        let to_floor = if ray.y < -1e-5 { -eye.y / ray.y } else { f32::MAX };
        let to_back = if ray.z < -1e-5 {
            (-self.depth - eye.z) / ray.z
        } else {
            f32::MAX
        };
        let to_side = if ray.x.abs() > 1e-5 {
            (HALF_WIDTH.copysign(ray.x) - eye.x) / ray.x
        } else {
            f32::MAX
        };
        if to_floor < to_back.min(to_side) {
            let point = eye + ray * to_floor;
            return (point, Vec3::Y, self.floor_colour(point.x, point.z));
        }
        let (distance, normal) = if to_back <= to_side {
            (to_back, Vec3::Z)
        } else {
            (to_side, Vec3::X.copysign(-Vec3::splat(ray.x)) * Vec3::X)
        };
        let point = eye + ray * distance.min(1e3);
        let along = point.x + point.z;
        let skirting = if point.y < 0.09 { 0.55 } else { 1.0 };
        // Hand-painted: a slow change of tone.
        let tone = 0.97 + 0.03 * (1.7 * along).sin() * (1.3 * point.y).cos();
        (point, normal, Vec3::from_array(self.wall) * (tone * skirting))
    }

    /// Draws the room and `extra` things for a camera.
    #[must_use]
    pub fn backdrop(&self, camera: &Camera, light: &Light, extra: &[Thing]) -> Backdrop {
        let view = camera.view();
        let (width, height) = (camera.width as usize, camera.height as usize);
        let wide = width * SAMPLES;
        let mut mesh = Mesh::default();
        for thing in self.things.iter().chain(extra) {
            let colour = mesh.colour(thing.colour);
            mesh.cuboid(Vec3::from_array(thing.low), Vec3::from_array(thing.high), colour);
        }
        mesh.finish();
        let projected = project(&view, &mesh.positions);
        let mut samples = vec![Sample::EMPTY; wide * height * SAMPLES];
        raster::draw(&mesh, &projected, (wide, height * SAMPLES), &mut samples);

        let direction = light.direction();
        let pixels = width * height;
        let mut backdrop = Backdrop {
            colours: vec![Vec3::ZERO; pixels],
            points: vec![Vec3::ZERO; pixels],
            lamp_share: vec![0.0; pixels],
            nearness: samples.iter().map(|sample| sample.nearness).collect(),
        };
        for (index, sample) in samples.iter().enumerate() {
            let (column, row) = (index % wide, index / wide);
            let ray = view.ray(
                (column as f32 + 0.5) / SAMPLES as f32,
                (row as f32 + 0.5) / SAMPLES as f32,
            );
            let (point, normal, colour) = if sample.nearness > 0.0 {
                let triangle = mesh.triangles[sample.triangle as usize];
                (
                    view.eye + ray / sample.nearness,
                    mesh.normals[triangle.corners[0] as usize],
                    Vec3::from_array(mesh.colours[usize::from(triangle.colour)]),
                )
            } else {
                self.meet(view.eye, ray)
            };
            // Corners of the room are a little darker.
            let corner = 1.0 - 0.25 * (-3.0 * point.y.max(0.0).min(point.z + self.depth)).exp();
            let light_here = light.reflect(colour.to_array(), normal, direction, 1.0, corner);
            let without_lamp = light.reflect(colour.to_array(), normal, direction, 0.0, corner);
            let pixel = (row / SAMPLES) * width + column / SAMPLES;
            let share = 1.0 / (SAMPLES * SAMPLES) as f32;
            backdrop.colours[pixel] += light_here * share;
            backdrop.points[pixel] = point;
            backdrop.lamp_share[pixel] = 1.0 - without_lamp.y / light_here.y.max(1e-6);
        }
        backdrop
    }
}

/// Projects points to sample column, sample row and nearness (1/m; 0 behind the lens).
#[must_use]
pub fn project(view: &View, points: &[Vec3]) -> Vec<Vec3> {
    let mut projected = Vec::with_capacity(points.len());
    project_into(view, points, &mut projected);
    projected
}

/// Like [`project`], into memory that exists.
pub fn project_into(view: &View, points: &[Vec3], projected: &mut Vec<Vec3>) {
    let scale = SAMPLES as f32;
    projected.clear();
    projected.extend(points.iter().map(|&point| {
        let camera = view.to_camera(point);
        if camera.z <= 0.05 {
            return Vec3::ZERO;
        }
        let nearness = 1.0 / camera.z;
        let flat = Vec2::new(view.centre.0, view.centre.1) + camera.truncate() * (view.focal * nearness);
        (flat * scale).extend(nearness)
    }));
}
