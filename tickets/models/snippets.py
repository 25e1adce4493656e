"""Where a text says what was looked for: a piece of it, and which signs of that piece to mark."""

import re
from dataclasses import dataclass

from tickets.models.search import plain
from tickets.models.search_query import Query

SHOWN = 180
BEFORE = 40
LOOKED_AT = 20_000
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Snippet:
    """`marks` are [start, length] in `text`, in order."""

    text: str
    marks: list[list[int]]


class Marker:
    """Knows the words of one search, as the index compares them: without accents, and the last one unfinished."""

    def __init__(self, query: Query) -> None:
        typed = _tokens(" ".join(query.words))
        self.starts = (typed[-1],) if typed and query.ends_open else ()
        self.words = {*typed, *_tokens(" ".join(query.phrases))} - set(self.starts)

    def snippet(self, text: str) -> Snippet:
        """The piece around the first word that is meant; the beginning when there is none."""
        text = " ".join(text[:LOOKED_AT].split())
        marks = [(one.start(), one.end()) for one in _TOKEN.finditer(text) if self._means(plain(one.group()))]
        start = 0
        if marks and marks[0][1] > SHOWN:
            start = marks[0][0] - BEFORE
            start = text.rfind(" ", 0, start) + 1 or start
        end = min(len(text), start + SHOWN)
        shown = ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
        shift = start - (1 if start else 0)
        return Snippet(shown, [[a - shift, b - a] for a, b in marks if b <= end])

    def is_in(self, text: str) -> bool:
        return any(self._means(plain(one)) for one in _TOKEN.findall(text[:LOOKED_AT]))

    def _means(self, token: str) -> bool:
        return token in self.words or any(token.startswith(start) for start in self.starts)

    def mark_parts(self, text: str) -> list[list[int]]:
        """The same within words, for names and numbers, which are found by any part."""
        wanted = sorted({*self.words, *self.starts}, key=len, reverse=True)
        bare = "".join(plain(sign)[:1] or " " for sign in text)
        marks: list[list[int]] = []
        for word in wanted:
            at = bare.find(word)
            if word and at >= 0 and all(at >= a + n or at + len(word) <= a for a, n in marks):
                marks.append([at, len(word)])
        return sorted(marks)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(plain(text))
