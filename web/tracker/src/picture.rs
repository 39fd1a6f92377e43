//! A picture as a canvas gives it.

use flow_pose::{BATCH, MAX_SIDE, Picture};

/// Rows from top to bottom without padding, 4 bytes (red, green, blue, ignored) a pixel.
#[derive(Clone, Copy, Debug)]
pub struct Rgba<'a> {
    width: usize,
    height: usize,
    pixels: &'a [[u8; 4]],
}

impl<'a> Rgba<'a> {
    /// A picture of `width` by `height` pixels over `bytes`; `None` when a side is 0 or over 32768, or there are not four
    /// bytes for every pixel.
    pub fn new(width: u32, height: u32, bytes: &'a [u8]) -> Option<Self> {
        let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        let sides = 1..=MAX_SIDE;
        let (pixels, rest) = bytes.as_chunks();
        let fits = sides.contains(&width) && sides.contains(&height) && rest.is_empty();
        (fits && width.checked_mul(height) == Some(pixels.len())).then_some(Self {
            width,
            height,
            pixels,
        })
    }
}

impl Picture for Rgba<'_> {
    fn width(&self) -> usize {
        self.width
    }

    fn height(&self) -> usize {
        self.height
    }

    fn read(&self, columns: &[u32; BATCH], rows: &[u32; BATCH]) -> [[u8; BATCH]; 3] {
        let mut colours = [[0; BATCH]; 3];
        for (index, (&column, &row)) in columns.iter().zip(rows).enumerate() {
            let [red, green, blue, _] = self.pixels[row as usize * self.width + column as usize];
            colours[0][index] = red;
            colours[1][index] = green;
            colours[2][index] = blue;
        }
        colours
    }
}
