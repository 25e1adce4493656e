"""The address book of a phone as it is exported (vCard 2.1, 3.0 and 4.0), as rows of a table.

One row for each card: a person has one WhatsApp number, so of several numbers the mobile or preferred one counts.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

TITLES = ["name", "number", "email", "notes", "tags"]
_BEGIN = re.compile(r"\s*BEGIN:VCARD\s", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\,;:nN])")


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    params: str  # "TYPE=CELL;PREF=1", in capitals
    value: str


def is_one(text: str) -> bool:
    return _BEGIN.match(text.removeprefix("\ufeff")) is not None


def rows(text: str) -> Iterator[list[str]]:
    """The titles, then a row for each card."""
    yield list(TITLES)
    card: list[Property] = []
    for one in _properties(text.removeprefix("\ufeff")):
        if one.name == "BEGIN":
            card = []
        elif one.name == "END":
            yield _cells(card)
        else:
            card.append(one)


def _properties(text: str) -> Iterator[Property]:
    """Long ones go on in the next line."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        whole = lines[at]
        at += 1
        head = whole.partition(":")[0].upper()
        while at < len(lines) and _goes_on(whole, head, lines[at]):
            soft = whole.endswith("=") and "QUOTED-PRINTABLE" in head
            whole = whole[:-1] + lines[at] if soft else whole + lines[at][1:]
            at += 1
        if ":" in whole:
            yield _understood(whole)


def _goes_on(whole: str, head: str, following: str) -> bool:
    return following[:1] in {" ", "\t"} or (whole.endswith("=") and "QUOTED-PRINTABLE" in head)


def _understood(line: str) -> Property:
    head, _, value = line.partition(":")
    name, _, params = head.upper().partition(";")
    if "QUOTED-PRINTABLE" in params:
        value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
    return Property(name.rpartition(".")[2], params, value.strip())


def _cells(card: list[Property]) -> list[str]:
    known: dict[str, list[Property]] = {}
    for one in card:
        if one.value:
            known.setdefault(one.name, []).append(one)
    name = (
        _first(known, "FN")
        or _in_order(_first(known, "N", raw=True))
        or _first(known, "ORG").partition(";")[0]
    )
    return [name, _number(known.get("TEL", [])), _first(known, "EMAIL"), _first(known, "NOTE"),
            _first(known, "CATEGORIES")]  # fmt: skip


def _first(known: dict[str, list[Property]], name: str, *, raw: bool = False) -> str:
    found = known.get(name)
    return "" if not found else found[0].value if raw else _plain(found[0].value)


def _in_order(name: str) -> str:
    """Family;given;middle;prefix;suffix as people say it."""
    parts = [_plain(part) for part in re.split(r"(?<!\\);", name)]
    family, given, middle = [*parts, "", "", ""][:3]
    return " ".join(part for part in (given, middle, family) if part)


def _number(phones: list[Property]) -> str:
    """WhatsApp's own cards say the id behind the number."""
    for one in phones:
        if account := re.search(r"WAID=(\d{8,15})", one.params):
            return f"+{account[1]}"
    best = sorted(
        phones, key=lambda one: (not re.search("CELL|MOBILE", one.params), "PREF" not in one.params)
    )
    return best[0].value.removeprefix("tel:") if best else ""


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip("; ")
