"""Whether a send fits its template, and what the customer then sees."""

import re
from collections.abc import Iterator
from typing import Any

from ..errors import GraphError
from ..records import Json, Template
from ..world import World
from . import checks
from .templates import find

PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
UNUSABLE = {"PAUSED": 132015, "DISABLED": 132016}


def match(world: World, waba_id: str, body: Json) -> Template:
    """The approved template that a send names, if its parameters fit."""
    asked = checks.part(body, "template")
    name = checks.text(asked, "name", 512, "template")
    language = checks.text(checks.part(asked, "language", "template."), "code", 20, "template.language")
    template = find(world, waba_id, name, language)
    if template is not None and template.status in UNUSABLE:
        raise GraphError(UNUSABLE[template.status])
    if template is None or template.status != "APPROVED":
        raise GraphError(132001, f"template name ({name}) does not exist in {language}")
    _fit(template.components, asked, "template.")
    return template


def _fit(components: list[Json], asked: Json, where: str) -> None:
    given = _parameters(asked)
    for component in components:
        kind = component["type"].lower()
        if kind in {"body", "header"} and component.get("text"):
            _count(kind, component["text"], given.get(kind, []))
        elif kind == "header" and component.get("format") not in {None, "TEXT"}:
            _media_header(component["format"].lower(), given.get("header", []))
        elif kind == "buttons":
            _buttons(component["buttons"], asked, where)
        elif kind == "carousel":
            _cards(component["cards"], asked, where)


def _buttons(buttons: list[Json], asked: Json, where: str) -> None:
    """Links that end in a variable, and codes to copy, want their parameter."""
    given = {int(one.get("index", -1)): one for one in _named(asked, "button")}
    for index, button in enumerate(buttons):
        is_open = button["type"].upper() == "URL" and PLACEHOLDER.search(str(button.get("url", "")))
        if not is_open and button["type"].upper() != "COPY_CODE":
            continue
        parameters = given.get(index, {}).get("parameters") or []
        if len(parameters) != 1:
            words = f"Button at index {index} of type {button['type'].title()} requires a parameter"
            raise GraphError(131008, f"{where}components: {words}")


def _cards(cards: list[Json], asked: Json, where: str) -> None:
    given = next(iter(_named(asked, "carousel")), {}).get("cards") or []
    if len(given) != len(cards):
        raise GraphError(132000, f"carousel: {len(given)} cards given, the template has {len(cards)}")
    for index, (card, filled) in enumerate(zip(cards, given, strict=True)):
        _fit(card["components"], filled, f"{where}cards[{index}].")


def _named(asked: Json, kind: str) -> Iterator[Json]:
    for one in asked.get("components") or []:
        if isinstance(one, dict) and str(one.get("type", "")).lower() == kind:
            yield one


def _parameters(asked: Json) -> dict[str, list[Json]]:
    """The parameters of each component that the send fills in."""
    components = checks.items(asked, "components", "template.") if asked.get("components") else []
    found: dict[str, list[Json]] = {}
    for one in components:
        kind = checks.text(one, "type", 32, "template.components").lower()
        found[kind] = checks.items(one, "parameters", "template.components.") if one.get("parameters") else []
    return found


def _count(kind: str, words: str, parameters: list[Json]) -> None:
    expected = list(dict.fromkeys(PLACEHOLDER.findall(words)))
    if len(expected) != len(parameters):
        given, wanted = len(parameters), len(expected)
        details = (
            f"{kind}: number of localizable_params ({given}) does not match the expected number ({wanted})"
        )
        raise GraphError(132000, details)
    for number, one in enumerate(parameters):
        if one.get("type") not in ("text", "currency", "date_time"):
            raise GraphError(
                132012, f"{kind}: parameter at index {number} has type {one.get('type')!r}, expected text"
            )
        if one["type"] == "text":
            checks.text(one, "text", 32768, f"{kind}: parameter at index {number}")


def _media_header(expected: str, parameters: list[Json]) -> None:
    if len(parameters) != 1:
        raise GraphError(
            132000, f"header: number of params ({len(parameters)}) does not match the expected number (1)"
        )
    if parameters[0].get("type") != expected or not isinstance(parameters[0].get(expected), dict):
        raise GraphError(
            132012,
            f"header: Format mismatch, expected {expected.upper()}, received {parameters[0].get('type')}",
        )


def render(template: Template, body: Json) -> Json:
    """What the customer sees: words with their parameters, header, footer and buttons."""
    return {"name": template.name, "language": template.language} | _shown(
        template.components, body["template"]
    )


def _shown(components: list[Json], asked: Json) -> Json:
    given = _parameters(asked)
    shown: Json = {}
    for component in components:
        kind = component["type"].lower()
        if kind == "buttons":
            shown["buttons"] = list(_filled(component["buttons"], asked))
        elif kind == "carousel":
            cards = next(_named(asked, "carousel"))["cards"]
            shown["cards"] = [
                _shown(card["components"], filled)
                for card, filled in zip(component["cards"], cards, strict=True)
            ]
        elif component.get("text"):
            shown[kind] = _fill(component["text"], given.get(kind, []))
        elif kind == "header":
            shown["header_media"] = given["header"][0]
    return shown


def _filled(buttons: list[Json], asked: Json) -> Iterator[Json]:
    given = {int(one.get("index", -1)): one.get("parameters") or [] for one in _named(asked, "button")}
    for index, button in enumerate(buttons):
        made: Json = {"type": button["type"], "text": button.get("text", "Copy code")}
        parameters = given.get(index, [])
        if button.get("url"):
            made["url"] = _fill(button["url"], parameters)
        if button["type"].upper() == "COPY_CODE" and parameters:
            made["code"] = parameters[0].get("coupon_code", "")
        yield made


def _fill(words: str, parameters: list[Json]) -> str:
    named = {str(one.get("parameter_name", number)): one for number, one in enumerate(parameters, 1)}

    def value(found: re.Match[str]) -> str:
        one: Any = named.get(found[1], {})
        inner = one.get(one.get("type", "text"), "")
        return str(inner.get("fallback_value", "") if isinstance(inner, dict) else inner)

    return PLACEHOLDER.sub(value, words)
