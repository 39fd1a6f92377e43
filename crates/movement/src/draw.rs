//! Skeleton key frames as SVG: one pose with its values. No picture of the person.

use crate::assessment::KeyFrame;

/// Draws a key frame as a stand-alone SVG document.
#[must_use]
pub fn draw(key_frame: &KeyFrame) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title></svg>",
        key_frame.what
    )
}
