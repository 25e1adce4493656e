"""Whether an answer stands on what was shown to the model: its source markers, its figures, its links.

A marker is [3], or [0] for what states no fact. Customers never see markers: they are taken out here.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

_MARKER = re.compile(r"[ \t]*[\[【]\^?\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)(?:†[^\]】]*)?\s*[\]】](?!\()")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"']+", re.I)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_EMPTY_CENTS = re.compile(r"[.,]0{1,2}$")
_WORD = re.compile(r"\w+")
LONGEST = 4_096  # signs of a WhatsApp message
SECRET_WORDS = 9  # so many words in a row of our rules are no coincidence


@dataclass(frozen=True, slots=True)
class Grounded:
    """`cited` are source numbers in order of first use. `problem` is "" when the answer may be sent."""

    text: str
    cited: tuple[int, ...]
    problem: str = ""
    detail: str = ""


def read(answer: str, *, known: Collection[int], shown: str, is_strict: bool) -> Grounded:
    """The answer as the customer may read it. `shown` is everything that the model had before it as a source.

    Strict answers need a marker, and figures and links that occur in what was shown.
    """
    marked = [int(one) for found in _MARKER.finditer(answer) for one in re.findall(r"\d+", found[1])]
    cited = tuple(dict.fromkeys(number for number in marked if number != 0))
    text = plain(_MARKER.sub("", answer))
    if not is_strict:
        return Grounded(text, tuple(number for number in cited if number in known))
    if unknown := [number for number in cited if number not in known]:
        return Grounded(text, cited, "unknown_source", ", ".join(map(str, unknown)))
    if not marked:
        return Grounded(text, cited, "no_source")
    if invented := _invented(text, shown):
        return Grounded(text, cited, "unsupported", ", ".join(invented))
    return Grounded(text, cited)


def plain(text: str) -> str:
    """WhatsApp's own few signs instead of Markdown, and no longer than a message may be."""
    text = re.sub(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)", r"\1: \2", text)
    text = re.sub(r"\*\*(\S(?:.*?\S)?)\*\*", r"*\1*", text)
    text = re.sub(r"^#{1,6}\s+(.+?)\s*#*$", r"*\1*", text, flags=re.M)
    text = re.sub(r"^(\s*)[*+]\s+", r"\1- ", text, flags=re.M)
    text = re.sub(r"[ \t]+([.,;:!?])(?=\s|$)", r"\1", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()[:LONGEST]


def gives_away(answer: str, *, secret: str, canary: str) -> bool:
    """Whether it holds the canary, or a run of words that only stand in `secret`."""
    if canary and canary in answer:
        return True
    words, hidden = _WORD.findall(answer.lower()), _WORD.findall(secret.lower())
    runs = {tuple(hidden[at : at + SECRET_WORDS]) for at in range(len(hidden) - SECRET_WORDS + 1)}
    return any(tuple(words[at : at + SECRET_WORDS]) in runs for at in range(len(words) - SECRET_WORDS + 1))


def _invented(text: str, shown: str) -> list[str]:
    """Links and figures that nobody showed to the model. Single digits count things and are let pass."""
    links = [link.rstrip(".,;:!?") for link in _LINK.findall(text)]
    bad = [link for link in links if link.lower() not in shown.lower()]
    figures = {_bare(figure) for figure in _FIGURE.findall(shown)}
    for figure in _FIGURE.findall(_LINK.sub(" ", text)):
        if len(_bare(figure)) > 1 and _bare(figure) not in figures:
            bad.append(figure)
    return list(dict.fromkeys(bad))


def _bare(figure: str) -> str:
    """1.200,00 and 1200 are the same."""
    return re.sub(r"\D", "", _EMPTY_CENTS.sub("", figure)).lstrip("0") or "0"
