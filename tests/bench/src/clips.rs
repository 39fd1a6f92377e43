//! The clips that are timed: 45 seconds of single-leg balance, in the sizes and codecs that devices record.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use flow_mannequin::{Encoding, Scenario, cached_clip, scenario};

/// Seconds of every timed clip.
pub const SECONDS: u32 = 45;

/// Frames a second that every way looks at.
pub const SAMPLES_HZ: u32 = 10;

/// One timed clip.
pub struct TimedClip {
    pub name: &'static str,
    pub file: PathBuf,
}

/// Films the mannequin once and encodes it in every size and codec.
pub fn clips() -> Result<Vec<TimedClip>> {
    let scenario = scenario("single-leg-balance-pass").context("the mannequin knows no such scenario")?;
    let source = cached_clip(&scenario, Encoding::H264Baseline)?;
    let folder = source.parent().context("the film has no folder")?.join("bench");
    fs::create_dir_all(&folder)?;
    let h264 = ["-c:v", "libx264", "-profile:v", "baseline", "-preset", "veryfast"];
    let vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"];
    [
        (
            "480x640 15/s H.264",
            "480:640",
            "15",
            "1M",
            h264.as_slice(),
            "mp4",
        ),
        ("480x640 15/s VP8", "480:640", "15", "1M", vp8.as_slice(), "webm"),
        (
            "720x1280 30/s H.264",
            "720:1280",
            "30",
            "3M",
            h264.as_slice(),
            "mp4",
        ),
        (
            "720x1280 30/s VP8",
            "720:1280",
            "30",
            "3M",
            vp8.as_slice(),
            "webm",
        ),
    ]
    .into_iter()
    .map(|(name, size, rate, bitrate, codec, extension)| {
        let stem: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let file = folder.join(format!("{stem}.{extension}"));
        if !file.exists() {
            encode(&source, &file, size, rate, bitrate, codec)?;
        }
        Ok(TimedClip { name, file })
    })
    .collect()
}

/// A scenario's film, looped up to the timed length in the size it was made.
pub fn looped(scenario: &Scenario) -> Result<PathBuf> {
    let source = cached_clip(scenario, Encoding::H264Baseline)?;
    let folder = source.parent().context("the film has no folder")?.join("bench");
    fs::create_dir_all(&folder)?;
    let stem = source.file_stem().context("the film has no name")?;
    let file = folder.join(stem).with_extension("looped.mp4");
    if !file.exists() {
        let codec = ["-c:v", "libx264", "-profile:v", "baseline", "-preset", "veryfast"];
        let camera = &scenario.set.camera;
        let size = format!("{}:{}", camera.width, camera.height);
        let rate = scenario.rate.mean().to_string();
        encode(&source, &file, &size, &rate, "1M", &codec)?;
    }
    Ok(file)
}

/// Loops the film up to the timed length.
fn encode(source: &Path, file: &Path, size: &str, rate: &str, bitrate: &str, codec: &[&str]) -> Result<()> {
    let filter = format!("scale={size},fps={rate}");
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-stream_loop", "-1", "-i"])
        .arg(source)
        .args([
            "-t",
            &SECONDS.to_string(),
            "-an",
            "-vf",
            &filter,
            "-pix_fmt",
            "yuv420p",
            "-b:v",
            bitrate,
        ])
        .args(codec)
        .arg(file)
        .output()
        .context("ffmpeg is needed to make the clips")?;
    if !output.status.success() {
        bail!(
            "ffmpeg could not write {}: {}",
            file.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}
