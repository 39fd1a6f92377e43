"""Turns the test clips into seeds for the decoder targets: corpus/<target>/<clip>, frames with two bytes of length.

Needs FFmpeg. The `file` target takes ../tests/corpus as it is.
"""

import json
import subprocess
from pathlib import Path

CLIPS = Path(__file__).parent.parent / "tests" / "corpus"
# Target, FFmpeg's codec name, how to get at frames that carry start codes.
TARGETS = {
    "h264": ("h264", ("-bsf:v", "h264_mp4toannexb", "-f", "h264")),
    "hevc": ("hevc", ("-bsf:v", "hevc_mp4toannexb", "-f", "hevc")),
    "vp8": ("vp8", ("-f", "ivf")),
    "vp9": ("vp9", ("-f", "ivf")),
}


def run(*arguments: str) -> bytes:
    return subprocess.run(arguments, check=True, capture_output=True).stdout


def frames(clip: Path, options: tuple[str, ...], raw: Path) -> list[bytes]:
    run("ffmpeg", "-v", "error", "-y", "-i", str(clip), "-map", "0:v:0", "-c", "copy", *options, str(raw))
    probe = run("ffprobe", "-v", "error", "-show_packets", "-show_entries", "packet=pos,size", "-of", "json", str(raw))
    data = raw.read_bytes()
    # An IVF packet begins with 12 bytes of its own.
    header = 12 if "ivf" in options else 0
    places = [(int(packet["pos"]) + header, int(packet["size"])) for packet in json.loads(probe)["packets"]]
    return [data[at : at + size] for at, size in places]


def codec_of(clip: Path) -> str:
    stream = ("-select_streams", "v:0", "-show_entries", "stream=codec_name", "-of", "csv=p=0")
    return run("ffprobe", "-v", "error", *stream, str(clip)).decode().strip().strip(",")


def main() -> None:
    clips = [path for path in CLIPS.rglob("*.*") if path.suffix in {".mp4", ".mov", ".webm", ".mkv"}]
    for target, (codec, options) in TARGETS.items():
        folder = Path(__file__).parent / "corpus" / target
        folder.mkdir(parents=True, exist_ok=True)
        for clip in clips:
            if clip.name.startswith("refused") or codec_of(clip) != codec:
                continue
            raw = folder / "raw"
            packets = frames(clip, options, raw)
            raw.unlink()
            seed = b"".join(len(packet).to_bytes(2, "big") + packet for packet in packets)
            (folder / clip.name).write_bytes(seed)


main()
