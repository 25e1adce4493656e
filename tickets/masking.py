"""Customers' numbers are hidden from agents where the company wants it: in every answer and every event.

One function walks whatever is about to be shown, so a new row that carries a number is covered without knowing of
this. Supervisors, administrators and programs see the digits.
"""

import re
import time
from typing import Any

import orjson
from rest_framework.request import Request

from tenants.models import Company
from tenants.roles import Role

MASK = "•"
SHOWN_FIRST, SHOWN_LAST = 4, 2
SHORT = 4  # digits that may be searched for all the same: numbers of tickets, years
FULL_LENGTH = 8  # digits, from which on a search for a number looks like one that is known, not like a guess
NOBODY = "\ue000"  # stands in nobody's name
KEEP_SECONDS = 5.0

_NUMBER = re.compile(r"\+?\d{8,15}")
_NAMES = frozenset({"name", "display_name", "title", "contact_name", "author_name"})
_ADDRESSES = frozenset({"phone", "lid"})
_known: dict[int, tuple[float, bool]] = {}


def answer(request: Request, data: Any) -> Any:
    """What this caller may see of an answer (settings.MASKS)."""
    return masked(_plain(data)) if hides_from(request) else data


def event(company_id: int, data: Any) -> Any:
    """What agents may see of an event; None when they may see all of it."""
    if not _is_wanted(company_id):
        return None
    plain = _plain(data)
    hidden = masked(plain)
    return None if hidden == plain else hidden


def hides_from(request: Request) -> bool:
    auth: Any = request.auth  # who signs in, or asks anonymously, has no membership
    membership = getattr(auth, "membership", None)
    if membership is None or membership.role != Role.AGENT:
        return False
    return bool(auth.company.option("mask_numbers"))


def masked(data: Any) -> Any:
    """The same with every customer's number hidden."""
    if isinstance(data, dict):
        is_address = data.get("kind") in _ADDRESSES
        is_ours = "verified_name" in data  # a connection: the company's own number
        return {key: _value(key, value, is_address, is_ours) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [masked(item) for item in data]
    return data


def hide(number: str) -> str:
    """ "5511987654321" → "5511•••••••21"; a plus stays."""
    plus, digits = ("+", number[1:]) if number.startswith("+") else ("", number)
    hidden = MASK * max(len(digits) - SHOWN_FIRST - SHOWN_LAST, 2)
    return f"{plus}{digits[:SHOWN_FIRST]}{hidden}{digits[-SHOWN_LAST:]}"


def is_hidden(number: str) -> bool:
    """A number that came back as it was shown: whoever sends it did not see it and cannot mean to change it."""
    return MASK in number


def searchable(request: Request, words: str) -> str:
    """What this caller may search for. Who knows a number finds its owner by the whole of it; guessing it digit by
    digit finds nobody."""
    if not hides_from(request):
        return words
    return " ".join(NOBODY if _is_part_of_number(word) else word for word in words.split())


def _plain(data: Any) -> Any:
    """Rows that the database wrote as JSON are text until they are read."""
    return orjson.loads(orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS))


def _value(key: str, value: Any, is_address: bool, is_ours: bool) -> Any:
    if not isinstance(value, str):
        return masked(value)
    is_number = (key == "number" and not is_ours) or (is_address and key == "value") or key in _NAMES
    return hide(value) if is_number and _NUMBER.fullmatch(value) else value


def _is_part_of_number(word: str) -> bool:
    digits = re.sub(r"[\s().\-/+]", "", word)
    return digits.isdigit() and SHORT < len(digits) < FULL_LENGTH


def _is_wanted(company_id: int) -> bool:
    """Asked for each event, so it is remembered for a moment; whoever changes the option is told to read again."""
    found = _known.get(company_id)
    if found is None or found[0] < time.monotonic():
        settings = Company.objects.filter(pk=company_id).values_list("settings", flat=True).first() or {}
        found = time.monotonic() + KEEP_SECONDS, bool(settings.get("mask_numbers"))
        _known[company_id] = found
    return found[1]
