//! A VP8 decoder of our own, after RFC 6386, with the behaviour of libvpx where the two leave room.
//!
//! Written here because the published pure-Rust decoders of whole VP8 streams bring an asynchronous runtime and a
//! thread pool along, or a licence that does not fit. No `unsafe`, no panic on any input, no threads.

mod bool_decoder;
mod decoder;
mod header;
mod inter;
mod intra;
mod loop_filter;
mod modes;
mod picture;
mod tables;
mod tokens;
mod transform;

pub(super) use decoder::Decoder;
use header::FrameTag;

use super::{Fault, Role, StreamFacts};
use crate::picture::Range;

/// How many samples to look through for the first key frame.
const PROBED_SAMPLES: usize = 8;

/// Reads the first key frame's header. VP8 pictures are BT.601, limited range, always.
pub(super) fn probe<'a>(samples: impl Iterator<Item = &'a [u8]>) -> Result<StreamFacts, Fault> {
    for sample in samples.take(PROBED_SAMPLES) {
        if let Some((width, height)) = FrameTag::read(sample)?.key {
            return Ok(StreamFacts {
                coded_width: width,
                coded_height: height,
                width,
                height,
                matrix: None,
                range: Some(Range::Limited),
            });
        }
    }
    Err(Fault::Broken("no key frame".to_owned()))
}

/// Key frames: they replace all references and probabilities (RFC 6386, 9.1 and 9.3 to 9.11).
pub(super) fn entries<'a>(samples: impl Iterator<Item = &'a [u8]>) -> Vec<bool> {
    samples
        .map(|sample| FrameTag::read(sample).is_ok_and(|tag| tag.key.is_some()))
        .collect()
}

/// Samples before the first key frame cannot be decoded; reference frames that are not shown show nothing.
pub(super) fn roles<'a>(samples: impl Iterator<Item = &'a [u8]>) -> Vec<Role> {
    let mut entered = false;
    samples
        .map(|sample| match FrameTag::read(sample) {
            _ if sample.is_empty() => Role::Dropped,
            // Let the decoder report it.
            Err(_) => Role::Shown,
            Ok(tag) => {
                entered |= tag.key.is_some();
                match (entered, tag.shown) {
                    (false, _) => Role::Dropped,
                    (true, true) => Role::Shown,
                    (true, false) => Role::Hidden,
                }
            }
        })
        .collect()
}
