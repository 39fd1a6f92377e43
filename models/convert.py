"""Derives the ONNX files of this folder from MediaPipe's official npm packages.

    python convert.py            write *.onnx and manifest.json next to this script
    python convert.py --check    derive into a temporary folder and compare with the files here

Every derived model is run beside its TensorFlow Lite original first (agreement.py); one that differs is not written.

Deterministic: the packages are pinned by integrity hash, the tools by requirements.txt, and every name and order in the
ONNX files is assigned here. Needs `npm` on PATH and the packages of requirements.txt; see README.md.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import flatbuffers
import numpy as np
import onnx
import tf2onnx.convert
from tensorflow.lite.python import schema_py_generated as tflite

from agreement import check_agreement
from passes import canonicalize, fold_padding, halve_weights

HERE = Path(__file__).resolve().parent
OPSET = 17


@dataclass(frozen=True)
class Package:
    """An npm package, pinned by version and by the integrity hash the registry publishes for it."""

    name: str
    version: str
    integrity: str


@dataclass(frozen=True)
class Source:
    """Where a model's `.tflite` bytes lie: a file of a package, or a byte range of one of its asset archives.

    The ranges are those that the package's own `*_packed_assets_loader.js` lists.
    """

    package: Package
    file: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class ModelSpec:
    """A model to derive.

    `value_range` is what pixels 0..255 are mapped to, from the ImageToTensorCalculator of MediaPipe's graphs.
    `outputs` names what is kept; operators only needed by other outputs are dropped.
    """

    name: str
    source: Source
    value_range: tuple[int, int]
    outputs: tuple[str, ...]


POSE = Package(
    "@mediapipe/pose",
    "0.5.1675469404",
    "sha512-DFZsNWTsSphRIZppnUCuunzBiHP2FdJXR9ehc7mMi4KG+oPaOH0Em3d6kr7Py+TSyTXC1doH88KcF28k2sBxsQ==",
)
FACE_DETECTION = Package(
    "@mediapipe/face_detection",
    "0.4.1657300184",
    "sha512-k5aYtTf7av7GwD3C9T4LJB/okHK/uJwFQSOmJ9OHZMlwg7SdYVMolRgDlA962OU7fIBKsrOA7f7BzD2gpzcAKw==",
)
FACE_MESH = Package(
    "@mediapipe/face_mesh",
    "0.4.1657299874",
    "sha512-Jdza+77HjDH4SQ6/DAYmnKUYdh2fU1GbhuGqXZbkK5rnJKpZLZe5KQeJmwUq9dmkYkCPSq4oe9vmcuveRPpwag==",
)

# Identity_2, the segmentation mask, is left out of the landmark models.
LANDMARK_OUTPUTS = ("Identity", "Identity_1", "Identity_3", "Identity_4")

MODELS = (
    ModelSpec(
        "pose_detection",
        Source(POSE, "pose_solution_packed_assets.data", 0, 2962288),
        (-1, 1),
        ("Identity", "Identity_1"),
    ),
    ModelSpec("pose_landmark_lite", Source(POSE, "pose_landmark_lite.tflite"), (0, 1), LANDMARK_OUTPUTS),
    ModelSpec("pose_landmark_full", Source(POSE, "pose_landmark_full.tflite"), (0, 1), LANDMARK_OUTPUTS),
    ModelSpec(
        "face_detection",
        Source(FACE_DETECTION, "face_detection_short_range.tflite"),
        (-1, 1),
        ("regressors", "classificators"),
    ),
    ModelSpec(
        "face_landmark",
        Source(FACE_MESH, "face_mesh_solution_packed_assets.data", 2495952, 3737848),
        (0, 1),
        ("conv2d_21", "conv2d_31"),
    ),
)


# --- Fetching ---------------------------------------------------------------------------------------------------------


def fetch_package(package: Package, into: Path) -> Path:
    """Downloads `package` with npm, verifies its integrity hash and returns the path of the archive."""
    result = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(into), f"{package.name}@{package.version}"],
        check=True,
        capture_output=True,
        text=True,
    )
    archive = into / result.stdout.split()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise SystemExit(
            f"{package.name}@{package.version}: integrity is sha512-{digest}, expected {package.integrity}"
        )
    return archive


def read_source(source: Source, archive: Path) -> bytes:
    """Returns the `.tflite` bytes of `source` from its package's archive."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/{source.file}")
        if member is None:
            raise SystemExit(f"{source.package.name}: {source.file} is not a file")
        data = member.read()
    return data[source.start : source.end]


# --- Sparse weights ---------------------------------------------------------------------------------------------------


def expand_sparse(values: np.ndarray, tensor: tflite.TensorT) -> np.ndarray:
    """Expands a tensor stored with TensorFlow Lite's sparsity parameters to a dense array.

    Handles what MediaPipe's models use: no blocks, dimensions in natural order, each either dense or CSR.
    """
    sparsity = tensor.sparsity
    shape = [int(side) for side in tensor.shape]
    blocked = sparsity.blockMap is not None and len(sparsity.blockMap) > 0
    if blocked or list(sparsity.traversalOrder) != list(range(len(shape))):
        raise SystemExit(f"{tensor.name}: blocked or reordered sparse tensors are not supported")

    # Flat positions of the entries, refined one dimension at a time.
    positions = np.zeros(1, dtype=np.int64)
    for side, dimension in zip(shape, sparsity.dimMetadata, strict=True):
        if dimension.format == tflite.DimensionType.DENSE:
            positions = (positions[:, None] * side + np.arange(side)).reshape(-1)
        else:
            segments = np.asarray(dimension.arraySegments.values, dtype=np.int64)
            indices = np.asarray(dimension.arrayIndices.values, dtype=np.int64)
            positions = np.repeat(positions, np.diff(segments)) * side + indices
    dense = np.zeros(int(np.prod(shape)), dtype=values.dtype)
    dense[positions] = values
    return dense.reshape(shape)


def densify(model_bytes: bytes) -> bytes:
    """Returns the flatbuffer with every DENSIFY operator, which tf2onnx does not know, replaced by its result."""
    model = tflite.ModelT.InitFromObj(tflite.Model.GetRootAsModel(model_bytes, 0))
    (graph,) = model.subgraphs
    dtypes = {tflite.TensorType.FLOAT16: np.float16, tflite.TensorType.FLOAT32: np.float32}

    dense_of = {}
    operators = []
    for operator in graph.operators:
        code = model.operatorCodes[operator.opcodeIndex]
        if max(code.builtinCode, code.deprecatedBuiltinCode) != tflite.BuiltinOperator.DENSIFY:
            operators.append(operator)
            continue
        tensor = graph.tensors[operator.inputs[0]]
        buffer = model.buffers[tensor.buffer]
        values = np.frombuffer(np.asarray(buffer.data, dtype=np.uint8).tobytes(), dtype=dtypes[tensor.type])
        buffer.data = np.frombuffer(expand_sparse(values, tensor).tobytes(), dtype=np.uint8)
        tensor.sparsity = None
        dense_of[operator.outputs[0]] = operator.inputs[0]
    if not dense_of:
        return model_bytes

    graph.operators = operators
    for operator in operators:
        operator.inputs = np.array([dense_of.get(index, index) for index in operator.inputs], dtype=np.int32)
    builder = flatbuffers.Builder(len(model_bytes) * 2)
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())


# --- Deriving ---------------------------------------------------------------------------------------------------------


def to_onnx(tflite_bytes: bytes, outputs: tuple[str, ...], scratch: Path) -> onnx.ModelProto:
    """Converts with tf2onnx, keeping only `outputs`."""
    path = scratch / "model.tflite"
    path.write_bytes(tflite_bytes)
    model, _ = tf2onnx.convert.from_tflite(str(path), opset=OPSET, output_names=list(outputs))
    return model


def derive(spec: ModelSpec, archive: Path, scratch: Path) -> tuple[bytes, dict]:
    """Derives one model; returns the bytes of the ONNX file and its manifest entry."""
    original = read_source(spec.source, archive)
    model = to_onnx(densify(original), spec.outputs, scratch)
    fold_padding(model)
    halve_weights(model)
    model = canonicalize(model, spec.name, OPSET)
    data = model.SerializeToString(deterministic=True)
    check_agreement(spec.name, original, data, spec.value_range)

    def describe(value: onnx.ValueInfoProto) -> dict:
        return {
            "name": value.name,
            "type": "float32",
            "shape": [dimension.dim_value for dimension in value.type.tensor_type.shape.dim],
        }

    entry = {
        "name": spec.name,
        "file": f"{spec.name}.onnx",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "source": {
            "package": f"{spec.source.package.name}@{spec.source.package.version}",
            "integrity": spec.source.package.integrity,
            "file": spec.source.file,
            "tflite_sha256": hashlib.sha256(original).hexdigest(),
        },
        "inputs": [{**describe(value), "range": list(spec.value_range)} for value in model.graph.input],
        "outputs": [describe(value) for value in model.graph.output],
        "operators": dict(sorted(Counter(node.op_type for node in model.graph.node).items())),
    }
    return data, entry


def derive_all(into: Path) -> dict:
    """Derives every model into the folder `into` and returns the manifest."""
    entries = []
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        archives = {}
        for spec in MODELS:
            package = spec.source.package
            if package not in archives:
                archives[package] = fetch_package(package, scratch)
            data, entry = derive(spec, archives[package], scratch)
            (into / entry["file"]).write_bytes(data)
            entries.append(entry)
            print(f"{entry['file']}: {entry['bytes']} bytes, sha256 {entry['sha256']}")
    return {"opset": OPSET, "models": entries}


def main() -> int:
    parser = argparse.ArgumentParser(description="Derive the ONNX models from MediaPipe's npm packages.")
    parser.add_argument("--check", action="store_true", help="compare with the files here, write nothing")
    arguments = parser.parse_args()
    manifest_path = HERE / "manifest.json"

    if not arguments.check:
        manifest = derive_all(HERE)
        manifest_path.write_text(json.dumps(manifest, indent=2) + "\n")
        return 0

    with tempfile.TemporaryDirectory() as temporary:
        derived = derive_all(Path(temporary))
    differing = [
        entry["file"]
        for entry in derived["models"]
        if hashlib.sha256((HERE / entry["file"]).read_bytes()).hexdigest() != entry["sha256"]
    ]
    if derived != json.loads(manifest_path.read_text()):
        differing.append(manifest_path.name)
    if differing:
        print(f"derived anew, these differ: {', '.join(differing)}", file=sys.stderr)
        return 1
    print("all models and the manifest match")
    return 0


if __name__ == "__main__":
    sys.exit(main())
