//! From luma and chroma to RGB.

use crate::picture::{Matrix, Range};

/// Conversion from luma and chroma to RGB in 16.16 fixed point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    black: i32,
    luma: i32,
    red_from_v: i32,
    green_from_u: i32,
    green_from_v: i32,
    blue_from_u: i32,
}

impl Weights {
    pub(crate) fn new(matrix: Matrix, range: Range) -> Self {
        // Luma weights of red and blue: ITU-R BT.601-7 section 2.5.1, BT.709-6 item 3.2, BT.2020-2 table 4.
        let (red, blue) = match matrix {
            Matrix::Bt601 => (0.299, 0.114),
            Matrix::Bt709 => (0.2126, 0.0722),
            Matrix::Bt2020 => (0.2627, 0.0593),
        };
        let green = 1.0 - red - blue;
        let (black, luma_scale, chroma_scale) = match range {
            Range::Limited => (16, 255.0 / 219.0, 255.0 / 224.0),
            Range::Full => (0, 1.0, 1.0),
        };
        let fixed = |value: f64| (value * 65536.0).round() as i32;
        Self {
            black,
            luma: fixed(luma_scale),
            red_from_v: fixed(2.0 * (1.0 - red) * chroma_scale),
            green_from_u: fixed(-2.0 * (1.0 - blue) * blue / green * chroma_scale),
            green_from_v: fixed(-2.0 * (1.0 - red) * red / green * chroma_scale),
            blue_from_u: fixed(2.0 * (1.0 - blue) * chroma_scale),
        }
    }

    /// A row of pixels from a row of luma and two of chroma, half as many.
    pub(crate) fn convert_row(&self, luma: &[u8], blue: &[u8], red: &[u8], row: &mut [[u8; 3]]) {
        for ((pair, luma), (&u, &v)) in row
            .chunks_mut(2)
            .zip(luma.chunks(2))
            .zip(blue.iter().zip(red.iter()))
        {
            let (u, v) = (i32::from(u) - 128, i32::from(v) - 128);
            let to_red = self.red_from_v * v + 0x8000;
            let to_green = self.green_from_u * u + self.green_from_v * v + 0x8000;
            let to_blue = self.blue_from_u * u + 0x8000;
            for (pixel, &y) in pair.iter_mut().zip(luma) {
                let base = (i32::from(y) - self.black) * self.luma;
                let clamp = |value: i32| (value >> 16).clamp(0, 255) as u8;
                *pixel = [
                    clamp(base + to_red),
                    clamp(base + to_green),
                    clamp(base + to_blue),
                ];
            }
        }
    }

    /// Red, green and blue of pixels whose luma, blue and red difference are given.
    pub(crate) fn convert<const N: usize>(
        &self,
        luma: &[u8; N],
        blue: &[u8; N],
        red: &[u8; N],
    ) -> [[u8; N]; 3] {
        let mut colours = [[0; N]; 3];
        let clamp = |value: i32| (value >> 16).clamp(0, 255) as u8;
        for index in 0..N {
            let (u, v) = (i32::from(blue[index]) - 128, i32::from(red[index]) - 128);
            let base = (i32::from(luma[index]) - self.black) * self.luma + 0x8000;
            colours[0][index] = clamp(base + self.red_from_v * v);
            colours[1][index] = clamp(base + self.green_from_u * u + self.green_from_v * v);
            colours[2][index] = clamp(base + self.blue_from_u * u);
        }
        colours
    }
}
