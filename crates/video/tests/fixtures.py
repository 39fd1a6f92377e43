"""Clips that FFmpeg cannot write (made by patching its files), and what FFmpeg decodes from every clip.

Run by make_fixtures.sh in corpus/.
"""

import json
import struct
import subprocess
import zlib
from pathlib import Path

# Rows a b, c d of the track matrix; the point (x, y) goes to (a x + c y, b x + d y).
MATRICES = {
    "h264_rotated_90.mp4": (0, 1, -1, 0),
    "h264_rotated_180.mp4": (-1, 0, 0, -1),
    "h264_rotated_270.mp4": (0, -1, 1, 0),
    "h264_mirrored.mp4": (-1, 0, 0, 1),
}


def patch() -> None:
    plain = Path("h264_moov_at_end.mp4").read_bytes()
    # The matrix of the track header ends with width and height (8 bytes) and is 36 bytes long.
    header = plain.index(b"tkhd") - 4
    size = struct.unpack(">I", plain[header : header + 4])[0]
    at = header + size - 8 - 36
    for name, matrix in MATRICES.items():
        a, b, c, d = (value << 16 for value in matrix)
        values = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
        Path(name).write_bytes(plain[:at] + values + plain[at + 36 :])

    # The last box may say 0 for "to the end of the file".
    fast = bytearray(Path("h264_b_frames.mp4").read_bytes())
    at = fast.index(b"mdat") - 4
    fast[at : at + 4] = bytes(4)
    Path("h264_box_of_size_zero.mp4").write_bytes(fast)

    # 64-bit sizes and offsets: the movie comes last, so only its own boxes grow.
    Path("h264_64_bit.mp4").write_bytes(widen(plain))


def boxes(data: bytes):
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        yield kind, data[at + 8 : at + size]
        at += size


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def widen(data: bytes) -> bytes:
    """Chunk offsets in `co64`, and the media in a box with a 64-bit size."""
    output = b""
    for kind, body in boxes(data):
        if kind == b"mdat":
            output += struct.pack(">I4sQ", 1, kind, len(body) + 16) + body
        else:
            output += box(kind, widen_movie(body, 8)) if kind == b"moov" else box(kind, body)
    return output


def widen_movie(body: bytes, shift: int) -> bytes:
    output = b""
    for kind, inner in boxes(body):
        if kind in (b"trak", b"mdia", b"minf", b"stbl"):
            output += box(kind, widen_movie(inner, shift))
        elif kind == b"stco":
            count = struct.unpack(">I", inner[4:8])[0]
            offsets = struct.unpack(f">{count}I", inner[8:])
            output += box(b"co64", inner[:8] + struct.pack(f">{count}Q", *(o + shift for o in offsets)))
        else:
            output += box(kind, inner)
    return output


def run(*arguments: str) -> bytes:
    return subprocess.run(arguments, check=True, capture_output=True).stdout


def expected(path: Path) -> dict:
    """Times from the first frame on, Adler-32 of each picture's planes, and the first picture upright as RGB."""
    probe = json.loads(
        run("ffprobe", "-v", "error", "-select_streams", "v", "-show_streams", "-show_frames", "-of", "json", str(path))
    )
    stream = probe["streams"][0]
    width, height = stream["width"], stream["height"]
    times = [float(frame["pts_time"]) for frame in probe["frames"]]
    decode = ("ffmpeg", "-v", "error", "-noautorotate", "-i", str(path), "-map", "0:v:0", "-vsync", "0")
    deep = "10" in stream["pix_fmt"]
    raw = run(*decode, *(("-pix_fmt", "yuv420p") if deep else ()), "-f", "rawvideo", "-")
    size = width * height + 2 * ((width + 1) // 2) * ((height + 1) // 2)
    pictures = [raw[at : at + size] for at in range(0, len(raw), size)]
    assert len(pictures) == len(times), (path, len(pictures), len(times))
    result = {
        "width": width,
        "height": height,
        "times": [round(time - times[0], 6) for time in times],
        "adler32": [f"{zlib.adler32(picture):08x}" for picture in pictures],
        "mean_luma": [round(sum(picture[: width * height]) / (width * height), 3) for picture in pictures],
    }
    # By way of 8 bits, where FFmpeg too takes the nearest colour sample.
    filters = ("-vf", "format=yuv420p") if deep else ()
    first = ("-i", str(path), "-map", "0:v:0", "-frames:v", "1", *filters, "-pix_fmt", "rgb24", "-f", "rawvideo", "-")
    upright = run("ffmpeg", "-v", "error", *first)
    turned = "_90" in path.name or "_270" in path.name
    columns, rows = (height, width) if turned else (width, height)
    assert len(upright) == columns * rows * 3
    # An 8 x 8 grid of pixels is enough to tell orientation and colours.
    grid = b""
    for row in range(8):
        for column in range(8):
            at = 3 * ((rows * (2 * row + 1) // 16) * columns + columns * (2 * column + 1) // 16)
            grid += upright[at : at + 3]
    result["upright"] = {"width": columns, "height": rows, "grid": grid.hex()}
    return result


def main() -> None:
    patch()
    clips = sorted(path for path in [*Path().glob("*.*"), *Path("browser").glob("*.*")] if path.suffix != ".json")
    report = {str(path): expected(path) for path in clips if not path.name.startswith("refused")}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in report.items())
    Path("expected.json").write_text("{\n" + lines + "\n}\n")


main()
