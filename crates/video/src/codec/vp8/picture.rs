//! Frame buffers of the VP8 decoder: planes of whole macroblocks.

use super::super::Fault;

/// One plane, its sides multiples of a macroblock's.
#[derive(Clone, Debug, Default)]
pub(super) struct PlaneBuffer {
    pub(super) data: Vec<u8>,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl PlaneBuffer {
    fn new(width: usize, height: usize) -> Self {
        Self {
            data: vec![0; width * height],
            width,
            height,
        }
    }

    pub(super) const fn index(&self, x: usize, y: usize) -> usize {
        y * self.width + x
    }

    /// A pixel; 0 outside the plane, which callers do not ask for.
    pub(super) fn get(&self, x: usize, y: usize) -> u8 {
        self.data.get(self.index(x, y)).copied().unwrap_or(0)
    }
}

/// The three planes of a frame.
#[derive(Clone, Debug, Default)]
pub(super) struct FrameBuffer {
    pub(super) luma: PlaneBuffer,
    pub(super) blue: PlaneBuffer,
    pub(super) red: PlaneBuffer,
}

impl FrameBuffer {
    /// A frame of `columns` x `rows` macroblocks.
    pub(super) fn new(columns: usize, rows: usize) -> Self {
        let chroma = PlaneBuffer::new(columns * 8, rows * 8);
        Self {
            luma: PlaneBuffer::new(columns * 16, rows * 16),
            blue: chroma.clone(),
            red: chroma,
        }
    }
}

/// Size of a stream: pixels, and macroblocks that cover them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Size {
    pub(super) fn new(width: u32, height: u32, max_pixels: u32) -> Result<Self, Fault> {
        if u64::from(width) * u64::from(height) > u64::from(max_pixels) {
            return Err(Fault::TooManyPixels { width, height });
        }
        let (width, height) = (width as usize, height as usize);
        Ok(Self {
            width,
            height,
            columns: width.div_ceil(16),
            rows: height.div_ceil(16),
        })
    }
}
