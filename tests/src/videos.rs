//! Small real videos: a drawn person who does a test, and a pattern in which there is nobody.

use std::{fs, path::PathBuf, process::Command};

use flow_mannequin::{Encoding, Scenario, cached_clip, scenario};

/// The clip of a mannequin scenario, in H.264.
#[must_use]
pub fn person(name: &str) -> Vec<u8> {
    let scenario: Scenario = scenario(name).unwrap_or_else(|| panic!("no scenario is called {name}"));
    let path =
        cached_clip(&scenario, Encoding::H264Baseline).unwrap_or_else(|error| panic!("{name}: {error}"));
    fs::read(path).expect("the clip")
}

/// A moving test pattern of so many seconds, in H.264. Another `hue` makes other bytes.
#[must_use]
pub fn moving_pattern(seconds: u32, hue: u32) -> Vec<u8> {
    let folder = tempfile::TempDir::new().expect("a folder for the clip");
    let path: PathBuf = folder.path().join("pattern.mp4");
    let source = format!("testsrc2=size=320x240:rate=15:duration={seconds},hue=h={hue}");
    let made = Command::new("ffmpeg")
        .args(["-loglevel", "error", "-f", "lavfi", "-i", &source])
        .args(["-c:v", "libx264", "-profile:v", "baseline", "-pix_fmt", "yuv420p"])
        .arg(&path)
        .status()
        .expect("ffmpeg is needed: install it (Debian: apt-get install ffmpeg)");
    assert!(made.success(), "ffmpeg failed");
    fs::read(path).expect("the clip")
}
