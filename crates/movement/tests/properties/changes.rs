//! What can happen to a clip: harmless changes, and defects of a recording.

use flow_landmarks::{Clip, Observation, Pose};

use crate::figure::Noise;

/// Every pose changed.
fn each_pose(clip: &Clip, mut change: impl FnMut(&mut Pose)) -> Clip {
    let mut clip = clip.clone();
    clip.observations
        .iter_mut()
        .filter_map(|observation| observation.pose.as_mut())
        .for_each(&mut change);
    clip
}

/// Left for right, in the picture and by name.
pub fn mirrored(clip: &Clip) -> Clip {
    let mut clip = each_pose(clip, |pose| *pose = pose.mirrored());
    for face in clip.observations.iter_mut().filter_map(|seen| seen.face.as_mut()) {
        *face = face.mirrored();
    }
    clip
}

/// Landmarks moved and resized in the picture.
pub fn placed(clip: &Clip, scale: f32, (x, y): (f32, f32)) -> Clip {
    each_pose(clip, |pose| {
        for point in &mut pose.image.0 {
            point.x = 0.5 + (point.x - 0.5) * scale + x;
            point.y = 0.5 + (point.y - 0.5) * scale + y;
        }
    })
}

/// The same, so many times as slow.
pub fn slower(clip: &Clip, factor: f64) -> Clip {
    let mut clip = clip.clone();
    clip.duration *= factor;
    for observation in &mut clip.observations {
        observation.t *= factor;
    }
    clip
}

/// A stretch of a clip, seconds from its start.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    pub start: f64,
    pub seconds: f64,
}

impl Stretch {
    fn contains(self, t: f64) -> bool {
        (self.start..self.start + self.seconds).contains(&t)
    }
}

/// Observations of a stretch changed.
fn in_stretch(clip: &Clip, stretch: Stretch, mut change: impl FnMut(&mut Observation)) -> Clip {
    let mut clip = clip.clone();
    clip.observations
        .iter_mut()
        .filter(|observation| stretch.contains(observation.t))
        .for_each(&mut change);
    clip
}

/// Nobody is found.
pub fn nobody(clip: &Clip, stretch: Stretch) -> Clip {
    in_stretch(clip, stretch, |observation| {
        observation.pose = None;
        observation.face = None;
        observation.people = observation.people.map(|_| 0);
    })
}

/// Left landmarks are taken for right ones.
pub fn swapped(clip: &Clip, stretch: Stretch) -> Clip {
    in_stretch(clip, stretch, |observation| {
        if let Some(pose) = &mut observation.pose {
            pose.image = pose.image.with_sides_swapped();
            pose.world = pose.world.with_sides_swapped();
        }
    })
}

/// Picture heights that a metre is in the stick figure's films.
const PER_METRE: f64 = 0.26;

/// Landmarks jump about by `deviation` metres.
pub fn jittered(clip: &Clip, stretch: Stretch, deviation: f64, seed: u64) -> Clip {
    let mut noise = Noise(seed);
    let (in_height, aspect) = (deviation * PER_METRE, f64::from(clip.aspect()));
    in_stretch(clip, stretch, |observation| {
        let Some(pose) = &mut observation.pose else { return };
        for point in &mut pose.image.0 {
            point.x += (in_height / aspect * noise.next()) as f32;
            point.y += (in_height * noise.next()) as f32;
        }
        for point in &mut pose.world.0 {
            for axis in [&mut point.x, &mut point.y, &mut point.z] {
                *axis += (deviation * noise.next()) as f32;
            }
        }
    })
}

/// Only a stretch was recorded.
pub fn cut(clip: &Clip, stretch: Stretch) -> Clip {
    let observations: Vec<Observation> = clip
        .observations
        .iter()
        .filter(|observation| stretch.contains(observation.t))
        .map(|observation| Observation {
            t: observation.t - stretch.start,
            ..observation.clone()
        })
        .collect();
    Clip {
        duration: stretch.seconds,
        observations,
        ..clip.clone()
    }
}
