"""MediaPipe Pose over a clip as its users run it: OpenCV decodes, every frame on the 10 Hz grid is processed.

Prints one JSON object: seconds in all, decoding, inference; frames processed. With no argument it only checks that the
packages are there. Complexity 1 is the full model; threads are MediaPipe's default.
"""

import json
import sys
import time

import cv2
import mediapipe

HZ = 10


def measure(path):
    decode = infer = 0.0
    frames = 0
    start = time.perf_counter()
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
    return {"total": time.perf_counter() - start, "decode": decode, "inference": infer, "frames": frames}


if len(sys.argv) > 1:
    print(json.dumps(measure(sys.argv[1])))
