//! The clips in `corpus/` and what FFmpeg decodes from them.

#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use flow_video::{Limits, Picture, Plane};

/// What FFmpeg decodes from a clip.
#[derive(serde::Deserialize)]
pub struct Expected {
    pub width: usize,
    pub height: usize,
    /// Seconds from the first frame on.
    pub times: Vec<f64>,
    /// Of the planes of each picture, one after the other.
    pub adler32: Vec<String>,
    pub mean_luma: Vec<f64>,
    pub upright: Upright,
}

/// The first picture turned upright.
#[derive(serde::Deserialize)]
pub struct Upright {
    pub width: usize,
    pub height: usize,
    /// 8 x 8 pixels as hexadecimal RGB.
    pub grid: String,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// A clip's bytes.
pub fn clip(name: &str) -> Vec<u8> {
    let path = corpus().join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All clips FFmpeg's decoding is known of.
pub fn expected() -> BTreeMap<String, Expected> {
    serde_json::from_slice(&clip("expected.json")).expect("expected.json is what fixtures.py wrote")
}

/// Limits that let every frame through.
pub fn every_frame() -> Limits {
    Limits {
        sample_hz: 100_000.0,
        max_samples: usize::MAX,
        ..Limits::default()
    }
}

/// Adler-32 (RFC 1950) of the visible samples, plane by plane.
pub fn adler32(picture: &Picture) -> String {
    let half = (picture.width.div_ceil(2), picture.height.div_ceil(2));
    let planes: [(&Plane, (usize, usize)); 3] = [
        (&picture.y, (picture.width, picture.height)),
        (&picture.u, half),
        (&picture.v, half),
    ];
    let (mut low, mut high) = (1_u32, 0_u32);
    for (plane, (width, height)) in planes {
        for row in plane.data.chunks(plane.stride).take(height) {
            for &sample in &row[..width] {
                low = (low + u32::from(sample)) % 65521;
                high = (high + low) % 65521;
            }
        }
    }
    format!("{:08x}", high << 16 | low)
}
