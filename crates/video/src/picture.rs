//! A decoded picture as the codec stores it: three 8-bit planes, 4:2:0, cropped but not yet turned upright.

/// Which luma weights the colour planes were made with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Matrix {
    /// ITU-R BT.601, also what is assumed when the stream says nothing (as `OpenCV` and `FFmpeg` do).
    #[default]
    Bt601,
    /// ITU-R BT.709.
    Bt709,
    /// ITU-R BT.2020, non-constant luminance.
    Bt2020,
}

impl Matrix {
    /// From `matrix_coefficients` of ISO/IEC 23091-2; `None` when it says nothing we act on.
    pub(crate) const fn from_code(code: u32) -> Option<Self> {
        match code {
            1 => Some(Self::Bt709),
            4..=6 => Some(Self::Bt601),
            9 | 10 => Some(Self::Bt2020),
            _ => None,
        }
    }
}

/// Which values stand for black and white.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Range {
    /// Luma 16 to 235, chroma 16 to 240.
    #[default]
    Limited,
    /// 0 to 255.
    Full,
}

/// One plane of 8-bit samples in rows of `stride` bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plane {
    /// Samples, row by row; each row is `stride` long and starts with the plane's visible samples.
    pub data: Vec<u8>,
    /// Bytes from one row to the next.
    pub stride: usize,
}

impl Plane {
    /// The first `width` samples of row `y`; empty outside the plane.
    pub(crate) fn row(&self, y: usize, width: usize) -> &[u8] {
        let start = y.saturating_mul(self.stride);
        self.data
            .get(start..start.saturating_add(width))
            .unwrap_or_default()
    }

    /// Whether there are `width` x `height` samples.
    pub(crate) fn covers(&self, width: usize, height: usize) -> bool {
        let needed = height
            .checked_sub(1)
            .and_then(|rows| rows.checked_mul(self.stride)?.checked_add(width));
        width <= self.stride && needed.is_some_and(|needed| needed <= self.data.len())
    }
}

/// A decoded picture, cropped as coded, not yet turned upright.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Width of the luma plane in pixels.
    pub width: usize,
    /// Height of the luma plane in pixels.
    pub height: usize,
    /// Luma.
    pub y: Plane,
    /// Blue difference, half the size (rounded up).
    pub u: Plane,
    /// Red difference, half the size (rounded up).
    pub v: Plane,
    /// Luma weights.
    pub matrix: Matrix,
    /// Value range.
    pub range: Range,
}

impl Picture {
    /// Whether the planes hold what width and height promise.
    pub(crate) fn is_whole(&self) -> bool {
        let (half_width, half_height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        self.width > 0
            && self.height > 0
            && self.y.covers(self.width, self.height)
            && self.u.covers(half_width, half_height)
            && self.v.covers(half_width, half_height)
    }
}
