"""Real files for the tests, made once: pictures by Pillow, sound and film by ffmpeg."""

import functools
import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

from PIL import Image

from tickets.media import ffmpeg

SINE = ["-f", "lavfi", "-i", "sine=frequency=440:duration=2"]
FILM = ["-f", "lavfi", "-i", "testsrc=duration=1:size=160x120:rate=10"]


def picture(form: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (800, 600), **options) -> bytes:
    out = io.BytesIO()
    color = {"RGB": "green", "RGBA": (0, 128, 0, 128)}.get(mode, 1)
    Image.new(mode, size, color).save(out, form, **options)
    return out.getvalue()


def sideways() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture(exif=exif)


@functools.cache
def sound(ending: str, *options: str) -> bytes:
    return _made([*SINE, *options], ending)


@functools.cache
def film(ending: str, *options: str) -> bytes:
    return _made([*FILM, *SINE, "-shortest", *options], ending)


def voice_note() -> bytes:
    return sound("ogg", "-c:a", "libopus", "-ac", "1")


def office() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return out.getvalue()


def _made(options: list[str], ending: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"made.{ending}"
        command = [ffmpeg.program(), "-hide_banner", "-loglevel", "error", *options, "-y", str(path)]
        subprocess.run(command, check=True, timeout=60)
        return path.read_bytes()
