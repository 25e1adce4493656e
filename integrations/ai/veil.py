"""Keeps telephone numbers and e-mail addresses from a provider: each leaves as a mark and comes back as itself.

A model needs to know that a number was said, hardly ever which. The marks of one question are forgotten with it.
"""

import re

# Ten digits and more, however they are grouped; a plus makes shorter ones a telephone number as well.
_NUMBER = r"(?:\+\d[\d\s().-]{6,20}\d|(?<![\w.,-])\(?\d(?:[\s().-]{0,2}\d){9,14}(?![\w-]))"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PRIVATE = re.compile(f"(?P<email>{_EMAIL})|(?P<number>{_NUMBER})")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_MARK = re.compile(r"⟦(?:number|email) \d{1,4}⟧")
OPENS, CLOSES = "⟦", "⟧"
LONGEST_MARK = 16


class Veil:
    """One question's marks."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}
        self._values: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """The same with a mark in place of each number and address; the same value always gets the same one."""
        plain = text.replace(OPENS, "[").replace(CLOSES, "]")  # nobody outside makes marks
        return _PRIVATE.sub(self._mark, plain)

    def show(self, text: str) -> str:
        """The values back in their places."""
        return _MARK.sub(lambda found: self._values.get(found[0], found[0]), text)

    def _mark(self, found: re.Match[str]) -> str:
        value = found[0]
        if _DATE.match(value):
            return value
        if value not in self._marks:
            mark = f"{OPENS}{found.lastgroup} {len(self._marks) + 1}{CLOSES}"
            self._marks[value] = mark
            self._values[mark] = value
        return self._marks[value]


class Unveiling:
    """The same for a text that comes piece by piece: what may be the beginning of a mark waits for its end."""

    def __init__(self, veil: Veil) -> None:
        self._veil = veil
        self._held = ""

    def take(self, piece: str) -> str:
        """What can be shown by now."""
        text = self._held + piece
        begun = text.rfind(OPENS)
        is_open = begun >= 0 and CLOSES not in text[begun:] and len(text) - begun < LONGEST_MARK
        self._held = text[begun:] if is_open else ""
        return self._veil.show(text[:begun] if is_open else text)

    def rest(self) -> str:
        held, self._held = self._held, ""
        return self._veil.show(held)
