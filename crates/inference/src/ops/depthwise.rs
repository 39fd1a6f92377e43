//! Convolutions in which every channel has a kernel of its own.

use super::{activation::Activation, convolution::Window};
use crate::{
    lanes::{Lanes, Quad},
    shape::Planes,
};

/// Pixels that are computed side by side, so that their windows share what they load.
const TILE: usize = 4;

/// A depthwise convolution.
#[derive(Clone, Debug)]
pub(crate) struct Depthwise {
    pub window: Window,
    /// For each plane, the kernel's rows of its four channels.
    pub weights: Vec<Quad>,
    /// For each plane.
    pub bias: Vec<Quad>,
    pub activation: Activation,
}

impl Depthwise {
    /// Whether there is code for windows like `window`.
    pub fn supports(window: &Window) -> bool {
        window.kernel[0] == window.kernel[1]
            && window.stride[0] == window.stride[1]
            && matches!((window.kernel[0], window.stride[0]), (3 | 5, 1 | 2))
    }

    /// Computes `out` from `input`, of the sizes given. `scratch` is working memory.
    pub fn run(
        &self,
        (input, input_size): (&[Quad], Planes),
        (out, out_size): (&mut [Quad], Planes),
        scratch: &mut Vec<Quad>,
    ) {
        let sizes = [input_size, out_size];
        match (self.window.kernel[0], self.window.stride[0]) {
            (3, 1) => self.planes::<3, 1, { TILE + 2 }>(input, out, sizes, scratch),
            (3, _) => self.planes::<3, 2, { 2 * TILE + 1 }>(input, out, sizes, scratch),
            (_, 1) => self.planes::<5, 1, { TILE + 4 }>(input, out, sizes, scratch),
            _ => self.planes::<5, 2, { 2 * TILE + 3 }>(input, out, sizes, scratch),
        }
    }

    /// The planes one by one, for kernels of `K` by `K` and strides of `S`; a tile needs `W` columns.
    fn planes<const K: usize, const S: usize, const W: usize>(
        &self,
        input: &[Quad],
        out: &mut [Quad],
        [size, out_size]: [Planes; 2],
        scratch: &mut Vec<Quad>,
    ) {
        // A plane with a border of zeros, wide enough for whole tiles.
        let width = (out_size.width.next_multiple_of(TILE) - TILE) * S + W;
        let height = (out_size.height - 1) * S + K;
        scratch.clear();
        scratch.resize(width * height, [0.0; 4]);
        let [top, left, ..] = self.window.padding;
        let kernels = self.weights.as_chunks::<K>().0.as_chunks::<K>().0;
        let kernels = kernels.iter().zip(&self.bias);
        let planes = input
            .chunks_exact(size.pixels())
            .zip(out.chunks_exact_mut(out_size.pixels()));
        for (index, ((input, out), (kernel, bias))) in planes.zip(kernels).enumerate() {
            let activation = self.activation.of_plane(index);
            for (row, input) in scratch
                .chunks_exact_mut(width)
                .skip(top)
                .zip(input.chunks_exact(size.width))
            {
                let kept = size.width.min(width - left);
                row[left..left + kept].copy_from_slice(&input[..kept]);
            }
            for (row, out) in out.chunks_exact_mut(out_size.width).enumerate() {
                let rows = &scratch[row * S * width..][..K * width];
                for (tile, out) in out.chunks_mut(TILE).enumerate() {
                    let sums = tile_sums::<K, S, W>(&rows[tile * TILE * S..], width, kernel, bias);
                    for (out, sum) in out.iter_mut().zip(sums) {
                        *out = activation.apply(sum).quad();
                    }
                }
            }
        }
    }
}

/// The sums of a tile of neighbouring pixels, whose window begins at `rows`; rows are `width` apart.
#[inline]
fn tile_sums<const K: usize, const S: usize, const W: usize>(
    rows: &[Quad],
    width: usize,
    kernel: &[[Quad; K]; K],
    bias: &Quad,
) -> [Lanes; TILE] {
    let mut sums = [Lanes::load(bias); TILE];
    for (row, kernel) in kernel.iter().enumerate() {
        let Some(inputs) = rows.get(row * width..).and_then(|row| row.first_chunk::<W>()) else {
            break;
        };
        for (column, weight) in kernel.iter().enumerate() {
            let weight = Lanes::load(weight);
            for (pixel, sum) in sums.iter_mut().enumerate() {
                *sum = sum.plus_product(Lanes::load(&inputs[pixel * S + column]), weight);
            }
        }
    }
    sums
}
