"""Real files for the tests, made once: pictures by Pillow, sound and film by ffmpeg."""

import functools
import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

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


def pdf(*pages: tuple[float, float], password: str = "") -> bytes:
    """A PDF with pages of these sizes in points, dark in the upper half and white below."""
    writer, out = PdfWriter(), io.BytesIO()
    for width, height in pages:
        page = writer.add_blank_page(width, height)
        drawing = DecodedStreamObject()
        drawing.set_data(f"0.1 0.2 0.5 rg 0 {height / 2} {width} {height / 2} re f".encode())
        page[NameObject("/Contents")] = writer._add_object(drawing)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def _made(options: list[str], ending: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"made.{ending}"
        command = [ffmpeg.program(), "-hide_banner", "-loglevel", "error", *options, "-y", str(path)]
        subprocess.run(command, check=True, timeout=60)
        return path.read_bytes()
