"""The parts of long documents that fit into one question to a model."""

import re
import unicodedata
from collections.abc import Iterable

ROOM = 24_000  # signs of all documents together
PIECE = 1_600


def fitting(documents: Iterable[tuple[str, str]], question: str) -> list[tuple[str, str]]:
    """(name, text) as they are while they fit; else the pieces that share most words with the question."""
    whole = [(name, text.strip()) for name, text in documents if text.strip()]
    if sum(len(text) for _, text in whole) <= ROOM:
        return whole
    wanted = _words(question)
    pieces = [(name, at, piece) for name, text in whole for at, piece in enumerate(_pieces(text))]
    ranked = sorted(pieces, key=lambda one: (-_shared(wanted, one[2]), one[1]))
    chosen = sorted(ranked[: ROOM // PIECE], key=lambda one: (one[0], one[1]))
    names = dict.fromkeys(name for name, _, _ in chosen)
    return [(name, "\n[…]\n".join(piece for of, _, piece in chosen if of == name)) for name in names]


def _pieces(text: str) -> list[str]:
    """Whole paragraphs as long as they fit; longer ones are cut."""
    pieces, current = [], ""
    for paragraph in re.split(r"\n\s*\n", text):
        for start in range(0, max(len(paragraph), 1), PIECE):
            part = paragraph[start : start + PIECE]
            if current and len(current) + len(part) > PIECE:
                pieces.append(current)
                current = ""
            current = f"{current}\n\n{part}" if current else part
    return [*pieces, current] if current else pieces


def _shared(wanted: set[str], piece: str) -> int:
    return len(wanted & _words(piece))


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    return set(re.findall(r"[a-z0-9]{3,}", plain.encode("ascii", "ignore").decode()))
