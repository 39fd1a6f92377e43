//! A sampled frame: when it is shown, and its picture as RGB, brightness or thumbnail, upright.

use crate::colour::Weights;
use crate::info::{Orientation, Rotation};
use crate::picture::{Picture, Range};
use crate::pixels::Pixels;

/// A frame on the sampling grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Number of the frame in presentation order, counted before sampling, from 0.
    pub index: u32,
    /// Presentation time in seconds; the edit list is applied and the first frame shown is at 0.
    pub t: f64,
    /// The picture as coded, not yet turned.
    pub picture: Picture,
    /// The turn that makes it upright.
    pub rotation: Rotation,
    /// Whether left and right must change places before turning.
    pub mirrored: bool,
}

/// Packed 8-bit RGB, upright.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RgbImage {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// `width * height * 3` bytes, row by row: red, green, blue.
    pub data: Vec<u8>,
}

impl Frame {
    /// Width in pixels, upright.
    #[must_use]
    pub const fn width(&self) -> usize {
        if self.rotation.swaps_sides() {
            self.picture.height
        } else {
            self.picture.width
        }
    }

    /// Height in pixels, upright.
    #[must_use]
    pub const fn height(&self) -> usize {
        if self.rotation.swaps_sides() {
            self.picture.width
        } else {
            self.picture.height
        }
    }

    /// The picture as upright RGB.
    ///
    /// Chroma is taken from the nearest sample, as `FFmpeg`'s default conversion does; values agree with it to about 2.
    #[must_use]
    pub fn to_rgb(&self) -> RgbImage {
        let picture = &self.picture;
        let (width, height) = (picture.width, picture.height);
        let placement = Placement::new(width, height, self.orientation());
        let weights = Weights::new(picture.matrix, picture.range);
        let mut data = vec![0_u8; width * height * 3];
        let mut row = vec![[0_u8; 3]; width];
        for y in 0..height {
            let luma = picture.y.row(y, width);
            let (blue, red) = (
                picture.u.row(y / 2, width.div_ceil(2)),
                picture.v.row(y / 2, width.div_ceil(2)),
            );
            weights.convert_row(luma, blue, red, &mut row);
            placement.write_row(y, &row, &mut data);
        }
        RgbImage {
            width: self.width(),
            height: self.height(),
            data,
        }
    }

    /// The picture as upright RGB, of which only those pixels are converted that are read: the same that [`to_rgb`](Self::to_rgb)
    /// gives. `None` when the planes do not hold what width and height promise.
    #[must_use]
    pub fn pixels(&self) -> Option<Pixels<'_>> {
        Pixels::new(&self.picture, self.orientation())
    }

    /// Mean brightness, 0 (black) to 255 (white), whatever the stream's value range.
    #[must_use]
    pub fn mean_luma(&self) -> f32 {
        let picture = &self.picture;
        let sum: u64 = (0..picture.height)
            .map(|y| u64::from(sum(picture.y.row(y, picture.width))))
            .sum();
        let mean = sum as f64 / (picture.width * picture.height).max(1) as f64;
        let full = match picture.range {
            Range::Limited => (mean - 16.0) * 255.0 / 219.0,
            Range::Full => mean,
        };
        full.clamp(0.0, 255.0) as f32
    }

    /// A small upright luma picture of `width` x `height` bytes, each the mean of the pixels under it (values as
    /// coded): for telling one frame from the next. Asked for more than the picture has, pixels repeat.
    #[must_use]
    pub fn luma_thumbnail(&self, width: usize, height: usize) -> Vec<u8> {
        let (columns, rows) = if self.rotation.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        };
        let placement = Placement::new(columns, rows, self.orientation());
        let mut thumbnail = vec![0_u8; width * height];
        let mut sums = vec![0_u32; self.picture.width];
        for row in 0..rows {
            let (top, bottom) = span(row, rows, self.picture.height);
            sums.fill(0);
            for y in top..bottom {
                for (sum, &luma) in sums.iter_mut().zip(self.picture.y.row(y, self.picture.width)) {
                    *sum += u32::from(luma);
                }
            }
            for column in 0..columns {
                let (left, right) = span(column, columns, self.picture.width);
                let under = sums.get(left..right).unwrap_or_default();
                let sum: u64 = under.iter().map(|&sum| u64::from(sum)).sum();
                let count = ((bottom - top) * (right - left)).max(1) as u64;
                if let Some(cell) = thumbnail.get_mut(placement.index(column, row)) {
                    *cell = ((sum + count / 2) / count) as u8;
                }
            }
        }
        thumbnail
    }

    const fn orientation(&self) -> Orientation {
        Orientation {
            rotation: self.rotation,
            mirrored: self.mirrored,
        }
    }
}

/// The sum of a row, which is far shorter than the 16 million samples that could overflow it.
fn sum(row: &[u8]) -> u32 {
    row.iter().map(|&luma| u32::from(luma)).sum()
}

/// The samples under cell `index` of `cells` when `samples` are shared out: at least one.
fn span(index: usize, cells: usize, samples: usize) -> (usize, usize) {
    let start = (index * samples / cells.max(1)).min(samples.saturating_sub(1));
    let end = ((index + 1) * samples / cells.max(1)).clamp(start + 1, samples.max(start + 1));
    (start, end)
}

/// Where a pixel of the coded picture goes in the upright one: `origin + x * step_x + y * step_y`.
struct Placement {
    origin: isize,
    step_x: isize,
    step_y: isize,
}

impl Placement {
    /// For a coded picture of `width` x `height`; both are far below `isize::MAX` (limits, or a caller's thumbnail).
    fn new(width: usize, height: usize, orientation: Orientation) -> Self {
        let (width, height) = (width.cast_signed(), height.cast_signed());
        let (mut origin, mut step_x, step_y) = match orientation.rotation {
            Rotation::None => (0, 1, width),
            Rotation::Clockwise90 => (height - 1, height, -1),
            Rotation::Half => (width * height - 1, -1, -width),
            Rotation::Clockwise270 => ((width - 1) * height, -height, 1),
        };
        if orientation.mirrored {
            origin += (width - 1) * step_x;
            step_x = -step_x;
        }
        Self {
            origin,
            step_x,
            step_y,
        }
    }

    const fn index(&self, x: usize, y: usize) -> usize {
        (self.origin + x.cast_signed() * self.step_x + y.cast_signed() * self.step_y).cast_unsigned()
    }

    fn write_row(&self, y: usize, row: &[[u8; 3]], data: &mut [u8]) {
        let (pixels, _) = data.as_chunks_mut::<3>();
        if self.step_x == 1 {
            let start = self.index(0, y);
            if let Some(target) = pixels.get_mut(start..start + row.len()) {
                target.copy_from_slice(row);
            }
            return;
        }
        for (x, &pixel) in row.iter().enumerate() {
            if let Some(target) = pixels.get_mut(self.index(x, y)) {
                *target = pixel;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Matrix, Plane};

    /// 4 x 2 pixels with luma 0 to 7 (times 10, plus 50), grey.
    fn frame(rotation: Rotation, mirrored: bool) -> Frame {
        let picture = Picture {
            width: 4,
            height: 2,
            y: Plane {
                data: (0..8).map(|value| 50 + 10 * value).collect(),
                stride: 4,
            },
            u: Plane {
                data: vec![128; 2],
                stride: 2,
            },
            v: Plane {
                data: vec![128; 2],
                stride: 2,
            },
            matrix: Matrix::Bt601,
            range: Range::Full,
        };
        Frame {
            index: 0,
            t: 0.0,
            picture,
            rotation,
            mirrored,
        }
    }

    fn digits(values: &[u8]) -> Vec<u8> {
        values.iter().map(|value| (value - 50) / 10).collect()
    }

    #[test]
    fn rgb_and_thumbnail_stand_upright() {
        let cases = [
            (Rotation::None, false, vec![0, 1, 2, 3, 4, 5, 6, 7]),
            (Rotation::Clockwise90, false, vec![4, 0, 5, 1, 6, 2, 7, 3]),
            (Rotation::Half, false, vec![7, 6, 5, 4, 3, 2, 1, 0]),
            (Rotation::Clockwise270, false, vec![3, 7, 2, 6, 1, 5, 0, 4]),
            (Rotation::None, true, vec![3, 2, 1, 0, 7, 6, 5, 4]),
            (Rotation::Clockwise90, true, vec![7, 3, 6, 2, 5, 1, 4, 0]),
        ];
        for (rotation, mirrored, expected) in cases {
            let frame = frame(rotation, mirrored);
            let rgb = frame.to_rgb();
            let red: Vec<u8> = rgb.data.iter().step_by(3).copied().collect();
            assert_eq!(digits(&red), expected, "{rotation:?} {mirrored}");
            assert_eq!((rgb.width, rgb.height), (frame.width(), frame.height()));
            let thumbnail = frame.luma_thumbnail(frame.width(), frame.height());
            assert_eq!(digits(&thumbnail), expected, "{rotation:?} {mirrored}");
        }
    }

    #[test]
    fn limited_range_is_stretched_to_black_and_white() {
        let mut frame = frame(Rotation::None, false);
        frame.picture.range = Range::Limited;
        frame.picture.y.data = vec![16; 8];
        assert!(frame.mean_luma() < 0.01);
        assert_eq!(frame.to_rgb().data, [0; 24]);
        frame.picture.y.data = vec![235; 8];
        assert!(frame.mean_luma() > 254.9);
        assert_eq!(frame.to_rgb().data, [255; 24]);
    }

    #[test]
    fn thumbnails_average_and_repeat() {
        let frame = frame(Rotation::None, false);
        assert_eq!(frame.luma_thumbnail(1, 1), [85]);
        assert_eq!(frame.luma_thumbnail(2, 1), [75, 95]);
        assert_eq!(frame.luma_thumbnail(8, 2).len(), 16);
        assert!(frame.luma_thumbnail(0, 5).is_empty());
    }
}
