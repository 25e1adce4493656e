"""What the server was told to say and what it was asked: rules, and a record of every call."""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from .reading import Asked

MODELS = [
    {"id": "scripted-chat"},
    {"id": "scripted-chat-small"},
    {"id": "scripted-reasoning"},  # refuses a temperature, as reasoning models do
    {"id": "scripted-embedding"},
    {"id": "scripted-transcription"},
    {"id": "scripted-transcription-plain"},  # gives no times: refuses verbose_json
    {"id": "scripted-speech"},
    {"id": "scripted-old", "shutdown_date": "2027-01-31"},
]


@dataclass
class Rule:
    """What to do when a call fits `when`; `times` uses are left, or any number."""

    when: dict[str, Any]
    then: dict[str, Any]
    left: int | None

    def fits(self, asked: Asked) -> bool:
        return self.left != 0 and all(asked.fits(name, value) for name, value in self.when.items())


@dataclass
class State:
    """Everything the control door can change. One event loop uses it, so no lock is needed."""

    pace: float = 0.0
    rules: list[Rule] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    models: list[dict[str, Any]] = field(default_factory=lambda: list(MODELS))
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)  # for dialects whose answers take a while
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def reset(self) -> None:
        """As if just started; the pace stays."""
        self.rules.clear()
        self.calls.clear()
        self.jobs.clear()
        self.models = list(MODELS)

    def write(self, rules: list[dict[str, Any]]) -> None:
        """Replace the script. See docs/ai.md for what a rule may say."""
        self.rules = [
            Rule(
                when=dict(given.get("when", {})),
                then={name: value for name, value in given.items() if name not in {"when", "times"}},
                left=given.get("times"),
            )
            for given in rules
        ]

    def what_to_do(self, asked: Asked) -> dict[str, Any]:
        """The first rule that fits, used up by one; {} when none does."""
        rule = next((rule for rule in self.rules if rule.fits(asked)), None)
        if rule is None:
            return {}
        if rule.left is not None:
            rule.left -= 1
        return rule.then

    def note(self, call: dict[str, Any]) -> dict[str, Any]:
        """Keep what came, in order; what was answered is added to the same entry."""
        call["number"] = len(self.calls) + 1
        call["at"] = time.time()
        self.calls.append(call)
        return call

    def id(self, prefix: str) -> str:
        return f"{prefix}_{next(self.numbers):024d}"
