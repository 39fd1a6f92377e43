//! Whether the signals that tests are scored by tell repetitions done as asked from those done wrong on purpose: UI-PRMD
//! (Vakanski et al. 2018), five people before a Kinect.
//!
//! Needs the directory with `movement/ui-prmd_*.csv.gz` in `FLOW_SHARED`; says so and passes when it is unset.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead as _, BufReader},
    path::PathBuf,
};

use flate2::read::GzDecoder;
use flow_landmarks::{Clip, Landmark, Landmarks, Observation, Point, Pose, WorldPoint};
use flow_movement::signals::{Frame, Signals};

/// Joints in centimetres by name: x to the picture's right, y up, z toward the camera.
type Skeleton = BTreeMap<String, [f32; 3]>;

/// One repetition.
struct Episode {
    subject: String,
    correct: bool,
    skeletons: Vec<Skeleton>,
}

/// The repetitions of a movement; `None`, with a note, when this machine has none.
fn episodes(movement: &str) -> Option<Vec<Episode>> {
    let Some(shared) = std::env::var_os("FLOW_SHARED") else {
        println!("skipped: FLOW_SHARED is not set");
        return None;
    };
    let path = PathBuf::from(shared).join(format!("movement/ui-prmd_{movement}_s01-s05.csv.gz"));
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = BufReader::new(GzDecoder::new(file))
        .lines()
        .map(|line| line.expect("text"));
    let head = lines.next().expect("a line of names");
    let names: Vec<&str> = head.split(',').skip(4).collect();
    let mut found: BTreeMap<(String, String, bool), Vec<Skeleton>> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let key = (cells[0].to_owned(), cells[1].to_owned(), cells[2] == "1");
        let mut skeleton = Skeleton::new();
        for (name, cell) in names.iter().zip(&cells[4..]) {
            let (joint, axis) = name.rsplit_once('_').expect("joint and axis");
            let axis = ["x", "y", "z"]
                .iter()
                .position(|known| *known == axis)
                .expect("an axis");
            skeleton.entry(joint.to_owned()).or_default()[axis] = cell.parse().expect("a number");
        }
        found.entry(key).or_default().push(skeleton);
    }
    let episodes = found
        .into_iter()
        .map(|((subject, _, correct), skeletons)| Episode {
            subject,
            correct,
            skeletons,
        });
    Some(episodes.collect())
}

/// The joint that stands for a landmark; what a Kinect does not see is near its neighbour.
fn joint(landmark: Landmark) -> String {
    use Landmark as L;
    // The left one of a pair comes first.
    let left = (landmark as usize) < landmark.mirrored() as usize;
    let side = if left { "l" } else { "r" };
    let mirrored = if left { landmark } else { landmark.mirrored() };
    let part = match mirrored {
        L::LeftShoulder => "upper_arm",
        L::LeftElbow => "forearm",
        L::LeftWrist | L::LeftPinky | L::LeftIndex | L::LeftThumb => "hand",
        L::LeftHip => "upper_leg",
        L::LeftKnee => "lower_leg",
        L::LeftAnkle | L::LeftHeel => "foot",
        L::LeftFootIndex => "toes",
        _ => return "head".to_owned(),
    };
    format!("{side}_{part}")
}

/// The repetition as MediaPipe would give it, in a picture of 4:3 by a camera at the origin.
fn clip(episode: &Episode) -> Clip {
    const RATE_HZ: f64 = 30.0;
    let observations = episode.skeletons.iter().enumerate().map(|(index, skeleton)| {
        let at = |landmark| skeleton[&joint(landmark)];
        let [left, right] = [Landmark::LeftHip, Landmark::RightHip].map(at);
        let hips: [f32; 3] = std::array::from_fn(|axis| 0.5 * (left[axis] + right[axis]));
        let image = Landmarks(Landmark::ALL.map(|landmark| {
            let [x, y, z] = at(landmark);
            Point {
                x: 0.5 - 0.75 * x / z,
                y: 0.5 + y / z,
                z: 0.0,
                visibility: 1.0,
                presence: 1.0,
            }
        }));
        let world = Landmarks(Landmark::ALL.map(|landmark| {
            let [x, y, z] = at(landmark);
            WorldPoint {
                x: (x - hips[0]) / 100.0,
                y: (hips[1] - y) / 100.0,
                z: (hips[2] - z) / 100.0,
            }
        }));
        Observation {
            frame: index as u32,
            t: index as f64 / RATE_HZ,
            pose: Some(Pose { image, world }),
            face: None,
            people: Some(1),
            brightness: 120.0,
            change: 1.0,
        }
    });
    Clip {
        width: 640,
        height: 480,
        duration: episode.skeletons.len() as f64 / RATE_HZ,
        observations: observations.collect(),
    }
}

/// How often a correct repetition has a greater value than an incorrect one, 0..1 (area under the ROC curve).
fn auc(values: &[(bool, f64)]) -> f64 {
    let of = |correct: bool| {
        values
            .iter()
            .filter(move |value| value.0 == correct)
            .map(|value| value.1)
    };
    let pairs = of(true).flat_map(|good| of(false).map(move |bad| (good, bad)));
    let (mut won, mut count) = (0.0, 0.0);
    for (good, bad) in pairs {
        won += if good > bad {
            1.0
        } else if good < bad {
            0.0
        } else {
            0.5
        };
        count += 1.0;
    }
    won / count
}

/// What is asked of a repetition: greater is better.
type Score = (&'static str, fn(&Signals) -> f64);

fn greatest(signals: &Signals, value: impl Fn(&Frame) -> f64) -> f64 {
    signals.present().map(value).fold(f64::NAN, f64::max)
}

const TRUNK_UPRIGHT: Score = ("trunk upright", |signals| {
    -greatest(signals, |frame| frame.trunk_lean_deg)
});
const KNEE_BENT: Score = ("knee bent", |signals| {
    greatest(signals, |frame| {
        frame.knee_flexion_deg.left.max(frame.knee_flexion_deg.right)
    })
});
const ARM_RAISED: Score = ("arm raised", |signals| {
    greatest(signals, |frame| {
        frame.arm_raise_deg.left.max(frame.arm_raise_deg.right)
    })
});
const ARM_AGAINST_TRUNK: Score = ("arm against trunk", |signals| {
    greatest(signals, |frame| {
        frame
            .shoulder_flexion_deg
            .left
            .max(frame.shoulder_flexion_deg.right)
    })
});

#[test]
fn signals_tell_correct_from_incorrect_repetitions() {
    // With the least that is asked of all repetitions together. What "incorrect" means was left to each person: in the side
    // lunge one bent the knee less, another more, so that depth says little there.
    for (movement, scores) in [
        ("deep_squat", &[(KNEE_BENT, 0.78), (TRUNK_UPRIGHT, 0.70)][..]),
        ("side_lunge", &[(KNEE_BENT, 0.52), (TRUNK_UPRIGHT, 0.60)]),
        (
            "shoulder_scaption",
            &[
                (ARM_RAISED, 0.79),
                (ARM_AGAINST_TRUNK, 0.73),
                (TRUNK_UPRIGHT, 0.70),
            ],
        ),
    ] {
        let Some(episodes) = episodes(movement) else {
            return;
        };
        let signals: Vec<Signals> = episodes
            .iter()
            .map(|episode| Signals::new(&clip(episode)))
            .collect();
        assert!(
            episodes.len() >= 80,
            "{movement}: only {} repetitions",
            episodes.len()
        );
        for ((name, score), least) in scores {
            let mut by_subject: BTreeMap<&str, Vec<(bool, f64)>> = BTreeMap::new();
            let mut all = Vec::new();
            for (episode, signals) in episodes.iter().zip(&signals) {
                let value = (episode.correct, score(signals));
                by_subject.entry(&episode.subject).or_default().push(value);
                all.push(value);
            }
            let each: Vec<String> = by_subject
                .values()
                .map(|values| format!("{:.2}", auc(values)))
                .collect();
            println!(
                "{movement:18} {name:18} AUC {:.2}, per subject {}",
                auc(&all),
                each.join(" ")
            );
            assert!(auc(&all) > *least, "{movement}, {name}: {:.3}", auc(&all));
        }
    }
}
