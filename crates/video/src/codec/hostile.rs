//! Damage aimed at the decoders: frame headers, parameter sets, frames out of order or from other streams. None may
//! panic, not even where a dependency would catch it: in wasm a panic is a trap.
//!
//! `tests/damage.rs` damages whole files; most of what it does never gets past the containers. Here every variant
//! reaches a decoder.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::codec::{self, Role};
use crate::info::Container;
use crate::sniff;
use crate::track::Track;
use crate::{mp4, webm};

/// Clips of each codec; those of one codec differ in size and tools, so that their frames do not fit each other.
const CODECS: [&[&str]; 4] = [
    &[
        "h264_moov_at_end.mp4",
        "h264_b_frames.mp4",
        "h264_cropped.mp4",
        "h264_quicktime.mov",
        "h264_slices.mp4",
        "browser/avc3.mp4",
    ],
    &[
        "hevc_open_gop.mp4",
        "hevc_cropped.mp4",
        "hevc_main10.mov",
        "hevc_fragmented.mp4",
    ],
    &[
        "vp8_hidden_frames.webm",
        "vp8_odd_size.webm",
        "vp8_profile_3.webm",
        "browser/vp8.webm",
    ],
    &[
        "vp9_hidden_frames.webm",
        "vp9_odd_size.webm",
        "vp9.mp4",
        "browser/vp9.webm",
    ],
];

/// Of each clip; `FLOW_VIDEO_VARIANTS` asks for more.
const VARIANTS: u32 = 800;

/// Far above what the slowest variant needs.
const SLOWEST: Duration = Duration::from_secs(10);

const MAX_PIXELS: u32 = 640 * 480;

static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[test]
fn hostile_frames_never_make_a_decoder_panic() {
    let variants = std::env::var("FLOW_VIDEO_VARIANTS")
        .ok()
        .and_then(|number| number.parse().ok());
    let variants = variants.unwrap_or(VARIANTS);
    std::panic::set_hook(Box::new(|info| {
        if let Ok(mut panics) = PANICS.lock() {
            panics.push(info.to_string());
        }
    }));
    let mut report = Vec::new();
    let mut failed = 0;
    for clips in CODECS {
        let streams: Vec<Stream> = clips.iter().map(|name| Stream::read(name)).collect();
        for (place, name) in clips.iter().enumerate() {
            for variant in 0..variants {
                let mut stream = streams[place].clone();
                stream.damage(variant, &streams);
                let started = Instant::now();
                let result = std::panic::catch_unwind(|| stream.decode());
                let panics = PANICS
                    .lock()
                    .map(|mut panics| std::mem::take(&mut *panics))
                    .unwrap_or_default();
                if result.is_err() || !panics.is_empty() || started.elapsed() > SLOWEST {
                    failed += 1;
                    let what = panics.first().map_or("it takes too long", String::as_str);
                    // The same place once is enough.
                    if report.len() < 40 && !report.iter().any(|line: &String| line.ends_with(what)) {
                        report.push(format!("{name}, variant {variant}: {what}"));
                    }
                }
            }
        }
    }
    let _ = std::panic::take_hook();
    assert!(
        report.is_empty(),
        "{failed} variants failed, among them\n{}",
        report.join("\n")
    );
}

#[derive(Clone)]
struct Stream {
    track: Track,
    /// The samples as they are fed, parameter sets aside.
    samples: Vec<Vec<u8>>,
}

impl Stream {
    fn read(name: &str) -> Self {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/corpus")
            .join(name);
        let file = std::fs::read(path).unwrap();
        let container = sniff::identify(&file).unwrap();
        let track = match container {
            Container::Mp4 | Container::Mov => mp4::read(&file, container, 1000),
            Container::WebM | Container::Matroska => webm::read(&file, container, 1000),
        }
        .unwrap();
        let samples = track
            .samples
            .iter()
            .map(|sample| sample.bytes(&file).to_vec())
            .collect();
        Self { track, samples }
    }

    /// As `Video` does it: probe, roles, decode until the first error.
    fn decode(mut self) {
        let mut file = Vec::new();
        self.track.samples.truncate(0);
        for bytes in &self.samples {
            self.track.samples.push(crate::track::Sample {
                offset: file.len(),
                size: bytes.len(),
                time: 0,
                duration: 0,
                shown: true,
            });
            file.extend_from_slice(bytes);
        }
        let Ok(facts) = codec::probe(&self.track, &file) else {
            return;
        };
        if u64::from(facts.coded_width) * u64::from(facts.coded_height) > u64::from(MAX_PIXELS) {
            return;
        }
        let roles = codec::roles(&self.track, &file);
        let mut decoder = codec::decoder(&self.track, &facts, MAX_PIXELS);
        for (sample, role) in self.samples.iter().zip(roles) {
            if role != Role::Dropped && decoder.decode(sample, true).is_err() {
                return;
            }
        }
    }

    fn damage(&mut self, variant: u32, others: &[Self]) {
        let mut random = Random(u64::from(variant) << 20 | self.samples.len() as u64);
        match variant % 10 {
            0 | 1 => {
                for _ in 0..=random.below(3) {
                    let sample = random.below(self.samples.len());
                    flip(&mut random, &mut self.samples[sample], 16);
                }
            }
            2 | 3 => self.damage_parameter_sets(&mut random),
            4 => {
                let (first, second) = (random.below(self.samples.len()), random.below(self.samples.len()));
                self.samples.swap(first, second);
            }
            5 => {
                let sample = random.below(self.samples.len());
                if random.below(2) == 0 {
                    self.samples.remove(sample);
                } else {
                    let length = random.below(self.samples[sample].len());
                    self.samples[sample].truncate(length);
                }
            }
            6 => self.splice(&mut random, others),
            7 => {
                for _ in 0..=random.below(8) {
                    let sample = random.below(self.samples.len());
                    flip(&mut random, &mut self.samples[sample], usize::MAX);
                }
            }
            8 => {
                let sample = random.below(self.samples.len());
                let bytes = &mut self.samples[sample];
                let start = random.below(24.min(bytes.len()));
                let end = (start + 4).min(bytes.len());
                bytes[start..end].fill_with(|| random.next() as u8);
            }
            _ => {
                self.splice(&mut random, others);
                self.damage_parameter_sets(&mut random);
                let sample = random.below(self.samples.len());
                flip(&mut random, &mut self.samples[sample], 16);
            }
        }
    }

    /// Flips bits of a parameter set; codecs without any have their first key frame's header hit.
    fn damage_parameter_sets(&mut self, random: &mut Random) {
        let sets = &mut self.track.config.parameter_sets;
        for _ in 0..=random.below(2) {
            if sets.is_empty() {
                flip(random, &mut self.samples[0], 48);
            } else {
                let set = random.below(sets.len());
                flip(random, &mut sets[set], usize::MAX);
            }
        }
    }

    /// Frames of another stream of the same codec, with its parameter sets or without.
    fn splice(&mut self, random: &mut Random, others: &[Self]) {
        let other = &others[random.below(others.len())];
        let from = random.below(other.samples.len());
        let count = 1 + random.below(4);
        let mut frames: Vec<Vec<u8>> = other.samples.iter().skip(from).take(count).cloned().collect();
        if random.below(3) > 0 {
            let mut sets = Vec::new();
            for set in &other.track.config.parameter_sets {
                sets.extend_from_slice(&(set.len() as u32).to_be_bytes());
                sets.extend_from_slice(set);
            }
            frames[0].splice(0..0, sets);
        }
        let at = random.below(self.samples.len());
        self.samples.splice(at..at, frames);
    }
}

fn flip(random: &mut Random, bytes: &mut [u8], within: usize) {
    if !bytes.is_empty() {
        let at = random.below(within.min(bytes.len()));
        bytes[at] ^= 1 << random.below(8);
    }
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
