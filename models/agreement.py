"""Runs a converted model in ONNX Runtime beside its TensorFlow Lite original and compares what both say."""

from __future__ import annotations

import numpy as np
import onnxruntime
import tensorflow as tf

# Largest difference allowed, as a share of the output's largest magnitude or of 1, whichever is larger (probabilities
# may be tiny on these pictures). Both compute in float32 and sum in different orders, which noise amplifies: up to
# 1.2e-4 here, and less on real pictures (README.md). A wrong weight, padding or resize is orders of magnitude above.
TOLERANCE = 1e-3
PICTURES = 6


def pictures(shape: list[int], value_range: tuple[int, int]) -> list[np.ndarray]:
    """Seeded pictures of `shape` in `value_range`: white noise and smooth random fields in turn."""
    random = np.random.default_rng(20230203)
    made = []
    for index in range(PICTURES):
        field = random.random(shape, dtype=np.float32)
        if index % 2 == 1:
            field = np.cumsum(np.cumsum(field - 0.5, axis=1), axis=2)
        field = (field - field.min()) / (field.max() - field.min())
        low, high = value_range
        made.append((low + field * (high - low)).astype(np.float32))
    return made


def check_agreement(name: str, original: bytes, converted: bytes, value_range: tuple[int, int]) -> None:
    """Exits with a message when any output of `converted` strays from that of `original` by more than the tolerance."""
    interpreter = tf.lite.Interpreter(model_content=original)
    interpreter.allocate_tensors()
    source = interpreter.get_input_details()[0]
    indices = {detail["name"]: detail["index"] for detail in interpreter.get_output_details()}
    session = onnxruntime.InferenceSession(converted, providers=["CPUExecutionProvider"])
    outputs = [output.name for output in session.get_outputs()]

    difference = dict.fromkeys(outputs, 0.0)
    magnitude = dict.fromkeys(outputs, 0.0)
    for picture in pictures(source["shape"].tolist(), value_range):
        interpreter.set_tensor(source["index"], picture)
        interpreter.invoke()
        for output, values in zip(outputs, session.run(outputs, {session.get_inputs()[0].name: picture}), strict=True):
            expected = interpreter.get_tensor(indices[output])
            if values.shape != expected.shape:
                raise SystemExit(f"{name}: {output} has shape {values.shape}, the original {expected.shape}")
            difference[output] = max(difference[output], float(np.abs(values - expected).max()))
            magnitude[output] = max(magnitude[output], float(np.abs(expected).max()))
    for output in outputs:
        print(f"{name}: {output} differs by {difference[output]:.1e}, magnitude {magnitude[output]:.1e}")
        if not difference[output] <= TOLERANCE * max(magnitude[output], 1.0):
            raise SystemExit(f"{name}: {output} differs from the original by more than {TOLERANCE} of its scale")
