//! One function for each operator of ONNX, except the convolution.

use super::{
    LoadError,
    builder::{Builder, Known, quads, unsupported},
    convolution,
};
use crate::{
    onnx::{Node, Values},
    ops::{Activation, MaxPool, Resize, Window},
    plan::Operation,
    shape::{Planes, Shape},
};

type Result<T = ()> = std::result::Result<T, LoadError>;

/// Adds the steps of node `index`.
pub(super) fn add(builder: &mut Builder<'_>, index: usize) -> Result {
    let node = &builder.nodes[index];
    match node.operator.as_str() {
        "Conv" => convolution::add(builder, node),
        "Add" => sum(builder, node),
        "Clip" | "Relu" | "PRelu" => {
            let Known { value, shape } = builder.value(node, 0)?.clone();
            let activation = activation(builder, node, &shape)?;
            builder.step(node, Operation::Activation(activation), vec![value], shape)
        }
        "Sigmoid" => {
            let Known { value, shape } = builder.value(node, 0)?.clone();
            builder.step(node, Operation::Sigmoid, vec![value], shape)
        }
        "MaxPool" => max_pool(builder, node),
        "Resize" => resize(builder, node),
        "Pad" => pad(builder, node),
        "DepthToSpace" => depth_to_space(builder, node),
        "Transpose" => transpose(builder, node),
        "Reshape" => reshape(builder, node),
        "Concat" => concat(builder, node),
        _ => Err(unsupported(node, "the engine does not know it")),
    }
}

/// The activation that `node` is, on values of `shape`.
pub(super) fn activation(builder: &Builder<'_>, node: &Node, shape: &Shape) -> Result<Activation> {
    match node.operator.as_str() {
        "Relu" => Ok(Activation::Clip {
            low: 0.0,
            high: f32::INFINITY,
        }),
        "Clip" => Ok(Activation::Clip {
            low: builder.scalar(node, 1, f32::NEG_INFINITY)?,
            high: builder.scalar(node, 2, f32::INFINITY)?,
        }),
        _ => {
            let Shape::Planes(planes) = shape else {
                return Err(unsupported(node, "its input is not a picture of features"));
            };
            let slope = builder.constant(node, 1)?;
            let channels = planes.channels;
            match slope.map(|slope| (slope.dims.as_slice(), &slope.values)) {
                Some(([1, many, 1, 1] | [many, 1, 1], Values::Floats(slopes))) if *many == channels => {
                    Ok(Activation::Leaky {
                        slopes: quads(slopes),
                    })
                }
                _ => Err(unsupported(node, "its slopes are not one for each channel")),
            }
        }
    }
}

fn sum(builder: &mut Builder<'_>, node: &Node) -> Result {
    let (a, b) = (builder.value(node, 0)?.clone(), builder.value(node, 1)?.clone());
    if a.shape != b.shape {
        return Err(unsupported(node, "its inputs have different shapes"));
    }
    builder.step(node, Operation::Add, vec![a.value, b.value], a.shape)
}

fn max_pool(builder: &mut Builder<'_>, node: &Node) -> Result {
    let (value, size) = builder.planes(node, 0)?;
    let window = convolution::window(node, None)?;
    if window.padding != [0; 4] || node.int("ceil_mode", 0) != 0 || window.kernel.contains(&0) {
        return Err(unsupported(node, "it has padding, rounds up or has no window"));
    }
    let shape = windowed(node, &window, size, size.channels)?;
    builder.step(
        node,
        Operation::MaxPool(MaxPool { window }),
        vec![value],
        Shape::Planes(shape),
    )
}

/// The size of the output of `window` on `size`, with `channels`.
pub(super) fn windowed(node: &Node, window: &Window, size: Planes, channels: usize) -> Result<Planes> {
    let [height, width] = window
        .output(size)
        .ok_or_else(|| unsupported(node, "its window does not fit the input"))?;
    Ok(Planes {
        channels,
        height,
        width,
    })
}

fn resize(builder: &mut Builder<'_>, node: &Node) -> Result {
    let (value, size) = builder.planes(node, 0)?;
    let usual = node.text("mode", "nearest") == "linear"
        && node.text("coordinate_transformation_mode", "half_pixel") == "half_pixel";
    let (Some(&[batch, channels, down, right]), None, true) =
        (builder.floats(node, 2)?, builder.ints(node, 3)?, usual)
    else {
        return Err(unsupported(
            node,
            "it is not linear between pixels' middles by constant scales",
        ));
    };
    let scaled = |size: usize, scale: f32| (size as f32 * scale).floor() as usize;
    let out = Planes {
        channels: size.channels,
        height: scaled(size.height, down),
        width: scaled(size.width, right),
    };
    let kept = [batch, channels]
        .iter()
        .all(|scale| (scale - 1.0).abs() < f32::EPSILON);
    if !kept || Shape::Planes(out).quads().is_none() {
        return Err(unsupported(
            node,
            "it changes channels, or the result is empty or too large",
        ));
    }
    let operation = Operation::Resize(Resize::new(size, out, [down, right]));
    builder.step(node, operation, vec![value], Shape::Planes(out))
}

fn pad(builder: &mut Builder<'_>, node: &Node) -> Result {
    let (value, size) = builder.planes(node, 0)?;
    let zeros = node.text("mode", "constant") == "constant"
        && builder.scalar(node, 2, 0.0)?.abs() < f32::MIN_POSITIVE;
    let new = match builder.ints(node, 1)? {
        Some(&[0, 0, 0, 0, 0, new, 0, 0]) if zeros && builder.constant(node, 3)?.is_none() => {
            usize::try_from(new).ok()
        }
        _ => None,
    };
    let channels = new.and_then(|new| size.channels.checked_add(new));
    let channels = channels.ok_or_else(|| unsupported(node, "it does more than add channels of zeros"))?;
    let shape = Shape::Planes(Planes { channels, ..size });
    builder.step(node, Operation::PadChannels, vec![value], shape)
}

fn depth_to_space(builder: &mut Builder<'_>, node: &Node) -> Result {
    let (value, size) = builder.planes(node, 0)?;
    let block = usize::try_from(node.int("blocksize", 0)).unwrap_or(0);
    let fits = (1..=size.channels).contains(&block)
        && size.channels.is_multiple_of(block * block)
        && node.text("mode", "DCR") == "DCR";
    if !fits {
        return Err(unsupported(
            node,
            "its blocks do not divide the channels, or lie otherwise",
        ));
    }
    let shape = Shape::Planes(Planes {
        channels: size.channels / (block * block),
        height: size.height.saturating_mul(block),
        width: size.width.saturating_mul(block),
    });
    builder.step(node, Operation::DepthToSpace { block }, vec![value], shape)
}

fn transpose(builder: &mut Builder<'_>, node: &Node) -> Result {
    let Known { value, shape } = builder.value(node, 0)?.clone();
    match (node.ints("perm"), shape) {
        (Some([0, 3, 1, 2]), Shape::Flat(dims)) if dims.len() == 4 && dims[0] == 1 => {
            let shape = Shape::Planes(Planes {
                channels: dims[3],
                height: dims[1],
                width: dims[2],
            });
            builder.step(node, Operation::ToPlanes, vec![value], shape)
        }
        (Some([0, 2, 3, 1]), Shape::Planes(size)) => {
            let dims = vec![1, size.height, size.width, size.channels];
            builder.step(node, Operation::FromPlanes, vec![value], Shape::Flat(dims))
        }
        _ => Err(unsupported(node, "it is not between pixels and planes")),
    }
}

fn reshape(builder: &mut Builder<'_>, node: &Node) -> Result {
    let Known { value, shape } = builder.value(node, 0)?.clone();
    if matches!(shape, Shape::Planes(planes) if planes.pixels() > 1) {
        return Err(unsupported(
            node,
            "a picture of features is not transposed to pixels first",
        ));
    }
    let dims = shape.dims();
    let asked = builder.ints(node, 1)?.unwrap_or_default();
    let dims = reshaped(&dims, asked, node.int("allowzero", 0) != 0)
        .ok_or_else(|| unsupported(node, "the new shape does not fit the values"))?;
    let shape = Shape::Flat(dims);
    builder.alias(node, Known { value, shape })
}

/// The dimensions that ONNX's rules make of `asked` for a tensor of `dims`: 0 copies one, -1 is what is left.
fn reshaped(dims: &[usize], asked: &[i64], zero_is_zero: bool) -> Option<Vec<usize>> {
    let total: usize = dims.iter().product();
    let size = |index: usize, dim: i64| match dim {
        0 if !zero_is_zero => dims.get(index).copied(),
        dim => usize::try_from(dim).ok(),
    };
    let mut left = None;
    let mut new = Vec::with_capacity(asked.len());
    for (index, &dim) in asked.iter().enumerate() {
        if dim == -1 && left.replace(index).is_none() {
            new.push(1);
        } else {
            new.push(size(index, dim)?);
        }
    }
    let product = |dims: &[usize]| {
        dims.iter()
            .try_fold(1_usize, |product, &dim| product.checked_mul(dim))
    };
    if let Some(left) = left {
        new[left] = total.checked_div(product(&new)?)?;
    }
    (product(&new) == Some(total)).then_some(new)
}

fn concat(builder: &mut Builder<'_>, node: &Node) -> Result {
    let (mut values, mut joined) = (Vec::new(), Vec::<usize>::new());
    let axis = usize::try_from(node.int("axis", -1)).unwrap_or(usize::MAX);
    for index in 0..node.inputs.len() {
        let Known { value, shape } = builder.value(node, index)?.clone();
        let Shape::Flat(dims) = shape else {
            return Err(unsupported(node, "it joins pictures of features"));
        };
        let row = dims
            .get(..axis)
            .is_some_and(|before| before.iter().all(|&dim| dim == 1));
        if axis >= dims.len() || !row {
            return Err(unsupported(
                node,
                "what it joins does not lie one after the other",
            ));
        }
        if joined.is_empty() {
            joined = dims;
        } else {
            let size = joined[axis].saturating_add(dims[axis]);
            joined[axis] = dims[axis];
            if joined != dims {
                return Err(unsupported(node, "its inputs have different shapes"));
            }
            joined[axis] = size;
        }
        values.push(value);
    }
    if values.is_empty() {
        return Err(unsupported(node, "it has no inputs"));
    }
    builder.step(node, Operation::Concat, values, Shape::Flat(joined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_shapes_follow_the_rules_of_onnx() {
        for (dims, asked, zero, expected) in [
            (&[1, 2, 3][..], &[1, -1][..], false, Some(vec![1, 6])),
            (&[1, 2, 3], &[0, 0, -1], false, Some(vec![1, 2, 3])),
            (&[1, 2, 3], &[6], false, Some(vec![6])),
            (&[1, 2, 3], &[7], false, None),
            (&[1, 2, 3], &[-1, -1], false, None),
            (&[1, 2, 3], &[4, -1], false, None),
            (&[1, 2, 3], &[0, -1], true, None),
            (&[1, 2, 3], &[1, 2, 3, 0], false, None),
            (&[1], &[], false, Some(vec![])),
            (&[2], &[i64::MAX, i64::MAX], false, None),
        ] {
            assert_eq!(reshaped(dims, asked, zero), expected, "{dims:?} as {asked:?}");
        }
    }
}
