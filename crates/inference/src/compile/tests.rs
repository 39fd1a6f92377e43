//! Small ONNX files, made here, loaded and run.

use proptest::prelude::*;

use super::{
    LoadError,
    reference::{self, Array},
    testing::{Writer, file, floats, ints, node, picture_file, with_text},
};
use crate::{Graph, Tensor};

/// Loads and runs a file on 1, 2, 3 and so on: the dimensions and values of its output.
fn run(file: &[u8]) -> Result<(Vec<usize>, Vec<f32>), LoadError> {
    let graph = Graph::load(file)?;
    let dims = graph.inputs().next().unwrap().dims.clone();
    let values = (1..=dims.iter().product()).map(|value| value as f32).collect();
    let mut outputs = graph.run(&[("x", &Tensor::new(dims, values).unwrap())]).unwrap();
    let (name, output) = outputs.remove(0);
    assert_eq!(name, "y");
    Ok(output.into_parts())
}

/// A convolution of each pixel that doubles both of two channels.
fn doubling(output: &str) -> (Writer, Writer) {
    (
        node("Conv", &["p", "double"], output, &[("kernel_shape", &[1, 1])]),
        floats("double", &[2, 2, 1, 1], &[2., 0., 0., 2.]),
    )
}

#[test]
fn operators_do_what_onnx_says() {
    let one = |operator, inputs: &[&str], attributes: &[(&str, &[i64])]| {
        vec![node(operator, inputs, "q", attributes)]
    };
    let (conv, double) = doubling("c");
    let pixel = [1, 1, 2, 2];
    for (name, dims, nodes, constants, expected) in [
        (
            "Relu",
            &pixel[..],
            one("Relu", &["p"], &[]),
            vec![],
            (vec![1, 1, 2, 2], vec![1., 2., 3., 4.]),
        ),
        (
            "Clip",
            &pixel,
            one("Clip", &["p", "low", "high"], &[]),
            vec![floats("low", &[], &[2.]), floats("high", &[], &[3.])],
            (vec![1, 1, 2, 2], vec![2., 2., 3., 3.]),
        ),
        (
            "a convolution, an addition and a Clip joined",
            &pixel,
            vec![
                conv.clone(),
                node("Add", &["c", "p"], "s", &[]),
                node("Clip", &["s", "", "high"], "q", &[]),
            ],
            vec![double.clone(), floats("high", &[], &[10.])],
            (vec![1, 1, 2, 2], vec![3., 6., 9., 10.]),
        ),
        (
            "a convolution that is used twice",
            &pixel,
            vec![
                conv.clone(),
                node("Relu", &["c"], "r", &[]),
                node("Add", &["r", "c"], "q", &[]),
            ],
            vec![double.clone()],
            (vec![1, 1, 2, 2], vec![4., 8., 12., 16.]),
        ),
        (
            "PRelu after a convolution",
            &pixel,
            vec![
                node("Conv", &["p", "w", "b"], "c", &[]),
                node("PRelu", &["c", "slope"], "q", &[]),
            ],
            vec![
                floats("w", &[2, 2, 1, 1], &[1., 0., 0., -1.]),
                floats("b", &[2], &[-2., 0.]),
                floats("slope", &[2, 1, 1], &[0.5, 0.25]),
            ],
            (vec![1, 1, 2, 2], vec![-0.5, -0.5, 1., -1.]),
        ),
        (
            "MaxPool",
            &[1, 2, 2, 1],
            one(
                "MaxPool",
                &["p"],
                &[("kernel_shape", &[2, 2]), ("strides", &[2, 2])],
            ),
            vec![],
            (vec![1, 1, 1, 1], vec![4.]),
        ),
        (
            "Pad of channels",
            &[1, 1, 2, 1],
            one("Pad", &["p", "pads"], &[]),
            vec![ints("pads", &[0, 0, 0, 0, 0, 2, 0, 0])],
            (vec![1, 1, 2, 3], vec![1., 0., 0., 2., 0., 0.]),
        ),
        (
            "DepthToSpace",
            &[1, 1, 1, 4],
            one("DepthToSpace", &["p"], &[("blocksize", &[2])]),
            vec![],
            (vec![1, 2, 2, 1], vec![1., 2., 3., 4.]),
        ),
    ] {
        assert_eq!(run(&picture_file(dims, nodes, constants)), Ok(expected), "{name}");
    }
}

#[test]
fn flat_values_are_reshaped_and_joined() {
    let file = file(
        &[1, 3],
        vec![
            node("Reshape", &["x", "shape"], "r", &[]),
            node("Concat", &["r", "r"], "y", &[("axis", &[1])]),
        ],
        vec![ints("shape", &[1, -1, 1])],
    );
    assert_eq!(run(&file), Ok((vec![1, 6, 1], vec![1., 2., 3., 1., 2., 3.])));
}

#[test]
#[expect(clippy::too_many_lines, reason = "one line for each thing that is refused")]
fn what_cannot_run_is_refused_with_the_reason() {
    let (conv, double) = doubling("q");
    let weights = |dims: &[i64]| {
        let len = dims.iter().product::<i64>() as usize;
        floats("w", dims, &vec![1.0; len])
    };
    let conv_with = |attributes: &[(&str, &[i64])]| vec![node("Conv", &["p", "w"], "q", attributes)];
    let pixel = [1, 4, 4, 2];
    for (name, file, expected) in [
        ("damaged", conv.0.clone(), "not an ONNX file"),
        (
            "unknown operator",
            picture_file(&pixel, vec![node("Softmax", &["p"], "q", &[])], vec![]),
            "operator Softmax",
        ),
        (
            "unknown value",
            picture_file(&pixel, vec![node("Relu", &["nothing"], "q", &[])], vec![]),
            "nothing makes the value nothing",
        ),
        (
            "missing weights",
            picture_file(&pixel, vec![conv.clone()], vec![]),
            "nothing makes the value double",
        ),
        (
            "too few channels",
            picture_file(&[1, 4, 4, 1], vec![conv.clone()], vec![double.clone()]),
            "groups are neither",
        ),
        (
            "some groups",
            picture_file(
                &[1, 4, 4, 4],
                conv_with(&[("group", &[2])]),
                vec![weights(&[4, 2, 1, 1])],
            ),
            "groups are neither",
        ),
        (
            "a window that is too large",
            picture_file(&pixel, conv_with(&[]), vec![weights(&[1, 2, 5, 5])]),
            "does not fit",
        ),
        (
            "no window",
            picture_file(&pixel, conv_with(&[]), vec![weights(&[1, 2, 0, 1])]),
            "its window",
        ),
        (
            "dilation",
            picture_file(
                &pixel,
                conv_with(&[("dilations", &[2, 2])]),
                vec![weights(&[1, 2, 1, 1])],
            ),
            "dilated",
        ),
        (
            "steps of 0",
            picture_file(
                &pixel,
                conv_with(&[("strides", &[0, 0])]),
                vec![weights(&[1, 2, 1, 1])],
            ),
            "dilated",
        ),
        (
            "huge padding",
            picture_file(
                &pixel,
                conv_with(&[("pads", &[i64::MAX, 0, 0, 0])]),
                vec![weights(&[1, 2, 1, 1])],
            ),
            "dilated",
        ),
        (
            "a depthwise window of 4",
            picture_file(
                &pixel,
                conv_with(&[("group", &[2])]),
                vec![weights(&[2, 1, 4, 4])],
            ),
            "not 3 or 5",
        ),
        (
            "a huge input",
            file(&[1, 1 << 20, 1 << 20, 3], vec![], vec![]),
            "fixed size",
        ),
        ("an open size", file(&[-1, 3], vec![], vec![]), "fixed size"),
        (
            "no output",
            file(&[1, 3], vec![], vec![]),
            "nothing makes the value y",
        ),
        (
            "planes as output",
            file(
                &pixel,
                vec![node("Transpose", &["x"], "y", &[("perm", &[0, 3, 1, 2])])],
                vec![],
            ),
            "transposed to pixels",
        ),
        (
            "another order",
            file(
                &pixel,
                vec![node("Transpose", &["x"], "y", &[("perm", &[3, 2, 1, 0])])],
                vec![],
            ),
            "pixels and planes",
        ),
        (
            "blocks that do not divide",
            picture_file(
                &pixel,
                vec![node("DepthToSpace", &["p"], "q", &[("blocksize", &[3])])],
                vec![],
            ),
            "blocks",
        ),
        (
            "huge blocks",
            picture_file(
                &pixel,
                vec![node("DepthToSpace", &["p"], "q", &[("blocksize", &[i64::MAX])])],
                vec![],
            ),
            "blocks",
        ),
        (
            "negative padding",
            picture_file(
                &pixel,
                vec![node("Pad", &["p", "n"], "q", &[])],
                vec![ints("n", &[0, 0, 0, 0, 0, -1, 0, 0])],
            ),
            "add channels",
        ),
    ] {
        let error = run(&file).expect_err(name).to_string();
        assert!(error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn inputs_that_do_not_fit_are_refused_before_anything_runs() {
    let graph = Graph::load(&file(&[1, 3], vec![node("Relu", &["x"], "y", &[])], vec![])).unwrap();
    let right = Tensor::new(vec![1, 3], vec![-1., 2., 3.]).unwrap();
    let wrong = Tensor::new(vec![3], vec![1.; 3]).unwrap();
    for (inputs, expected) in [
        (
            vec![("x", &wrong)],
            "the model's input x has dimensions [1, 3], not [3]",
        ),
        (vec![("z", &right)], "the model has no input z"),
        (vec![], "the model's input x is missing"),
    ] {
        assert_eq!(graph.run(&inputs).unwrap_err().to_string(), expected);
    }
    let outputs = graph.run(&[("x", &right)]).unwrap();
    assert_eq!(outputs[0].1.values(), [0., 2., 3.]);
}

fn model(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../models/{name}.onnx", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn the_products_models_load_and_run_alike_every_time() {
    for model_name in flow_pose::Model::ALL {
        let graph = Graph::load(&model(model_name.name())).unwrap();
        let side = model_name.input_side();
        let dims = vec![1, side, side, 3];
        assert_eq!(graph.inputs().map(|port| &port.dims).collect::<Vec<_>>(), [&dims]);
        let values = (0..side * side * 3)
            .map(|index| (index % 251) as f32 / 250.0)
            .collect();
        let (name, input) = (
            graph.inputs().next().unwrap(),
            Tensor::new(dims.clone(), values).unwrap(),
        );
        let first = graph.run(&[(&name.name, &input)]).unwrap();
        assert_eq!(
            graph.run(&[(&name.name, &input)]).unwrap(),
            first,
            "{model_name:?}"
        );
        assert!(
            first
                .iter()
                .flat_map(|(_, output)| output.values())
                .all(|value| value.is_finite())
        );
    }
}

/// Numbers between -1 and 1 that do not repeat soon.
fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// How far the engine's outputs are from what the operators are defined to give, as a share of the largest value.
fn error(file: &[u8], values: Vec<f32>) -> f64 {
    let graph = Graph::load(file).unwrap();
    let port = graph.inputs().next().unwrap();
    let dims = port.dims.clone();
    let input = Array {
        dims: dims.clone(),
        values: values.iter().map(|&value| f64::from(value)).collect(),
    };
    let expected = reference::run(file, input);
    let tensor = Tensor::new(dims, values).unwrap();
    let outputs = graph.run(&[(&port.name, &tensor)]).unwrap();
    let mut largest_error = 0.0_f64;
    for (name, output) in outputs {
        let (dims, values) = output.into_parts();
        let expected = &expected[&name];
        assert_eq!(dims, expected.dims, "{name}");
        let largest = expected
            .values
            .iter()
            .fold(1.0_f64, |most, value| most.max(value.abs()));
        for (value, expected) in values.iter().zip(&expected.values) {
            largest_error = largest_error.max((f64::from(*value) - expected).abs() / largest);
        }
    }
    largest_error
}

#[test]
fn the_products_models_give_what_their_operators_are_defined_to_give() {
    for name in flow_pose::Model::ALL {
        let side = name.input_side();
        let error = error(&model(name.name()), numbers(side * side * 3, 5));
        assert!(error < 1e-4, "{}: {error}", name.name());
    }
}

/// A file with one operator, or several that the engine joins, on a picture of features of `[height, width, channels]`.
fn one_operator(kind: usize, [height, width, channels]: [usize; 3], seed: usize) -> (&'static str, Vec<u8>) {
    let dim = |value: usize| i64::try_from(value).unwrap();
    let slopes = || floats("slope", &[dim(channels), 1, 1], &numbers(channels, 1));
    let (name, nodes, constants) = match kind {
        0 => ("Relu", vec![node("Relu", &["p"], "q", &[])], vec![]),
        1 => (
            "Clip",
            vec![node("Clip", &["p", "low", "high"], "q", &[])],
            vec![floats("low", &[], &[-0.5]), floats("high", &[], &[0.25])],
        ),
        2 => (
            "PRelu",
            vec![node("PRelu", &["p", "slope"], "q", &[])],
            vec![slopes()],
        ),
        3 => ("Sigmoid", vec![node("Sigmoid", &["p"], "q", &[])], vec![]),
        4 => (
            "Add",
            vec![node("Relu", &["p"], "r", &[]), node("Add", &["p", "r"], "q", &[])],
            vec![],
        ),
        5 => {
            let side = dim(1 + seed % height.min(width).min(3));
            let attributes: &[(&str, &[i64])] = &[
                ("kernel_shape", &[side, side]),
                ("strides", &[dim(1 + seed % 2); 2]),
            ];
            ("MaxPool", vec![node("MaxPool", &["p"], "q", attributes)], vec![])
        }
        6 => {
            let resize = node("Resize", &["p", "", "scales"], "q", &[]);
            let resize = with_text(resize, "mode", "linear");
            let scales = [1.0, 1.0, 1.0 + (seed % 4) as f32 * 0.5, 1.0 + (seed % 3) as f32];
            ("Resize", vec![resize], vec![floats("scales", &[4], &scales)])
        }
        7 => {
            let pads = ints("pads", &[0, 0, 0, 0, 0, dim(1 + seed % 6), 0, 0]);
            ("Pad", vec![node("Pad", &["p", "pads"], "q", &[])], vec![pads])
        }
        8 => {
            // As many channels as blocks of 2 x 2 need: the picture is padded first.
            let missing = (4 - channels % 4) % 4;
            let pads = ints("pads", &[0, 0, 0, 0, 0, dim(missing), 0, 0]);
            let nodes = vec![
                node("Pad", &["p", "pads"], "r", &[]),
                node("DepthToSpace", &["r"], "q", &[("blocksize", &[2])]),
            ];
            ("DepthToSpace", nodes, vec![pads])
        }
        _ => {
            let side = 1 + seed % 3;
            let pad = dim(side / 2);
            let attributes: &[(&str, &[i64])] = &[("pads", &[pad, pad, pad, pad])];
            let nodes = vec![
                node("Conv", &["p", "w", "b"], "c", attributes),
                node("Add", &["c", "p"], "s", &[]),
                node("PRelu", &["s", "slope"], "q", &[]),
            ];
            let weights = numbers(channels * channels * side * side, 3);
            let dims = [channels, channels, side, side].map(dim);
            let constants = vec![
                floats("w", &dims, &weights),
                floats("b", &[dim(channels)], &numbers(channels, 4)),
                slopes(),
            ];
            // A side of 2 makes the picture larger than what is added to it.
            let nodes = if side == 2 {
                nodes[..1]
                    .iter()
                    .cloned()
                    .chain([node("Relu", &["c"], "q", &[])])
                    .collect()
            } else {
                nodes
            };
            ("a convolution and what is joined to it", nodes, constants)
        }
    };
    (
        name,
        picture_file(&[1, height, width, channels].map(dim), nodes, constants),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn operators_give_what_they_are_defined_to_give(
        kind in 0usize..10, height in 1usize..9, width in 1usize..9, channels in 1usize..14, seed: u16,
    ) {
        let (name, file) = one_operator(kind, [height, width, channels], seed.into());
        let error = error(&file, numbers(height * width * channels, seed.into()));
        prop_assert!(error < 1e-5, "{}: {}", name, error);
    }

    #[test]
    fn flat_values_are_joined_as_defined(lengths in prop::collection::vec(1i64..9, 1..4), axis in 1i64..3) {
        // The input as rows of one value, joined with itself as often as there are lengths.
        let count = lengths.iter().sum::<i64>();
        let parts: Vec<&str> = lengths.iter().map(|_| "r").collect();
        let nodes = vec![
            node("Reshape", &["x", "shape"], "r", &[]),
            node("Concat", &parts, "y", &[("axis", &[axis])]),
        ];
        let shape = if axis == 1 { [1, -1, 1] } else { [1, 1, -1] };
        let file = file(&[1, count], nodes, vec![ints("shape", &shape)]);
        let error = error(&file, numbers(count as usize, 7));
        prop_assert!(error < 1e-9, "{}", error);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_models_are_refused_or_run(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), cut: prop::sample::Index,
    ) {
        // The head of the file is where the structure is; most of the rest is weights.
        let mut bytes = model("face_detection");
        for (at, value) in damage {
            let at = at.index(bytes.len().min(20_000));
            bytes[at] = value;
        }
        let _ = Graph::load(&bytes[..cut.index(bytes.len())]);
        if let Ok(graph) = Graph::load(&bytes) {
            let tensors: Vec<_> = graph
                .inputs()
                .map(|port| (port.name.clone(), Tensor::new(port.dims.clone(), vec![0.5; port.dims.iter().product()]).unwrap()))
                .collect();
            let inputs: Vec<_> = tensors.iter().map(|(name, tensor)| (name.as_str(), tensor)).collect();
            prop_assert!(graph.run(&inputs).is_ok());
        }
    }
}
