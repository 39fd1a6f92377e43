//! A slow interpreter of the operators, straight from their definitions in ONNX: what the engine is held against.

use std::collections::HashMap;

use crate::onnx::{Constant, Model, Node, Values};

/// A tensor, row-major.
#[derive(Clone, Debug)]
pub(super) struct Array {
    pub dims: Vec<usize>,
    pub values: Vec<f64>,
}

/// Runs an ONNX file on its only input; the outputs by name.
pub(super) fn run(file: &[u8], input: Array) -> HashMap<String, Array> {
    let model = Model::read(file).unwrap();
    let mut known = HashMap::from([(model.inputs[0].name.clone(), input)]);
    for node in &model.nodes {
        let output = evaluate(Inputs {
            node,
            constants: &model.constants,
            known: &known,
        });
        known.insert(node.outputs[0].clone(), output);
    }
    let names = model.outputs.iter().map(|port| &port.name);
    names.map(|name| (name.clone(), known[name].clone())).collect()
}

/// A node and where its inputs come from.
#[derive(Clone, Copy)]
struct Inputs<'a> {
    node: &'a Node,
    constants: &'a HashMap<String, Constant>,
    known: &'a HashMap<String, Array>,
}

impl<'a> Inputs<'a> {
    fn name(self, index: usize) -> Option<&'a String> {
        self.node.inputs.get(index).filter(|name| !name.is_empty())
    }

    fn ints(self, index: usize) -> &'a [i64] {
        match self.name(index).map(|name| &self.constants[name].values) {
            Some(Values::Ints(values)) => values,
            _ => &[],
        }
    }

    fn array(self, index: usize) -> Option<Array> {
        let name = self.name(index)?;
        let constant = || match self.constants.get(name) {
            Some(Constant {
                dims,
                values: Values::Floats(values),
            }) => Some(Array {
                dims: dims.clone(),
                values: values.iter().map(|&value| f64::from(value)).collect(),
            }),
            _ => None,
        };
        self.known.get(name).cloned().or_else(constant)
    }
}

fn evaluate(inputs: Inputs<'_>) -> Array {
    let a = inputs.array(0).unwrap();
    let of_values = of_values(inputs, a.clone());
    let output = of_values
        .or_else(|| of_pictures(inputs, &a))
        .or_else(|| of_layout(inputs, a));
    output.unwrap_or_else(|| panic!("{} has no definition here", inputs.node.operator))
}

/// Operators on each value by itself.
fn of_values(inputs: Inputs<'_>, a: Array) -> Option<Array> {
    Some(match inputs.node.operator.as_str() {
        "Cast" => a,
        "Relu" => map(a, |value| value.max(0.0)),
        "Sigmoid" => map(a, |value| 1.0 / (1.0 + (-value).exp())),
        "Clip" => {
            let bound =
                |index: usize, default: f64| inputs.array(index).map_or(default, |bound| bound.values[0]);
            let (low, high) = (bound(1, f64::NEG_INFINITY), bound(2, f64::INFINITY));
            map(a, |value| value.max(low).min(high))
        }
        "PRelu" => {
            let slopes = inputs.array(1).unwrap().values;
            by_place(&a.dims.clone(), |[_, channel, y, x]| {
                let value = at(&a, [0, channel, y, x]);
                if value < 0.0 {
                    value * slopes[channel]
                } else {
                    value
                }
            })
        }
        "Add" => {
            let b = inputs.array(1).unwrap();
            let values = a.values.iter().zip(&b.values).map(|(a, b)| a + b).collect();
            Array { values, ..a }
        }
        _ => return None,
    })
}

/// Operators on the pixels of pictures.
fn of_pictures(inputs: Inputs<'_>, a: &Array) -> Option<Array> {
    Some(match inputs.node.operator.as_str() {
        "Conv" => convolution(
            inputs.node,
            a,
            &inputs.array(1).unwrap(),
            inputs.array(2).as_ref(),
        ),
        "MaxPool" => max_pool(inputs.node, a),
        "Resize" => {
            let scales = inputs.array(2).unwrap().values;
            let dims: Vec<usize> = a
                .dims
                .iter()
                .zip(&scales)
                .map(|(&size, scale)| (size as f64 * scale) as usize)
                .collect();
            by_place(&dims, |[_, channel, y, x]| {
                let (top, below, down) = between(y, scales[2], a.dims[2]);
                let (left, right, across) = between(x, scales[3], a.dims[3]);
                let row = |y: usize| {
                    at(a, [0, channel, y, left]) * (1.0 - across) + at(a, [0, channel, y, right]) * across
                };
                row(top) * (1.0 - down) + row(below) * down
            })
        }
        "Pad" => {
            let pads = inputs.ints(1);
            let dims: Vec<usize> = (0..4)
                .map(|axis| a.dims[axis] + (pads[axis] + pads[axis + 4]) as usize)
                .collect();
            by_place(&dims, |place| {
                let inside = (0..4).all(|axis| {
                    (pads[axis] as usize..pads[axis] as usize + a.dims[axis]).contains(&place[axis])
                });
                if inside {
                    at(a, std::array::from_fn(|axis| place[axis] - pads[axis] as usize))
                } else {
                    0.0
                }
            })
        }
        "DepthToSpace" => {
            let block = inputs.node.int("blocksize", 0) as usize;
            let channels = a.dims[1] / (block * block);
            by_place(
                &[1, channels, a.dims[2] * block, a.dims[3] * block],
                |[_, channel, y, x]| {
                    let from = (y % block * block + x % block) * channels + channel;
                    at(a, [0, from, y / block, x / block])
                },
            )
        }
        _ => return None,
    })
}

/// Operators that only move values.
fn of_layout(inputs: Inputs<'_>, a: Array) -> Option<Array> {
    Some(match inputs.node.operator.as_str() {
        "Transpose" => {
            let order: Vec<usize> = inputs
                .node
                .ints("perm")
                .unwrap()
                .iter()
                .map(|&axis| axis as usize)
                .collect();
            let dims: Vec<usize> = order.iter().map(|&axis| a.dims[axis]).collect();
            by_place(&dims, |place| {
                let mut from = [0; 4];
                for (to, &axis) in order.iter().enumerate() {
                    from[axis] = place[to];
                }
                at(&a, from)
            })
        }
        "Reshape" => {
            let mut dims: Vec<usize> = inputs
                .ints(1)
                .iter()
                .enumerate()
                .map(|(axis, &size)| match size {
                    0 => a.dims[axis],
                    -1 => usize::MAX,
                    size => size as usize,
                })
                .collect();
            if let Some(free) = dims.iter().position(|&size| size == usize::MAX) {
                dims[free] = 1;
                dims[free] = a.values.len() / dims.iter().product::<usize>();
            }
            Array { dims, ..a }
        }
        "Concat" => {
            let axis = inputs.node.int("axis", 0) as usize;
            let parts: Vec<Array> = (0..inputs.node.inputs.len())
                .map(|index| inputs.array(index).unwrap())
                .collect();
            let mut dims = a.dims;
            dims[axis] = parts.iter().map(|part| part.dims[axis]).sum();
            let rows: usize = dims[..axis].iter().product();
            let row = |part: &Array, row: usize| {
                let length = part.values.len() / rows;
                part.values[row * length..][..length].to_vec()
            };
            let values = (0..rows)
                .flat_map(|at| parts.iter().flat_map(move |part| row(part, at)))
                .collect();
            Array { dims, values }
        }
        _ => return None,
    })
}

fn map(array: Array, change: impl Fn(f64) -> f64) -> Array {
    let values = array.values.into_iter().map(change).collect();
    Array { values, ..array }
}

fn at(array: &Array, [batch, channel, y, x]: [usize; 4]) -> f64 {
    let [_, channels, height, width] = array.dims[..] else {
        panic!("no picture: {:?}", array.dims)
    };
    array.values[((batch * channels + channel) * height + y) * width + x]
}

fn by_place(dims: &[usize], value: impl Fn([usize; 4]) -> f64) -> Array {
    let mut values = Vec::with_capacity(dims.iter().product());
    for batch in 0..dims[0] {
        for channel in 0..dims[1] {
            for y in 0..dims[2] {
                values.extend((0..dims[3]).map(|x| value([batch, channel, y, x])));
            }
        }
    }
    Array {
        dims: dims.to_vec(),
        values,
    }
}

/// The neighbours of a pixel of an axis that is scaled, and the weight of the second (`half_pixel`).
fn between(pixel: usize, scale: f64, size: usize) -> (usize, usize, f64) {
    let place = ((pixel as f64 + 0.5) / scale - 0.5).clamp(0.0, size as f64 - 1.0);
    let before = place as usize;
    (before, (before + 1).min(size - 1), place - before as f64)
}

/// What a window covers: its size, steps and padding before and after.
fn window(node: &Node, kernel: [usize; 2]) -> ([usize; 2], [usize; 2], [usize; 4]) {
    let sizes = |name: &str, default: &[i64]| -> Vec<usize> {
        node.ints(name)
            .unwrap_or(default)
            .iter()
            .map(|&size| size as usize)
            .collect()
    };
    let (strides, pads) = (sizes("strides", &[1, 1]), sizes("pads", &[0; 4]));
    (
        kernel,
        [strides[0], strides[1]],
        [pads[0], pads[1], pads[2], pads[3]],
    )
}

fn convolution(node: &Node, a: &Array, weights: &Array, bias: Option<&Array>) -> Array {
    let (kernel, stride, pads) = window(node, [weights.dims[2], weights.dims[3]]);
    let group = weights.dims[1];
    let per_group = weights.dims[0] * group / a.dims[1];
    let out =
        |axis: usize| (a.dims[axis + 2] + pads[axis] + pads[axis + 2] - kernel[axis]) / stride[axis] + 1;
    by_place(&[1, weights.dims[0], out(0), out(1)], |[_, output, y, x]| {
        let mut sum = bias.map_or(0.0, |bias| bias.values[output]);
        for channel in 0..group {
            for (down, right) in
                (0..kernel[0]).flat_map(|down| (0..kernel[1]).map(move |right| (down, right)))
            {
                let (row, column) = (
                    (y * stride[0] + down).wrapping_sub(pads[0]),
                    (x * stride[1] + right).wrapping_sub(pads[1]),
                );
                if row < a.dims[2] && column < a.dims[3] {
                    let from = output / per_group * group + channel;
                    sum += at(a, [0, from, row, column]) * at(weights, [output, channel, down, right]);
                }
            }
        }
        sum
    })
}

fn max_pool(node: &Node, a: &Array) -> Array {
    let kernel = node.ints("kernel_shape").unwrap();
    let (kernel, stride, _) = window(node, [kernel[0] as usize, kernel[1] as usize]);
    let out = |axis: usize| (a.dims[axis + 2] - kernel[axis]) / stride[axis] + 1;
    by_place(&[1, a.dims[1], out(0), out(1)], |[_, channel, y, x]| {
        let rows = y * stride[0]..y * stride[0] + kernel[0];
        rows.flat_map(|row| {
            (x * stride[1]..x * stride[1] + kernel[1]).map(move |column| at(a, [0, channel, row, column]))
        })
        .fold(f64::NEG_INFINITY, f64::max)
    })
}
