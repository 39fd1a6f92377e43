//! Reading the recordings, and saying in a line what became of one.

use std::{fs::File, path::Path};

use anyhow::{Context as _, Result};
use flate2::read::GzDecoder;
use flow_landmarks::{Clip, Landmark, Landmarks, Observation, Point, Pose, WorldPoint};
use flow_movement::Assessment;
use serde::Deserialize;

/// A recording and what a person sees in it, looked at as moving skeletons.
#[derive(Clone, Copy, Debug)]
pub struct Sequence {
    /// The file's name without its endings.
    pub name: &'static str,
    /// What is to be seen.
    pub shows: &'static str,
    /// People in the picture: the recordings do not say.
    pub people: u8,
    /// Whether the picture stands still: the recordings do not say.
    pub frozen: bool,
}

#[derive(Deserialize)]
struct Recording {
    frames: Vec<Frame>,
}

#[expect(clippy::struct_field_names, reason = "the names are the file's")]
#[derive(Deserialize)]
struct Frame {
    frame: u32,
    t: f64,
    w: u32,
    h: u32,
    landmarks: Option<Vec<[f32; 4]>>,
    world: Option<Vec<[f32; 3]>>,
}

impl Sequence {
    /// The landmarks in the recording of a folder.
    ///
    /// # Errors
    ///
    /// The file is not there, or is not such a recording.
    pub fn clip(&self, folder: &Path) -> Result<Clip> {
        let path = folder.join(format!("{}.mp4.json.gz", self.name));
        let file = File::open(&path).with_context(|| path.display().to_string())?;
        let Recording { frames } =
            serde_json::from_reader(GzDecoder::new(file)).with_context(|| path.display().to_string())?;
        let (width, height) = frames.first().map_or((1, 1), |frame| (frame.w, frame.h));
        let duration = frames.last().map_or(0.0, |frame| frame.t + 0.1);
        let observations = frames.into_iter().enumerate().map(|(index, frame)| Observation {
            frame: frame.frame,
            t: frame.t,
            pose: frame
                .landmarks
                .zip(frame.world)
                .and_then(|(image, world)| pose(&image, &world)),
            face: None,
            people: index.is_multiple_of(10).then_some(self.people),
            brightness: 120.0,
            change: if self.frozen { 0.0 } else { 1.0 },
        });
        Ok(Clip {
            width,
            height,
            duration,
            observations: observations.collect(),
        })
    }
}

fn pose(image: &[[f32; 4]], world: &[[f32; 3]]) -> Option<Pose> {
    let image: &[[f32; 4]; Landmark::COUNT] = image.try_into().ok()?;
    let world: &[[f32; 3]; Landmark::COUNT] = world.try_into().ok()?;
    Some(Pose {
        image: Landmarks(image.map(|[x, y, z, visibility]| Point {
            x,
            y,
            z,
            visibility,
            presence: visibility,
        })),
        world: Landmarks(world.map(|[x, y, z]| WorldPoint { x, y, z })),
    })
}

/// What became of a recording: the bucket, its confidence and the flags, or the failed checks with what was measured.
#[must_use]
pub fn summary(assessment: &Assessment) -> String {
    if let Some(result) = &assessment.result {
        let flags: Vec<&str> = result.flags.iter().map(|flag| flag.code.code()).collect();
        let words = format!("{} ({:.2})", result.bucket.name(), result.confidence);
        return [vec![words], flags.into_iter().map(str::to_owned).collect()]
            .concat()
            .join(", ");
    }
    let failed = assessment.quality.checks.iter().filter(|check| !check.passed);
    let words: Vec<String> = failed
        .map(|check| match check.value {
            Some(value) => format!("{} ({value:.2})", check.code.code()),
            None => check.code.code().to_owned(),
        })
        .collect();
    words.join(", ")
}

/// The recording with a name.
#[must_use]
pub fn sequence(name: &str) -> Option<&'static Sequence> {
    SEQUENCES.iter().find(|sequence| sequence.name == name)
}

const ONE: Sequence = Sequence {
    name: "",
    shows: "",
    people: 1,
    frozen: false,
};

/// All recordings.
pub const SEQUENCES: [Sequence; 26] = [
    Sequence {
        name: "der_fps6_lunge_front",
        shows: "lateral lunges to the right, facing the camera, the feet wide apart throughout; 6 frames a second",
        ..ONE
    },
    Sequence {
        name: "der_still_photo_plank",
        shows: "a photo of a forearm plank, side-on",
        frozen: true,
        ..ONE
    },
    Sequence {
        name: "neg_crowd_mmpose",
        shows: "people in a street",
        people: 2,
        ..ONE
    },
    Sequence {
        name: "neg_nobody_wall_sports2d",
        shows: "an empty wall",
        ..ONE
    },
    Sequence {
        name: "neg_two_people_pose2sim",
        shows: "someone stepping and reaching up, with another person in front",
        people: 2,
        ..ONE
    },
    Sequence {
        name: "neg_walk_circle_mmpose",
        shows: "arms out to the sides, then walking in a circle",
        ..ONE
    },
    Sequence {
        name: "neg_walk_leaves_frame_sports2d",
        shows: "walking in and out of the picture",
        ..ONE
    },
    Sequence {
        name: "t01_neck_flexion_side_hpy",
        shows: "standing half side-on, the chin to the chest and back, the whole body in the picture",
        ..ONE
    },
    Sequence {
        name: "t02_plank_3q_hpy",
        shows: "a plank on straight arms for five seconds, up from the knees and down again; seen at an angle, the hips high",
        ..ONE
    },
    Sequence {
        name: "t02_plank_hold_side_malik",
        shows: "a forearm plank, side-on, held to the end of the recording",
        ..ONE
    },
    Sequence {
        name: "t03_reach_lateral_front_hpy",
        shows: "hands on the hips, the straight right leg lifted out to the side, three times",
        ..ONE
    },
    Sequence {
        name: "t04_squat_front_hpy",
        shows: "three squats turned a little off the camera, the arms not raised",
        ..ONE
    },
    Sequence {
        name: "t05_shinbox_front_hpy",
        shows: "sitting on the floor, the knees from one side to the other",
        ..ONE
    },
    Sequence {
        name: "t07_balance_cam1_pose2sim",
        shows: "a step, a kick and a turn on one leg in 1.7 seconds",
        ..ONE
    },
    Sequence {
        name: "t07_balance_cam2_pose2sim",
        shows: "the same from another camera",
        ..ONE
    },
    Sequence {
        name: "t07_tree_hold_front_yogapose",
        shows: "standing on the right leg in the tree pose, ten seconds, cut off at both ends",
        ..ONE
    },
    Sequence {
        name: "t08_lateral_lunge_3q_hpy",
        shows: "one lateral lunge to the right, seen at an angle",
        ..ONE
    },
    Sequence {
        name: "t08_lateral_lunge_front_malik",
        shows: "a lateral lunge to the right, then the beginning of one to the left, facing the camera",
        ..ONE
    },
    Sequence {
        name: "t09_arm_raise_front_malik",
        shows: "both arms raised sideways, facing the camera, again and again",
        ..ONE
    },
    Sequence {
        name: "t09_lateral_raise_front_sports2d",
        shows: "dumbbells raised sideways to shoulder height, facing the camera",
        ..ONE
    },
    Sequence {
        name: "t10_wall_sit_front_hpy",
        shows: "sitting against a wall without a chair, facing the camera, the hands at the chest",
        ..ONE
    },
    Sequence {
        name: "t11_tabletop_legs_malik",
        shows: "lying on the back, both legs from bent over the hips to straight over the floor together, the arms behind the head",
        ..ONE
    },
    Sequence {
        name: "t12_glute_bridge_man_3q_malik",
        shows: "bridges on both feet, seen at an angle",
        ..ONE
    },
    Sequence {
        name: "t12_glute_bridge_side_malik",
        shows: "bridges on both feet, side-on",
        ..ONE
    },
    Sequence {
        name: "t14_bird_dog_3q_hpy",
        shows: "bird dogs to either side, a second each, seen at an angle",
        ..ONE
    },
    Sequence {
        name: "t15_clamshell_3q_hpy",
        shows: "lying on the right side, seen from the feet at an angle; the left knee opens",
        ..ONE
    },
];
