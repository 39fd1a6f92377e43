//! What must not change a result: a mirror, the place and size in the picture, asking twice.

use flow_landmarks::Side;
use flow_movement::assessment::Measure;

use crate::{
    changes::{mirrored, placed},
    figure::Film,
    judge::{outcome, score},
    samples,
};

#[test]
fn the_same_clip_gives_the_same_bytes() {
    for (test, clip) in samples::all(&Film::GOOD) {
        let bytes = || serde_json::to_string(&score(test, &clip)).expect("writes");
        assert_eq!(bytes(), bytes(), "{test}");
    }
}

#[test]
fn a_mirrored_clip_gives_the_mirrored_result() {
    for (test, clip) in samples::all(&Film::GOOD) {
        let (plain, mirror) = (score(test, &clip), score(test, &mirrored(&clip)));
        let (plain, mirror) = (plain.result.expect("valid"), mirror.result.expect("valid"));
        assert_eq!(
            (plain.bucket, plain.severity),
            (mirror.bucket, mirror.severity),
            "{test}"
        );
        assert!((plain.confidence - mirror.confidence).abs() < 0.02, "{test}");
        let mut flags: Vec<_> = plain
            .flags
            .iter()
            .map(|flag| (flag.code, flag.side.map(Side::other)))
            .collect();
        let mut swapped: Vec<_> = mirror.flags.iter().map(|flag| (flag.code, flag.side)).collect();
        flags.sort_unstable();
        swapped.sort_unstable();
        assert_eq!(flags, swapped, "{test}");
        for side in &plain.sides {
            let same = mirror.sides.iter().find(|other| other.side == side.side.other());
            let found = same.map(|other| (other.measured, other.bucket));
            assert_eq!(found, Some((side.measured, side.bucket)), "{test}");
        }
        for measure in &plain.measures {
            let same =
                |other: &&Measure| other.name == measure.name && other.side == measure.side.map(Side::other);
            let other = mirror
                .measures
                .iter()
                .find(same)
                .unwrap_or_else(|| panic!("{test}: no {measure:?}"));
            assert!(
                (other.value - measure.value).abs() < 0.01,
                "{test}: {measure:?} {other:?}"
            );
        }
    }
}

#[test]
fn resizing_and_moving_the_picture_changes_nothing() {
    for (test, clip) in samples::all(&Film::GOOD) {
        let plain = outcome(&score(test, &clip));
        for scale in [0.75, 0.9, 1.0, 1.07] {
            for place in [(0.0, 0.0), (-0.06, 0.02), (0.06, -0.02)] {
                let moved = outcome(&score(test, &placed(&clip, scale, place)));
                assert_eq!(moved, plain, "{test}: {scale} {place:?}");
            }
        }
    }
}
