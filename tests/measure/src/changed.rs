//! The same recording as it might have been made otherwise: mirrored, elsewhere in the picture, at another rate or tempo.

use flow_landmarks::{Clip, Pose};

/// Left for right, in the picture and by name.
#[must_use]
pub fn mirrored(clip: &Clip) -> Clip {
    let mut clip = each_pose(clip, |pose| *pose = pose.mirrored());
    for face in clip.observations.iter_mut().filter_map(|seen| seen.face.as_mut()) {
        *face = face.mirrored();
    }
    clip
}

/// Smaller and away from the middle of the picture.
#[must_use]
pub fn smaller_and_aside(clip: &Clip) -> Clip {
    const SIZE: f32 = 0.85;
    each_pose(clip, |pose| {
        for point in &mut pose.image.0 {
            point.x = 0.5 + (point.x - 0.5) * SIZE + 0.04;
            point.y = 0.5 + (point.y - 0.5) * SIZE - 0.03;
        }
    })
}

/// Every second observation.
#[must_use]
pub fn half_the_rate(clip: &Clip) -> Clip {
    let observations = clip.observations.iter().step_by(2).cloned().collect();
    Clip {
        observations,
        ..clip.clone()
    }
}

/// So many times as slow.
#[must_use]
pub fn slower(clip: &Clip, factor: f64) -> Clip {
    let mut clip = clip.clone();
    clip.duration *= factor;
    for observation in &mut clip.observations {
        observation.t *= factor;
    }
    clip
}

fn each_pose(clip: &Clip, change: impl Fn(&mut Pose)) -> Clip {
    let mut clip = clip.clone();
    clip.observations
        .iter_mut()
        .filter_map(|observation| observation.pose.as_mut())
        .for_each(change);
    clip
}
