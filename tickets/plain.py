"""The same as text, for a channel that has no buttons, lists or cards: choices become numbered lines."""

import copy
import re
from collections.abc import Callable

from tickets import contents
from tickets.models import Message
from tickets.models.message import Kind

_NUMBER = re.compile(r"\W*(\d{1,2})\W*")


def as_text(message: Message) -> Message | None:
    """A copy that says it in words. None when words cannot: a form, a product."""
    write = _WRITERS.get(Kind(message.kind))
    if write is None:
        return None
    said = copy.copy(message)
    header = message.content.get("header") or {}
    # A picture above the words stays one, with the words below it.
    said.kind = header["kind"] if contents.upload_of(message.content) else Kind.TEXT
    parts = (f"*{header['text']}*" if header.get("text") else "", message.body, write(message))
    footer = message.content.get("footer")
    said.body = "\n\n".join(part for part in (*parts, f"_{footer}_" if footer else "") if part)
    said.content = {}
    return said


def chosen(offer: Message, words: str) -> dict[str, str] | None:
    """Which choice of this offer somebody meant who answered it with its number or its words."""
    choices = contents.choices_of(offer.content)
    found = _NUMBER.fullmatch(words)
    if found and 1 <= int(found[1]) <= len(choices):
        return choices[int(found[1]) - 1]
    wanted = " ".join(words.casefold().split())
    return next((one for one in choices if " ".join(one["title"].casefold().split()) == wanted), None)


def _numbered(message: Message) -> str:
    lines = []
    for number, choice in enumerate(contents.choices_of(message.content), start=1):
        about = choice.get("description")
        lines.append(f"{number}. {choice['title']}{f' – {about}' if about else ''}")
    return "\n".join(lines)


def _link(message: Message) -> str:
    return f"{message.content['title']}: {message.content['url']}"


def _place(message: Message) -> str:
    """Its name is the body already."""
    where = message.content
    address = where["address"] if where["address"] != message.body else ""
    point = f"{where['latitude']:.6f},{where['longitude']:.6f}"
    map_link = f"https://www.google.com/maps/search/?api=1&query={point}"
    return "\n".join(part for part in (address, map_link) if part)


def _cards(message: Message) -> str:
    cards = message.content["contacts"]
    return "\n\n".join("\n".join([card["name"], *card["phones"], *card["emails"]]) for card in cards)


_WRITERS: dict[Kind, Callable[[Message], str]] = {
    Kind.BUTTONS: _numbered,
    Kind.LIST: _numbered,
    Kind.LINK: _link,
    Kind.LOCATION: _place,
    Kind.CONTACTS: _cards,
    Kind.LOCATION_REQUEST: lambda message: "",
    Kind.CONTACT_REQUEST: lambda message: "",
}
