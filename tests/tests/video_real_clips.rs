//! Real clips give exactly the frames that the reference measurements were made on.
//!
//! Needs the directory with `clips/*.mp4` and `reference/landmarks/*.json.gz` in `FLOW_SHARED`; says so and passes when
//! it is unset.

use std::{fs::File, path::PathBuf};

use flate2::read::GzDecoder;
use flow_video::{Codec, Limits, open};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    frames: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    frame: u32,
    t: f64,
    w: usize,
    h: usize,
}

/// The seven clips, with the codec inside.
const CLIPS: [(&str, Codec); 7] = [
    ("neg_crowd_mmpose", Codec::H264),
    ("neg_nobody_wall_sports2d", Codec::H264),
    ("neg_two_people_pose2sim", Codec::H264),
    ("neg_walk_leaves_frame_sports2d", Codec::H264),
    ("t07_balance_cam1_pose2sim", Codec::H264),
    ("t07_balance_cam2_pose2sim", Codec::Vp9),
    ("t09_lateral_raise_front_sports2d", Codec::H264),
];

#[test]
fn sampled_frames_are_those_of_the_reference() {
    let Some(shared) = std::env::var_os("FLOW_SHARED").map(PathBuf::from) else {
        println!("skipped: FLOW_SHARED is not set");
        return;
    };
    for (name, codec) in CLIPS {
        let path = shared.join(format!("reference/landmarks/{name}.mp4.json.gz"));
        let reference: Reference =
            serde_json::from_reader(GzDecoder::new(File::open(path).expect(name))).expect(name);
        let bytes = std::fs::read(shared.join(format!("clips/{name}.mp4"))).expect(name);
        let mut video = open(bytes, &Limits::default()).expect(name);
        assert_eq!(video.info().codec, codec, "{name}");
        assert_eq!(video.expected_samples(), reference.frames.len(), "{name}");
        for expected in reference.frames {
            let frame = video
                .next_frame()
                .expect(name)
                .expect("as many frames as the reference has");
            let found = (frame.index, frame.width(), frame.height());
            assert_eq!(found, (expected.frame, expected.w, expected.h), "{name}");
            // The reference has four decimals.
            assert!(
                (frame.t - expected.t).abs() < 6e-5,
                "{name}: {} instead of {}",
                frame.t,
                expected.t
            );
            let brightness = frame.mean_luma();
            assert!(
                (20.0..235.0).contains(&brightness),
                "{name}: brightness {brightness}"
            );
        }
        assert_eq!(video.next_frame(), Ok(None), "{name}");
    }
}
