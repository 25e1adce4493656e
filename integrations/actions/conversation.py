"""The words that a run of an assistant is told in: what was said, what it wants done, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from integrations.actions.searching import Passage
from integrations.ai.port import Said, Usage
from tenants.models import User
from tickets.models import Contact, Ticket

Mode = Literal["live", "playground", "thread", "exam"]


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said since the last close, oldest first, the customer's newest words last.

    `summary` is of what is older. `may_go_on` is asked before each call to the model and each tool: False once a
    person has taken over (the run then ends with the error "overtaken"). `thread` is
    the id of a thread of the API, where that is what it belongs to; `documents` are (name, text) of its files.
    """

    items: tuple[Said, ...]
    summary: str = ""
    ticket: Ticket | None = None
    contact: Contact | None = None
    thread: int | None = None
    documents: tuple[tuple[str, str], ...] = ()
    by: User | None = None
    may_go_on: Callable[[], bool] = _always


@dataclass(frozen=True, slots=True)
class Handover:
    """A person is needed. `note` is for agents; `queue` an id, None where the assistant's own queue decides.

    `reason`: "asked" (the customer wants a person), "transfer" (to the people of `queue`), "no_source" (nothing
    known supports an answer), "out_of_reach" (needs what the assistant cannot do), "upset", "unsafe" (the answer
    would have given something away), "confused" (wrong or endless use of tools), "failed" (the provider did;
    `Outcome.error` says how).
    """

    reason: str
    note: str = ""
    queue: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What a tool wants done to the ticket: declared, not done. `integrations.tools.perform` does it."""

    kind: str  # the tool's name
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the transcript.

    "sent": what the model got · "said": what it answered · "tool": what a tool was given and answered · "rule":
    what we did about an answer, and why. `ms` is how long it took.
    """

    kind: Literal["sent", "said", "tool", "rule"]
    data: Mapping[str, Any]
    ms: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended: `text` for the customer, or a hand-over; with `error`, there is always a hand-over as well,
    save for "overtaken", after which nothing may leave."""

    text: str = ""
    sources: tuple[Passage, ...] = ()
    handover: Handover | None = None
    acts: tuple[Act, ...] = ()
    steps: tuple[Step, ...] = ()
    usage: Usage = field(default_factory=Usage)
    model: str = ""
    error: str | None = None
