//! Counts the people in a picture.

use crate::{Engine, EngineError, Rgb, detector::detect, roi::Roi};

/// How many people the detector sees in `image`.
pub fn count_people(engine: &mut impl Engine, image: Rgb<'_>) -> Result<u8, EngineError> {
    let seen = Roi::whole(&image);
    let found = detect(engine, &image, seen)?;
    Ok(u8::try_from(found.len()).unwrap_or(u8::MAX))
}
