//! What the pipeline asks of a picture, and a borrowed RGB picture that gives it.

/// Largest side of a picture in pixels that the fixed-point sampling in `crop` handles.
pub const MAX_SIDE: usize = 1 << 15;

/// Pixels that are read at a time: enough for vector instructions, and the side of every model's input is a multiple.
pub const BATCH: usize = 32;

/// A picture whose colours are read only where they are needed.
pub trait Picture {
    /// Width in pixels, 1 to [`MAX_SIDE`].
    fn width(&self) -> usize;

    /// Height in pixels, 1 to [`MAX_SIDE`].
    fn height(&self) -> usize;

    /// Red, green and blue of the pixels at (`columns[i]`, `rows[i]`), all of which are in the picture.
    fn read(&self, columns: &[u32; BATCH], rows: &[u32; BATCH]) -> [[u8; BATCH]; 3];
}

/// A picture: rows from top to bottom without padding, 3 bytes (red, green, blue) a pixel.
#[derive(Clone, Copy, Debug)]
pub struct Rgb<'a> {
    width: usize,
    height: usize,
    data: &'a [u8],
}

impl<'a> Rgb<'a> {
    /// A picture of `width` by `height` pixels over `data`; `None` when a side is 0 or over 32768, or `data` is not
    /// `width * height * 3` bytes long.
    #[must_use]
    pub fn new(width: u32, height: u32, data: &'a [u8]) -> Option<Self> {
        let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        let sides = 1..=MAX_SIDE;
        let bytes = width.checked_mul(height)?.checked_mul(3)?;
        (sides.contains(&width) && sides.contains(&height) && data.len() == bytes).then_some(Self {
            width,
            height,
            data,
        })
    }
}

impl Picture for Rgb<'_> {
    fn width(&self) -> usize {
        self.width
    }

    fn height(&self) -> usize {
        self.height
    }

    fn read(&self, columns: &[u32; BATCH], rows: &[u32; BATCH]) -> [[u8; BATCH]; 3] {
        let (pixels, _) = self.data.as_chunks::<3>();
        let mut colours = [[0; BATCH]; 3];
        for (index, (&column, &row)) in columns.iter().zip(rows).enumerate() {
            let [red, green, blue] = pixels[row as usize * self.width + column as usize];
            colours[0][index] = red;
            colours[1][index] = green;
            colours[2][index] = blue;
        }
        colours
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_data_of_the_right_length_makes_a_picture() {
        for (width, height, bytes, expected) in [
            (2, 3, 18, true),
            (2, 3, 17, false),
            (2, 3, 19, false),
            (0, 3, 0, false),
            (3, 0, 0, false),
            (u32::MAX, u32::MAX, 3, false),
            (32_769, 1, 3 * 32_769, false),
        ] {
            let data = vec![0; bytes];
            assert_eq!(
                Rgb::new(width, height, &data).is_some(),
                expected,
                "{width} x {height} over {bytes} bytes"
            );
        }
    }
}
