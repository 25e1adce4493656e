"""Every option of a company, declared once: its type, its default and the words that explain it.

An option is one entry here. It then exists in `GET|PATCH /api/company/settings/`, in the schema that the
console draws its form from, and as `company.option(key)`.
"""

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


_DECLARED = [
    Option(
        key="agents_see_unqueued",
        type=BOOLEAN,
        default=True,
        label="Agents see tickets without a queue",
        help="When off, a ticket that is in no queue is shown to supervisors and administrators only.",
    ),
    Option(
        key="signature",
        type=BOOLEAN,
        default=False,
        label="Sign messages with the agent's name",
        help="Puts the agent's name in bold above each text that is sent to a customer.",
    ),
]
OPTIONS: dict[str, Option] = {option.key: option for option in _DECLARED}
