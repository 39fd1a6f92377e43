//! Every codec, container and feature against FFmpeg's decoding of the same clip.

mod common;

use common::{Expected, adler32, clip, every_frame, expected};
use flow_video::{Codec, Container, Frame, Limits, Rotation, open};

/// Clips of more than 8 bits are rounded here and dithered by FFmpeg.
fn is_deep(name: &str) -> bool {
    name.contains("main10")
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn frames(name: &str, limits: &Limits) -> Vec<Frame> {
    let mut video = open(clip(name), limits).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut frames = Vec::new();
    while let Some(frame) = video
        .next_frame()
        .unwrap_or_else(|error| panic!("{name}: {error}"))
    {
        frames.push(frame);
    }
    assert_eq!(
        frames.len(),
        video.expected_samples(),
        "{name}: as many frames as promised"
    );
    frames
}

#[test]
fn every_picture_is_the_one_ffmpeg_decodes() {
    let mut wrong = Vec::new();
    for (name, expected) in expected() {
        let frames = frames(&name, &every_frame());
        if frames.len() != expected.times.len() {
            wrong.push(format!(
                "{name}: {} frames instead of {}",
                frames.len(),
                expected.times.len()
            ));
            continue;
        }
        for (place, frame) in frames.iter().enumerate() {
            if let Some(problem) = difference(&name, frame, place, &expected) {
                wrong.push(format!("{name}, frame {place}: {problem}"));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn difference(name: &str, frame: &Frame, place: usize, expected: &Expected) -> Option<String> {
    let picture = &frame.picture;
    if frame.index as usize != place {
        return Some(format!("numbered {}", frame.index));
    }
    // ffprobe prints six decimals.
    if (frame.t - expected.times[place]).abs() > 2e-6 {
        return Some(format!(
            "shown at {} s instead of {}",
            frame.t, expected.times[place]
        ));
    }
    if (picture.width, picture.height) != (expected.width, expected.height) {
        return Some(format!("{}x{}", picture.width, picture.height));
    }
    if is_deep(name) {
        let rows = picture.y.data.chunks(picture.y.stride).take(picture.height);
        let sum: u64 = rows
            .flat_map(|row| &row[..picture.width])
            .map(|&luma| u64::from(luma))
            .sum();
        let mean = sum as f64 / (picture.width * picture.height) as f64;
        return ((mean - expected.mean_luma[place]).abs() > 0.6)
            .then(|| format!("mean luma {mean:.2} instead of {}", expected.mean_luma[place]));
    }
    let checksum = adler32(picture);
    (checksum != expected.adler32[place])
        .then(|| format!("{checksum} instead of {}", expected.adler32[place]))
}

#[test]
fn rgb_stands_upright_and_has_ffmpegs_colours() {
    let mut wrong = Vec::new();
    for (name, expected) in expected() {
        let frame = frames(&name, &Limits::default()).swap_remove(0);
        let rgb = frame.to_rgb();
        if (rgb.width, rgb.height) != (expected.upright.width, expected.upright.height) {
            wrong.push(format!("{name}: {}x{}", rgb.width, rgb.height));
            continue;
        }
        let largest = grid(&rgb.data, rgb.width, rgb.height)
            .iter()
            .zip(expected.upright.grid.as_bytes().chunks(2))
            .map(|(&ours, theirs)| {
                let theirs = std::str::from_utf8(theirs).expect("hexadecimal");
                ours.abs_diff(u8::from_str_radix(theirs, 16).expect("hexadecimal"))
            })
            .max();
        // FFmpeg's conversion works with tables, ours with exact weights. With an odd side it also smooths the colour
        // samples instead of taking the nearest.
        let odd = expected.width % 2 == 1 || expected.height % 2 == 1;
        let tolerance = match (odd, is_deep(&name)) {
            (true, _) => 40,
            (false, true) => 6,
            (false, false) => 4,
        };
        if largest.is_none_or(|largest| largest > tolerance) {
            wrong.push(format!("{name}: colours differ by up to {largest:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The pixels fixtures.py takes.
fn grid(rgb: &[u8], width: usize, height: usize) -> Vec<u8> {
    let mut grid = Vec::new();
    for row in 0..8 {
        for column in 0..8 {
            let at = 3 * ((height * (2 * row + 1) / 16) * width + width * (2 * column + 1) / 16);
            grid.extend_from_slice(&rgb[at..at + 3]);
        }
    }
    grid
}

#[test]
fn the_grid_takes_the_first_frame_that_reaches_each_tenth_of_a_second() {
    for (name, expected) in expected() {
        let mut wanted = Vec::new();
        let mut slot = 0;
        for (place, &time) in expected.times.iter().enumerate() {
            // Six decimals: a time may lie half a microsecond below the tenth it stands for.
            if time + 1e-6 >= f64::from(slot) / 10.0 {
                wanted.push(place);
                slot = ((time + 1e-6) * 10.0) as u32 + 1;
            }
        }
        let given: Vec<usize> = frames(&name, &Limits::default())
            .iter()
            .map(|frame| frame.index as usize)
            .collect();
        assert_eq!(given, wanted, "{name}");
    }
}

#[test]
fn pictures_that_are_left_out_change_none_of_the_others() {
    for (name, _) in expected() {
        let all = frames(&name, &every_frame());
        for sample_hz in [3.0, 10.0] {
            let limits = Limits {
                sample_hz,
                ..every_frame()
            };
            for frame in frames(&name, &limits) {
                let whole = &all[frame.index as usize].picture;
                assert!(frame.picture == *whole, "{name}, frame {}", frame.index);
            }
        }
    }
}

#[test]
fn headers_are_told_before_decoding() {
    let cases = [
        (
            "h264_moov_at_end.mp4",
            Container::Mp4,
            Codec::H264,
            (64, 48),
            Rotation::None,
            21,
        ),
        (
            "h264_rotated_90.mp4",
            Container::Mp4,
            Codec::H264,
            (48, 64),
            Rotation::Clockwise90,
            21,
        ),
        (
            "h264_rotated_180.mp4",
            Container::Mp4,
            Codec::H264,
            (64, 48),
            Rotation::Half,
            21,
        ),
        (
            "h264_rotated_270.mp4",
            Container::Mp4,
            Codec::H264,
            (48, 64),
            Rotation::Clockwise270,
            21,
        ),
        (
            "h264_quicktime.mov",
            Container::Mov,
            Codec::H264,
            (64, 48),
            Rotation::None,
            21,
        ),
        (
            "h264.mkv",
            Container::Matroska,
            Codec::H264,
            (64, 48),
            Rotation::None,
            21,
        ),
        (
            "hevc_main10.mov",
            Container::Mov,
            Codec::Hevc,
            (64, 48),
            Rotation::None,
            21,
        ),
        (
            "vp8_odd_size.webm",
            Container::WebM,
            Codec::Vp8,
            (65, 47),
            Rotation::None,
            18,
        ),
        (
            "vp9.mp4",
            Container::Mp4,
            Codec::Vp9,
            (64, 48),
            Rotation::None,
            21,
        ),
    ];
    for (name, container, codec, size, rotation, shown) in cases {
        let video = open(clip(name), &Limits::default()).unwrap();
        let info = video.info();
        let found = (
            info.container,
            info.codec,
            (info.width, info.height),
            info.rotation,
            info.shown_frames,
        );
        assert_eq!(found, (container, codec, size, rotation, shown), "{name}");
        assert!(
            (info.frames_per_second() - 30.0).abs() < 0.7,
            "{name}: {}",
            info.frames_per_second()
        );
    }
}

#[test]
fn a_mirrored_video_is_mirrored_back() {
    let plain = frames("h264_moov_at_end.mp4", &Limits::default())
        .swap_remove(0)
        .to_rgb();
    let mirrored = frames("h264_mirrored.mp4", &Limits::default())
        .swap_remove(0)
        .to_rgb();
    let row: Vec<_> = plain.data[..plain.width * 3]
        .chunks(3)
        .rev()
        .flatten()
        .copied()
        .collect();
    assert_eq!(row, mirrored.data[..plain.width * 3]);
}

#[test]
#[cfg(not(target_family = "wasm"))]
fn an_opened_video_can_move_to_another_thread() {
    let mut video = open(clip("h264_moov_at_end.mp4"), &Limits::default()).unwrap();
    let first = std::thread::spawn(move || video.next_frame()).join().unwrap();
    assert_eq!(first.unwrap().unwrap().index, 0);
}

#[test]
fn parts_begin_where_key_frames_are() {
    for (name, expected) in [
        // x264 writes some where the scene changes.
        ("h264_key_frames.mp4", &[0, 7, 9, 15][..]),
        ("h264_sets_in_key_frames.mp4", &[0, 7, 9, 15]),
        ("h264_open_gop.mp4", &[0]),
        ("h264_b_frames.mp4", &[0]),
        ("hevc_key_frames.mp4", &[0, 7, 14]),
        // Two pictures of each group are shown before its key frame.
        ("hevc_leading_pictures.mp4", &[0, 6, 14]),
        ("hevc_open_gop.mp4", &[0]),
        ("vp8_key_frames.webm", &[0, 7, 14, 16]),
        ("vp9_key_frames.webm", &[0, 7, 14]),
    ] {
        let video = open(clip(name), &every_frame()).unwrap();
        assert_eq!(video.entries().collect::<Vec<_>>(), expected, "{name}");
    }
}

#[test]
fn every_part_has_the_frames_of_the_whole() {
    for (name, _) in expected() {
        for limits in [every_frame(), Limits::default()] {
            let whole = frames(&name, &limits);
            let entries: Vec<usize> = open(clip(&name), &limits).unwrap().entries().collect();
            let ends = entries.iter().skip(1).copied().chain([whole.len()]);
            for (start, end) in entries.iter().copied().zip(ends) {
                let part = open(clip(&name), &limits).unwrap().part(start..end);
                let mut part = part.expect("a part begins at an entry");
                assert_eq!(part.expected_samples(), end - start, "{name}");
                for expected in &whole[start..end] {
                    let frame = part.next_frame().unwrap();
                    assert!(
                        frame.as_ref() == Some(expected),
                        "{name}, frame {}",
                        expected.index
                    );
                }
                assert_eq!(part.next_frame(), Ok(None), "{name}");
            }
        }
    }
}

#[test]
fn no_part_begins_or_ends_elsewhere() {
    let open = || open(clip("h264_key_frames.mp4"), &every_frame()).unwrap();
    let entries: Vec<usize> = open().entries().collect();
    let (middle, end) = (entries[1], open().expected_samples());
    assert!(open().part(middle..end).is_some());
    for places in [middle + 1..end, middle..middle, middle..end + 1, 0..0] {
        assert!(open().part(places.clone()).is_none(), "{places:?}");
    }
    let mut begun = open();
    begun.next_frame().unwrap();
    assert!(begun.part(middle..end).is_none());
    assert!(open().part(middle..end).unwrap().part(0..end).is_none());
}
