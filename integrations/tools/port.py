"""What a tool is to the engine that runs assistants."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from integrations.actions.conversation import Act, Conversation, Handover, Mode
from integrations.actions.searching import Passage
from integrations.ai.port import Tool
from integrations.ai.prompts import Frame
from integrations.models import Assistant
from tickets.models import Ticket

TEXT = {"type": "string"}
OPTIONAL_TEXT = {"type": ["string", "null"]}


class Sources:
    """What was shown to the model in this run, numbered from 1, so that answers can be held against it."""

    def __init__(self) -> None:
        self.passages: dict[int, Passage] = {}
        self.count = 0

    def add(self, passage: Passage) -> int:
        """Its number; the same passage keeps the one it has."""
        for number, had in self.passages.items():
            if (had.source, had.id) == (passage.source, passage.id):
                return number
        self.count += 1
        self.passages[self.count] = passage
        return self.count

    def add_result(self) -> int:
        """A number for what a tool answered."""
        self.count += 1
        return self.count


@dataclass(slots=True)
class Around:
    """What a tool may know of the run it is used in."""

    conversation: Conversation
    assistant: Assistant
    mode: Mode
    frame: Frame
    sources: Sources = field(default_factory=Sources)

    @property
    def is_rehearsal(self) -> bool:
        """Nobody outside may notice anything: no letter, no order, no changed account."""
        return self.mode in {"playground", "exam"}

    def option(self, tool: str, name: str) -> list[Any]:
        """What the company narrowed a tool to; empty: no narrower than the tool itself."""
        found = self.assistant.tool_options.get(tool, {}).get(name, [])
        return list(found) if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model reads, and what follows from it. `is_data`: others wrote it, so it is framed and numbered."""

    output: str
    act: Act | None = None
    handover: Handover | None = None
    is_data: bool = False


class ToolError(Exception):
    """The tool was used wrongly; the model is told why and may try once more."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """`offer` is None-able: a company without tags has nothing to set. `perform` does what `use` declared, under
    the ticket's lock in the transaction that sends, and answers in a few words what was done."""

    name: str
    offer: Callable[[Around], Tool | None]
    use: Callable[[Around, dict[str, Any]], Answer]
    perform: Callable[[Ticket, Mapping[str, Any]], None] | None = None


def schema(**properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object whose every property is required, as strict mode wants it."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
