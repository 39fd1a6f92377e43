//! The convolution, and what is joined to it: the addition and the activation that follow.

use super::{
    LoadError,
    builder::{Builder, unsupported},
    operators::{activation, windowed},
};
use crate::{
    onnx::Node,
    ops::{Activation, Convolution, Parts, Window},
    plan::{Operation, ValueId},
    shape::Shape,
};

/// More padding than any picture needs; keeps sums small.
const MAX_PADDING: usize = 1 << 16;

/// Adds the convolution `node` and joins to it what follows.
pub(super) fn add<'a>(builder: &mut Builder<'a>, node: &'a Node) -> Result<(), LoadError> {
    let (value, size) = builder.planes(node, 0)?;
    let weights = builder
        .constant(node, 1)?
        .map(|constant| constant.dims.as_slice());
    let Some(&[outputs, group_inputs, height, width]) = weights else {
        return Err(unsupported(node, "its weights are not of four dimensions"));
    };
    let groups = usize::try_from(node.int("group", 1)).unwrap_or(0);
    let depthwise = groups > 1;
    let fits = if depthwise {
        groups == size.channels && outputs == groups && group_inputs == 1
    } else {
        groups == 1 && group_inputs == size.channels
    };
    if !fits {
        return Err(unsupported(
            node,
            "its groups are neither all channels nor one each",
        ));
    }
    let window = window(node, Some([height, width]))?;
    let out_size = windowed(node, &window, size, outputs)?;
    let shape = Shape::Planes(out_size);
    let bias_fits = builder.floats(node, 2)?.is_none_or(|bias| bias.len() == outputs);
    if shape.quads().is_none() || !bias_fits {
        return Err(unsupported(
            node,
            "the result is empty or too large, or the bias does not fit",
        ));
    }
    let (last, addend, activation) = followers(builder, node, &shape, depthwise)?;
    let parts = Parts {
        window,
        channels: [outputs, size.channels],
        weights: builder.floats(node, 1)?.unwrap_or_default(),
        bias: builder.floats(node, 2)?.unwrap_or_default(),
        depthwise,
        activation,
    };
    let convolution = Convolution::new(parts)
        .ok_or_else(|| unsupported(node, "its depthwise window is not 3 or 5 wide by steps of 1 or 2"))?;
    let inputs = [Some(value), addend].into_iter().flatten().collect();
    builder.step(last, Operation::Convolution(Box::new(convolution)), inputs, shape)
}

/// Joins the addition and the activation after `node`: the last node joined, the value added, the activation.
fn followers<'a>(
    builder: &mut Builder<'a>,
    node: &'a Node,
    shape: &Shape,
    depthwise: bool,
) -> Result<(&'a Node, Option<ValueId>, Activation), LoadError> {
    let (mut last, mut addend) = (node, None);
    if !depthwise
        && let Some((index, user)) = builder.only_user(last).filter(|(_, user)| user.operator == "Add")
    {
        let other = user.inputs.iter().find(|name| !last.outputs.contains(name));
        let other = other.and_then(|name| builder.known(name));
        if let Some(other) = other.filter(|other| other.shape == *shape) {
            addend = Some(other.value);
            builder.join(index);
            last = user;
        }
    }
    let follows = |(_, user): &(usize, &Node)| {
        // The value must be what is changed, not a parameter.
        matches!(user.operator.as_str(), "Clip" | "Relu" | "PRelu")
            && user.inputs.first() == last.outputs.first()
    };
    let Some((index, user)) = builder.only_user(last).filter(follows) else {
        return Ok((last, addend, Activation::IDENTITY));
    };
    let activation = activation(builder, user, shape)?;
    builder.join(index);
    Ok((user, addend, activation))
}

/// The window of a convolution or pooling; `kernel` is the size of the weights.
pub(super) fn window(node: &Node, kernel: Option<[usize; 2]>) -> Result<Window, LoadError> {
    let odd = || {
        unsupported(
            node,
            "its window is dilated, not of two dimensions or placed automatically",
        )
    };
    let sizes = |name: &str, default: Option<[usize; 2]>| match node.ints(name) {
        None => default.ok_or_else(odd),
        Some(&[a, b]) => match (usize::try_from(a), usize::try_from(b)) {
            (Ok(a), Ok(b)) if a > 0 && b > 0 => Ok([a, b]),
            _ => Err(odd()),
        },
        Some(_) => Err(odd()),
    };
    let padding = match node.ints("pads") {
        None => [0; 4],
        Some(&[top, left, bottom, right]) => {
            [top, left, bottom, right].map(|side| usize::try_from(side).unwrap_or(usize::MAX))
        }
        Some(_) => return Err(odd()),
    };
    let window = Window {
        kernel: sizes("kernel_shape", kernel)?,
        stride: sizes("strides", Some([1, 1]))?,
        padding,
    };
    let plain = sizes("dilations", Some([1, 1]))? == [1, 1]
        && node.text("auto_pad", "NOTSET") == "NOTSET"
        && !window.kernel.contains(&0)
        && kernel.is_none_or(|kernel| kernel == window.kernel)
        && padding.iter().all(|&side| side <= MAX_PADDING);
    if plain { Ok(window) } else { Err(odd()) }
}
