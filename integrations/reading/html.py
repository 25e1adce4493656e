"""The text of a web page: what a reader came for, without menus, scripts and forms."""

import re
from html.parser import HTMLParser

from integrations.reading.blocks import MOST_CHARACTERS, Block, Headings, Unreadable
from integrations.reading.plain import decoded

SILENT = {
    "title", "script", "style", "noscript", "template", "svg", "nav", "header", "footer", "aside", "form", "button",
    "select", "iframe", "canvas",
}  # fmt: skip
BREAKS = {
    "p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "blockquote", "pre",
    "figure", "figcaption", "br", "hr", "details", "summary", "body",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read(data: bytes) -> list[Block]:
    text = decoded(data, hint=_charset(data))
    page = _Page()
    page.feed(text[: 4 * MOST_CHARACTERS])
    page.close()
    page.end_block()
    if sum(len(block.text) for block in page.blocks) > MOST_CHARACTERS:
        raise Unreadable("too_large")
    return page.blocks


def title_of(data: bytes) -> str:
    """What the page calls itself; blank when it does not."""
    found = re.search(r"<title[^>]*>(.*?)</title", decoded(data, hint=_charset(data))[:100_000], re.S | re.I)
    if not found:
        return ""
    import html

    return " ".join(html.unescape(found[1]).split())[:200]


def _charset(data: bytes) -> str:
    found = re.search(rb"charset=[\"']?([\w-]+)", data[:4096], re.I)
    return found[1].decode("ascii") if found else ""


class _Page(HTMLParser):
    """Collects text between the tags that break lines; closes nothing that was not opened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.headings = Headings()
        self.said: list[str] = []
        self.silent: list[str] = []
        self.heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.end_block()
            self.silent.append(tag)
        elif tag in HEADINGS:
            self.end_block()
            self.heading = HEADINGS[tag]
        elif tag in BREAKS:
            self.end_block()
        elif tag in {"td", "th"}:
            self.said.append(" | " if "".join(self.said).strip() else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            while self.silent.pop() != tag:
                pass
        elif tag in HEADINGS or tag in BREAKS:
            self.end_block()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)

    def end_block(self) -> None:
        text = " ".join("".join(self.said).split()).replace("\0", "")
        self.said = []
        if text and self.heading:
            self.headings.enter(self.heading, text)
        elif text:
            self.blocks.append(Block(text, str(self.headings)))
        self.heading = 0
