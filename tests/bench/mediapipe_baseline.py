"""MediaPipe in Python, the baseline. With no argument it only checks that the packages are there.

`mediapipe_baseline.py CLIP` runs MediaPipe Pose over a clip as its users do: OpenCV decodes, every frame on the 10 Hz
grid is processed. Prints one JSON object: seconds in all, of processor time, decoding, inference; frames processed. Complexity 1 is the full
model; threads are MediaPipe's default.

`mediapipe_baseline.py models` reads lines `FILE SIDE`, a model's path in the package and the side of its input in pixels,
and answers each with the milliseconds of one run on one core, or `-` when the package lacks the model. MediaPipe runs a
model only inside a graph: what is told is a graph that makes the tensor and runs the model, less one that makes the tensor.
"""

import json
import os
import sys
import time

import cv2
import mediapipe
import numpy
from mediapipe.python._framework_bindings import resource_util

HZ = 10


def measure(path):
    decode = infer = 0.0
    frames = 0
    start, processor = time.perf_counter(), time.process_time()
    with mediapipe.solutions.pose.Pose(model_complexity=1) as pose:
        video = cv2.VideoCapture(path)
        while True:
            before = time.perf_counter()
            there = video.grab()
            seconds = video.get(cv2.CAP_PROP_POS_MSEC) / 1000
            wanted = there and seconds + 1e-6 >= frames / HZ
            picture = video.retrieve()[1] if wanted else None
            decode += time.perf_counter() - before
            if not there:
                break
            if wanted:
                before = time.perf_counter()
                pose.process(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
                infer += time.perf_counter() - before
                frames += 1
    return {
        "total": time.perf_counter() - start,
        "processor": time.process_time() - processor,
        "decode": decode,
        "inference": infer,
        "frames": frames,
    }


TENSOR = """
    input_stream: "picture"
    executor {{ name: "" type: "ApplicationThreadExecutor" }}
    node {{
      calculator: "ImageToTensorCalculator" input_stream: "IMAGE:picture" output_stream: "TENSORS:tensor"
      options {{ [mediapipe.ImageToTensorCalculatorOptions.ext] {{
        output_tensor_width: {side} output_tensor_height: {side} output_tensor_float_range {{ min: 0 max: 1 }} }} }} }}
"""
MODEL = """
    node {{
      calculator: "InferenceCalculatorCpu" input_stream: "TENSORS:tensor" output_stream: "TENSORS:out"
      options {{ [mediapipe.InferenceCalculatorOptions.ext] {{
        model_path: "{file}" delegate {{ xnnpack {{ num_threads: 1 }} }} }} }} }}
"""


class Graph:
    """A running graph, the milliseconds of one pass, and how many pictures it has seen."""

    def __init__(self, text, side):
        self.graph = mediapipe.CalculatorGraph(graph_config=text)
        self.graph.start_run()
        self.picture = numpy.random.default_rng(1).integers(0, 255, (side, side, 3), numpy.uint8)
        self.seen = 0
        self.run()

    def run(self):
        packet = mediapipe.packet_creator.create_image_frame(
            image_format=mediapipe.ImageFormat.SRGB, data=self.picture
        )
        start = time.perf_counter()
        self.graph.add_packet_to_input_stream("picture", packet, timestamp=self.seen)
        self.graph.wait_until_idle()
        self.seen += 1
        return (time.perf_counter() - start) * 1e3


def serve_models():
    packages = os.path.dirname(mediapipe.__path__[0])
    resource_util.set_resource_dir(packages)
    graphs = {}
    for line in sys.stdin:
        file, side = line.split()
        if not os.path.exists(os.path.join(packages, file)):
            print("-", flush=True)
            continue
        if line not in graphs:
            texts = (TENSOR + MODEL, TENSOR)
            graphs[line] = [Graph(text.format(file=file, side=side), int(side)) for text in texts]
        both, tensor = graphs[line]
        print(both.run() - tensor.run(), flush=True)


if sys.argv[1:] == ["models"]:
    serve_models()
elif len(sys.argv) > 1:
    print(json.dumps(measure(sys.argv[1])))
