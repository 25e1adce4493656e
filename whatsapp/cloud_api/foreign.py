"""Reading JSON that somebody else wrote: every question has an answer, whatever the document holds."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_DEPTH = 12
# PostgreSQL stores neither NUL nor half a surrogate pair.
_UNSTORABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def text(value: Any) -> str:
    """The value if it is a text, without signs that cannot be stored; otherwise nothing."""
    return value.translate(_UNSTORABLE) if isinstance(value, str) else ""


def line_of(value: Any, length: int) -> str:
    """A text of one line, no longer than its column."""
    return " ".join(text(value).split())[:length]


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def decimal(value: Any) -> float | None:
    """A number, also when it comes as text."""
    try:
        number = (
            float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
        )
    except (ValueError, OverflowError):
        return None
    return number if number is not None and abs(number) < 1e12 else None


def moment(value: Any) -> datetime | None:
    """Unix seconds, usually as text; None when they make no sense."""
    seconds = decimal(value)
    if seconds is None or not 1_000_000_000 <= seconds < 4_000_000_000:
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def storable(value: Any, depth: int = _DEPTH) -> Any:
    """A copy that a JSON column takes: clean texts, no endless nesting, no numbers beyond counting."""
    if isinstance(value, str):
        return text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) < 2**63 else str(value)[:40]
    if depth == 0:
        return "…"
    if isinstance(value, dict):
        return {text(key): storable(item, depth - 1) for key, item in value.items()}
    return [storable(item, depth - 1) for item in value]
