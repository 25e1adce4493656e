"""What a message of each kind says besides its words, read into one shape whoever wrote it.

Pure. Here only what can never be right is a problem; how long and how many is the channel's matter. A problem is a
place (`content.buttons.0.title`) and codes that consoles put into words.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from tickets.models.message import Kind

Content = dict[str, Any]
Problems = dict[str, list[str]]

REQUIRED, NOT_A_LINK, NOT_A_NUMBER, WRONG = "required", "not_a_link", "not_a_number", "wrong"
HEADER_FILES = ("image", "video", "document")
# Kinds that may have a file above their words; the others' headers are text.
WITH_FILE = {Kind.BUTTONS, Kind.LINK, Kind.FORM}
MOST_ITEMS = 300  # of any list: no channel takes as many


def tidy(kind: str, given: Any) -> tuple[Content, Problems]:
    """The content of a message of this kind, and what is wrong with it."""
    reading = _Reading()
    content = READERS[Kind(kind)](reading, given if isinstance(given, dict) else {})
    return content, reading.problems


def heading(kind: str, content: Content) -> str:
    """What lists and notifications show of a kind that has no words of its own."""
    if kind == Kind.LOCATION:
        return str(content["name"] or content["address"])
    if kind == Kind.CONTACTS:
        return ", ".join(card["name"] for card in content["contacts"])
    return ""


def upload_of(content: Content) -> int | None:
    """The file above the words."""
    upload = (content.get("header") or {}).get("upload")
    return upload if isinstance(upload, int) else None


def choices_of(content: Content) -> list[dict[str, str]]:
    """What a customer may choose, in order: buttons, or the rows of all sections."""
    if "buttons" in content:
        return list(content["buttons"])
    return [row for section in content.get("sections", []) for row in section.get("rows", [])]


class _Reading:
    """Takes values out of what was given and notes what is missing or of the wrong kind."""

    def __init__(self) -> None:
        self.problems: Problems = {}

    def wrong(self, place: str, code: str) -> None:
        self.problems.setdefault(f"content.{place}", []).append(code)

    def text(self, given: Mapping[str, Any], key: str, place: str, *, needed: bool = True) -> str:
        value = given.get(key)
        if value is not None and not isinstance(value, str):
            self.wrong(place, WRONG)
            return ""
        words = (value or "").replace("\x00", "").strip()
        if needed and not words:
            self.wrong(place, REQUIRED)
        return words

    def items(self, given: Mapping[str, Any], key: str, place: str) -> list[Mapping[str, Any]]:
        value = given.get(key)
        if not isinstance(value, list) or not value:
            self.wrong(place, REQUIRED)
            return []
        if len(value) > MOST_ITEMS or not all(isinstance(one, dict) for one in value):
            self.wrong(place, WRONG)
            return []
        return value

    def number(self, given: Mapping[str, Any], key: str, limit: float) -> float:
        value = given.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            self.wrong(key, NOT_A_NUMBER if value is not None else REQUIRED)
            return 0.0
        if abs(value) > limit:
            self.wrong(key, WRONG)
        return float(value)

    def frame(self, given: Mapping[str, Any], kind: Kind, *, header: bool = True) -> Content:
        """What stands above and below the words."""
        content: Content = {}
        if header and (above := self._header(given.get("header"), kind)):
            content["header"] = above
        if below := self.text(given, "footer", "footer", needed=False):
            content["footer"] = below
        return content

    def _header(self, given: Any, kind: Kind) -> Content | None:
        if not given:
            return None
        if not isinstance(given, dict):
            self.wrong("header", WRONG)
            return None
        what = given.get("kind", "text")
        if what == "text":
            words = self.text(given, "text", "header.text", needed=False)
            return {"kind": "text", "text": words} if words else None
        upload = given.get("upload")
        if what not in HEADER_FILES or kind not in WITH_FILE:
            self.wrong("header.kind", WRONG)
        if isinstance(upload, bool) or not isinstance(upload, int) or not 0 < upload < 2**63:
            self.wrong("header.upload", REQUIRED)
            return None
        return {"kind": str(what), "upload": upload}


def _buttons(read: _Reading, given: Mapping[str, Any]) -> Content:
    buttons = [
        {"id": read.text(one, "id", "", needed=False) or str(place + 1),
         "title": read.text(one, "title", f"buttons.{place}.title")}
        for place, one in enumerate(read.items(given, "buttons", "buttons"))
    ]  # fmt: skip
    return {**read.frame(given, Kind.BUTTONS), "buttons": buttons}


def _list(read: _Reading, given: Mapping[str, Any]) -> Content:
    content: Content = {**read.frame(given, Kind.LIST), "button": read.text(given, "button", "button")}
    sections, count = [], 0
    for place, section in enumerate(read.items(given, "sections", "sections")):
        at = f"sections.{place}"
        rows = []
        for number, row in enumerate(read.items(section, "rows", f"{at}.rows")):
            count += 1
            rows.append(_row(read, row, f"{at}.rows.{number}", count))
        sections.append({"title": read.text(section, "title", f"{at}.title", needed=False), "rows": rows})
    return {**content, "sections": sections}


def _row(read: _Reading, row: Mapping[str, Any], at: str, count: int) -> dict[str, str]:
    return {
        "id": read.text(row, "id", at, needed=False) or str(count),
        "title": read.text(row, "title", f"{at}.title"),
        "description": read.text(row, "description", f"{at}.description", needed=False),
    }


def _link(read: _Reading, given: Mapping[str, Any]) -> Content:
    url = read.text(given, "url", "url")
    if url and (not url.lower().startswith(("https://", "http://")) or any(one.isspace() for one in url)):
        read.wrong("url", NOT_A_LINK)
    return {**read.frame(given, Kind.LINK), "title": read.text(given, "title", "title"), "url": url}


def _form(read: _Reading, given: Mapping[str, Any]) -> Content:
    content: Content = {
        **read.frame(given, Kind.FORM),
        "form_id": read.text(given, "form_id", "form_id"),
        "button": read.text(given, "button", "button"),
    }
    if screen := read.text(given, "screen", "screen", needed=False):
        content["screen"] = screen
    data = given.get("data")
    if isinstance(data, dict) and data:
        content["data"] = data
        if not screen:
            read.wrong("screen", REQUIRED)
    elif data:
        read.wrong("data", WRONG)
    return content


def _product(read: _Reading, given: Mapping[str, Any]) -> Content:
    ids = {key: read.text(given, key, key) for key in ("catalog_id", "product_id")}
    return {**read.frame(given, Kind.PRODUCT, header=False), **ids}


def _products(read: _Reading, given: Mapping[str, Any]) -> Content:
    frame = read.frame(given, Kind.PRODUCTS)
    if "header" not in frame:
        read.wrong("header.text", REQUIRED)
    sections = []
    for place, section in enumerate(read.items(given, "sections", "sections")):
        named = section.get("products")
        ids = [one.strip() for one in named if isinstance(one, str)] if isinstance(named, list) else []
        ids = [one for one in ids if one]
        if not ids:
            read.wrong(f"sections.{place}.products", REQUIRED)
        title = read.text(section, "title", f"sections.{place}.title", needed=False)
        sections.append({"title": title, "products": ids})
    return {**frame, "catalog_id": read.text(given, "catalog_id", "catalog_id"), "sections": sections}


def _location(read: _Reading, given: Mapping[str, Any]) -> Content:
    return {
        "latitude": read.number(given, "latitude", 90),
        "longitude": read.number(given, "longitude", 180),
        "name": read.text(given, "name", "name", needed=False),
        "address": read.text(given, "address", "address", needed=False),
    }


def _contacts(read: _Reading, given: Mapping[str, Any]) -> Content:
    cards = []
    for place, card in enumerate(read.items(given, "contacts", "contacts")):
        at = f"contacts.{place}"
        ways = {key: _words(read, card, key, f"{at}.{key}") for key in ("phones", "emails")}
        if not any(ways.values()):
            read.wrong(f"{at}.phones", REQUIRED)
        cards.append({"name": read.text(card, "name", f"{at}.name"), **ways})
    return {"contacts": cards}


def _words(read: _Reading, card: Mapping[str, Any], key: str, place: str) -> list[str]:
    given = card.get(key) or []
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        read.wrong(place, WRONG)
        return []
    return [one.strip() for one in given if one.strip()]


def _nothing(read: _Reading, given: Mapping[str, Any]) -> Content:
    return {}


READERS: dict[Kind, Callable[[_Reading, Mapping[str, Any]], Content]] = {
    Kind.BUTTONS: _buttons,
    Kind.LIST: _list,
    Kind.LINK: _link,
    Kind.LOCATION_REQUEST: _nothing,
    Kind.CONTACT_REQUEST: _nothing,
    Kind.FORM: _form,
    Kind.PRODUCT: _product,
    Kind.PRODUCTS: _products,
    Kind.LOCATION: _location,
    Kind.CONTACTS: _contacts,
}
