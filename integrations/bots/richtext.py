"""A Typebot's rich text in WhatsApp's marks."""

import re
from collections.abc import Mapping
from typing import Any

_MARKS = (("code", "`"), ("strikethrough", "~"), ("italic", "_"), ("bold", "*"))
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
DEEPEST = 20


def marked(elements: Any) -> str:
    """Paragraphs below each other, lists as lines, links with their address."""
    if not isinstance(elements, list):
        return ""
    return "\n".join(_block(one, 0) for one in elements).strip()


def from_markdown(text: str) -> str:
    """The same for bots that answer Markdown."""
    text = re.sub(r"\[([^\]\n]+)\]\((\S+?)\)", lambda link: _link(link[1], link[2]), text)
    text = re.sub(r"^#{1,6}\s+(.+?)\s*#*$", r"**\1**", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\*)\*(?![\s*])([^*\n]+?)(?<!\s)\*(?!\*)", r"_\1_", text)
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"*\1*", text)
    text = re.sub(r"~~(?=\S)(.+?)(?<=\S)~~", r"~\1~", text)
    return re.sub(r"^\s*[*+-]\s+", "- ", text, flags=re.MULTILINE).strip()


def _block(element: Any, depth: int) -> str:
    if not isinstance(element, Mapping) or depth > DEEPEST:
        return ""
    kind = element.get("type", "p")
    if kind in {"ul", "ol"}:
        return _listed(element, depth, numbered=kind == "ol")
    text = _inside(element, depth)
    if kind in _HEADINGS:
        return _around(text, "*")
    if kind == "blockquote":
        return "\n".join(f"> {line}" for line in text.splitlines())
    return text


def _listed(element: Mapping[str, Any], depth: int, *, numbered: bool) -> str:
    lines = []
    for number, item in enumerate(_children(element), start=1):
        text = _inside(item, depth + 1) if isinstance(item, Mapping) else ""
        first, *more = text.split("\n")
        mark = f"{number}. " if numbered else "- "
        lines.append("\n".join([mark + first, *(f"  {line}" for line in more)]))
    return "\n".join(lines)


def _inside(element: Mapping[str, Any], depth: int) -> str:
    """What an element holds: text with marks, links, and blocks (of a list in a list) on lines of their own."""
    said = ""
    for child in _children(element):
        if not isinstance(child, Mapping):
            continue
        if isinstance(child.get("text"), str):
            said += _leaf(child)
        elif child.get("type") == "a":
            said += _link(_inside(child, depth + 1), str(child.get("url") or ""))
        elif child.get("type") in {"p", "ul", "ol", "li", "lic", "blockquote"}:
            said += ("\n" if said else "") + _block(child, depth + 1)
        elif depth < DEEPEST:
            said += _inside(child, depth + 1)  # a variable, or something that is new to us
    return said


def _leaf(leaf: Mapping[str, Any]) -> str:
    text = str(leaf["text"])
    for name, mark in _MARKS:
        if leaf.get(name) is True:
            text = _around(text, mark)
    return text


def _around(text: str, mark: str) -> str:
    """WhatsApp shows marks only where they touch a word, line by line."""
    lines = []
    for line in text.split("\n"):
        word = line.strip()
        lines.append(line.replace(word, f"{mark}{word}{mark}", 1) if word else line)
    return "\n".join(lines)


def _link(text: str, url: str) -> str:
    words = text.strip()
    if not url:
        return text
    return url if not words or words == url else f"{words} ({url})"


def _children(element: Mapping[str, Any]) -> list[Any]:
    children = element.get("children")
    return children if isinstance(children, list) else []
