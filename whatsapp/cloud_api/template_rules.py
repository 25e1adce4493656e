"""What Meta would refuse in a template for certain, said before it is given for review.

Each problem is a code at a place: {"body": ["ends_with_variable"], "buttons.1.url": ["too_long"]}; the console
has the words. `card.0.` stands before the places of a carousel's card.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from helpdesk.errors import Invalid
from tickets import template_parts
from tickets.models import Template
from tickets.models.template import TemplateCategory, TemplateFormat
from tickets.template_parts import MEDIA, names_in, part

NAME, HEADER, BODY, FOOTER, CARD_BODY = 512, 60, 1024, 60, 160
BUTTON, URL, PHONE, CODE = 25, 2000, 20, 15
MOST_BUTTONS, MOST = 10, {"url": 2, "phone_number": 1, "copy_code": 1}
FEWEST_CARDS, MOST_CARDS, CARD_BUTTONS = 2, 10, 2
IN_CARDS = {"quick_reply", "url", "phone_number"}
WORDS_PER_VARIABLE = 2  # so many words around each variable, and one more
_NAME = re.compile(r"[a-z0-9_]+")
_NAMED = re.compile(r"[a-z][a-z0-9_]*")
_EDGE = re.compile(r"[\s\W_]*")
_PHONE = re.compile(r"\+?[0-9]{6,19}")

Problem = tuple[str, str]
Json = dict[str, Any]
Files = Iterator[int]


def check(template: Template, components: list[Any]) -> None:
    """Raises Invalid with every problem at once."""
    fields: dict[str, list[str]] = {}
    for place, code in problems(template, components):
        fields.setdefault(place, []).append(code)
    if fields:
        raise Invalid("template_refused", "WhatsApp would refuse this template.", **fields)


def problems(template: Template, components: list[Any]) -> Iterator[Problem]:
    if not _NAME.fullmatch(template.name) or len(template.name) > NAME:
        yield "name", "name_shape"
    if template.category == TemplateCategory.AUTHENTICATION:
        return  # Meta writes these itself
    is_named = template.format == TemplateFormat.NAMED
    files = iter(range(template.files.count()))  # they belong to the headers in the order of these
    yield from _block(components, is_named, "", BODY, files)
    if part(components, "carousel"):
        yield from _carousel(components, is_named, files)


def _block(components: Any, is_named: bool, prefix: str, longest: int, files: Files) -> Iterator[Problem]:
    yield from _header(part(components, "header"), is_named, f"{prefix}header", files)
    yield from _body(part(components, "body"), is_named, f"{prefix}body", longest)
    footer = str(part(components, "footer").get("text", ""))
    if len(footer) > FOOTER:
        yield f"{prefix}footer", "too_long"
    if names_in(footer):
        yield f"{prefix}footer", "no_variables"
    yield from _buttons(template_parts.buttons_of(components), f"{prefix}buttons")


def _carousel(components: Any, is_named: bool, files: Files) -> Iterator[Problem]:
    """Words above two cards or more, and nothing else beside them."""
    cards = template_parts.cards_of(components)
    for kind in ("header", "footer", "buttons"):
        if part(components, kind):
            yield kind, "not_with_cards"
    if not FEWEST_CARDS <= len(cards) <= MOST_CARDS:
        yield "carousel", "count"
    for index, card in enumerate(cards):
        prefix = f"card.{index}."
        yield from _block(card, is_named, prefix, CARD_BODY, files)
        if _shape(card) != _shape(cards[0]):
            yield f"{prefix}buttons", "not_alike"
        if template_parts.header_kind(card) not in {"image", "video"}:
            yield f"{prefix}header", "needs_media"
        buttons = template_parts.buttons_of(card)
        if not 1 <= len(buttons) <= CARD_BUTTONS:
            yield f"{prefix}buttons", "count_in_card"
        if not {str(one.get("type", "")).lower() for one in buttons} <= IN_CARDS:
            yield f"{prefix}buttons", "not_in_cards"


def _shape(card: Any) -> tuple[Any, ...]:
    """What must be the same in all cards."""
    kinds = [str(one.get("type", "")).lower() for one in template_parts.buttons_of(card)]
    return template_parts.header_kind(card), bool(part(card, "body")), kinds


def _header(header: Json, is_named: bool, place: str, files: Files) -> Iterator[Problem]:
    kind = str(header.get("format", "text")).lower() if header else ""
    if kind == "text":
        words = str(header.get("text", ""))
        if not words.strip():
            yield place, "empty"
        if len(words) > HEADER:
            yield place, "too_long"
        if "\n" in words:
            yield place, "line_break"
        if len(names_in(words)) > 1:
            yield place, "one_variable"
        yield from _names(names_in(words), is_named, place)
        yield from _examples(header, "header_text", names_in(words), place)
    elif kind in MEDIA:
        file, example = next(files, None), header.get("example") or {}
        if file is None and not example.get("header_handle"):
            yield place, "needs_file"


def _body(body: Json, is_named: bool, place: str, longest: int) -> Iterator[Problem]:
    words = str(body.get("text", ""))
    names = names_in(words)
    if not words.strip():
        yield place, "empty"
        return
    if len(words) > longest:
        yield place, "too_long"
    yield from _names(names, is_named, place)
    yield from _examples(body, "body_text", names, place)
    pieces = template_parts.PLACEHOLDER.split(words)[::2]
    if names and _EDGE.fullmatch(pieces[0]):
        yield place, "begins_with_variable"
    if names and not pieces[-1].strip():  # a full stop behind it is enough
        yield place, "ends_with_variable"
    if any(not piece.strip() for piece in pieces[1:-1]):
        yield place, "adjacent_variables"
    count = len(pieces) - 1
    if count and len(" ".join(pieces).split()) < WORDS_PER_VARIABLE * count + 1:
        yield place, "too_many_variables"


def _names(names: list[str], is_named: bool, place: str) -> Iterator[Problem]:
    if is_named:
        if any(not _NAMED.fullmatch(name) for name in names):
            yield place, "variable_names"
    elif sorted(names) != sorted(str(number) for number in range(1, len(names) + 1)):
        yield place, "variable_numbers"


def _examples(component: Json, key: str, names: list[str], place: str) -> Iterator[Problem]:
    """Meta's reviewers read the examples; without one for each variable it refuses at once."""
    given = [
        blank
        for blank in template_parts.blanks_of(
            [{**component, "type": "body" if key == "body_text" else "header"}]
        )
        if blank.example.strip()
    ]
    if len(given) < len(names):
        yield place, "needs_examples"


def _buttons(buttons: list[Json], place: str) -> Iterator[Problem]:
    kinds = [str(one.get("type", "")).lower() for one in buttons]
    if len(buttons) > MOST_BUTTONS:
        yield place, "count"
    for kind, count in Counter(kinds).items():
        if count > MOST.get(kind, MOST_BUTTONS):
            yield place, f"count_{kind}"
    if len([run for run, _ in groupby(kind == "quick_reply" for kind in kinds)]) > 2:
        yield place, "mixed"
    for index, button in enumerate(buttons):
        for at, code in _button(button, kinds[index]):
            yield f"{place}.{index}.{at}", code


def _button(button: Json, kind: str) -> Iterator[Problem]:
    words = str(button.get("text", ""))
    if kind not in {"copy_code", "otp"} and not words.strip():
        yield "text", "empty"
    if len(words) > BUTTON:
        yield "text", "too_long"
    if kind == "url":
        yield from _link(button)
    elif kind == "phone_number" and not _PHONE.fullmatch(
        str(button.get("phone_number", "")).replace(" ", "")
    ):
        yield "phone_number", "phone_shape"
    elif kind == "copy_code" and not 0 < len(_example_of(button)) <= CODE:
        yield "example", "needs_examples"


def _link(button: Json) -> Iterator[Problem]:
    url = str(button.get("url", ""))
    names = names_in(url)
    if not re.match(r"https?://[^\s{]+", url) or len(url) > URL:
        yield "url", "url_shape"
    if names and (len(names) > 1 or not url.endswith("}}")):
        yield "url", "variable_at_end"
    elif names and not _example_of(button):
        yield "url", "needs_examples"


def _example_of(button: Json) -> str:
    example = button.get("example")
    return str(example[0] if isinstance(example, list) and example else example or "")
