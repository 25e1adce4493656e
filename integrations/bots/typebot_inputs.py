"""The blocks of a Typebot that wait for an answer: what is offered, and what an answer means there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from integrations.bots.port import Bubble, Choice, Question
from integrations.bots.words import MOST_CHOICES

CHOICES = {"choice input", "picture choice input", "cards input"}
FILE = "file input"
PAYMENT = "payment input"


@dataclass(frozen=True, slots=True)
class Offered:
    """`shown` are bubbles of the question itself; `state` is what the answer is understood with."""

    choices: tuple[Choice, ...] = ()
    shown: tuple[Bubble, ...] = ()
    state: dict[str, Any] = field(default_factory=dict)


def offered(asked: Mapping[str, Any]) -> Offered:
    """Text, number, e-mail, url, date, time, phone and file need nothing but the question: it was said already."""
    kind = str(asked.get("type") or "")
    if kind == "rating input":
        return _rating(asked)
    if kind not in CHOICES:
        return Offered(state={"input": kind})
    choices, shown = [], []
    for item in _items(asked):
        if kind == "cards input":
            choices += [
                Choice(str(path.get("id")), str(path.get("text") or "")) for path in _list(item, "paths")
            ]
        else:
            choices.append(Choice(str(item.get("id")), _title(item)))
        if picture := str(item.get("pictureSrc") or item.get("imageUrl") or ""):
            shown.append(Bubble(_caption(item), "image", picture))
    found = tuple(choice for choice in choices if choice.title)[:MOST_CHOICES]
    several = _options(asked).get("isMultipleChoice") is True
    state = {
        "input": kind,
        "choices": [[choice.id, choice.title] for choice in found],
        "several": several,
    }
    return Offered(found, tuple(shown), state)


def answer(question: Question) -> dict[str, Any]:
    """What is sent for it: a number or a tap means a choice, a file its address."""
    said: dict[str, Any] = {"type": "text", "text": question.text}
    if question.files:
        urls = [file.url for file in question.files]
        said["attachedFileUrls"] = urls
        if question.state.get("input") == FILE or not question.text:
            said["text"] = ", ".join(urls)
    known = [(str(row[0]), str(row[1])) for row in question.state.get("choices") or ()]
    if not known or question.files:
        return said
    if question.state.get("several"):
        meant = [_chosen(known, part, "") for part in re.split(r"[,;\n]+", question.text)]
        if all(meant):
            said["text"] = ", ".join(one[1] for one in meant if one)
        return said
    if one := _chosen(known, question.text, question.reply_id):
        said["text"] = one[1]
        said["metadata"] = {"replyId": one[0]}
    return said


def _chosen(known: list[tuple[str, str]], text: str, reply_id: str) -> tuple[str, str] | None:
    for one in known:
        if reply_id == one[0]:
            return one
    word = text.strip()
    for one in known:
        if word.casefold() == one[1].strip().casefold():
            return one
    number = re.fullmatch(r"\D{0,3}(\d{1,3})\D{0,3}", word)
    place = int(number[1]) if number else 0
    return known[place - 1] if 1 <= place <= len(known) else None


def _rating(asked: Mapping[str, Any]) -> Offered:
    """The scale in words, since nobody sees the stars."""
    options = _options(asked)
    labels = options.get("labels") if isinstance(options.get("labels"), Mapping) else {}
    assert isinstance(labels, Mapping)
    first, last = options.get("startsAt", 1), options.get("length", 10)
    ends = [
        f"{number} = {labels[side]}"
        for number, side in ((first, "left"), (last, "right"))
        if labels.get(side)
    ]
    text = ", ".join(ends) if ends else f"{first} – {last}"
    return Offered(shown=(Bubble(text),), state={"input": "rating input"})


def _items(asked: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return _list(asked, "items")[:MOST_CHOICES]


def _list(holder: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = holder.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _options(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    options = asked.get("options")
    return options if isinstance(options, Mapping) else {}


def _title(item: Mapping[str, Any]) -> str:
    return str(item.get("content") or item.get("title") or item.get("description") or "").strip()


def _caption(item: Mapping[str, Any]) -> str:
    title, description = str(item.get("title") or ""), str(item.get("description") or "")
    return "\n".join(part for part in (f"*{title}*" if title else "", description) if part)
