//! Matrix products: the work of all convolutions but the depthwise ones.
//!
//! Pixels are taken in blocks whose inputs are copied side by side, so that all outputs of a block find them in the
//! processor's first cache; a block is taken in tiles of 4 pixels by 8 outputs. Wasmtime's compiler loads all that a
//! step of a loop needs before it computes: larger tiles leave too few registers and are slower, and so are inputs
//! spread on loading (measured: 17 GMAC/s as it is; 12 with 6 pixels, 7 with 12 by 4).

use super::activation::Activation;
use crate::lanes::{Lanes, Quad};

/// Pixels of a tile.
const TILE: usize = 4;
/// Most pixels of a block.
const BLOCK: usize = 24;
/// Input quads of a block that still fit the cache: 32 KiB.
const BLOCK_QUADS: usize = 2048;

/// Steps of the innermost loop that are taken at once. Hosts that interrupt their guests, as Spin does, look at the clock
/// in every round of a loop and keep the sums in memory over it: one step a round takes half as long again (measured).
const STEPS: usize = 2;

/// Weights of four inputs for eight outputs: by input, then by output.
type Weights = [[Quad; 2]; 4];

/// Four inputs of the four pixels of a tile: by input, then by pixel.
type Inputs = [Quad; 4];

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

    /// Computes the outputs of all pixels. `fill(first, count, tile)` writes the inputs of the `count` pixels from
    /// `first` on. `scratch` is working memory.
    pub fn run(
        &self,
        fill: impl Fn(usize, usize, &mut [Inputs]),
        mut target: Target<'_>,
        scratch: &mut Vec<Quad>,
    ) {
        let block = (BLOCK_QUADS / self.inputs / TILE * TILE).clamp(TILE, BLOCK);
        let tile_quads = TILE * self.inputs;
        scratch.clear();
        scratch.resize(block * self.inputs, [0.0; 4]);
        for first in (0..target.pixels).step_by(block) {
            let end = target.pixels.min(first + block);
            let pixels = || {
                (first..end)
                    .step_by(TILE)
                    .map(|from| (from, TILE.min(end - from)))
            };
            for (tile, (from, count)) in scratch.chunks_exact_mut(tile_quads).zip(pixels()) {
                fill(from, count, tile.as_chunks_mut().0);
            }
            let pairs = self.weights.chunks_exact(self.inputs).zip(&self.bias);
            for (pair, (weights, bias)) in pairs.enumerate() {
                for (tile, (from, count)) in scratch.chunks_exact(tile_quads).zip(pixels()) {
                    let sums = multiply(tile, weights.as_flattened(), bias);
                    self.store(pair, from, &sums[..count], &mut target);
                }
            }
        }
    }

    /// Finishes and writes the sums of eight outputs of the pixels from `from` on.
    #[inline]
    fn store(&self, pair: usize, from: usize, sums: &[[Lanes; 2]], target: &mut Target<'_>) {
        for half in 0..2 {
            let plane = pair * 2 + half;
            if plane >= self.outputs {
                break;
            }
            let activation = self.activation.of_plane(plane);
            let start = plane * target.pixels + from;
            let range = start..start + sums.len();
            let out = target.out[range.clone()].iter_mut().zip(sums);
            match target.addend {
                None => {
                    for (out, sum) in out {
                        *out = activation.apply(sum[half]).quad();
                    }
                }
                Some(addend) => {
                    for ((out, sum), addend) in out.zip(&addend[range]) {
                        *out = activation.apply(sum[half] + Lanes::load(addend)).quad();
                    }
                }
            }
        }
    }
}

/// The sums of a tile's pixels: bias plus inputs times weights. A step takes one input of the four pixels.
#[inline]
fn multiply(tile: &[Quad], weights: &[[Quad; 2]], bias: &[Quad; 2]) -> [[Lanes; 2]; TILE] {
    let mut sums = [bias.each_ref().map(Lanes::load); TILE];
    // Inputs come in quads, so that none are left over.
    let (tile, weights) = (tile.as_chunks::<STEPS>().0, weights.as_chunks::<STEPS>().0);
    for (inputs, weights) in tile.iter().zip(weights) {
        for (inputs, weights) in inputs.iter().zip(weights) {
            let [left, right] = weights.each_ref().map(Lanes::load);
            for (sum, input) in sums.iter_mut().zip(Lanes::load(inputs).spread()) {
                sum[0] = sum[0].plus_product(input, left);
                sum[1] = sum[1].plus_product(input, right);
            }
        }
    }
    sums
}
