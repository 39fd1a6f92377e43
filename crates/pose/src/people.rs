//! Counts the people in a picture.
//!
//! The detector looks at the whole picture and, because it finds only people who are large in what it sees, at squares
//! along the picture's longer side. A square may cut a person in two, and the half looks like a small person: so every
//! find is held against the landmark model, and dropped where it is a person already counted or a part of one.

use flow_landmarks::{Landmark, Point};

use crate::{
    Engine, EngineError, Model, Picture,
    crop::{Border, Range, crop},
    decode::{Body, decode},
    detector::detect,
    roi::{Pixel, Roi},
};

/// Pictures whose sides differ by less than this factor are seen well enough as a whole.
const NEARLY_SQUARE: f32 = 1.2;
/// Squares along the longer side, from end to end.
const SQUARES: usize = 3;
/// Finds that are held against the landmark model; a crowd is a crowd.
const MAX_FINDS: usize = 8;
/// Regions are alike when their centres are nearer than this share of the smaller side.
const ALIKE_DISTANCE: f32 = 0.2;
/// Regions are alike when their sides differ by less than this factor.
const ALIKE_SIZE: f32 = 1.5;
/// Bodies are one person when half of the landmarks are nearer than this many times the smaller torso. On the test clips
/// two fits to one person are 0.0 to 0.9 apart, two people who overlap 1.2 and more.
const SAME_DISTANCE: f32 = 1.0;
/// A body whose torso is shorter than this share of another's, and lies on it, is a part of that one.
const PART_SIZE: f32 = 0.6;

/// How many people are in `image`.
///
/// Runs the detector 4 times (once when the picture is nearly square) and the lite landmark model about once a person.
pub fn count_people(engine: &mut impl Engine, image: impl Picture + Copy) -> Result<u8, EngineError> {
    let mut finds = Vec::new();
    for view in views(&image) {
        let found = detect(engine, &image, view)?;
        finds.extend(
            found
                .into_iter()
                .filter_map(|find| Some((find.score, find.body(view)?))),
        );
    }
    finds.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut seen: Vec<Roi> = Vec::new();
    let mut people: Vec<Figure> = Vec::new();
    for (_, roi) in finds {
        if seen.iter().any(|other| alike(roi, *other)) {
            continue;
        }
        if seen.len() == MAX_FINDS {
            break;
        }
        seen.push(roi);
        let figure = look(engine, &image, roi)?.map(|body| Figure::new(&body, &image));
        if let Some(figure) = figure.filter(|figure| figure.torso > 0.0) {
            match people.iter_mut().find(|other| figure.belongs_to(other)) {
                Some(other) if other.torso < figure.torso => *other = figure,
                Some(_) => {}
                None => people.push(figure),
            }
        }
    }
    Ok(people.len() as u8)
}

/// The squares that the detector looks at: the whole picture, then parts of it.
fn views(image: &dyn Picture) -> Vec<Roi> {
    let (width, height) = (image.width() as f32, image.height() as f32);
    let (short, long) = (width.min(height), width.max(height));
    let mut views = vec![Roi::whole(image)];
    if long >= short * NEARLY_SQUARE {
        views.extend((0..SQUARES).map(|index| {
            let along = short / 2.0 + (long - short) * index as f32 / (SQUARES - 1) as f32;
            let (x, y) = if width > height {
                (along, short / 2.0)
            } else {
                (short / 2.0, along)
            };
            Roi {
                center: Pixel { x, y },
                side: short,
                rotation: 0.0,
            }
        }));
    }
    views
}

/// Whether two regions show the same.
fn alike(a: Roi, b: Roi) -> bool {
    let (small, large) = (a.side.min(b.side), a.side.max(b.side));
    a.center.distance(b.center) < small * ALIKE_DISTANCE && large < small * ALIKE_SIZE
}

/// The body in `roi`, if the landmark model sees one there.
fn look(engine: &mut impl Engine, image: &dyn Picture, roi: Roi) -> Result<Option<Body>, EngineError> {
    let model = Model::PoseLandmarkLite;
    let range = Range {
        black: 0.0,
        white: 1.0,
    };
    let input = crop(image, roi, model.input_side(), Border::Replicate, range);
    decode(model, &engine.run(model, &input)?, image, roi)
}

/// A body in pixels, as far as telling people apart needs it.
#[derive(Clone, Debug)]
struct Figure {
    landmarks: [Pixel; Landmark::COUNT],
    hips: Pixel,
    /// Distance from the hips' middle to the shoulders'.
    torso: f32,
}

impl Figure {
    fn new(body: &Body, image: &dyn Picture) -> Self {
        let pixel = |point: Point| Pixel::from_normalized(point.x, point.y, image);
        let landmarks = body.pose.image.0.map(pixel);
        let middle = |a: Landmark, b: Landmark| {
            let (a, b) = (landmarks[a as usize], landmarks[b as usize]);
            Pixel {
                x: f32::midpoint(a.x, b.x),
                y: f32::midpoint(a.y, b.y),
            }
        };
        let hips = middle(Landmark::LeftHip, Landmark::RightHip);
        let shoulders = middle(Landmark::LeftShoulder, Landmark::RightShoulder);
        Self {
            landmarks,
            hips,
            torso: hips.distance(shoulders),
        }
    }

    /// Whether this is `other`, or one of the two is a part of the other.
    fn belongs_to(&self, other: &Self) -> bool {
        let (small, large) = if self.torso < other.torso {
            (self, other)
        } else {
            (other, self)
        };
        let pairs = self.landmarks.iter().zip(&other.landmarks);
        let mut distances: Vec<_> = pairs.map(|(a, b)| a.distance(*b)).collect();
        distances.sort_by(f32::total_cmp);
        let same = distances[Landmark::COUNT / 2] < small.torso * SAME_DISTANCE;
        same || (small.torso < large.torso * PART_SIZE && large.covers(small.hips))
    }

    /// Whether a point lies in the box around the landmarks.
    fn covers(&self, point: Pixel) -> bool {
        let inside = |value: fn(&Pixel) -> f32| {
            let values = || self.landmarks.iter().map(value);
            (values().fold(f32::INFINITY, f32::min)..=values().fold(f32::NEG_INFINITY, f32::max))
                .contains(&value(&point))
        };
        inside(|pixel| pixel.x) && inside(|pixel| pixel.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rgb;

    /// A figure standing at (`x`, `y`) with a torso of `torso` pixels: head above, feet two torsos below the hips.
    fn figure(x: f32, y: f32, torso: f32) -> Figure {
        let landmarks = std::array::from_fn(|index| {
            let (side, level) = match index {
                0..=10 => (0.0, -1.5),
                11 | 12 => (0.3, -1.0),
                13..=22 => (0.5, -0.4),
                23 | 24 => (0.2, 0.0),
                25 | 26 => (0.2, 1.0),
                _ => (0.2, 2.0),
            };
            let side = if index % 2 == 0 { -side } else { side };
            Pixel {
                x: x + side * torso,
                y: y + level * torso,
            }
        });
        Figure {
            landmarks,
            hips: Pixel { x, y },
            torso,
        }
    }

    #[test]
    fn people_are_told_from_second_fits_and_from_parts_of_people() {
        let person = figure(300.0, 300.0, 100.0);
        for (name, other, one) in [
            ("itself", person.clone(), true),
            ("a slightly different fit", figure(320.0, 310.0, 110.0), true),
            ("someone beside", figure(500.0, 300.0, 100.0), false),
            ("someone half behind", figure(430.0, 300.0, 90.0), false),
            ("legs taken for a person", figure(305.0, 450.0, 30.0), true),
            (
                "someone small far behind, beside",
                figure(500.0, 200.0, 30.0),
                false,
            ),
        ] {
            assert_eq!(other.belongs_to(&person), one, "{name}");
            assert_eq!(person.belongs_to(&other), one, "{name}, the other way");
        }
    }

    #[test]
    fn long_pictures_are_also_seen_in_parts() {
        for (width, height, expected) in [
            (100, 100, vec![(50.0, 50.0, 100.0)]),
            (110, 100, vec![(55.0, 50.0, 110.0)]),
            (
                200,
                100,
                vec![
                    (100., 50., 200.),
                    (50., 50., 100.),
                    (100., 50., 100.),
                    (150., 50., 100.),
                ],
            ),
            (
                90,
                160,
                vec![
                    (45., 80., 160.),
                    (45., 45., 90.),
                    (45., 80., 90.),
                    (45., 115., 90.),
                ],
            ),
        ] {
            let data = vec![0; width * height * 3];
            let image = Rgb::new(width as u32, height as u32, &data).unwrap();
            let views: Vec<_> = views(&image)
                .into_iter()
                .map(|view| (view.center.x, view.center.y, view.side))
                .collect();
            assert_eq!(views, expected, "{width} x {height}");
        }
    }
}
