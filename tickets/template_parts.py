"""What is inside a template: its variables, its header, its buttons, and how it reads once they are filled in.

Components have the shape that WhatsApp gives them, whoever carries them; nothing else in the core reads it.
A variable has a key: "1" or "name" in the body, "header.1", "button.0" (the end of a link, a code to copy),
"card.0.1" and "card.0.button.1" in a carousel; "header" and "card.0.header" are files or a place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
MEDIA = {"image", "video", "document"}
PLACE = "location"
BUTTONS = {  # the provider's type of a button → ours
    "quick_reply": "reply",
    "url": "url",
    "phone_number": "phone",
    "copy_code": "code",
    "otp": "code",
    "flow": "form",
}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Blank:
    """`kind` is text, code, image, video, document or location; `name` is what the variable is called."""

    key: str
    kind: str
    name: str
    example: str = ""


def part(components: Any, kind: str) -> Json:
    """The component of this type, or nothing."""
    for one in components if isinstance(components, list) else []:
        if isinstance(one, dict) and str(one.get("type", "")).lower() == kind:
            return one
    return {}


def blanks_of(components: Any) -> list[Blank]:
    """Everything that has to be filled in, in the order in which it is read."""
    found = [*_header_blanks(part(components, "header"), "header"), *_body_blanks(part(components, "body"))]
    found += _button_blanks(buttons_of(components))
    for index, card in enumerate(cards_of(components)):
        prefix = f"card.{index}."
        found += _header_blanks(part(card, "header"), f"{prefix}header")
        found += _body_blanks(part(card, "body"), prefix)
        found += _button_blanks(buttons_of(card), prefix)
    return found


def cards_of(components: Any) -> list[list[Json]]:
    """The components of each card of a carousel."""
    cards = part(components, "carousel").get("cards")
    given = [one for one in cards if isinstance(one, dict)] if isinstance(cards, list) else []
    return [one["components"] for one in given if isinstance(one.get("components"), list)]


def buttons_of(components: Any) -> list[Json]:
    given = part(components, "buttons").get("buttons")
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def header_kind(components: Any) -> str:
    """text, image, video, document, location, or nothing."""
    header = part(components, "header")
    return str(header.get("format", "text")).lower() if header else ""


def names_in(text: Any) -> list[str]:
    """The variables of a text, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text))) if isinstance(text, str) else []


def fill(text: Any, values: Mapping[str, str], prefix: str = "") -> str:
    """The text with its variables replaced; one without a value stays as it is."""
    if not isinstance(text, str):
        return ""
    return PLACEHOLDER.sub(lambda found: values.get(f"{prefix}{found[1]}") or found[0], text)


def shown(components: Any, values: Mapping[str, str], headers: Mapping[str, Json] | None = None) -> Json:
    """How the customer sees it: {"body", "header"?, "footer"?, "buttons"?, "cards"?}.

    `headers` brings what fills a place: its key → {"latitude", "longitude", "name", "address"}.
    """
    whole = _block(components, values, "", headers or {})
    cards = [
        _block(card, values, f"card.{index}.", headers or {})
        for index, card in enumerate(cards_of(components))
    ]
    return {**whole, "cards": cards} if cards else whole


def _block(components: Any, values: Mapping[str, str], prefix: str, headers: Mapping[str, Json]) -> Json:
    block: Json = {"body": fill(part(components, "body").get("text"), values, prefix)}
    if kind := header_kind(components):
        header: Json = {"kind": kind}
        if kind == "text":
            header["text"] = fill(part(components, "header").get("text"), values, f"{prefix}header.")
        elif kind == PLACE:
            header |= headers.get(f"{prefix}header", {})
        block["header"] = header
    if footer := part(components, "footer").get("text"):
        block["footer"] = str(footer)
    if buttons := buttons_of(components):
        block["buttons"] = [_button(one, values.get(f"{prefix}button.{n}")) for n, one in enumerate(buttons)]
    return block


def _button(button: Json, value: str | None) -> Json:
    kind = str(button.get("type", "")).lower()
    made: Json = {"kind": BUTTONS.get(kind, "other"), "text": str(button.get("text", ""))}
    if made["kind"] == "url":
        url = str(button.get("url", ""))
        made["url"] = PLACEHOLDER.sub(lambda found: value or found[0], url)
        made["is_filled"] = bool(names_in(url))
    elif made["kind"] == "phone":
        made["phone"] = str(button.get("phone_number", ""))
    elif made["kind"] == "code" and value:
        made["code"] = value
    return made


def _header_blanks(header: Json, key: str) -> Iterator[Blank]:
    kind = str(header.get("format", "text")).lower() if header else ""
    if kind == "text":
        for number, name in enumerate(names_in(header.get("text"))):
            yield Blank(f"{key}.{name}", "text", name, _example(header, "header_text", name, number))
    elif kind in MEDIA or kind == PLACE:
        yield Blank(key, kind, "")


def _body_blanks(body: Json, prefix: str = "") -> Iterator[Blank]:
    for number, name in enumerate(names_in(body.get("text"))):
        yield Blank(f"{prefix}{name}", "text", name, _example(body, "body_text", name, number))


def _button_blanks(buttons: list[Json], prefix: str = "") -> Iterator[Blank]:
    for index, button in enumerate(buttons):
        kind = BUTTONS.get(str(button.get("type", "")).lower())
        example = button.get("example")
        said = str(example[0]) if isinstance(example, list) and example else str(example or "")
        if kind == "url" and names_in(button.get("url")):
            yield Blank(f"{prefix}button.{index}", "text", str(button.get("text", "")), said)
        elif kind == "code" and str(button.get("type", "")).lower() == "copy_code":
            yield Blank(f"{prefix}button.{index}", "code", str(button.get("text", "")), said)


def _example(component: Json, key: str, name: str, number: int) -> str:
    """What the template's author gave as an example: by name, or by place."""
    example = component.get("example")
    given = example if isinstance(example, dict) else {}
    for one in given.get(f"{key}_named_params") or []:
        if isinstance(one, dict) and one.get("param_name") == name:
            return str(one.get("example", ""))
    listed = given.get(key)
    if isinstance(listed, list) and listed and isinstance(listed[0], list):
        listed = listed[0]
    return str(listed[number]) if isinstance(listed, list) and number < len(listed) else ""
