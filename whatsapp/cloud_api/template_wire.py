"""A filled-in template in Graph's words. Pure: everything it needs is in the message and its files."""

from collections.abc import Iterator, Sequence
from typing import Any

from tickets.models import Attachment, Message
from tickets.template_parts import MEDIA, PLACE
from tickets.transport import CannotRender

Json = dict[str, Any]
Files = Iterator[tuple[Attachment, str]]


def part(message: Message, given: Sequence[tuple[Attachment, str]]) -> Json:
    """The `template` object of a send. Raises CannotRender."""
    choice = message.content.get("template") or {}
    name, language = choice.get("name"), choice.get("language")
    if not name or not language:
        raise CannotRender("template_incomplete", "A template needs its name and its language.")
    wire: Json = {"name": name, "language": {"code": language}}
    if shown := message.content.get("shown"):
        files = iter(sorted(given, key=lambda pair: pair[0].position))
        components = _block(shown, shown.get("values") or {}, "", files)
        if cards := shown.get("cards"):
            components.append({"type": "carousel", "cards": list(_cards(cards, shown["values"], files))})
        if components:
            wire["components"] = components
    return wire


def _cards(cards: list[Json], values: Json, files: Files) -> Iterator[Json]:
    for index, card in enumerate(cards):
        yield {"card_index": index, "components": _block(card, values, f"card.{index}.", files)}


def _block(shown: Json, values: Json, prefix: str, files: Files) -> list[Json]:
    components = []
    header = shown.get("header") or {}
    if parameters := _header(header, values, f"{prefix}header", files):
        components.append({"type": "header", "parameters": parameters})
    if parameters := _texts(values, prefix):
        components.append({"type": "body", "parameters": parameters})
    for index, button in enumerate(shown.get("buttons") or []):
        if made := _button(button, values.get(f"{prefix}button.{index}")):
            components.append({"type": "button", "index": str(index), **made})
    return components


def _header(header: Json, values: Json, key: str, files: Files) -> list[Json]:
    kind = header.get("kind")
    if kind == "text":
        return _texts(values, f"{key}.")
    if kind == PLACE:
        place = {
            name: header[name] for name in ("latitude", "longitude", "name", "address") if name in header
        }
        return [{"type": "location", "location": place}]
    if kind not in MEDIA:
        return []
    try:
        file, media_id = next(files)
    except StopIteration:
        raise CannotRender("template_incomplete", "The header's file is missing.") from None
    media: Json = {"id": media_id}
    if kind == "document":
        media["filename"] = file.name or "document"
    return [{"type": kind, kind: media}]


def _texts(values: Json, prefix: str) -> list[Json]:
    """The variables of one text, in the order of their numbers; named ones carry their name."""
    names = [key.removeprefix(prefix) for key in values if key.startswith(prefix)]
    names = [name for name in names if "." not in name]
    if all(name.isdigit() for name in names):
        names.sort(key=int)
        return [{"type": "text", "text": values[prefix + name]} for name in names]
    return [{"type": "text", "parameter_name": name, "text": values[prefix + name]} for name in names]


def _button(button: Json, value: str | None) -> Json | None:
    kind = button.get("kind")
    if kind == "url" and button.get("is_filled"):
        return {"sub_type": "url", "parameters": [{"type": "text", "text": value}]}
    if kind == "code" and value:
        return {"sub_type": "copy_code", "parameters": [{"type": "coupon_code", "coupon_code": value}]}
    if kind == "form":
        return {"sub_type": "flow", "parameters": [{"type": "action", "action": {"flow_token": "unused"}}]}
    return None
