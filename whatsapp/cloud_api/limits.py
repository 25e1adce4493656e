"""What WhatsApp takes: lengths of texts, how many of what, kinds and sizes of files. The only place that says so."""

from collections.abc import Iterator
from typing import Any

from tickets import contents
from tickets.models import Attachment, Message
from tickets.transport import CannotRender

MB = 1024 * 1024
TEXT, CAPTION = 4096, 1024
_FRAME = {"body": 1024, "header": 60, "footer": 60}
# By kind: how many characters, and how many of what.
KINDS: dict[str, dict[str, int]] = {
    "text": {"body": TEXT},
    "buttons": {**_FRAME, "buttons": 3, "title": 20, "id": 256},
    "list": {
        **_FRAME, "body": 4096, "button": 20, "sections": 10, "section_title": 24,
        "rows": 10, "title": 24, "description": 72, "id": 200,
    },
    "link": {**_FRAME, "title": 20, "url": 2000},
    "form": {**_FRAME, "button": 20, "form_id": 64, "screen": 80},
    "product": {"body": 1024, "footer": 60, "catalog_id": 64, "product_id": 100},
    "products": {
        **_FRAME, "catalog_id": 64, "sections": 10, "section_title": 24, "products": 30, "product_id": 100,
    },
    "location_request": {"body": 1024},
    "contact_request": {"body": 1024},
    "location": {"name": 1000, "address": 1000},
    "contacts": {"contacts": 257, "name": 1024},
}  # fmt: skip
WORDLESS = {"product", "location", "contacts"}  # the others cannot go without a text
CAPTIONED = {"image", "video", "document"}
INBOUND_MAX = 100 * MB

_OFFICE = "application/vnd.openxmlformats-officedocument"
_DOCUMENTS = {
    "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint", f"{_OFFICE}.wordprocessingml.document",
    f"{_OFFICE}.spreadsheetml.sheet", f"{_OFFICE}.presentationml.presentation",
}  # fmt: skip
FILES: dict[str, tuple[set[str], int]] = {
    "audio": ({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}, 16 * MB),
    "image": ({"image/jpeg", "image/png"}, 5 * MB),
    "sticker": ({"image/webp"}, 500 * 1024),
    "video": ({"video/mp4", "video/3gpp"}, 16 * MB),
    # A photo or a song may also go as a file.
    "document": (set(), 100 * MB),
}
FILES["document"] = (_DOCUMENTS.union(*(mimes for mimes, _ in FILES.values())), 100 * MB)


def check_text(text: str, longest: int) -> None:
    if not text.strip() and longest == TEXT:
        raise CannotRender("text_empty", "Write something first.")
    if len(text) > longest:
        raise CannotRender(
            "text_too_long", f"WhatsApp takes {longest} characters here, this has {len(text)}."
        )


def check_file(message: Message, attachments: list[Attachment]) -> None:
    if len(attachments) != 1:
        raise CannotRender("one_file_each", "Each WhatsApp message carries exactly one file.")
    file = attachments[0]
    mimes, largest = FILES[message.kind]
    if file.mime.split(";")[0].strip().lower() not in mimes:
        raise CannotRender("file_type_refused", f"WhatsApp does not take {file.mime} as {message.kind}.")
    if file.size > largest:
        raise CannotRender("file_too_big", f"WhatsApp takes up to {largest // 1024} KB here.")
    if message.body and message.kind not in CAPTIONED:
        raise CannotRender("caption_not_allowed", f"WhatsApp shows no text with {message.kind}.")
    check_text(message.body, CAPTION)


def check_content(message: Message, attachments: list[Attachment]) -> None:
    """Buttons, lists, links and their like: every place that is too long or too much, at once."""
    problems = contents.tidy(message.kind, message.content)[1]
    for place, code in _excesses(message, KINDS[message.kind]):
        problems.setdefault(place, []).append(code)
    problems |= _header_problems(message, attachments)
    if problems:
        raise CannotRender("content_refused", "WhatsApp does not take this message as it is.", problems)


def _excesses(message: Message, most: dict[str, int]) -> Iterator[tuple[str, str]]:
    content, kind = message.content, message.kind
    if not message.body.strip() and kind not in WORDLESS:
        yield "body", "required"
    if "body" in most and len(message.body) > most["body"]:
        yield "body", "too_long"
    header = content.get("header") or {}
    if len(header.get("text", "")) > most.get("header", 0):
        yield "content.header.text", "too_long"
    for key in (
        "footer",
        "button",
        "title",
        "url",
        "form_id",
        "screen",
        "catalog_id",
        "product_id",
        "name",
        "address",
    ):
        if len(content.get(key, "")) > most.get(key, 10_000):
            yield f"content.{key}", "too_long"
    yield from _rows(content, most, "buttons", "content.buttons")
    if len(content.get("contacts", ())) > most.get("contacts", 0):
        yield "content.contacts", "too_many"
    yield from _sections(content.get("sections", []), most)


def _sections(sections: list[Any], most: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Rows and products are counted over all sections; with one section its title may be left out."""
    if len(sections) > most.get("sections", 0):
        yield "content.sections", "too_many"
    for key in {"rows", "products"} & set(most):
        if sum(len(section.get(key, ())) for section in sections) > most[key]:
            yield "content.sections", "too_many"
    for place, section in enumerate(sections):
        at = f"content.sections.{place}"
        if len(section["title"]) > most["section_title"]:
            yield f"{at}.title", "too_long"
        if len(sections) > 1 and not section["title"]:
            yield f"{at}.title", "required"
        if any(len(one) > most["product_id"] for one in section.get("products", ())):
            yield f"{at}.products", "too_long"
    rows = [(f"content.sections.{one}.rows.{two}", row) for one, section in enumerate(sections)
            for two, row in enumerate(section.get("rows", ()))]  # fmt: skip
    yield from _titles(rows, most, unique=False)


def _rows(content: dict[str, Any], most: dict[str, int], key: str, at: str) -> Iterator[tuple[str, str]]:
    if len(content.get(key, ())) > most.get(key, 0):
        yield at, "too_many"
    yield from _titles([(f"{at}.{place}", one) for place, one in enumerate(content.get(key, ()))], most)


def _titles(
    rows: list[tuple[str, Any]], most: dict[str, int], *, unique: bool = True
) -> Iterator[tuple[str, str]]:
    """Customers tell buttons apart by their words, programs tell all choices apart by their ids."""
    titles: set[str] = set()
    ids: set[str] = set()
    for at, row in rows:
        if len(row["title"]) > most["title"]:
            yield f"{at}.title", "too_long"
        if unique and row["title"] and row["title"] in titles:
            yield f"{at}.title", "not_unique"
        if row["id"] in ids:
            yield f"{at}.id", "not_unique"
        if len(row["id"]) > most["id"]:
            yield f"{at}.id", "too_long"
        if len(row.get("description", "")) > most.get("description", 0):
            yield f"{at}.description", "too_long"
        titles.add(row["title"])
        ids.add(row["id"])


def _header_problems(message: Message, attachments: list[Attachment]) -> dict[str, list[str]]:
    """The file above the words has to be of the kind that is announced, and one that WhatsApp takes."""
    header = message.content.get("header") or {}
    if header.get("kind", "text") == "text":
        return {}
    mimes, largest = FILES[header["kind"]]
    fits = len(attachments) == 1 and attachments[0].mime.split(";")[0].strip().lower() in mimes
    if fits and attachments[0].size <= largest:
        return {}
    return {"content.header.upload": ["wrong" if not fits else "too_big"]}
