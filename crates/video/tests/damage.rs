//! A thousand damaged variants of every kind of file: none may panic, hang, or ask for absurd amounts of memory.
//!
//! A panic counts even when a dependency catches it: in wasm it would be a trap. The same test runs under WASI
//! (`cargo test --target wasm32-wasip2` with a runner), where addresses have 32 bits.

mod common;

use std::sync::Mutex;
use std::time::{Duration, Instant};

use common::clip;
use flow_video::{Limits, open};

/// One clip for each container and codec, and for each way they are put together.
const KINDS: [&str; 15] = [
    "h264_moov_at_end.mp4",
    "h264_b_frames.mp4",
    "h264_fragmented.mp4",
    "h264_slices.mp4",
    "h264_quicktime.mov",
    "h264.mkv",
    "browser/h264.webm",
    "browser/avc3.mp4",
    "hevc_open_gop.mp4",
    "hevc_main10.mov",
    "vp8_hidden_frames.webm",
    "vp8_live.webm",
    "vp9_hidden_frames.webm",
    "vp9_odd_size.webm",
    "vp9.mp4",
];

/// Of each kind; `FLOW_VIDEO_VARIANTS` asks for more.
const VARIANTS: u32 = 1000;

/// Far above what the slowest variant needs, far below a person's patience.
const SLOWEST: Duration = Duration::from_secs(10);

static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[test]
fn damaged_files_end_in_an_error_or_in_frames() {
    std::panic::set_hook(Box::new(|info| {
        if let Ok(mut panics) = PANICS.lock() {
            panics.push(info.to_string());
        }
    }));
    let variants = std::env::var("FLOW_VIDEO_VARIANTS")
        .ok()
        .and_then(|number| number.parse().ok());
    let variants = variants.unwrap_or(VARIANTS);
    let mut report = Vec::new();
    for kind in KINDS {
        let original = clip(kind);
        let media = media_start(&original);
        for variant in 0..variants {
            let file = damage(&original, media, variant);
            if let Some(problem) = try_variant(file) {
                report.push(format!("{kind}, variant {variant}: {problem}"));
            }
        }
    }
    let _ = std::panic::take_hook();
    let first: Vec<_> = report.iter().take(40).map(String::as_str).collect();
    assert!(
        report.is_empty(),
        "{} variants failed, among them\n{}",
        report.len(),
        first.join("\n")
    );
}

/// Decodes a variant to its end, natively on a thread that is given up when it takes too long.
#[cfg(not(target_family = "wasm"))]
fn try_variant(file: Vec<u8>) -> Option<String> {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let started = Instant::now();
        let result = std::panic::catch_unwind(|| decode(file));
        // The receiver is gone when it gave up waiting.
        let _ = sender.send((result.is_err(), started.elapsed()));
    });
    let outcome = receiver.recv_timeout(SLOWEST);
    let panics = PANICS
        .lock()
        .map(|mut panics| std::mem::take(&mut *panics))
        .unwrap_or_default();
    match outcome {
        Err(_) => Some("it hangs".to_owned()),
        Ok((panicked, _)) if panicked || !panics.is_empty() => Some(panics.join("; ")),
        Ok(_) => None,
    }
}

/// Under WASI a panic ends the program, and so says which variant it was.
#[cfg(target_family = "wasm")]
fn try_variant(file: Vec<u8>) -> Option<String> {
    let started = Instant::now();
    decode(file);
    (started.elapsed() > SLOWEST).then(|| "it takes too long".to_owned())
}

fn decode(file: Vec<u8>) {
    // Every frame is decoded and looked at; pictures may be at most as large as a phone's.
    let limits = Limits {
        sample_hz: 1000.0,
        max_samples: 100,
        max_pixels: 1280 * 720,
        ..Limits::default()
    };
    let Ok(mut video) = open(file, &limits) else {
        return;
    };
    while let Ok(Some(frame)) = video.next_frame() {
        std::hint::black_box((frame.to_rgb(), frame.mean_luma(), frame.luma_thumbnail(8, 8)));
    }
}

/// Where pictures begin, so that half of the damage hits them and not the tables.
fn media_start(file: &[u8]) -> usize {
    let find = |mark: &[u8]| file.windows(mark.len()).position(|window| window == mark);
    find(b"mdat")
        .or_else(|| find(&[0x1f, 0x43, 0xb6, 0x75]))
        .map_or(0, |at| at + 4)
}

/// Random numbers that are the same on every machine (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

fn damage(original: &[u8], media: usize, variant: u32) -> Vec<u8> {
    let mut random = Random(u64::from(variant) * 7919 + original.len() as u64);
    let mut file = original.to_vec();
    let length = file.len();
    match variant % 10 {
        0 => {
            for _ in 0..=random.below(8) {
                let at = random.below(length);
                file[at] ^= 1 << random.below(8);
            }
        }
        1 => file.truncate(random.below(length)),
        2 => {
            let (start, end) = span(&mut random, length, 64);
            file[start..end].fill(0);
        }
        3 => {
            let (start, end) = span(&mut random, length, 32);
            file[start..end].fill_with(|| random.next() as u8);
        }
        4 => {
            let (start, end) = span(&mut random, length, 200);
            let copy = file[start..end].to_vec();
            let at = random.below(length);
            file.splice(at..at, copy);
        }
        5 => {
            let (start, end) = span(&mut random, length, 100);
            file.drain(start..end);
        }
        6 => forge_number(&mut random, &mut file, media),
        // Pictures alone: the tables stay whole, so the decoders see the damage.
        7 | 8 => {
            for _ in 0..=random.below(4) {
                let at = media + random.below(length - media);
                file[at] ^= 1 << random.below(8);
            }
        }
        _ => {
            let start = media + random.below(length - media);
            let end = (start + 1 + random.below(24)).min(length);
            file[start..end].fill_with(|| random.next() as u8);
        }
    }
    file
}

fn span(random: &mut Random, length: usize, longest: usize) -> (usize, usize) {
    let start = random.below(length);
    (start, (start + 1 + random.below(longest)).min(length))
}

/// Overwrites a number of the tables with one that invites overflow.
fn forge_number(random: &mut Random, file: &mut [u8], media: usize) {
    const NUMBERS: [u32; 10] = [
        0,
        1,
        7,
        8,
        0x7fff_ffff,
        0x8000_0000,
        0xffff_ffff,
        0xffff_fff8,
        0x0001_0000,
        0x0100_0000,
    ];
    // MP4 keeps its tables before or after the media; WebM before.
    let tables = if file.get(4..8) == Some(b"ftyp") {
        file.len()
    } else {
        media.max(64)
    };
    for _ in 0..=random.below(2) {
        let at = random.below(tables.saturating_sub(8));
        let number = NUMBERS[random.below(NUMBERS.len())];
        file[at..at + 4].copy_from_slice(&number.to_be_bytes());
    }
}
