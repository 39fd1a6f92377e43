//! Moves values without changing them: between layouts, and from place to place.

use crate::{
    lanes::Quad,
    shape::{Planes, place},
};

/// Planes of a picture whose pixels hold all their channels side by side (ONNX's `[1, height, width, channels]`).
pub(crate) fn to_planes(pixels: &[f32], size: Planes, out: &mut [Quad]) {
    for (plane, out) in out.chunks_exact_mut(size.pixels()).enumerate() {
        let first = plane * 4;
        let count = (size.channels - first).min(4);
        for (quad, pixel) in out.iter_mut().zip(pixels.chunks_exact(size.channels)) {
            *quad = [0.0; 4];
            quad[..count].copy_from_slice(&pixel[first..first + count]);
        }
    }
}

/// The reverse of [`to_planes`].
pub(crate) fn from_planes(planes: &[Quad], size: Planes, out: &mut [f32]) {
    for (plane, quads) in planes.chunks_exact(size.pixels()).enumerate() {
        let first = plane * 4;
        let count = (size.channels - first).min(4);
        for (quad, pixel) in quads.iter().zip(out.chunks_exact_mut(size.channels)) {
            pixel[first..first + count].copy_from_slice(&quad[..count]);
        }
    }
}

/// Channels of zeros after those of `input`, to fill `out`.
pub(crate) fn pad_channels(input: &[Quad], size: Planes, out: &mut [Quad]) {
    let (kept, new) = out.split_at_mut(input.len());
    kept.copy_from_slice(input);
    new.fill([0.0; 4]);
    // Channels that only fill up the last plane may hold anything.
    let used = size.channels % 4;
    if used > 0 {
        let last = kept.len() - size.pixels();
        for quad in &mut kept[last..] {
            quad[used..].fill(0.0);
        }
    }
}

/// ONNX's `DepthToSpace` in its mode `DCR`: channels become squares of `block` by `block` pixels.
pub(crate) fn depth_to_space(input: &[Quad], size: Planes, block: usize, out: &mut [Quad]) {
    let channels = size.channels / (block * block);
    let out_size = Planes {
        channels,
        height: size.height * block,
        width: size.width * block,
    };
    out.fill([0.0; 4]);
    for channel in 0..size.channels {
        let (square, out_channel) = (channel / channels, channel % channels);
        for pixel in 0..size.pixels() {
            let (row, column) = (pixel / size.width, pixel % size.width);
            let (row, column) = (row * block + square / block, column * block + square % block);
            let (from, from_lane) = place(channel, pixel, size.pixels());
            let (to, to_lane) = place(out_channel, row * out_size.width + column, out_size.pixels());
            out[to][to_lane] = input[from][from_lane];
        }
    }
}

/// Writes `values` to `out` from `start` on.
pub(crate) fn append(values: &[f32], out: &mut [f32], start: usize) {
    out[start..start + values.len()].copy_from_slice(values);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::shape::zeros;

    fn size(channels: usize, height: usize, width: usize) -> Planes {
        Planes {
            channels,
            height,
            width,
        }
    }

    #[test]
    fn pixels_become_planes_of_four_channels() {
        let mut planes = vec![[9.0; 4]; 4];
        to_planes(
            &[1., 2., 3., 4., 5., 6., 7., 8., 9., 10.],
            size(5, 1, 2),
            &mut planes,
        );
        assert_eq!(
            planes,
            [
                [1., 2., 3., 4.],
                [6., 7., 8., 9.],
                [5., 0., 0., 0.],
                [10., 0., 0., 0.]
            ]
        );
    }

    #[test]
    fn new_channels_are_zero_also_inside_the_last_plane() {
        let mut out = vec![[9.0; 4]; 3];
        pad_channels(&[[1.; 4], [2., 3., 7., 7.]], size(6, 1, 1), &mut out);
        assert_eq!(out, [[1.; 4], [2., 3., 0., 0.], [0.; 4]]);
    }

    #[test]
    fn channels_become_squares_of_pixels() {
        // Two output channels of 2 x 2 pixels from eight channels of one pixel.
        let mut out = vec![[9.0; 4]; 4];
        depth_to_space(&[[0., 1., 2., 3.], [4., 5., 6., 7.]], size(8, 1, 1), 2, &mut out);
        assert_eq!(
            out,
            [
                [0., 1., 0., 0.],
                [2., 3., 0., 0.],
                [4., 5., 0., 0.],
                [6., 7., 0., 0.]
            ]
        );
    }

    proptest! {
        #[test]
        fn planes_hold_all_pixels(channels in 1usize..12, height in 1usize..5, width in 1usize..5) {
            let size = size(channels, height, width);
            let pixels: Vec<f32> = (0..channels * size.pixels()).map(|value| value as f32).collect();
            let mut planes = zeros(size.count() * size.pixels());
            to_planes(&pixels, size, &mut planes);
            let mut back = vec![-1.0; pixels.len()];
            from_planes(&planes, size, &mut back);
            prop_assert_eq!(back, pixels);
        }
    }
}
