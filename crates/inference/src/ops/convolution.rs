//! Convolutions: which kind of code computes each, and how pixels find their inputs.

use super::{
    activation::Activation,
    depthwise::Depthwise,
    product::{Product, Target},
};
use crate::{
    lanes::{Lanes, Quad},
    shape::Planes,
};

/// The part of the picture that a convolution or pooling sees from each output pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Height and width.
    pub kernel: [usize; 2],
    /// Steps down and to the right.
    pub stride: [usize; 2],
    /// Rows and columns of zeros: top, left, bottom, right.
    pub padding: [usize; 4],
}

impl Window {
    /// Height and width of the output for an input of `size`; `None` when the window does not fit.
    pub fn output(&self, size: Planes) -> Option<[usize; 2]> {
        let [top, left, bottom, right] = self.padding;
        let along = |size: usize, padding: usize, axis: usize| {
            let free = (size + padding).checked_sub(self.kernel[axis])?;
            Some(free.checked_div(self.stride[axis])? + 1)
        };
        Some([
            along(size.height, top + bottom, 0)?,
            along(size.width, left + right, 1)?,
        ])
    }

    /// The input pixel under tap `tap` of the window for pixel `out` of an output `out_width` wide; `None` in the padding.
    fn pixel(&self, out: usize, tap: usize, size: Planes, out_width: usize) -> Option<usize> {
        let (down, right) = (tap / self.kernel[1], tap % self.kernel[1]);
        let row = (out / out_width * self.stride[0] + down).checked_sub(self.padding[0])?;
        let column = (out % out_width * self.stride[1] + right).checked_sub(self.padding[1])?;
        (row < size.height && column < size.width).then_some(row * size.width + column)
    }

    fn is_pixel(&self) -> bool {
        *self
            == Self {
                kernel: [1, 1],
                stride: [1, 1],
                padding: [0; 4],
            }
    }
}

/// A convolution with its weights, bias and activation.
#[derive(Clone, Debug)]
pub(crate) enum Convolution {
    /// Of each pixel alone.
    Pixel(Product),
    /// Of a window.
    Window { window: Window, product: Product },
    /// Of a window, each channel by itself.
    Depthwise(Depthwise),
}

/// What a convolution is made of.
pub(crate) struct Parts<'a> {
    pub window: Window,
    /// Channels of output and input.
    pub channels: [usize; 2],
    /// ONNX's order: output channel, input channel (1 for depthwise), row, column.
    pub weights: &'a [f32],
    pub bias: &'a [f32],
    pub depthwise: bool,
    pub activation: Activation,
}

impl Convolution {
    /// Prepares a convolution; `None` when there is no code for it.
    pub fn new(parts: Parts<'_>) -> Option<Self> {
        let Parts {
            window,
            channels: [outputs, inputs],
            weights,
            bias,
            depthwise,
            activation,
        } = parts;
        let taps = window.kernel[0] * window.kernel[1];
        let value = |index: usize| weights.get(index).copied().unwrap_or(0.0);
        if depthwise {
            let planes = inputs.div_ceil(4);
            let weight = |channel: usize, tap: usize| {
                if channel < inputs {
                    value(channel * taps + tap)
                } else {
                    0.0
                }
            };
            let quad = |plane: usize, tap: usize| std::array::from_fn(|lane| weight(plane * 4 + lane, tap));
            let fits = window.padding.iter().all(|&padding| padding < window.kernel[0]);
            return (fits && Depthwise::supports(&window)).then(|| {
                Self::Depthwise(Depthwise {
                    window,
                    weights: (0..planes * taps)
                        .map(|index| quad(index / taps, index % taps))
                        .collect(),
                    bias: (0..planes)
                        .map(|plane| {
                            std::array::from_fn(|lane| bias.get(plane * 4 + lane).copied().unwrap_or(0.0))
                        })
                        .collect(),
                    activation,
                })
            });
        }
        if window.is_pixel() {
            let weight = |output, input| value(output * inputs + input);
            return Some(Self::Pixel(Product::new(
                outputs, inputs, weight, bias, activation,
            )));
        }
        // Inputs of a window: by tap, then by channel, filled up to quads.
        let filled = inputs.next_multiple_of(4);
        let weight = |output: usize, input: usize| {
            let (tap, channel) = (input / filled, input % filled);
            if channel < inputs {
                value((output * inputs + channel) * taps + tap)
            } else {
                0.0
            }
        };
        let product = Product::new(outputs, taps * filled, weight, bias, activation);
        Some(Self::Window { window, product })
    }

    /// Computes `out` from `input`, of the sizes given, plus `addend` (which depthwise ones do not
    /// take). `scratch` is working memory.
    pub fn run(
        &self,
        (input, size): (&[Quad], Planes),
        addend: Option<&[Quad]>,
        (out, out_size): (&mut [Quad], Planes),
        scratch: &mut Vec<Quad>,
    ) {
        let pixels = size.pixels();
        let target = Target {
            out,
            addend,
            pixels: out_size.pixels(),
        };
        match self {
            Self::Depthwise(depthwise) => depthwise.run((input, size), (target.out, out_size), scratch),
            Self::Pixel(product) => {
                let fill = |first: usize, count: usize, tile: &mut [[Quad; 4]]| {
                    for (plane, inputs) in input.chunks_exact(pixels).zip(tile) {
                        let seen = &plane[first..first + count];
                        *inputs = match seen.first_chunk() {
                            Some(four) => by_channel(four),
                            None => by_channel(&std::array::from_fn(|pixel| {
                                seen.get(pixel).copied().unwrap_or_default()
                            })),
                        };
                    }
                };
                product.run(fill, target, scratch);
            }
            Self::Window { window, product } => {
                let fill = |first: usize, count: usize, tile: &mut [[Quad; 4]]| {
                    let mut tile = tile.iter_mut();
                    for tap in 0..window.kernel[0] * window.kernel[1] {
                        let seen: [_; 4] = std::array::from_fn(|pixel| {
                            (pixel < count).then(|| window.pixel(first + pixel, tap, size, out_size.width))?
                        });
                        for (plane, inputs) in input.chunks_exact(pixels).zip(&mut tile) {
                            *inputs =
                                by_channel(&seen.map(|at| at.map_or_else(Quad::default, |at| plane[at])));
                        }
                    }
                };
                product.run(fill, target, scratch);
            }
        }
    }
}

/// Four channels of four pixels, by channel.
#[inline]
fn by_channel(pixels: &[Quad; 4]) -> [Quad; 4] {
    Lanes::columns(pixels.each_ref().map(Lanes::load)).map(Lanes::quad)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::shape::{place, zeros};

    /// Numbers that differ, for tests.
    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count)
            .map(|index| ((index * 7919 + seed * 104_729) % 2003) as f32 / 1000.0 - 1.0)
            .collect()
    }

    /// The convolution by its definition, on ONNX's layout.
    fn expected(parts: &Parts<'_>, input: &[f32], size: Planes, out_size: Planes) -> Vec<f32> {
        let Window {
            kernel: [kh, kw],
            stride: [sh, sw],
            padding: [top, left, ..],
        } = parts.window;
        let group = if parts.depthwise { 1 } else { size.channels };
        let mut out = Vec::new();
        for output in 0..out_size.channels {
            for (y, x) in (0..out_size.height).flat_map(|y| (0..out_size.width).map(move |x| (y, x))) {
                let mut sum = f64::from(parts.bias[output]);
                for index in 0..group * kh * kw {
                    let (channel, tap) = (index / (kh * kw), index % (kh * kw));
                    let (row, column) = (y * sh + tap / kw, x * sw + tap % kw);
                    let inside =
                        row >= top && column >= left && row - top < size.height && column - left < size.width;
                    if inside {
                        let channel = if parts.depthwise { output } else { channel };
                        let at = (channel * size.height + row - top) * size.width + column - left;
                        sum += f64::from(parts.weights[output * group * kh * kw + index] * input[at]);
                    }
                }
                out.push(sum as f32);
            }
        }
        out
    }

    /// Compares a convolution to its definition.
    fn check(
        window: Window,
        size: Planes,
        outputs: usize,
        depthwise: bool,
        with_addend: bool,
    ) -> Result<(), String> {
        let outputs = if depthwise { size.channels } else { outputs };
        let Some([height, width]) = window.output(size) else {
            return Ok(());
        };
        let out_size = Planes {
            channels: outputs,
            height,
            width,
        };
        let group = if depthwise { 1 } else { size.channels };
        let weights = numbers(outputs * group * window.kernel[0] * window.kernel[1], 1);
        let bias = numbers(outputs, 2);
        let input = numbers(size.channels * size.pixels(), 3);
        let parts = Parts {
            window,
            channels: [outputs, size.channels],
            weights: &weights,
            bias: &bias,
            depthwise,
            activation: Activation::IDENTITY,
        };
        let expected = expected(&parts, &input, size, out_size);
        let mut planes = zeros(size.count() * size.pixels());
        for (index, value) in input.iter().enumerate() {
            let (quad, lane) = place(index / size.pixels(), index % size.pixels(), size.pixels());
            planes[quad][lane] = *value;
        }
        let convolution = Convolution::new(parts).ok_or("not supported")?;
        let addend = with_addend.then(|| vec![[0.5; 4]; out_size.count() * out_size.pixels()]);
        let mut out = vec![[f32::NAN; 4]; out_size.count() * out_size.pixels()];
        convolution.run(
            (&planes, size),
            addend.as_deref(),
            (&mut out, out_size),
            &mut Vec::new(),
        );
        for (index, expected) in expected.iter().enumerate() {
            let (quad, lane) = place(
                index / out_size.pixels(),
                index % out_size.pixels(),
                out_size.pixels(),
            );
            let sum = expected + if with_addend { 0.5 } else { 0.0 };
            let near = (out[quad][lane] - sum).abs() < 1e-3;
            if !near {
                return Err(format!("value {index}: {} instead of {sum}", out[quad][lane]));
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_convolution_is_what_its_definition_says(
            kernel in prop::array::uniform2(1usize..5), stride in prop::array::uniform2(1usize..3),
            padding in prop::array::uniform4(0usize..3), channels in 1usize..14, outputs in 1usize..20,
            height in 1usize..9, width in 1usize..9, with_addend: bool,
        ) {
            let size = Planes { channels, height, width };
            let result = check(Window { kernel, stride, padding }, size, outputs, false, with_addend);
            prop_assert_eq!(result, Ok(()));
        }

        #[test]
        fn any_depthwise_convolution_is_what_its_definition_says(
            large: bool, stride in 1usize..3, padding in prop::array::uniform4(0usize..3),
            channels in 1usize..10, height in 1usize..15, width in 1usize..15,
        ) {
            let kernel = [if large { 5 } else { 3 }; 2];
            let size = Planes { channels, height, width };
            let result = check(Window { kernel, stride: [stride; 2], padding }, size, 0, true, false);
            prop_assert_eq!(result, Ok(()));
        }
    }

    #[test]
    fn depthwise_windows_without_code_are_refused() {
        let window = Window {
            kernel: [7, 7],
            stride: [1, 1],
            padding: [3; 4],
        };
        let size = Planes {
            channels: 4,
            height: 9,
            width: 9,
        };
        assert_eq!(
            check(window, size, 4, true, false),
            Err("not supported".to_owned())
        );
    }
}
