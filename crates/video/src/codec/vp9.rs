//! VP9 profile 0: frame headers checked here, pictures decoded by `rusty_vp9`.

use rusty_vp9::{DecodedFrame, Error as InnerError, Vp9Decoder};

use super::vp9_header::{Header, Size, frames};
use super::{Decode, Fault, Role, StreamFacts};
use crate::picture::{Matrix, Picture, Plane, Range};

/// How many samples to look through for the first key frame.
const PROBED_SAMPLES: usize = 8;

/// Reads the first key frame's header.
pub(super) fn probe<'a>(samples: impl Iterator<Item = &'a [u8]>) -> Result<StreamFacts, Fault> {
    for sample in samples.take(PROBED_SAMPLES) {
        for frame in frames(sample) {
            if let Header::Key {
                size: (width, height),
                colour,
                ..
            } = Header::read(frame)?
            {
                return Ok(StreamFacts {
                    coded_width: width,
                    coded_height: height,
                    width,
                    height,
                    matrix: colour.matrix,
                    range: Some(colour.range),
                });
            }
        }
    }
    Err(Fault::Broken("no key frame".to_owned()))
}

/// Samples before the first key frame cannot be decoded; those with only hidden frames show nothing.
pub(super) fn roles<'a>(samples: impl Iterator<Item = &'a [u8]>) -> Vec<Role> {
    let mut entered = false;
    samples
        .map(|sample| {
            let headers: Vec<_> = frames(sample).into_iter().map(Header::read).collect();
            entered |= headers
                .iter()
                .any(|header| matches!(header, Ok(Header::Key { .. }) | Err(_)));
            if sample.is_empty() || !entered {
                Role::Dropped
            } else if headers
                .iter()
                .any(|header| header.as_ref().map_or(true, Header::shown))
            {
                Role::Shown
            } else {
                Role::Hidden
            }
        })
        .collect()
}

/// Samples that begin with a key frame: it replaces all references and contexts (7.2).
pub(super) fn entries<'a>(samples: impl Iterator<Item = &'a [u8]>) -> Vec<bool> {
    samples
        .map(|sample| {
            let first = frames(sample).first().map(|frame| Header::read(frame));
            matches!(first, Some(Ok(Header::Key { .. })))
        })
        .collect()
}

/// Decodes samples one by one; of several shown frames in one sample the last counts, as in libvpx.
pub(super) struct Decoder {
    inner: Vp9Decoder,
    /// Size of the picture in each reference slot.
    slots: [Option<(u32, u32)>; 8],
    /// The frame with a byte of padding.
    padded: Vec<u8>,
    matrix: Matrix,
    range: Range,
    max_pixels: u32,
}

impl Decoder {
    pub(super) fn new(matrix: Matrix, range: Range, max_pixels: u32) -> Self {
        Self {
            inner: Vp9Decoder::new(),
            slots: [None; 8],
            padded: Vec::new(),
            matrix,
            range,
            max_pixels,
        }
    }

    /// Refuses what the decoder would stumble over, and keeps track of the reference slots.
    fn check(&mut self, header: &Header) -> Result<(), Fault> {
        let (size, refreshed) = match *header {
            Header::ShowExisting { slot } => {
                self.slot(slot)?;
                return Ok(());
            }
            Header::Key { size, .. } => (size, 0xff),
            Header::IntraOnly { size, refreshed, .. } => (size, refreshed),
            Header::Inter {
                size,
                references,
                refreshed,
                ..
            } => {
                let size = match size {
                    Size::Explicit(width, height) => (width, height),
                    Size::OfSlot(slot) => self.slot(slot)?,
                };
                for reference in references {
                    check_scale(size, self.slot(reference)?)?;
                }
                (size, refreshed)
            }
        };
        let (width, height) = size;
        if u64::from(width) * u64::from(height) > u64::from(self.max_pixels) {
            return Err(Fault::TooManyPixels { width, height });
        }
        for (number, slot) in self.slots.iter_mut().enumerate() {
            if refreshed >> number & 1 == 1 {
                *slot = Some(size);
            }
        }
        Ok(())
    }

    fn slot(&self, number: usize) -> Result<(u32, u32), Fault> {
        let slot = self.slots.get(number).copied().flatten();
        slot.ok_or_else(|| Fault::Broken("a frame refers to a picture that was never sent".to_owned()))
    }
}

/// References may be up to twice as large and sixteen times as small (8.5.2.3).
fn check_scale((width, height): (u32, u32), (ref_width, ref_height): (u32, u32)) -> Result<(), Fault> {
    let fits = |side: u32, reference: u32| {
        2 * u64::from(side) >= u64::from(reference) && u64::from(side) <= 16 * u64::from(reference)
    };
    if fits(width, ref_width) && fits(height, ref_height) {
        Ok(())
    } else {
        Err(Fault::Broken(
            "a frame refers to a picture of an impossible size".to_owned(),
        ))
    }
}

impl Decode for Decoder {
    fn decode(&mut self, sample: &[u8], wanted: bool) -> Result<Option<Picture>, Fault> {
        let mut shown = None;
        for frame in frames(sample) {
            let header = Header::read(frame)?;
            self.check(&header)?;
            self.padded.clear();
            self.padded.extend_from_slice(frame);
            // A zero byte at the end changes nothing (the entropy decoder reads zeros past the end), and keeps the
            // decoder from taking the frame for a superframe and splitting it again.
            self.padded.push(0);
            self.inner.push(&self.padded, None).map_err(fault)?;
            match self.inner.next_frame() {
                Ok(frame) => shown = Some(frame),
                Err(InnerError::Again) => {}
                Err(error) => return Err(fault(error)),
            }
        }
        shown
            .filter(|_| wanted)
            .map(|frame| picture(frame, self.matrix, self.range))
            .transpose()
    }
}

fn fault(error: InnerError) -> Fault {
    match error {
        InnerError::Unsupported(tool) => Fault::Unsupported(format!("VP9 ({tool})")),
        other => Fault::Broken(other.to_string()),
    }
}

fn picture(frame: DecodedFrame, matrix: Matrix, range: Range) -> Result<Picture, Fault> {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let mut planes = frame
        .planes
        .into_iter()
        .zip(frame.strides)
        .map(|(data, stride)| Plane { data, stride });
    match (planes.next(), planes.next(), planes.next()) {
        (Some(y), Some(u), Some(v)) if frame.bit_depth <= 8 => Ok(Picture {
            width,
            height,
            y,
            u,
            v,
            matrix,
            range,
        }),
        _ => Err(Fault::Broken("a picture without three 8-bit planes".to_owned())),
    }
}
