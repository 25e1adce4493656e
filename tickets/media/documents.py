"""Documents: how many pages a PDF has, and a picture of the first, drawn by a process that may fail."""

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("first_page.py")
SECONDS = 15
MOST_PAGES = 1_000_000  # more is a number that somebody wrote into the file
MOST_BYTES = 110 * 1024 * 1024


def draw(source: Path, target: Path) -> int:
    """Write the picture of the first page to `target`, if there is one. Answers the number of pages, or 0."""
    if source.stat().st_size > MOST_BYTES:
        return 0
    command = [sys.executable, "-I", str(PROGRAM), str(source), str(target)]
    try:
        done = subprocess.run(  # noqa: S603 — our program, paths that we made
            command, capture_output=True, timeout=SECONDS, check=False, env={}, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        target.unlink(missing_ok=True)
        return 0
    if done.returncode:
        target.unlink(missing_ok=True)
    said = done.stdout.strip()
    pages = int(said) if said.isdigit() and len(said) < 10 else 0
    return pages if pages <= MOST_PAGES else 0
