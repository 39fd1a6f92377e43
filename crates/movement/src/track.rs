//! The clip on an even time grid: landmarks interpolated, gaps marked, smoothed.

use flow_landmarks::{Clip, Landmark, Side};

use crate::{confusion, filter, geometry::Vector};

/// Samples per second of the grid.
pub const RATE_HZ: f64 = 10.0;

/// Neighbouring observations further apart than this, in seconds, leave a gap between them; it bridges two lost frames
/// at 10 per second and the frame spacing of 3 per second.
pub(crate) const LONGEST_BRIDGE_S: f64 = 0.35;

/// Time after the first observation that is looked at, in seconds; longer clips are refused by a gate.
const LONGEST_CLIP_S: f64 = 120.0;

/// A body at one moment. Landmarks that were not observed around it are `NaN`.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    image: [Vector; Landmark::COUNT],
    world: [Vector; Landmark::COUNT],
    visibility: [f64; Landmark::COUNT],
    unrest: [f64; Landmark::COUNT],
}

impl Body {
    /// Position in the picture: x right, y down, both in frame heights.
    #[must_use]
    pub fn image(&self, landmark: Landmark) -> Vector {
        self.image[landmark as usize]
    }

    /// Position in space: metres from the middle of the hips.
    #[must_use]
    pub fn world(&self, landmark: Landmark) -> Vector {
        self.world[landmark as usize]
    }

    /// Probability that the landmark is in the frame and not hidden; 0 where unknown.
    #[must_use]
    pub fn visibility(&self, landmark: Landmark) -> f64 {
        self.visibility[landmark as usize]
    }

    /// How far the landmark was found from where it is after smoothing, in the picture, frame heights: movement is slower
    /// than what smoothing takes away, so that this is what landmarks jump about.
    #[must_use]
    pub fn unrest(&self, landmark: Landmark) -> f64 {
        self.unrest[landmark as usize]
    }
}

/// One point of the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Seconds from the start of the clip.
    pub t: f64,
    /// Index of the nearest entry of [`Clip::observations`].
    pub observation: usize,
    /// The body, unless nobody was observed around `t`, or with left and right taken for each other.
    pub body: Option<Body>,
    /// Whether left and right are taken for each other in that observation.
    pub confused: bool,
    /// Pitch of the face by Face Mesh, greater with the face down, smoothed; degrees, `NaN` where no face is seen.
    pub face_pitch_deg: f64,
}

/// A clip on an even time grid of [`RATE_HZ`], landmarks smoothed by [`filter::smooth`].
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// Points of the grid in order of time.
    pub samples: Vec<Sample>,
}

impl Track {
    /// Puts a clip on the grid. Observations without a finite time are left out, doubles in time too.
    #[must_use]
    pub fn new(clip: &Clip) -> Self {
        Self::build(clip, confusion::sides_confused)
    }

    /// The same, with left and right as they were found even where they are taken for each other.
    #[must_use]
    pub fn with_sides_as_found(clip: &Clip) -> Self {
        Self::build(clip, |_, order| vec![false; order.len()])
    }

    fn build(clip: &Clip, confused: impl Fn(&Clip, &[(f64, usize)]) -> Vec<bool>) -> Self {
        let aspect = f64::from(clip.aspect());
        let mut order: Vec<(f64, usize)> = clip
            .observations
            .iter()
            .enumerate()
            .filter(|(_, observation)| observation.t.is_finite())
            .map(|(index, observation)| (observation.t, index))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        order.dedup_by(|later, earlier| later.0 <= earlier.0);
        let confused = confused(clip, &order);
        let (Some(&(start, _)), Some(&(end, _))) = (order.first(), order.last()) else {
            return Self { samples: Vec::new() };
        };
        // Half a step of tolerance: the last frame's time may fall just short of its grid point.
        let count = (((end - start).min(LONGEST_CLIP_S) * RATE_HZ + 0.5).floor() as usize).saturating_add(1);
        let times: Vec<f64> = (0..count)
            .map(|i| (start + i as f64 / RATE_HZ).min(end))
            .collect();

        let mut columns = Columns::new(&times);
        for landmark in Landmark::ALL {
            for axis in 0..Columns::AXES {
                let known = order
                    .iter()
                    .zip(&confused)
                    .filter_map(|(&(t, index), &confused)| {
                        if confused {
                            return None;
                        }
                        let pose = clip.observations[index].pose.as_ref()?;
                        let (image, world) = (pose.image[landmark], pose.world[landmark]);
                        let value = match axis {
                            0 => f64::from(image.x) * aspect,
                            1 => f64::from(image.y),
                            2 => f64::from(world.x),
                            3 => f64::from(world.y),
                            4 => f64::from(world.z),
                            _ => f64::from(image.visibility).clamp(0.0, 1.0),
                        };
                        value.is_finite().then_some((t, value))
                    });
                columns.fill(landmark, axis, known);
            }
        }

        let mut faces = on_grid(
            &times,
            order.iter().filter_map(|&(t, index)| {
                let pitch_deg = f64::from(clip.observations[index].face?.pitch_deg);
                pitch_deg.is_finite().then_some((t, pitch_deg))
            }),
        );
        smooth(&mut faces);

        let mut nearest = 0;
        let samples = times
            .iter()
            .enumerate()
            .map(|(row, &t)| {
                while order
                    .get(nearest + 1)
                    .is_some_and(|next| (next.0 - t).abs() <= (order[nearest].0 - t).abs())
                {
                    nearest += 1;
                }
                Sample {
                    t,
                    observation: order[nearest].1,
                    body: columns.body(row),
                    confused: confused[nearest],
                    face_pitch_deg: faces[row],
                }
            })
            .collect();
        Self { samples }
    }

    /// The bodies with their index on the grid.
    pub fn bodies(&self) -> impl Iterator<Item = (usize, &Body)> {
        self.samples
            .iter()
            .enumerate()
            .filter_map(|(index, sample)| Some((index, sample.body.as_ref()?)))
    }
}

/// Interpolates between values known at some times over short distances; `NaN` elsewhere.
fn on_grid(times: &[f64], known: impl Iterator<Item = (f64, f64)>) -> Vec<f64> {
    let known: Vec<(f64, f64)> = known.collect();
    let mut next = 0;
    times
        .iter()
        .map(|&t| {
            while known.get(next).is_some_and(|point| point.0 < t) {
                next += 1;
            }
            let before = next.checked_sub(1).and_then(|index| known.get(index));
            match (before, known.get(next)) {
                (_, Some(&(at, value))) if at - t < 1e-9 => value,
                (Some(&(t0, v0)), Some(&(t1, v1))) if t1 - t0 <= LONGEST_BRIDGE_S => {
                    v0 + (v1 - v0) * (t - t0) / (t1 - t0)
                }
                _ => f64::NAN,
            }
        })
        .collect()
}

/// Smooths each unbroken stretch of a series on the grid.
fn smooth(series: &mut [f64]) {
    for stretch in series.split_mut(|value| value.is_nan()) {
        filter::smooth(stretch, RATE_HZ);
    }
}

/// One series of values over the grid for each landmark and axis.
struct Columns<'a> {
    times: &'a [f64],
    values: Vec<Vec<f64>>,
    /// Before smoothing, of the axes that have it.
    found: Vec<Vec<f64>>,
}

impl<'a> Columns<'a> {
    /// Picture x and y, space x, y and z, visibility.
    const AXES: usize = 6;

    fn new(times: &'a [f64]) -> Self {
        Self {
            times,
            values: vec![Vec::new(); Landmark::COUNT * Self::AXES],
            found: vec![Vec::new(); Landmark::COUNT * Self::AXES],
        }
    }

    /// Puts known values on the grid and smooths them (not visibility).
    fn fill(&mut self, landmark: Landmark, axis: usize, known: impl Iterator<Item = (f64, f64)>) {
        let mut column = on_grid(self.times, known);
        let place = landmark as usize * Self::AXES + axis;
        if axis < 2 {
            self.found[place].clone_from(&column);
        }
        if axis < Self::AXES - 1 {
            smooth(&mut column);
        }
        self.values[place] = column;
    }

    fn body(&self, row: usize) -> Option<Body> {
        let at = |landmark: usize, axis: usize| {
            self.values[landmark * Self::AXES + axis]
                .get(row)
                .copied()
                .unwrap_or(f64::NAN)
        };
        let moved = |landmark: usize, axis: usize| {
            let found = self.found[landmark * Self::AXES + axis].get(row);
            found.copied().unwrap_or(f64::NAN) - at(landmark, axis)
        };
        let body = Body {
            image: std::array::from_fn(|i| Vector::flat(at(i, 0), at(i, 1))),
            world: std::array::from_fn(|i| Vector {
                x: at(i, 2),
                y: at(i, 3),
                z: at(i, 4),
            }),
            visibility: std::array::from_fn(|i| {
                let visibility = at(i, 5);
                // What has no place in the picture or in space is not seen.
                if visibility.is_nan() || !(0..Self::AXES).all(|axis| at(i, axis).is_finite()) {
                    0.0
                } else {
                    visibility
                }
            }),
            unrest: std::array::from_fn(|i| moved(i, 0).hypot(moved(i, 1))),
        };
        body.image
            .iter()
            .any(|position| position.is_finite())
            .then_some(body)
    }
}

/// The landmark of a part on a side: `left` or `right` of each pair.
macro_rules! sided {
    ($($(#[$doc:meta])* $name:ident = $left:ident, $right:ident;)*) => {
        $($(#[$doc])*
        #[must_use]
        pub const fn $name(side: Side) -> Landmark {
            match side {
                Side::Left => Landmark::$left,
                Side::Right => Landmark::$right,
            }
        })*
    };
}

sided! {
    /// The ear of a side.
    ear = LeftEar, RightEar;
    /// The eye of a side.
    eye = LeftEye, RightEye;
    /// The corner of the mouth of a side.
    mouth = MouthLeft, MouthRight;
    /// The shoulder of a side.
    shoulder = LeftShoulder, RightShoulder;
    /// The elbow of a side.
    elbow = LeftElbow, RightElbow;
    /// The wrist of a side.
    wrist = LeftWrist, RightWrist;
    /// The hip of a side.
    hip = LeftHip, RightHip;
    /// The knee of a side.
    knee = LeftKnee, RightKnee;
    /// The ankle of a side.
    ankle = LeftAnkle, RightAnkle;
    /// The heel of a side.
    heel = LeftHeel, RightHeel;
    /// The tip of the foot of a side.
    toe = LeftFootIndex, RightFootIndex;
}

#[cfg(test)]
mod tests {
    use super::*;
    use flow_landmarks::{Landmarks, Observation, Point, Pose, WorldPoint};

    fn clip(points: &[(f64, Option<f32>)]) -> Clip {
        let observations = points
            .iter()
            .enumerate()
            .map(|(frame, &(t, x))| Observation {
                frame: frame as u32,
                t,
                pose: x.map(|x| Pose {
                    image: Landmarks(
                        [Point {
                            x,
                            y: 0.5,
                            z: 0.0,
                            visibility: 0.9,
                            presence: 0.9,
                        }; 33],
                    ),
                    world: Landmarks([WorldPoint { x, y: 0.0, z: 0.0 }; 33]),
                }),
                face: None,
                people: None,
                brightness: 120.0,
                change: 1.0,
            })
            .collect();
        Clip {
            width: 200,
            height: 100,
            duration: 1.0,
            observations,
        }
    }

    #[test]
    fn times_between_frames_are_interpolated_and_x_is_in_frame_heights() {
        let track = Track::new(&clip(&[(0.0, Some(0.1)), (0.2, Some(0.3)), (0.4, Some(0.5))]));
        let x: Vec<f64> = track
            .bodies()
            .map(|(_, body)| (body.image(Landmark::Nose).x * 100.0).round() / 100.0)
            .collect();
        assert_eq!(x, [0.2, 0.4, 0.6, 0.8, 1.0]);
    }

    #[test]
    fn a_long_gap_stays_a_gap_and_a_short_one_is_bridged() {
        let track = Track::new(&clip(&[
            (0.0, Some(0.1)),
            (0.1, None),
            (0.2, Some(0.1)),
            (0.3, None),
            (0.8, Some(0.1)),
        ]));
        let seen: Vec<bool> = track.samples.iter().map(|sample| sample.body.is_some()).collect();
        assert_eq!(seen, [true, true, true, false, false, false, false, false, true]);
    }

    #[test]
    fn broken_times_and_positions_are_left_out() {
        let track = Track::new(&clip(&[
            (f64::NAN, Some(0.1)),
            (0.1, Some(f32::NAN)),
            (0.1, Some(0.2)),
            (f64::INFINITY, Some(0.1)),
            (0.2, Some(0.3)),
        ]));
        assert_eq!(track.samples.len(), 2);
        assert_eq!(Track::new(&clip(&[])).samples.len(), 0);
        assert_eq!(
            Track::new(&clip(&[(0.0, Some(0.1)), (1e300, Some(0.1))]))
                .samples
                .len(),
            1201
        );
    }
}
