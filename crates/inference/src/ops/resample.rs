//! Larger and smaller pictures of features: bilinear resizing and maximum pooling.

use super::convolution::Window;
use crate::{
    lanes::{Lanes, Quad},
    shape::Planes,
};

/// Bilinear resizing, where pixels are squares and their values are at the squares' middles (ONNX's `half_pixel`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resize {
    rows: Vec<Between>,
    columns: Vec<Between>,
}

/// A place between two pixels of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Between {
    before: usize,
    after: usize,
    /// Weight of the pixel after it.
    share: f32,
}

impl Resize {
    /// Resizing from `size` to `out_size`. `scales` are those of height and width before the sizes were rounded down.
    pub fn new(size: Planes, out_size: Planes, [down, right]: [f32; 2]) -> Self {
        Self {
            rows: places(size.height, out_size.height, down),
            columns: places(size.width, out_size.width, right),
        }
    }

    /// Computes `out` from `input` of `size`.
    pub fn run(&self, input: &[Quad], size: Planes, out: &mut [Quad]) {
        let planes = input.chunks_exact(size.pixels());
        for (input, out) in planes.zip(out.chunks_exact_mut(self.rows.len() * self.columns.len())) {
            for (row, out) in self.rows.iter().zip(out.chunks_exact_mut(self.columns.len())) {
                let [above, below] =
                    [row.before, row.after].map(|row| &input[row * size.width..][..size.width]);
                for (column, out) in self.columns.iter().zip(out) {
                    let across =
                        |values: &[Quad]| mix(&values[column.before], &values[column.after], column.share);
                    *out = mix(&across(above).quad(), &across(below).quad(), row.share).quad();
                }
            }
        }
    }
}

/// Where the pixels of an axis of `out` pixels lie on one of `size` pixels, which is `scale` times shorter.
fn places(size: usize, out: usize, scale: f32) -> Vec<Between> {
    (0..out)
        .map(|pixel| {
            let at = ((pixel as f32 + 0.5) / scale - 0.5).max(0.0);
            let before = (at as usize).min(size - 1);
            Between {
                before,
                after: (before + 1).min(size - 1),
                share: at - before as f32,
            }
        })
        .collect()
}

fn mix(a: &Quad, b: &Quad, share: f32) -> Lanes {
    (Lanes::load(a) * Lanes::splat(1.0 - share)).plus_product(Lanes::load(b), Lanes::splat(share))
}

/// The largest value in each window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MaxPool {
    pub window: Window,
}

impl MaxPool {
    /// Computes `out` from `input`, of the sizes given. The window has no padding.
    pub fn run(&self, (input, size): (&[Quad], Planes), (out, out_size): (&mut [Quad], Planes)) {
        let [height, width] = self.window.kernel;
        let [down, right] = self.window.stride;
        let planes = input.chunks_exact(size.pixels());
        for (input, out) in planes.zip(out.chunks_exact_mut(out_size.pixels())) {
            for (row, out) in out.chunks_exact_mut(out_size.width).enumerate() {
                for (column, out) in out.iter_mut().enumerate() {
                    let mut largest = Lanes::splat(f32::NEG_INFINITY);
                    for line in input[row * down * size.width..].chunks(size.width).take(height) {
                        for quad in &line[column * right..][..width] {
                            largest = largest.max(Lanes::load(quad));
                        }
                    }
                    *out = largest.quad();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(height: usize, width: usize) -> Planes {
        Planes {
            channels: 4,
            height,
            width,
        }
    }

    #[test]
    fn resizing_mixes_neighbours_by_distance_and_repeats_the_edge() {
        let input: Vec<Quad> = [0., 4., 8.].map(|value| [value, -value, 1., 0.]).to_vec();
        let mut out = vec![[9.0; 4]; 6];
        Resize::new(size(1, 3), size(1, 6), [1.0, 2.0]).run(&input, size(1, 3), &mut out);
        assert_eq!(
            out.iter().map(|quad| quad[0]).collect::<Vec<_>>(),
            [0., 1., 3., 5., 7., 8.]
        );
        assert_eq!(
            out.iter().map(|quad| quad[1]).collect::<Vec<_>>(),
            [0., -1., -3., -5., -7., -8.]
        );
        assert!(out.iter().all(|quad| quad[2] == 1.0));
        let mut out = vec![[9.0; 4]; 6];
        Resize::new(size(3, 1), size(6, 1), [2.0, 1.0]).run(&input, size(3, 1), &mut out);
        assert_eq!(
            out.iter().map(|quad| quad[0]).collect::<Vec<_>>(),
            [0., 1., 3., 5., 7., 8.]
        );
    }

    #[test]
    fn pooling_keeps_the_largest_value_of_each_channel() {
        let input: Vec<Quad> = (0..15)
            .map(|index| [index as f32, -(index as f32), 1., 0.])
            .collect();
        let mut out = vec![[9.0; 4]; 2];
        let window = Window {
            kernel: [2, 2],
            stride: [2, 2],
            padding: [0; 4],
        };
        assert_eq!(window.output(size(3, 5)), Some([1, 2]));
        MaxPool { window }.run((&input, size(3, 5)), (&mut out, size(1, 2)));
        assert_eq!(out, [[6., 0., 1., 0.], [8., -2., 1., 0.]]);
    }
}
