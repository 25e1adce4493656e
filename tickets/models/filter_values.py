"""The kinds of value that conditions take: how each is checked, and what it means to the database."""

import math
from collections.abc import Callable
from datetime import datetime
from typing import Any

MOST = 200  # rows named by one condition
LONGEST = 200
BIGGEST = 2**63 - 1


def check(takes: str, value: Any, choices: tuple[str, ...]) -> Any:
    """The value as it is kept. Raises ValueError with a sentence."""
    if takes == "choices":
        return _choices(value, choices)
    return _CHECKS[takes](value)


def meaning(takes: str, value: Any) -> Any:
    """A checked value as the database compares it."""
    return datetime.fromisoformat(value) if takes == "moment" else value


def _choices(value: Any, choices: tuple[str, ...]) -> list[str]:
    if not isinstance(value, list) or not value or len(value) > MOST:
        raise ValueError("needs a list with something in it.")
    if unknown := [one for one in value if one not in choices]:
        raise ValueError(f"knows {', '.join(choices)}, not {str(unknown[0])[:40]!r}.")
    return list(dict.fromkeys(value))


def _rows(*words: str) -> Callable[[Any], list[Any]]:
    def rows(value: Any) -> list[Any]:
        if not isinstance(value, list) or not value or len(value) > MOST:
            raise ValueError("needs a list of ids.")
        for one in value:
            is_id = isinstance(one, int) and not isinstance(one, bool) and 0 < one <= BIGGEST
            if not is_id and not (isinstance(one, str) and one in words):
                raise ValueError(f"{str(one)[:40]!r} is not the id of a row.")
        return list(dict.fromkeys(value))

    return rows


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("needs true or false.")
    return value


def _count(most: int) -> Callable[[Any], int]:
    def count(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= most:
            raise ValueError(f"needs a whole number from 1 to {most}.")
        return value

    return count


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("needs a number.")
    if not math.isfinite(value) or abs(value) > 1e15:
        raise ValueError("needs a number of ordinary size.")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST or "\x00" in value:
        raise ValueError(f"needs a text of up to {LONGEST} characters.")
    return value


def _any(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    return _number(value) if isinstance(value, int | float) else _text(value)


def _moment(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 40:
        raise ValueError("needs a moment such as 2026-01-31T08:00:00Z.")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or not 1970 <= moment.year <= 2200:
        raise ValueError("needs a moment with its time zone, such as 2026-01-31T08:00:00Z.")
    return moment.isoformat()


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "queues": _rows("none"),
    "people": _rows("none", "me"),
    "connections": _rows("none"),
    "tags": _rows(),
    "boolean": _boolean,
    "days": _count(3650),
    "hours": _count(24),
    "minutes": _count(525_600),
    "number": _number,
    "text": _text,
    "any": _any,
    "moment": _moment,
}
