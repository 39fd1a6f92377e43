//! The dressed limbs around a skeleton: legs, arms, hands, shoes. Trunk and head have files of their own.

use glam::Vec3;

use super::{
    head,
    mesh::{Bone, Mesh, Ring, Section},
    trunk,
};
use crate::{
    body::Body,
    posture::{LEFT, RIGHT, outward},
    skeleton::Skeleton,
};

/// Palette indices of one person.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Palette {
    pub skin: u16,
    pub shirt: u16,
    pub trousers: u16,
    pub shoe: u16,
    pub sole: u16,
}

/// Thickness in metres of a limb at a place along it: half width, depth to the front, depth to the back.
type Profile = [(f32, [f32; 3])];

/// Adds a person to the mesh.
pub fn add(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton) {
    let look = &body.look;
    let palette = Palette {
        skin: mesh.colour(look.skin),
        shirt: mesh.colour(look.shirt),
        trousers: mesh.colour(look.trousers),
        shoe: mesh.colour(look.shoe),
        sole: mesh.colour(look.sole),
    };
    trunk::add(mesh, body, skeleton, palette);
    for side in [LEFT, RIGHT] {
        leg(mesh, body, skeleton, side, palette);
        arm(mesh, body, skeleton, side, palette);
        hand(mesh, body, skeleton, side, palette);
        shoe(mesh, body, skeleton, side, palette);
    }
    head::add(mesh, body, skeleton, palette.skin);
}

/// Spheres that stand for the body where it takes light away: centre and radius.
#[must_use]
pub fn shade_spheres(body: &Body, skeleton: &Skeleton) -> Vec<(Vec3, f32)> {
    let girth = body.limb_girth;
    let trunk = 0.115 * body.trunk_girth;
    let mut spheres = vec![
        (skeleton.pelvis.at(0.0, 0.02, 0.0), trunk),
        (skeleton.waist, 0.95 * trunk),
        (skeleton.thorax.at(0.0, -0.16, 0.0), 1.1 * trunk),
        (skeleton.head.at(0.0, 0.02, 0.0), 0.095),
    ];
    for side in [LEFT, RIGHT] {
        let (hip, knee, ankle) = (
            skeleton.hip[side],
            skeleton.knee[side],
            skeleton.foot[side].origin,
        );
        let (shoulder, elbow, wrist) = (
            skeleton.shoulder[side],
            skeleton.elbow[side],
            skeleton.wrist[side],
        );
        spheres.extend([
            (hip.lerp(knee, 0.3), 0.085 * girth),
            (hip.lerp(knee, 0.7), 0.07 * girth),
            (knee.lerp(ankle, 0.25), 0.058 * girth),
            (knee.lerp(ankle, 0.7), 0.048 * girth),
            (shoulder.lerp(elbow, 0.3), 0.052 * girth),
            (shoulder.lerp(elbow, 0.85), 0.045 * girth),
            (elbow.lerp(wrist, 0.6), 0.038 * girth),
        ]);
    }
    spheres
}

/// Sections of a limb that is covered by `cloth` metres of cloth from its start to `hem`.
fn covered(profile: &Profile, hem: f32, cloth: f32, cloth_colour: u16, bare_colour: u16) -> Vec<Section> {
    let mut sections = Vec::with_capacity(profile.len() + 2);
    let mut previous: Option<(f32, [f32; 3])> = None;
    for &(at, size) in profile {
        if let Some((last_at, last)) = previous
            && last_at < hem
            && at >= hem
        {
            let share = (hem - last_at) / (at - last_at);
            let [w, f, b] = [0, 1, 2].map(|axis| last[axis] + (size[axis] - last[axis]) * share);
            sections.push(Section(hem, w + cloth, f + cloth, b + cloth, cloth_colour));
            sections.push(Section(hem + 0.004, w, f, b, bare_colour));
        }
        let (thick, colour) = if at < hem {
            (cloth, cloth_colour)
        } else {
            (0.0, bare_colour)
        };
        sections.push(Section(
            at,
            size[0] + thick,
            size[1] + thick,
            size[2] + thick,
            colour,
        ));
        previous = Some((at, size));
    }
    sections
}

fn scaled<const N: usize>(profile: [(f32, [f32; 3]); N], scale: f32) -> [(f32, [f32; 3]); N] {
    profile.map(|(at, size)| (at, size.map(|value| value * scale)))
}

fn leg(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, side: usize, palette: Palette) {
    let scale = body.limb_girth * body.height / 1.75;
    let (hip, knee, foot) = (skeleton.hip[side], skeleton.knee[side], skeleton.foot[side]);
    let cloth = if body.look.trouser_length < 1.0 {
        0.016
    } else {
        0.007
    };
    let ahead = (knee - (hip + foot.origin) / 2.0).normalize_or(skeleton.person.along(Vec3::Z));
    // A straight leg has no bend to tell its front by: the foot does.
    let bent = (hip.distance(knee) + knee.distance(foot.origin)) - hip.distance(foot.origin);
    let front = foot.along(Vec3::Z).lerp(ahead, (bent / 0.05).clamp(0.0, 1.0));
    let thigh = scaled(
        [
            (0.0, [0.086, 0.090, 0.092]),
            (0.22, [0.086, 0.090, 0.088]),
            (0.5, [0.075, 0.080, 0.076]),
            (0.8, [0.061, 0.063, 0.061]),
            (1.0, [0.056, 0.056, 0.054]),
        ],
        scale,
    );
    let bare = |covered: bool| if covered { palette.trousers } else { palette.skin };
    mesh.limb(
        Bone {
            from: hip,
            to: knee,
            front,
        },
        &covered(
            &thigh,
            body.look.trouser_length,
            cloth,
            palette.trousers,
            bare(body.look.trouser_length > 1.0),
        ),
        18,
    );
    let shank = scaled(
        [
            (0.0, [0.055, 0.055, 0.054]),
            (0.12, [0.053, 0.050, 0.058]),
            (0.32, [0.055, 0.046, 0.068]),
            (0.6, [0.043, 0.040, 0.050]),
            (0.85, [0.034, 0.035, 0.038]),
            (1.0, [0.035, 0.036, 0.042]),
        ],
        scale,
    );
    mesh.limb(
        Bone {
            from: knee,
            to: foot.origin,
            front,
        },
        &covered(
            &shank,
            body.look.trouser_length - 1.0,
            cloth + 0.004,
            palette.trousers,
            palette.skin,
        ),
        18,
    );
}

fn arm(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, side: usize, palette: Palette) {
    let scale = body.limb_girth * body.height / 1.75;
    let (shoulder, elbow, wrist) = (
        skeleton.shoulder[side],
        skeleton.elbow[side],
        skeleton.wrist[side],
    );
    let front = skeleton.hand[side].along(Vec3::X * outward(side));
    let upper = scaled(
        [
            (0.0, [0.050, 0.052, 0.052]),
            (0.3, [0.050, 0.052, 0.050]),
            (0.7, [0.042, 0.044, 0.043]),
            (1.0, [0.038, 0.038, 0.039]),
        ],
        scale,
    );
    mesh.limb(
        Bone {
            from: shoulder,
            to: elbow,
            front,
        },
        &covered(&upper, body.look.sleeve, 0.012, palette.shirt, palette.skin),
        14,
    );
    let fore = scaled(
        [
            (0.0, [0.038, 0.038, 0.038]),
            (0.2, [0.041, 0.043, 0.042]),
            (0.6, [0.032, 0.034, 0.033]),
            (1.0, [0.022, 0.028, 0.028]),
        ],
        scale,
    );
    mesh.limb(
        Bone {
            from: elbow,
            to: wrist,
            front,
        },
        &fore.map(|(at, [w, f, b])| Section(at, w, f, b, palette.skin)),
        12,
    );
}

fn hand(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, side: usize, palette: Palette) {
    let hand = skeleton.hand[side];
    let long = body.hand;
    let thumb = outward(side);
    let skin = palette.skin;
    let section = |at: f32, wide: f32, thick: f32| Section(at, wide * long, thick * long, thick * long, skin);
    let palm = Bone {
        from: hand.at(0.0, 0.0, 0.02 * long),
        to: hand.at(-0.01 * thumb * long, 0.0, 0.44 * long),
        front: hand.along(Vec3::Y),
    };
    mesh.limb(
        palm,
        &[
            section(0.0, 0.14, 0.10),
            section(0.5, 0.20, 0.085),
            section(1.0, 0.21, 0.065),
        ],
        12,
    );
    // Index to little finger: sideways place, length as a share of the hand.
    for (aside, length) in [(0.155, 0.46), (0.05, 0.50), (-0.06, 0.47), (-0.165, 0.38)] {
        let root = hand.at(aside * thumb * long, 0.0, 0.46 * long);
        let tip = hand.at(1.15 * aside * thumb * long, -0.07 * long, (0.46 + length) * long);
        let finger = Bone {
            from: root,
            to: tip,
            front: hand.along(Vec3::Y),
        };
        mesh.limb(
            finger,
            &[section(0.0, 0.048, 0.048), section(1.0, 0.038, 0.036)],
            6,
        );
    }
    let thumb_bone = Bone {
        from: hand.at(0.14 * thumb * long, -0.03 * long, 0.14 * long),
        to: hand.at(0.31 * thumb * long, -0.08 * long, 0.52 * long),
        front: hand.along(Vec3::Y),
    };
    mesh.limb(
        thumb_bone,
        &[
            section(0.0, 0.075, 0.07),
            section(0.5, 0.055, 0.055),
            section(1.0, 0.042, 0.042),
        ],
        8,
    );
}

fn shoe(mesh: &mut Mesh, body: &Body, skeleton: &Skeleton, side: usize, palette: Palette) {
    let (foot, toes) = (skeleton.foot[side], skeleton.toes[side]);
    let (heel, ball, long) = (body.heel_behind(), body.ball_ahead(), body.foot);
    let wide = 0.19 * long;
    let inward = -outward(side) * 0.012;
    // Distance ahead of the origin, half width, height of the upper above the sole, sideways shift.
    let rear = [
        (-heel - 0.012, 0.30, 0.035, 0.0),
        (-heel - 0.004, 0.62, 0.060, 0.0),
        (-0.5 * heel, 0.74, 0.085, 0.0),
        (0.02, 0.78, 0.092, 0.0),
        (0.45 * ball, 0.84, 0.080, 0.4 * inward),
        (0.95 * ball, 1.0, 0.056, 0.7 * inward),
    ];
    let front = [
        (0.10 * long, 1.0, 0.048, inward),
        (0.20 * long, 0.84, 0.042, inward),
        (0.29 * long, 0.60, 0.034, 1.2 * inward),
        (0.325 * long, 0.25, 0.024, 1.2 * inward),
    ];
    for (colour, low, grow) in [(palette.shoe, 0.0, 0.0), (palette.sole, 0.0, 0.004)] {
        let sole = colour == palette.sole;
        let ring = |(at, half, top, shift): (f32, f32, f32, f32), rear: bool| {
            let top = if sole { 0.018 } else { top };
            let (frame, ground) = if rear {
                (&foot, -body.ankle_height)
            } else {
                (&toes, 0.0)
            };
            let middle = f32::midpoint(low, top);
            Ring {
                centre: frame.at(shift, ground + middle, at),
                wide: frame.along(Vec3::X) * (half * wide + grow),
                front: frame.along(Vec3::Y) * (top - middle),
                back: 1.0,
                round: if sole { 0.4 } else { 0.75 },
                colour,
            }
        };
        let rings: Vec<Ring> = rear
            .into_iter()
            .map(|place| ring(place, true))
            .chain(front.into_iter().map(|place| ring(place, false)))
            .collect();
        mesh.tube(&rings, 16);
    }
}
