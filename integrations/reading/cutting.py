"""Where a document is cut into passages: at headings and paragraphs, with a little of what went before.

A passage is a place in the text, so that a citation can open the document there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from integrations.reading.blocks import Block

AIM = 1_000  # characters
SMALL = 250  # a section shorter than this goes with the next
OVERLAP = 150
_BREAKS = re.compile(r"(?<=[.!?…;:])\s+|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    start: int
    end: int
    heading: str
    page: int | None


@dataclass(slots=True)
class _Span:
    start: int
    end: int
    heading: str
    page: int | None


def cut(blocks: list[Block]) -> tuple[str, list[Piece]]:
    """The whole text, and its passages in order."""
    text, spans = _laid_out(blocks)
    pieces: list[Piece] = []
    for group in _grouped(spans):
        start, first = group[0].start, group[0]
        before = pieces[-1] if pieces else None
        if before is not None and before.heading == first.heading:
            start = _a_little_before(text, before, first.start)
        pieces.append(Piece(start, group[-1].end, first.heading, first.page))
    return text, pieces


def _laid_out(blocks: list[Block]) -> tuple[str, list[_Span]]:
    """Blocks with two line ends between them; those that are too long in parts."""
    parts, spans, place, heading = list[str](), list[_Span](), 0, None
    for block in blocks:
        if block.heading and block.heading != heading:
            title = block.heading.rsplit(" › ", 1)[-1]
            parts.append(title)
            place += len(title) + 2
        heading = block.heading
        parts.append(block.text)
        spans += [
            _Span(place + start, place + end, block.heading, block.page)
            for start, end in _divided(block.text)
        ]
        place += len(block.text) + 2
    return "\n\n".join(parts), spans


def _divided(text: str) -> Iterator[tuple[int, int]]:
    """Parts of at most AIM characters, at the end of a sentence where there is one."""
    start = 0
    while len(text) - start > AIM:
        window = text[start : start + AIM]
        ends = [found.end() for found in _BREAKS.finditer(window) if found.end() > AIM // 3]
        space = window.rfind(" ")
        end = start + (ends[-1] if ends else space + 1 if space > 0 else AIM)
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _grouped(spans: list[_Span]) -> Iterator[list[_Span]]:
    group: list[_Span] = []
    for span in spans:
        if group:
            length = group[-1].end - group[0].start
            is_new = span.heading != group[0].heading and length >= SMALL
            if is_new or span.end - group[0].start > AIM:
                yield group
                group = []
        group.append(span)
    if group:
        yield group


def _a_little_before(text: str, before: Piece, start: int) -> int:
    """The beginning of a sentence within OVERLAP characters before; `start` itself when there is none."""
    earliest = max(before.start + 1, start - OVERLAP)
    found = [match.end() for match in _BREAKS.finditer(text, earliest, start) if match.end() < start]
    return found[0] if found else start
