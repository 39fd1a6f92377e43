//! The trunk: pelvis, waist and chest as one tube bent at the waist, neck, and what ties the shoulders to the chest.

use glam::{Quat, Vec3};

use super::{
    figure::Palette,
    mesh::{Bone, Mesh, Ring, Section},
};
use crate::{
    body::Body,
    posture::{LEFT, RIGHT, outward},
    skeleton::Skeleton,
};

/// Adds the trunk and the neck to the mesh.
pub fn add(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, palette: Palette) {
    torso(mesh, body, skeleton, palette);
    neck(mesh, body, skeleton, palette);
    for side in [LEFT, RIGHT] {
        shoulder(mesh, body, skeleton, side, palette);
        buttock(mesh, body, skeleton, side, palette);
    }
}

/// Length of the trunk against that of the body its heights are given for.
fn tallness(body: &Body) -> f32 {
    body.trunk / 0.504
}

fn torso(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, palette: Palette) {
    let tall = tallness(body);
    let thick = body.trunk_girth;
    let breath = 1.0 + 0.012 * skeleton.breath;
    let (hips, waist, chest) = (
        body.pelvis_half_width,
        body.waist_half_width,
        body.chest_half_width,
    );
    let shoulders = body.shoulder_width / 2.0;
    let (pelvis, thorax) = (&skeleton.pelvis, &skeleton.thorax);
    let middle = pelvis.rotation.slerp(thorax.rotation, 0.5);
    let ring = |centre: Vec3, turn: Quat, [wide, front, back]: [f32; 3], colour| Ring {
        centre,
        wide: turn * Vec3::new(-wide, 0.0, 0.0),
        front: turn * Vec3::new(0.0, 0.0, front * thick),
        back: back / front,
        round: 0.86,
        colour,
    };
    let low = |y: f32, size, colour| ring(pelvis.at(0.0, y * tall, 0.0), pelvis.rotation, size, colour);
    let high = |y: f32, [wide, front, back]: [f32; 3], colour| {
        ring(
            thorax.at(0.0, y * tall, 0.0),
            thorax.rotation,
            [wide, front * breath, back],
            colour,
        )
    };
    // Front x up points to the person's right: rings of positive width would be inside out.
    let rings = [
        low(-0.105, [0.03, 0.03, 0.03], palette.trousers),
        low(-0.095, [0.09, 0.075, 0.08], palette.trousers),
        low(-0.05, [0.95 * hips, 0.100, 0.118], palette.trousers),
        low(0.0, [hips, 0.108, 0.128], palette.trousers),
        low(0.028, [0.99 * hips, 0.110, 0.124], palette.trousers),
        low(0.03, [0.99 * hips + 0.010, 0.122, 0.134], palette.shirt),
        low(
            0.08,
            [0.6 * hips + 0.4 * waist + 0.008, 0.118, 0.115],
            palette.shirt,
        ),
        low(
            0.13,
            [0.3 * hips + 0.7 * waist + 0.006, 0.113, 0.100],
            palette.shirt,
        ),
        ring(skeleton.waist, middle, [waist, 0.110, 0.094], palette.shirt),
        high(-0.25, [0.5 * waist + 0.5 * chest, 0.116, 0.100], palette.shirt),
        high(-0.17, [chest, 0.126, 0.108], palette.shirt),
        high(-0.10, [chest, 0.126, 0.110], palette.shirt),
        high(-0.045, [0.96 * chest, 0.105, 0.102], palette.shirt),
        high(0.0, [0.78 * shoulders, 0.080, 0.085], palette.shirt),
        high(0.035, [0.48 * shoulders, 0.064, 0.070], palette.shirt),
        high(0.055, [0.30 * shoulders, 0.054, 0.060], palette.shirt),
    ];
    mesh.tube(&rings, 24);
}

fn neck(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, palette: Palette) {
    let thorax = &skeleton.thorax;
    let neck = Bone {
        from: thorax.at(0.0, 0.01, -0.012),
        to: skeleton.head.at(0.0, -0.045 * body.head_scale, -0.012),
        front: thorax.along(Vec3::Z),
    };
    let thickness = 0.052 * body.head_scale * (0.4 + 0.6 * body.limb_girth);
    mesh.limb(
        neck,
        &[
            Section(
                0.0,
                1.15 * thickness,
                1.1 * thickness,
                1.1 * thickness,
                palette.skin,
            ),
            Section(0.5, thickness, thickness, thickness, palette.skin),
            Section(1.0, 1.02 * thickness, thickness, thickness, palette.skin),
        ],
        14,
    );
}

fn shoulder(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, side: usize, palette: Palette) {
    let (tall, thick, chest) = (tallness(body), body.trunk_girth, body.chest_half_width);
    let thorax = &skeleton.thorax;
    let out = outward(side);
    let shirt = palette.shirt;
    let flesh = body.limb_girth * body.height / 1.75;
    let slope = Bone {
        from: thorax.at(0.03 * out, 0.035, -0.018),
        to: skeleton.shoulder[side],
        front: thorax.along(Vec3::Z),
    };
    mesh.limb(
        slope,
        &[
            Section(0.0, 0.040, 0.046, 0.046, shirt),
            Section(0.5, 0.046 * flesh, 0.052, 0.054, shirt),
            Section(1.0, 0.056 * flesh, 0.060 * flesh, 0.060 * flesh, shirt),
        ],
        14,
    );
    // Between chest and upper arm: keeps the armpit closed when the arm goes up.
    let flank = Bone {
        from: thorax.at(out * (chest - 0.075), -0.16 * tall, -0.01),
        to: skeleton.shoulder[side],
        front: thorax.along(Vec3::Z),
    };
    mesh.limb(
        flank,
        &[
            Section(0.0, 0.066, 0.085 * thick, 0.08 * thick, shirt),
            Section(0.6, 0.060, 0.075 * thick, 0.075 * thick, shirt),
            Section(1.0, 0.052 * flesh, 0.058 * flesh, 0.058 * flesh, shirt),
        ],
        14,
    );
}

fn buttock(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, side: usize, palette: Palette) {
    let (out, tall, thick) = (outward(side), tallness(body), body.trunk_girth);
    let flesh = body.limb_girth * body.height / 1.75;
    let pelvis = &skeleton.pelvis;
    mesh.ellipsoid(
        pelvis.at(0.072 * out, -0.035 * tall, -0.045 * thick),
        pelvis.rotation,
        Vec3::new(0.088 * flesh, 0.095 * flesh, 0.092 * thick),
        palette.trousers,
        12,
    );
}
