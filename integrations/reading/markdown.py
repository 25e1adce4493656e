"""Markdown: paragraphs under their headings; code stays together."""

import re

from integrations.reading.blocks import MOST_CHARACTERS, Block, Headings, Unreadable
from integrations.reading.plain import decoded

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def read(data: bytes) -> list[Block]:
    text = decoded(data)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("too_large")
    blocks: list[Block] = []
    headings, lines, fence = Headings(), list[str](), ""

    def end() -> None:
        if "".join(lines).strip():
            blocks.append(Block("\n".join(lines).strip("\n"), str(headings)))
        lines.clear()

    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1] == fence):
            fence = "" if fence else mark[1]
        title = None if fence else _HEADING.match(line)
        if title:
            end()
            headings.enter(len(title[1]), title[2])
        elif not line.strip() and not fence:
            end()
        else:
            lines.append(line)
    end()
    return blocks
