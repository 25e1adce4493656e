"""What a file is, by its content first: names and declared types count only where content is silent."""

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePath

HEAD_BYTES = 4096
UNKNOWN = "application/octet-stream"

IMAGES = {"image/jpeg", "image/png", "image/webp", "image/gif"}
AUDIO = {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "audio/webm", "audio/wav"}
VIDEO = {"video/mp4", "video/3gpp", "video/webm", "video/quicktime", "video/x-matroska"}
DOCUMENTS = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "csv": "text/csv",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "rtf": "application/rtf",
    "zip": "application/zip",
}
ZIPPED = {"docx", "xlsx", "pptx"}  # what may be sent; archives may only come in
OLD_OFFICE = {"doc", "xls", "ppt"}
# What a browser may show by itself; everything else is only ever downloaded.
INLINE = IMAGES | AUDIO | VIDEO
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!", b"dex\n")
PROGRAM_ENDINGS = {
    "exe", "dll", "com", "bat", "cmd", "msi", "scr", "pif", "jar", "js", "jse", "vbs", "vbe", "wsf", "ps1",
    "lnk", "hta", "cpl", "reg", "sh", "apk", "app", "dmg", "iso", "html", "htm", "svg", "xhtml", "php",
}  # fmt: skip
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
)
_BRANDS = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime", b"3gp": "video/3gpp"}


@dataclass(frozen=True, slots=True)
class Sort:
    """`kind` is the attachment's; `mime` what the content is."""

    kind: str
    mime: str


def recognise(path: Path, *, name: str, declared: str) -> Sort | None:
    """What we may send of a person's files; None for what we refuse."""
    head = _head(path)
    if is_program(head, name):
        return None
    found, declared, ending = sniff(head), declared.split(";")[0].strip().lower(), _ending(name)
    if found in IMAGES:
        return Sort("image", found)
    if found in AUDIO | VIDEO:
        return _sound_or_film(found, declared)
    if found == "application/zip":
        return _zipped(path, ending)
    if found == "application/x-ole-storage":
        return Sort("document", DOCUMENTS[ending]) if ending in OLD_OFFICE else None
    if found == "application/pdf":
        return Sort("document", found)
    if found in {"", "text/plain", "text/csv"} and head and _is_text(head):
        return Sort("document", "text/plain")  # a .csv too: channels know no other type for it
    return None


def received(path: Path, *, kind: str, name: str, declared: str) -> Sort | None:
    """What a customer sent. Only programs are refused; what is not what it claims becomes a document."""
    head = _head(path)
    if is_program(head, name):
        return None
    declared = declared.split(";")[0].strip().lower()
    if kind == "document":
        return Sort(kind, declared if declared in DOCUMENTS.values() else sniff(head) or UNKNOWN)
    found = sniff(head)
    if found in AUDIO | VIDEO:
        found = _sound_or_film(found, declared).mime
    family = "image" if kind == "sticker" else kind
    return Sort(kind, found) if found.startswith(f"{family}/") else Sort("document", UNKNOWN)


def is_program(head: bytes, name: str) -> bool:
    """Programs, scripts and pages with scripts, by content or by name."""
    if head.startswith(b"#!AMR"):
        return False
    return head.startswith(PROGRAMS) or _ending(name) in PROGRAM_ENDINGS or _looks_like_page(head)


def sniff(head: bytes) -> str:
    """The content's own type; empty when it has no mark that we know."""
    for start, mime in _STARTS:
        if head.startswith(start):
            return mime
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return _BRANDS.get(brand) or _BRANDS.get(brand[:3]) or "video/mp4"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "audio/aac" if head[1] & 0x06 == 0 else "audio/mpeg"
    import puremagic  # its tables are 1.4 MB, for kinds that hardly anybody sends; `wsgi.py` loads them before

    try:
        return str(puremagic.from_string(head, mime=True) or "")
    except (puremagic.PureError, ValueError):
        return ""


def _sound_or_film(found: str, declared: str) -> Sort:
    """MP4, WebM and Ogg hold either; the declared type says which, and the streams are looked at later."""
    box = found.split("/")[1]
    if declared.startswith("audio/") and f"audio/{box}" in AUDIO:
        return Sort("audio", f"audio/{box}")
    return Sort(found.split("/")[0], found)


def _zipped(path: Path, ending: str) -> Sort | None:
    try:
        with zipfile.ZipFile(path) as archive:
            is_office = "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    return Sort("document", DOCUMENTS[ending]) if is_office and ending in ZIPPED else None


def _looks_like_page(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()[:512]
    return start.startswith((b"<!doctype html", b"<html", b"<script", b"<svg", b"<body", b"<?php")) or (
        start.startswith(b"<?xml") and b"<svg" in start
    )


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # The last character may be cut in two; other encodings of text have no zero bytes either.
        return error.start > len(head) - 4 or all(byte >= 9 for byte in head)
    return True


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _ending(name: str) -> str:
    return PurePath(name).suffix.lstrip(".").lower()
