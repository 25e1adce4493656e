"""What a check of the doctor says."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["ok", "warn", "bad"]


class Finding(NamedTuple):
    """One thing looked at: whether it is well, and what to do when it is not."""

    level: Level
    about: str
    words: str
