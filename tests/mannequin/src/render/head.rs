//! Head, hair and face. The places of eyes, nose, mouth and ears are those of the landmarks.

use glam::{Quat, Vec3};

use super::mesh::{Bone, Mesh, Section};
use crate::{
    anatomy::face,
    body::{Body, Hair},
    skeleton::Skeleton,
};

/// Builds in the head's frame, scaled.
struct Sculptor<'a> {
    mesh: &'a mut Mesh,
    skeleton: &'a Skeleton,
    scale: f32,
}

impl Sculptor<'_> {
    fn at(&self, point: Vec3) -> Vec3 {
        let point = point * self.scale;
        self.skeleton.head.at(point.x, point.y, point.z)
    }

    fn ball(&mut self, centre: [f32; 3], radii: [f32; 3], colour: u16, detail: usize) {
        let (centre, radii) = (
            self.at(Vec3::from_array(centre)),
            Vec3::from_array(radii) * self.scale,
        );
        self.mesh
            .ellipsoid(centre, self.skeleton.head.rotation, radii, colour, detail);
    }

    fn turned_ball(&mut self, centre: [f32; 3], radii: [f32; 3], turn: Quat, colour: u16) {
        let (centre, radii) = (
            self.at(Vec3::from_array(centre)),
            Vec3::from_array(radii) * self.scale,
        );
        self.mesh
            .ellipsoid(centre, self.skeleton.head.rotation * turn, radii, colour, 8);
    }

    fn strip(&mut self, from: Vec3, to: Vec3, (start, end): (f32, f32), colour: u16) {
        let bone = Bone {
            from: self.at(from),
            to: self.at(to),
            front: self.skeleton.head.along(Vec3::Z),
        };
        let sections = [(0.0, start), (1.0, end)].map(|(at, radius)| {
            let radius = radius * self.scale;
            Section(at, radius, radius, radius, colour)
        });
        self.mesh.limb(bone, &sections, 8);
    }
}

/// Adds the head to the mesh.
pub fn add(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, skin: u16) {
    let look = &body.look;
    let colours = Colours {
        skin,
        hair: mesh.colour(look.hair_colour),
        lips: mesh.colour([look.skin[0] * 0.80, look.skin[1] * 0.50, look.skin[2] * 0.52]),
        shade: mesh.colour(look.skin.map(|value| value * 0.55)),
        white: mesh.colour([0.72, 0.70, 0.68]),
        iris: mesh.colour([0.025, 0.017, 0.012]),
    };
    let mut head = Sculptor {
        mesh,
        skeleton,
        scale: body.head_scale,
    };
    head.skull(&colours);
    head.middle_of_face(&colours);
    for out in [1.0, -1.0] {
        head.half_of_face(out, &colours);
    }
    head.hair(look.hair, &colours);
}

/// Palette indices of the head.
struct Colours {
    skin: u16,
    hair: u16,
    lips: u16,
    shade: u16,
    white: u16,
    iris: u16,
}

/// Shapes in metres for a head of scale 1, in the head's frame: x to the person's left, y up, z ahead.
impl Sculptor<'_> {
    fn skull(&mut self, colours: &Colours) {
        let skin = colours.skin;
        self.ball([0.0, 0.035, -0.005], [0.075, 0.098, 0.097], skin, 18);
        // Jaw and chin.
        self.ball([0.0, -0.040, 0.026], [0.061, 0.076, 0.068], skin, 14);
        self.ball([0.0, -0.098, 0.068], [0.024, 0.018, 0.020], skin, 8);
    }

    fn middle_of_face(&mut self, colours: &Colours) {
        let tip = face::NOSE - Vec3::new(0.0, 0.0, 0.013);
        self.strip(Vec3::new(0.0, 0.022, 0.086), tip, (0.008, 0.0125), colours.skin);
        let mouth = face::MOUTH.y;
        self.ball(
            [0.0, mouth + 0.0035, 0.0885],
            [0.0245, 0.0050, 0.0080],
            colours.lips,
            8,
        );
        self.ball(
            [0.0, mouth - 0.0055, 0.0878],
            [0.0205, 0.0060, 0.0080],
            colours.lips,
            8,
        );
        self.ball(
            [0.0, mouth - 0.0007, 0.0940],
            [0.0225, 0.0014, 0.0040],
            colours.shade,
            6,
        );
    }

    /// What there is two of; `out` is 1 on the left and -1 on the right.
    fn half_of_face(&mut self, out: f32, colours: &Colours) {
        let Colours { skin, shade, .. } = *colours;
        // Cheek, wing of the nose, nostril.
        self.ball([0.032 * out, -0.020, 0.046], [0.034, 0.040, 0.036], skin, 10);
        let nose = face::NOSE.y;
        self.ball([0.012 * out, nose - 0.005, 0.094], [0.008, 0.008, 0.010], skin, 6);
        self.ball(
            [0.007 * out, nose - 0.011, 0.099],
            [0.005, 0.003, 0.006],
            shade,
            5,
        );
        // Eye: socket, white, iris, each a little further out.
        let turn = Quat::from_rotation_y(0.35 * out);
        let [x, y, z] = face::EYE.to_array();
        self.turned_ball(
            [x * out, y + 0.001, z - 0.0100],
            [0.0170, 0.0110, 0.0080],
            turn,
            shade,
        );
        self.turned_ball(
            [x * out, y, z - 0.0065],
            [0.0140, 0.0068, 0.0070],
            turn,
            colours.white,
        );
        self.turned_ball(
            [x * out, y, z - 0.0025],
            [0.0064, 0.0064, 0.0038],
            turn,
            colours.iris,
        );
        let (inner, outer) = (
            Vec3::new(0.014 * out, 0.0385, 0.0905),
            Vec3::new(0.048 * out, 0.0400, 0.0755),
        );
        self.strip(inner, outer, (0.0050, 0.0036), colours.hair);
        let [x, y, z] = face::EAR.to_array();
        self.ball(
            [(x + 0.003) * out, y + 0.002, z - 0.006],
            [0.010, 0.031, 0.019],
            skin,
            10,
        );
        self.ball(
            [(x + 0.009) * out, y + 0.002, z - 0.003],
            [0.005, 0.018, 0.010],
            shade,
            8,
        );
    }

    fn hair(&mut self, hair: Hair, colours: &Colours) {
        match hair {
            Hair::Short => self.ball([0.0, 0.049, -0.019], [0.0815, 0.097, 0.098], colours.hair, 16),
            Hair::Tied => {
                self.ball([0.0, 0.048, -0.022], [0.0850, 0.101, 0.103], colours.hair, 16);
                let (knot, tip) = (Vec3::new(0.0, 0.07, -0.118), Vec3::new(0.0, -0.10, -0.135));
                self.strip(knot, tip, (0.030, 0.016), colours.hair);
            }
        }
    }
}
