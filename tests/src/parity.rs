//! What tests need that hold the pipeline against what MediaPipe saw.

use std::path::{Path, PathBuf};

use flow_video::{Frame, Picture, RgbImage, Rotation};

/// The bar that landmarks are held to: largest mean distance, in torso lengths.
pub const MEAN: f64 = 0.015;
/// What a landmark may be off, in torso lengths...
pub const NEAR: f64 = 0.05;
/// ...in this share of landmarks.
pub const NEAR_SHARE: f64 = 0.99;
/// Landmarks that are more visible than this are compared.
pub const VISIBLE: f32 = 0.5;

/// The directory with real clips and what MediaPipe saw in them, which `FLOW_SHARED` names; without it says so.
pub fn shared() -> Option<PathBuf> {
    let shared = std::env::var_os("FLOW_SHARED").map(PathBuf::from);
    if shared.is_none() {
        println!("skipped: FLOW_SHARED is not set");
    }
    shared
}

/// The folder of the models.
pub fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models")
}

/// The picture as OpenCV gave it to MediaPipe for the reference: every stream taken for BT.601 in limited range, each
/// product rounded down by itself (`yuv2rgb` of FFmpeg's libswscale on x86).
pub fn as_opencv_shows(frame: &Frame) -> RgbImage {
    assert_eq!((frame.rotation, frame.mirrored), (Rotation::None, false));
    let Picture {
        width,
        height,
        y,
        u,
        v,
        ..
    } = &frame.picture;
    let product = |value: u8, offset: i32, weight: i32| ((i32::from(value) - offset) * weight) >> 13;
    let mut data = Vec::with_capacity(width * height * 3);
    for row in 0..*height {
        for column in 0..*width {
            // Weights times 8192: 255 / 219, then 1.596, -0.392, -0.813 and 2.017 of BT.601.
            let luma = product(y.data[row * y.stride + column], 16, 9539);
            let blue = u.data[row / 2 * u.stride + column / 2];
            let red = v.data[row / 2 * v.stride + column / 2];
            let green = product(blue, 128, -3209) + product(red, 128, -6660);
            let sums = [
                luma + product(red, 128, 13_075),
                luma + green,
                luma + product(blue, 128, 16_525),
            ];
            data.extend(sums.map(|value| value.clamp(0, 255) as u8));
        }
    }
    RgbImage {
        width: *width,
        height: *height,
        data,
    }
}
