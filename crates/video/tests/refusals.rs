//! What is refused, and in which words.

mod common;

use common::{clip, every_frame};
use flow_video::{Limits, Video, VideoError, identify, open};

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn refusal(file: Vec<u8>, limits: &Limits) -> VideoError {
    match open(file, limits) {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

#[test]
fn what_cannot_be_decoded_is_named_with_its_container() {
    let cases = [
        ("refused_mpeg4.mp4", "MP4", "MPEG-4 Part 2"),
        ("refused_av1.mp4", "MP4", "AV1"),
        ("refused_av1.webm", "WebM", "AV1"),
        ("refused_prores.mov", "MOV", "ProRes"),
        ("refused_mjpeg.mov", "MOV", "Motion JPEG"),
        ("refused_h264_10_bit.mp4", "MP4", "H.264 4:2:0 10-bit"),
        ("refused_h264_422.mp4", "MP4", "H.264 4:2:2 8-bit"),
        ("refused_h264_interlaced.mp4", "MP4", "interlaced H.264"),
        ("refused_hevc_444.mp4", "MP4", "HEVC 4:4:4 8-bit"),
        ("refused_vp9_profile_1.webm", "WebM", "VP9 profile 1"),
    ];
    for (name, container, codec) in cases {
        let error = refusal(clip(name), &Limits::default());
        assert!(
            matches!(error, VideoError::UnsupportedCodec { .. }),
            "{name}: {error:?}"
        );
        let message = error.to_string();
        for part in [container, codec, "record H.264 at 720p or less"] {
            assert!(message.contains(part), "{name}: {message}");
        }
    }
}

#[test]
fn other_files_are_told_apart() {
    let avi = refusal(clip("refused.avi"), &Limits::default());
    assert!(avi.to_string().contains("AVI"), "{avi}");
    let sound = refusal(clip("refused_sound_only.mp4"), &Limits::default());
    assert!(matches!(sound, VideoError::NoVideoTrack { .. }), "{sound}");
    assert_eq!(refusal(Vec::new(), &Limits::default()), VideoError::Empty);
    assert_eq!(
        refusal(b"Dear diary, today I did not move.".to_vec(), &Limits::default()),
        VideoError::NotAVideo
    );
    assert_eq!(identify(&clip("refused.avi")[..64]), Err(avi));
    assert!(identify(&clip("vp8_live.webm")[..64]).is_ok());
}

#[test]
fn every_limit_refuses_one_step_beyond_and_says_the_number() {
    let file = clip("h264_moov_at_end.mp4");
    let (bytes, pixels, frames) = (file.len(), 64 * 48, 21);
    let work = u64::from(pixels) * u64::from(frames);
    // The duration carries a tolerance of half a second; this clip lasts 0.7 s.
    let exact = Limits {
        max_bytes: bytes,
        max_duration_s: 0.21,
        max_pixels: pixels,
        max_coded_frames: frames,
        max_work: work,
        ..Limits::default()
    };
    assert!(open(file.clone(), &exact).is_ok());
    let cases = [
        (
            Limits {
                max_bytes: bytes - 1,
                ..exact
            },
            bytes.to_string(),
        ),
        (
            Limits {
                max_duration_s: 0.19,
                ..exact
            },
            "0.7 s".to_owned(),
        ),
        (
            Limits {
                max_pixels: pixels - 1,
                ..exact
            },
            "64x48".to_owned(),
        ),
        (
            Limits {
                max_coded_frames: frames - 1,
                ..exact
            },
            "21 frames".to_owned(),
        ),
        (
            Limits {
                max_work: work - 1,
                ..exact
            },
            "1.0 times".to_owned(),
        ),
    ];
    for (limits, number) in cases {
        let message = refusal(file.clone(), &limits).to_string();
        assert!(
            message.contains(&number) && message.contains("record"),
            "{message}"
        );
    }
    let webm = refusal(
        clip("vp8_live.webm"),
        &Limits {
            max_coded_frames: 5,
            ..Limits::default()
        },
    );
    assert!(
        matches!(webm, VideoError::TooManyFrames { frames: 6, .. }),
        "{webm:?}"
    );
}

#[test]
fn a_file_that_ends_early_is_refused_when_it_is_opened() {
    // The movie box comes first, last, in pieces; blocks in clusters of known and unknown size.
    let names = [
        "h264_b_frames.mp4",
        "h264_moov_at_end.mp4",
        "h264_fragmented.mp4",
        "vp8_live.webm",
        "vp9_hidden_frames.webm",
    ];
    for name in names {
        let file = clip(name);
        let cut = file.len() * 2 / 3;
        match open(file[..cut].to_vec(), &every_frame()) {
            Err(VideoError::Damaged { what, .. }) => {
                assert!(what.contains("end") || what.contains("missing"), "{name}: {what}");
            }
            Err(other) => panic!("{name}: {other:?}"),
            Ok(_) => panic!("{name} was opened"),
        }
    }
}

/// How many frames come before the first error, and the error.
#[expect(clippy::panic, reason = "a test fails by panicking")]
fn broken_off(video: &mut Video) -> (usize, VideoError) {
    let mut good = 0;
    loop {
        match video.next_frame() {
            Ok(Some(_)) => good += 1,
            Ok(None) => panic!("nothing went wrong"),
            Err(error) => return (good, error),
        }
    }
}

#[test]
fn b_slices_in_a_stream_that_promises_none_are_refused() {
    let mut file = clip("h264_quicktime.mov");
    // The profile in the decoder configuration and in the sequence parameter set: Main becomes Baseline.
    let (main, baseline) = ([0x4d, 0x40], [0x42, 0x40]);
    let places: Vec<usize> = (0..file.len() - 1)
        .filter(|&at| file[at..at + 2] == main)
        .collect();
    assert_eq!(places.len(), 2);
    for at in places {
        file[at..at + 2].copy_from_slice(&baseline);
    }
    let (_, error) = broken_off(&mut open(file, &every_frame()).unwrap());
    assert!(
        error.to_string().contains("a B slice in a baseline stream"),
        "{error}"
    );
}

#[test]
fn a_picture_size_that_changes_on_the_way_is_refused() {
    let file = clip("refused_size_changes.webm");
    let (good, error) = broken_off(&mut open(file, &every_frame()).unwrap());
    assert!(good > 0, "the frames before stand: {error}");
    assert!(
        error
            .to_string()
            .contains("changes from 64x48 to 65x47 at frame "),
        "{error}"
    );
}

#[test]
fn damaged_pictures_end_the_video_with_the_first_error_again_and_again() {
    let mut file = clip("h264_b_frames.mp4");
    let middle = file.len() * 7 / 8;
    for byte in &mut file[middle..middle + 40] {
        *byte = 0xff;
    }
    let mut video = open(file, &every_frame()).unwrap();
    let (good, first) = broken_off(&mut video);
    assert!(good > 0, "frames before the damage stand");
    assert!(
        matches!(&first, VideoError::Damaged { place, .. } if place.starts_with("frame ")),
        "{first:?}"
    );
    assert!(first.to_string().contains("MP4 file (H.264)"), "{first}");
    assert_eq!(video.next_frame(), Err(first));
}
