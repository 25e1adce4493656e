"""What every reader gives: blocks of text that know their heading and page, or a reason why there are none."""

from dataclasses import dataclass
from typing import Literal

MOST_CHARACTERS = 2_000_000  # of one document: a thousand pages
MOST_PAGES = 2_000
MOST_UNPACKED = 200_000_000  # bytes in an archive: a small file can hold a great one

Why = Literal[
    "empty",  # there is nothing in it
    "scanned",  # pictures of pages, no text
    "encrypted",  # it asks for a password
    "broken",  # it is not what it says, or damaged
    "too_large",
    "unreadable_type",
    "lost",  # the file is no longer there
    "unreachable",  # the address does not answer
    "refused_address",  # it points into a private network
    "not_found",  # the address answers that there is no such page
    "refused",  # the address does not let us read
    "gave_up",  # the reader died of it, several times
]


class Unreadable(Exception):
    """`code` says to people why a document could not be read."""

    def __init__(self, code: Why) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table row or a list entry."""

    text: str
    heading: str = ""
    page: int | None = None


class Headings:
    """Where in the document we are: the headings above, the outermost first."""

    def __init__(self) -> None:
        self._levels: dict[int, str] = {}

    def enter(self, level: int, text: str) -> None:
        self._levels = {above: said for above, said in self._levels.items() if above < level}
        self._levels[level] = " ".join(text.split())[:120]

    def __str__(self) -> str:
        return " › ".join(said for _, said in sorted(self._levels.items()) if said)
