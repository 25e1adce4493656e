"""Where files are kept: MEDIA_ROOT/<company>/<year>/<month>/<uuid>/, one folder per attachment.

Paths in the database are relative to MEDIA_ROOT. A file is written beside its place and renamed, so that a
path never names half a file.
"""

import hashlib
import os
import re
import secrets
import shutil
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now


class FileTooBig(Exception):
    """More bytes came than are allowed."""


@dataclass(frozen=True, slots=True)
class Written:
    path: Path
    size: int
    sha256: str


def new_folder(company_id: int, file_id: uuid.UUID) -> Path:
    folder = Path(settings.MEDIA_ROOT) / str(company_id) / now().strftime("%Y/%m") / str(file_id)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def new_path(folder: Path, ending: str) -> Path:
    """A name nobody can guess, so that a leaked folder name gives nothing away."""
    return folder / f"{secrets.token_hex(8)}{ending}"


def write(folder: Path, chunks: Iterable[bytes], *, max_bytes: int) -> Written:
    """Keep what comes, up to `max_bytes`. Raises FileTooBig and leaves nothing behind."""
    unfinished = folder / f".{secrets.token_hex(8)}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with unfinished.open("wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > max_bytes:
                    raise FileTooBig
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        path = new_path(folder, "")
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return Written(path, size, digest.hexdigest())


def measure(path: Path) -> Written:
    """The same facts about a file that a program wrote."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(path, path.stat().st_size, digest)


def relative(path: Path | None) -> str:
    return str(path.relative_to(settings.MEDIA_ROOT)) if path else ""


def absolute(path: str) -> Path:
    """The file behind a path of ours. Raises ValueError for one that leads out of MEDIA_ROOT."""
    root = Path(settings.MEDIA_ROOT).resolve()
    found = (root / path).resolve()
    if not path or not found.is_relative_to(root):
        raise ValueError("This path is not inside the media folder.")
    return found


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def remove_folder_of(path: str) -> None:
    if path:
        remove_folder(absolute(path).parent)


def clean_name(name: str) -> str:
    """A file name as people may see it: no folders, no control or direction-changing characters."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[: 200 - len(ending)]}.{ending}" if stem else f"file.{ending}"
    return kept[:200]
