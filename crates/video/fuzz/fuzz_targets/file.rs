//! Whole files: containers, tables, schedules, and whatever decoder they lead to.
//!
//! `cargo +nightly fuzz run file ../tests/corpus` (from `crates/video/fuzz`) starts from the test clips.

#![no_main]

use flow_video::{Limits, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let limits = Limits {
        sample_hz: 1000.0,
        max_samples: 64,
        max_pixels: 640 * 480,
        ..Limits::default()
    };
    let Ok(mut video) = open(file.to_vec(), &limits) else {
        return;
    };
    while let Ok(Some(frame)) = video.next_frame() {
        std::hint::black_box((frame.to_rgb(), frame.mean_luma(), frame.luma_thumbnail(8, 8)));
    }
});
