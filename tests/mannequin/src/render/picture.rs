//! From linear light to the bytes of a video frame: exposure curve, colour conversion, sensor noise.

use glam::Vec3;

/// A frame in planar `YCbCr` 4:2:0, BT.601, video range: what `yuv420p` means to FFmpeg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across, even.
    pub width: usize,
    /// Pixels down, even.
    pub height: usize,
    /// Luma, then the two chroma planes at half size.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// A black picture.
    #[must_use]
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            bytes: vec![16; width * height * 3 / 2],
        }
    }

    /// Sets two by two pixels; `column` and `row` are even.
    #[inline]
    pub fn set_block(&mut self, column: usize, row: usize, block: [[f32; 3]; 4]) {
        let luma = |[r, g, b]: [f32; 3]| 16.0 + (65.481 * r + 128.553 * g + 24.966 * b);
        for (index, colour) in block.into_iter().enumerate() {
            self.bytes[(row + index / 2) * self.width + column + index % 2] = (luma(colour) + 0.5) as u8;
        }
        let [r, g, b] =
            [0, 1, 2].map(|channel| 0.25 * block.iter().map(|colour| colour[channel]).sum::<f32>());
        let plane = self.width * self.height;
        let at = plane + (row / 2) * (self.width / 2) + column / 2;
        self.bytes[at] = (128.5 - 37.797 * r - 74.203 * g + 112.0 * b) as u8;
        self.bytes[at + plane / 4] = (128.5 + 112.0 * r - 93.786 * g - 18.214 * b) as u8;
    }

    /// Mean luma over the video range, stretched to 0..255.
    #[must_use]
    pub fn brightness(&self) -> f32 {
        let luma = &self.bytes[..self.width * self.height];
        let mean = luma.iter().map(|&value| f32::from(value)).sum::<f32>() / luma.len().max(1) as f32;
        (mean - 16.0) * 255.0 / 219.0
    }
}

/// The display curve (gamma 2.2) as a table.
#[derive(Clone, Debug)]
pub struct Curve(Vec<f32>);

impl Default for Curve {
    fn default() -> Self {
        Self(
            (0..=4096_u16)
                .map(|step| (f32::from(step) / 4096.0).powf(1.0 / 2.2))
                .collect(),
        )
    }
}

impl Curve {
    /// Display values 0..1 of linear light, clipped.
    #[inline]
    #[must_use]
    pub fn display(&self, light: Vec3) -> [f32; 3] {
        light.to_array().map(|value| {
            let step = (value.clamp(0.0, 1.0) * 4096.0) as usize;
            self.0.get(step).copied().unwrap_or(1.0)
        })
    }
}

/// Noise of the camera's sensor: a table of bell-shaped values, read from another place for each row.
#[derive(Clone, Debug)]
pub struct Noise(Vec<i16>);

const NOISE_LENGTH: usize = 1 << 15;

impl Noise {
    /// Noise with a standard deviation in steps of 255.
    #[must_use]
    pub fn new(deviation: f32) -> Self {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        Self(
            (0..NOISE_LENGTH)
                .map(|_| {
                    // The sum of four even ones of width 1 has a deviation of 1/sqrt(3).
                    let sum: f32 = (0..4).map(|_| random.draw() - 0.5).sum();
                    (sum * 3.0_f32.sqrt() * deviation).round() as i16
                })
                .collect(),
        )
    }

    /// Adds the noise of one frame to the luma.
    pub fn apply(&self, picture: &mut Picture, frame: u32) {
        let mut random = Random(u64::from(frame) * 0x5851_f42d_4c95_7f2d + 11);
        let (width, height) = (picture.width, picture.height);
        for row in picture.bytes[..width * height].chunks_exact_mut(width) {
            let start = (random.draw() * (NOISE_LENGTH.saturating_sub(width)) as f32) as usize;
            for (value, noise) in row.iter_mut().zip(&self.0[start..]) {
                *value = (i16::from(*value) + noise).clamp(16, 235) as u8;
            }
        }
    }
}

/// Numbers 0..1 that look random and are the same on every machine (xorshift).
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn draw(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_white_and_red_are_what_video_calls_them() {
        let mut picture = Picture::new(2, 2);
        // BT.601, video range.
        for (colour, expected) in [
            ([0.0; 3], [16, 128, 128]),
            ([1.0; 3], [235, 128, 128]),
            ([1.0, 0.0, 0.0], [81, 90, 240]),
        ] {
            picture.set_block(0, 0, [colour; 4]);
            assert_eq!(
                picture.bytes,
                [[expected[0]; 4].as_slice(), &expected[1..]].concat(),
                "{colour:?}"
            );
        }
    }

    #[test]
    fn brightness_spans_the_whole_scale() {
        let mut picture = Picture::new(4, 2);
        assert!(picture.brightness().abs() < 0.01);
        picture.bytes[..8].fill(235);
        assert!((picture.brightness() - 255.0).abs() < 0.01);
    }

    #[test]
    fn noise_is_as_strong_as_asked_and_different_in_each_frame() {
        let noise = Noise::new(3.0);
        let filmed = |frame: u32| {
            let mut picture = Picture {
                width: 200,
                height: 200,
                bytes: vec![128; 60_000],
            };
            noise.apply(&mut picture, frame);
            picture
        };
        let (first, second) = (filmed(1), filmed(2));
        assert_ne!(first, second);
        assert_eq!(first, filmed(1));
        let square = |value: &u8| (f64::from(*value) - 128.0).powi(2);
        let deviation = (first.bytes[..40_000].iter().map(square).sum::<f64>() / 40_000.0).sqrt();
        assert!((deviation - 3.0).abs() < 0.3, "{deviation}");
        assert!(first.bytes[40_000..].iter().all(|&chroma| chroma == 128));
    }
}
