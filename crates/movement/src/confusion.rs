//! Where a tracker takes left for right: all landmarks change sides from one observation to the next.
//!
//! Nobody turns round within a tenth of a second. When the line from the right to the left shoulder and hip points the other
//! way in the next observation, and the landmarks lie nearer to where they were with their sides exchanged, left and right
//! were exchanged. Which of two stretches has them right is not told by either; it is taken to be the longer one.

use flow_landmarks::{Clip, Landmark, Pose, WorldPoint};

use crate::{geometry::Vector, track::LONGEST_BRIDGE_S};

/// Cosine of the least turn between two observations that nobody can do: 120 degrees.
const REVERSED: f64 = -0.5;

/// For each observation of `order` (time and index, in order of time) whether its sides are taken for each other.
pub(crate) fn sides_confused(clip: &Clip, order: &[(f64, usize)]) -> Vec<bool> {
    let pose = |index: usize| clip.observations.get(index)?.pose.as_ref();
    let aspect = f64::from(clip.aspect());
    // Observations without a gap between them, with whether they are as the first of them.
    let mut stretches: Vec<Vec<(usize, bool)>> = Vec::new();
    let mut before: Option<(f64, &Pose, bool)> = None;
    for (place, &(t, index)) in order.iter().enumerate() {
        let Some(now) = pose(index) else { continue };
        let as_first = match before {
            Some((then, last, as_first)) if t - then <= LONGEST_BRIDGE_S => {
                as_first != exchanged(last, now, aspect)
            }
            _ => {
                stretches.push(Vec::new());
                true
            }
        };
        if let Some(stretch) = stretches.last_mut() {
            stretch.push((place, as_first));
        }
        before = Some((t, now, as_first));
    }
    let mut confused = vec![false; order.len()];
    for stretch in stretches {
        let as_first = stretch.iter().filter(|(_, as_first)| *as_first).count();
        let right = as_first * 2 >= stretch.len();
        for (place, as_first) in stretch {
            confused[place] = as_first != right;
        }
    }
    confused
}

/// Whether the sides are exchanged from one observation to the next.
fn exchanged(before: &Pose, now: &Pose, aspect: f64) -> bool {
    let (then, line) = (leftward(before), leftward(now));
    if then.dot(line) >= REVERSED * then.length() * line.length() {
        return false;
    }
    // A depth that is read the wrong way round turns the line, but leaves the picture as it is.
    let moved = |from: fn(Landmark) -> Landmark| {
        Landmark::ALL.into_iter().fold(0.0, |sum, landmark| {
            let (old, new) = (before.image[from(landmark)], now.image[landmark]);
            let way = (f64::from(new.x - old.x) * aspect).hypot(f64::from(new.y - old.y));
            if way.is_finite() { sum + way } else { sum }
        })
    };
    moved(Landmark::mirrored) < moved(|landmark| landmark)
}

/// From the right to the left shoulder and hip, in space.
fn leftward(pose: &Pose) -> Vector {
    let at = |landmark: Landmark| {
        let WorldPoint { x, y, z } = pose.world[landmark];
        Vector {
            x: f64::from(x),
            y: f64::from(y),
            z: f64::from(z),
        }
    };
    at(Landmark::LeftShoulder) - at(Landmark::RightShoulder)
        + (at(Landmark::LeftHip) - at(Landmark::RightHip))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flow_landmarks::{Landmarks, Observation, Point};

    /// A body 0.4 m and a fifth of the picture wide, turned so that its left points `turn_deg` away from the picture's right.
    fn body(turn_deg: f32) -> Pose {
        let (sin, cos) = turn_deg.to_radians().sin_cos();
        let out = |landmark: Landmark| match landmark as usize {
            0 => 0.0,
            index if landmark.mirrored() as usize > index => 0.2,
            _ => -0.2,
        };
        Pose {
            image: Landmarks(Landmark::ALL.map(|landmark| Point {
                x: 0.5 + 0.5 * out(landmark) * cos,
                ..Point::default()
            })),
            world: Landmarks(Landmark::ALL.map(|landmark| WorldPoint {
                x: out(landmark) * cos,
                y: 0.0,
                z: out(landmark) * sin,
            })),
        }
    }

    fn confused(poses: &[(f64, Option<Pose>)]) -> Vec<bool> {
        let observations = poses.iter().map(|&(t, pose)| Observation {
            frame: 0,
            t,
            pose,
            face: None,
            people: None,
            brightness: 120.0,
            change: 1.0,
        });
        let clip = Clip {
            width: 100,
            height: 100,
            duration: 1.0,
            observations: observations.collect(),
        };
        let order: Vec<(f64, usize)> = poses
            .iter()
            .enumerate()
            .map(|(index, &(t, _))| (t, index))
            .collect();
        sides_confused(&clip, &order)
    }

    fn exchanged_sides(pose: &Pose) -> Pose {
        Pose {
            image: pose.image.with_sides_swapped(),
            world: pose.world.with_sides_swapped(),
        }
    }

    #[test]
    fn the_shorter_stretch_of_exchanged_sides_is_the_wrong_one() {
        let (right, wrong) = (Some(body(20.0)), Some(exchanged_sides(&body(20.0))));
        let poses = [(0.0, right), (0.1, right), (0.2, wrong), (0.3, right)];
        assert_eq!(confused(&poses), [false, false, true, false]);
        let poses = [(0.0, wrong), (0.1, None), (0.2, right), (0.3, right)];
        assert_eq!(confused(&poses), [true, false, false, false]);
    }

    #[test]
    fn turning_round_is_no_exchange_and_neither_is_a_gap() {
        let turn: Vec<(f64, Option<Pose>)> = (0_u8..=9)
            .map(|step| (0.1 * f64::from(step), Some(body(20.0 * f32::from(step)))))
            .collect();
        assert_eq!(confused(&turn), [false; 10]);
        let back = [
            (0.0, Some(body(0.0))),
            (1.0, Some(body(180.0))),
            (1.1, Some(body(180.0))),
        ];
        assert_eq!(confused(&back), [false; 3]);
    }

    #[test]
    fn depth_read_the_wrong_way_round_is_no_exchange() {
        // Side-on, the picture does not change.
        let turned = [(0.0, Some(body(80.0))), (0.1, Some(body(-100.0)))];
        let flat = |pose: Pose| Pose {
            image: body(80.0).image,
            ..pose
        };
        let poses = turned.map(|(t, pose)| (t, pose.map(flat)));
        assert_eq!(confused(&poses), [false; 2]);
        assert!(confused(&[]).is_empty());
    }
}
