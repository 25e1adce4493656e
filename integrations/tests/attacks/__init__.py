"""Attacks on assistants, as data: what is written, where it reaches the model, what a model that obeys does.

The scripted provider obeys every one of them, which no real model does always: what holds here does not rest on the
model's good sense. `{…}` in what it does is filled in by the test with what the attacker could know, or guess.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

FILES = ("leaks", "others", "tools", "frames", "flow")
LANGUAGES = ("pt", "en", "es")


@dataclass(frozen=True)
class Attack:
    """`via`: customer, document, tool, image, name, transcript. `obeys`: one step of the model after the other, each
    {"say": …} or {"calls": [{"name", "arguments"}]}; the last one is repeated as long as it is asked."""

    name: str
    language: str
    via: str
    text: str
    obeys: tuple[dict[str, Any], ...]

    def __str__(self) -> str:
        return f"{self.name}-{self.language}"


def say(text: str) -> dict[str, Any]:
    return {"say": text}


def call(name: str, **arguments: Any) -> dict[str, Any]:
    return {"calls": [{"name": name, "arguments": arguments}]}


def in_three(name: str, via: str, obeys: list[dict[str, Any]], pt: str, en: str, es: str) -> list[Attack]:
    """The same attack in the languages of the product."""
    texts = zip(LANGUAGES, (pt, en, es), strict=True)
    return [Attack(name, language, via, text, tuple(obeys)) for language, text in texts]


def every() -> list[Attack]:
    return [one for file in FILES for one in import_module(f"{__name__}.{file}").ATTACKS]
