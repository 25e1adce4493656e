"""Pictures: their size, a small copy for lists, and a form that every channel takes.

Pillow is loaded with the first picture: several processes never see one. `wsgi.py` loads it when `web` starts.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 60_000_000  # a picture that unpacks into more is an attack or a poster
THUMBNAIL = (480, 480)
SEND_BYTES = 5 * 1024 * 1024
SEND_SIDES = (4096, 2560, 1600)
TAKEN_AS_IT_IS = {"JPEG": {"RGB"}, "PNG": {"RGB", "RGBA"}}


class BadPicture(Exception):
    """Not a picture that we can read, or one that is too large to unpack."""


def look(path: Path) -> tuple[int, int, bool]:
    """Width and height as shown (a camera may have held it sideways), and whether it moves."""
    with _open(path) as image:
        turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        width, height = image.size[::-1] if turned else image.size
        return width, height, bool(getattr(image, "is_animated", False))


def thumbnail(source: Path, target: Path) -> None:
    with _open(source) as image:
        image.draft("RGB", (THUMBNAIL[0] * 2, THUMBNAIL[1] * 2))  # JPEG is unpacked at a fraction of its size
        small = _upright(image)
        small.thumbnail(THUMBNAIL)
        small.save(target, "WEBP", quality=72, method=2)


def fits(path: Path) -> bool:
    """Whether it may be sent as it is: JPEG or PNG, eight bits, RGB, at most 5 MB."""
    with _open(path) as image:
        taken = image.mode in TAKEN_AS_IT_IS.get(image.format or "", ())
    return taken and path.stat().st_size <= SEND_BYTES


def convert(source: Path, stem: Path) -> tuple[Path, str]:
    """A copy that fits: PNG where something shines through and it stays small, else JPEG."""
    with _open(source) as image:
        picture = _upright(image)
    if picture.mode == "RGBA":
        target = stem.with_suffix(".png")
        picture.save(target, "PNG", optimize=False)
        if target.stat().st_size <= SEND_BYTES:
            return target, "image/png"
        target.unlink()
        picture = _on_white(picture)
    target = stem.with_suffix(".jpg")
    for side in SEND_SIDES:
        picture.thumbnail((side, side))
        picture.save(target, "JPEG", quality=86, optimize=True)
        if target.stat().st_size <= SEND_BYTES:
            break
    return target, "image/jpeg"


def _open(path: Path) -> "Image":
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        image = Image.open(path, formats=("JPEG", "PNG", "WEBP", "GIF"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise BadPicture("This picture cannot be read.") from error
    if image.size[0] * image.size[1] > MAX_PIXELS:
        image.close()
        raise BadPicture("This picture has too many pixels.")
    return image


def _upright(image: "Image") -> "Image":
    from PIL import ImageOps
    from PIL.Image import DecompressionBombError

    try:
        turned = ImageOps.exif_transpose(image)
        has_alpha = turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info
        if turned.mode.startswith("I;16") or turned.mode == "I":
            turned = turned.point(lambda value: value / 256).convert("L")  # sixteen bits of grey
        return turned.convert("RGBA" if has_alpha else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, DecompressionBombError) as error:
        raise BadPicture("This picture is damaged.") from error


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
