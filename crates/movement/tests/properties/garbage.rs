//! Landmarks that mean nothing: no panic, and what comes out can be stored.

use flow_catalog::TestId;
use flow_landmarks::{Clip, Face, Landmark, Landmarks, Observation, Place, Point, Pose, WorldPoint};
use flow_movement::{Assessment, draw::draw};
use proptest::prelude::*;

use crate::judge::score;

/// Any number a broken producer might write.
fn any_number() -> impl Strategy<Value = f32> {
    prop_oneof![
        6 => -0.5..1.5_f32,
        1 => Just(f32::NAN),
        1 => Just(f32::INFINITY),
        1 => Just(-1e30_f32),
        1 => Just(0.0_f32),
    ]
}

fn any_pose() -> impl Strategy<Value = Option<Pose>> {
    let values = proptest::collection::vec(any_number(), Landmark::COUNT * 6);
    proptest::option::weighted(0.8, values).prop_map(|values| {
        values.map(|v| Pose {
            image: Landmarks(std::array::from_fn(|i| Point {
                x: v[6 * i],
                y: v[6 * i + 1],
                z: 0.0,
                visibility: v[6 * i + 2],
                presence: 1.0,
            })),
            world: Landmarks(std::array::from_fn(|i| WorldPoint {
                x: v[6 * i + 3],
                y: v[6 * i + 4],
                z: v[6 * i + 5],
            })),
        })
    })
}

fn any_face() -> impl Strategy<Value = Option<Face>> {
    let values = (any_number(), any_number());
    proptest::option::of(values).prop_map(|values| {
        values.map(|(presence, pitch)| Face {
            presence,
            pitch_deg: 90.0 * pitch,
            yaw_deg: 0.0,
            roll_deg: 0.0,
            nasion: Place::default(),
            chin: Place::default(),
            left_tragion: Place::default(),
            right_tragion: Place::default(),
        })
    })
}

fn any_clip() -> impl Strategy<Value = Clip> {
    let time =
        prop_oneof![8 => 0.0..50.0_f64, 1 => Just(f64::NAN), 1 => Just(1e300_f64), 1 => Just(-5.0_f64)];
    let observation = (
        time,
        any_pose(),
        any_face(),
        proptest::option::of(0..5_u8),
        any_number(),
        any_number(),
    );
    let observations = proptest::collection::vec(observation, 0..60);
    (
        observations,
        0..2000_u32,
        0..2000_u32,
        any_number(),
        any::<bool>(),
    )
        .prop_map(|(observations, width, height, duration, in_order)| {
            let observations = observations
                .into_iter()
                .enumerate()
                .map(
                    |(frame, (t, pose, face, people, brightness, change))| Observation {
                        frame: frame as u32,
                        t: if in_order { frame as f64 / 7.0 } else { t },
                        pose,
                        face,
                        people,
                        brightness: brightness * 200.0,
                        change,
                    },
                )
                .collect();
            Clip {
                width,
                height,
                duration: f64::from(duration) * 30.0,
                observations,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_clip_panics_and_what_comes_out_can_be_stored_and_read_again(clip in any_clip()) {
        for test in TestId::ALL {
            let assessment = score(test, &clip);
            let json = serde_json::to_string(&assessment).expect("writes");
            let read: Assessment = serde_json::from_str(&json).expect("reads");
            prop_assert_eq!(&read, &assessment);
            for key_frame in assessment.result.iter().flat_map(|result| &result.key_frames) {
                prop_assert!(!draw(key_frame).contains("NaN"));
            }
        }
    }
}
