"""Draws the first page of a PDF. A program of its own, because it reads what strangers sent.

    python -I first_page.py SOURCE TARGET

It prints how many pages there are, then writes the picture. A file that makes PDFium need too much, or fall, ends
this process and nothing else. So it imports nothing of the helpdesk and sees no settings, no database, no keys.
"""

import contextlib
import resource
import sys

import pypdfium2

SIDES = (480, 680)  # a page of A4 fills both
MEMORY = 512 * 1024**2
SECONDS = 10
PICTURE_BYTES = 4 * 1024 * 1024


def main(source: str, target: str) -> None:
    limit()
    document = pypdfium2.PdfDocument(source)
    print(len(document), flush=True)  # noqa: T201 — the answer of this program
    if document.get_formtype():
        document.init_forms()  # what was filled in is drawn, too
    page = document[0]
    width, height = (max(1.0, side) for side in page.get_size())
    scale = min(SIDES[0] / width, SIDES[1] / height)
    picture = page.render(scale=scale, fill_color=(255, 255, 255, 255)).to_pil().convert("RGB")
    picture.save(target, "WEBP", quality=76, method=4)


def limit() -> None:
    """What the operating system lets this process use; some systems do not know every limit."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: PICTURE_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    for name, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(name, (most, most))


if __name__ == "__main__":
    main(*sys.argv[1:])
