"""What an option of a company is."""

from dataclasses import dataclass
from typing import Any

BOOLEAN, INTEGER, TEXT, CHOICE = "boolean", "integer", "text", "choice"


@dataclass(frozen=True, slots=True)
class Option:
    """`minimum` and `maximum` bound an integer or the length of a text; `choices` are a choice's values."""

    key: str
    type: str
    default: Any
    label: str
    help: str
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
