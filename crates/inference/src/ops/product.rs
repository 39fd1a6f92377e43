//! Matrix products: the work of all convolutions but the depthwise ones.
//!
//! Pixels are taken in blocks whose inputs are copied side by side, so that all outputs of a block find them in the
//! processor's first cache; a block is taken in tiles of 6 pixels by 8 outputs, which fill 12 of 16 registers.

use super::activation::Activation;
use crate::lanes::{Lanes, Quad};

/// Pixels of a full tile.
const TILE: usize = 6;
/// Most pixels of a block.
const BLOCK: usize = 24;
/// Input quads of a block that still fit the cache: 32 KiB.
const BLOCK_QUADS: usize = 2048;

/// Weights of four inputs for eight outputs: by input, then by output.
type Weights = [[Quad; 2]; 4];

/// A matrix that maps the inputs of a pixel to its outputs, with a bias and an activation.
#[derive(Clone, Debug)]
pub(crate) struct Product {
    /// Quads of inputs of a pixel.
    inputs: usize,
    /// Quads of outputs of a pixel.
    outputs: usize,
    /// For each eight outputs, for each four inputs.
    weights: Vec<Weights>,
    /// For each eight outputs.
    bias: Vec<[Quad; 2]>,
    activation: Activation,
}

/// Where a product writes, and what it adds.
pub(crate) struct Target<'a> {
    /// Planes of outputs.
    pub out: &'a mut [Quad],
    /// Planes that are added to the outputs before the activation.
    pub addend: Option<&'a [Quad]>,
    /// Pixels of a plane.
    pub pixels: usize,
}

impl Product {
    /// The product by `weight(output, input)`, for numbers of `outputs` and `inputs` that are filled up to quads with 0.
    pub fn new(
        outputs: usize,
        inputs: usize,
        weight: impl Fn(usize, usize) -> f32,
        bias: &[f32],
        activation: Activation,
    ) -> Self {
        let (input_quads, output_quads) = (inputs.div_ceil(4), outputs.div_ceil(4));
        let weight = |output, input| {
            if output < outputs && input < inputs {
                weight(output, input)
            } else {
                0.0
            }
        };
        let pairs = output_quads.div_ceil(2);
        let eight = |pair: usize, value: &dyn Fn(usize) -> f32| {
            std::array::from_fn(|half| std::array::from_fn(|lane| value(pair * 8 + half * 4 + lane)))
        };
        let weights = (0..pairs)
            .flat_map(|pair| (0..input_quads).map(move |quad| (pair, quad)))
            .map(|(pair, quad)| {
                std::array::from_fn(|lane| eight(pair, &|output| weight(output, quad * 4 + lane)))
            })
            .collect();
        let bias = (0..pairs)
            .map(|pair| eight(pair, &|output| bias.get(output).copied().unwrap_or(0.0)))
            .collect();
        Self {
            inputs: input_quads,
            outputs: output_quads,
            weights,
            bias,
            activation,
        }
    }

    /// Computes the outputs of all pixels. `fill(pixel, inputs, stride)` writes quad `q` of the inputs of `pixel` to
    /// `inputs[q * stride]`. `scratch` is working memory.
    pub fn run(
        &self,
        fill: impl Fn(usize, &mut [Quad], usize),
        mut target: Target<'_>,
        scratch: &mut Vec<Quad>,
    ) {
        let block = (BLOCK_QUADS / self.inputs / TILE * TILE).clamp(TILE, BLOCK);
        scratch.clear();
        scratch.resize(block * self.inputs, [0.0; 4]);
        for first in (0..target.pixels).step_by(block) {
            let count = block.min(target.pixels - first);
            let tiles = scratch.chunks_mut(TILE * self.inputs);
            for (tile, start) in tiles.zip((0..count).step_by(TILE)) {
                let stride = TILE.min(count - start);
                for pixel in 0..stride {
                    fill(first + start + pixel, &mut tile[pixel..], stride);
                }
            }
            self.block(first, count, scratch, &mut target);
        }
    }

    /// The outputs of `count` pixels from `first` on, whose inputs are in `scratch`.
    fn block(&self, first: usize, count: usize, scratch: &[Quad], target: &mut Target<'_>) {
        let pairs = self.weights.chunks_exact(self.inputs).zip(&self.bias);
        for (pair, (weights, bias)) in pairs.enumerate() {
            let tiles = scratch.chunks(TILE * self.inputs);
            for (tile, start) in tiles.zip((0..count).step_by(TILE)) {
                let from = first + start;
                match count - start {
                    1 => self.tile::<1>(pair, from, tile, weights, bias, target),
                    2 => self.tile::<2>(pair, from, tile, weights, bias, target),
                    3 => self.tile::<3>(pair, from, tile, weights, bias, target),
                    4 => self.tile::<4>(pair, from, tile, weights, bias, target),
                    5 => self.tile::<5>(pair, from, tile, weights, bias, target),
                    _ => self.tile::<TILE>(pair, from, tile, weights, bias, target),
                }
            }
        }
    }

    /// Eight outputs of `N` pixels from `from` on.
    fn tile<const N: usize>(
        &self,
        pair: usize,
        from: usize,
        tile: &[Quad],
        weights: &[Weights],
        bias: &[Quad; 2],
        target: &mut Target<'_>,
    ) {
        let sums = multiply::<N>(tile.as_chunks::<N>().0, weights, bias);
        for half in 0..2 {
            let plane = pair * 2 + half;
            if plane >= self.outputs {
                break;
            }
            let activation = self.activation.of_plane(plane);
            let range = plane * target.pixels + from..plane * target.pixels + from + N;
            let out = &mut target.out[range.clone()];
            match target.addend {
                None => {
                    for (out, sum) in out.iter_mut().zip(&sums) {
                        *out = activation.apply(sum[half]).quad();
                    }
                }
                Some(addend) => {
                    for ((out, sum), addend) in out.iter_mut().zip(&sums).zip(&addend[range]) {
                        *out = activation.apply(sum[half] + Lanes::load(addend)).quad();
                    }
                }
            }
        }
    }
}

/// The sums of `N` pixels: bias plus inputs times weights.
#[inline]
fn multiply<const N: usize>(tile: &[[Quad; N]], weights: &[Weights], bias: &[Quad; 2]) -> [[Lanes; 2]; N] {
    let mut sums = [bias.each_ref().map(Lanes::load); N];
    for (inputs, weights) in tile.iter().zip(weights) {
        for (lane, weights) in weights.iter().enumerate() {
            let [left, right] = weights.each_ref().map(Lanes::load);
            for (sum, inputs) in sums.iter_mut().zip(inputs) {
                let input = Lanes::splat(inputs[lane]);
                sum[0] = sum[0].plus_product(input, left);
                sum[1] = sum[1].plus_product(input, right);
            }
        }
    }
    sums
}
