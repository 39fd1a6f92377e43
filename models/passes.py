"""What is changed in an ONNX graph after tf2onnx has made it. Nothing here changes what the model computes."""

from __future__ import annotations

from collections import Counter

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def attribute(node: onnx.NodeProto, name: str, default: object = None) -> object:
    """The value of an attribute of `node`, or `default`."""
    return next((helper.get_attribute_value(a) for a in node.attribute if a.name == name), default)


def fold_padding(model: onnx.ModelProto) -> None:
    """Moves spatial zero padding into the convolutions it feeds, also through the Transpose at the input.

    The arithmetic stays the same and every engine saves a copy of the picture. Channel padding has to stay.
    """
    graph = model.graph
    constants = {initializer.name: numpy_helper.to_array(initializer) for initializer in graph.initializer}
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for value in node.input:
            readers.setdefault(value, []).append(node)

    def foldable(reader: onnx.NodeProto, amounts: np.ndarray) -> list[tuple[onnx.NodeProto, np.ndarray]] | None:
        """The convolutions behind `reader` with what each has to pad; None when one of them cannot."""
        if reader.op_type == "Transpose":
            permuted = amounts[:, attribute(reader, "perm")]
            behind = [foldable(user, permuted) for user in readers[reader.output[0]]]
            return None if None in behind else [pair for pairs in behind for pair in pairs]
        fits = reader.op_type == "Conv" and attribute(reader, "auto_pad", b"NOTSET") in (b"NOTSET", b"VALID")
        return [(reader, amounts[:, 2:].reshape(-1))] if fits and not amounts[:, :2].any() else None

    for pad in [node for node in graph.node if node.op_type == "Pad"]:
        filled_with = constants[pad.input[2]] if len(pad.input) > 2 and pad.input[2] else 0
        if attribute(pad, "mode", b"constant") != b"constant" or filled_with != 0:
            continue
        amounts = constants[pad.input[1]].reshape(2, 4)
        targets = [foldable(reader, amounts) for reader in readers[pad.output[0]]]
        if None in targets:
            continue
        for convolution, extra in [pair for pairs in targets for pair in pairs]:
            pads = np.array(attribute(convolution, "pads", [0, 0, 0, 0])) + extra
            kept = [a for a in convolution.attribute if a.name not in ("pads", "auto_pad")]
            del convolution.attribute[:]
            convolution.attribute.extend([*kept, helper.make_attribute("pads", pads.tolist())])
        for reader in readers[pad.output[0]]:
            reader.input[0] = pad.input[0]
        graph.node.remove(pad)


def halve_weights(model: onnx.ModelProto) -> None:
    """Stores weights as float16, each followed by a Cast to float32.

    The originals hold float16 too, so nothing may be lost: that is checked.
    """
    graph = model.graph
    weights = {name for node in graph.node if node.op_type in ("Conv", "PRelu") for name in node.input[1:]}
    casts = []
    for initializer in graph.initializer:
        if initializer.name not in weights or initializer.data_type != TensorProto.FLOAT:
            continue
        values = numpy_helper.to_array(initializer)
        halves = values.astype(np.float16)
        if not np.array_equal(halves.astype(np.float32), values):
            raise SystemExit(f"{initializer.name}: float16 would change the weights")
        name = initializer.name
        initializer.CopyFrom(numpy_helper.from_array(halves, f"{name}/half"))
        casts.append(helper.make_node("Cast", [f"{name}/half"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)


def canonicalize(model: onnx.ModelProto, name: str, opset: int) -> onnx.ModelProto:
    """Rebuilds the model with names and order that depend on the graph alone, and without tool stamps.

    Nodes come in depth-first order from the outputs; values are named after the operator that makes them.
    """
    graph = model.graph
    maker = {output: node for node in graph.node for output in node.output}
    initializers = {initializer.name: initializer for initializer in graph.initializer}

    ordered: list[onnx.NodeProto] = []
    done: set[int] = set()

    def visit(node: onnx.NodeProto) -> None:
        stack = [(node, iter(node.input))]
        while stack:
            current, inputs = stack[-1]
            pending = next((maker[i] for i in inputs if i in maker and id(maker[i]) not in done), None)
            if pending is not None:
                stack.append((pending, iter(pending.input)))
                continue
            stack.pop()
            if id(current) not in done:
                done.add(id(current))
                ordered.append(current)

    for output in graph.output:
        visit(maker[output.name])

    fixed = {value.name for value in [*graph.input, *graph.output]}
    renamed = {value: value for value in fixed}
    renamed[""] = ""
    counts: Counter[str] = Counter()
    nodes, tensors = [], []
    for node in ordered:
        kind = node.op_type.lower()
        label = f"{kind}_{counts[kind]}"
        counts[kind] += 1
        for position, value in enumerate(node.input):
            if value not in renamed:
                renamed[value] = f"{label}/in{position}"
                tensor = TensorProto()
                tensor.CopyFrom(initializers[value])
                tensor.name = renamed[value]
                tensors.append(tensor)
        for value in node.output:
            renamed.setdefault(value, label)
        clean = helper.make_node(
            node.op_type, [renamed[i] for i in node.input], [renamed[o] for o in node.output], name=label
        )
        clean.attribute.extend(sorted(node.attribute, key=lambda attribute: attribute.name))
        nodes.append(clean)

    rebuilt = helper.make_model(
        helper.make_graph(nodes, name, list(graph.input), list(graph.output), tensors),
        opset_imports=[helper.make_opsetid("", opset)],
        ir_version=8,
        producer_name="flow-models",
    )
    onnx.checker.check_model(rebuilt, full_check=True)
    return rebuilt
