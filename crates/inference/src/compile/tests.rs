//! Small ONNX files, made here, loaded and run.

use proptest::prelude::*;

use super::{
    LoadError,
    testing::{Writer, file, floats, ints, node, picture_file},
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
