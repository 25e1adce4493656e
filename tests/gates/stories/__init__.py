"""What makes each event and signal happen, and who hears it.

A story prepares what it needs and returns the act. It stands in the file of its topic; write it once:

    @story("tag.updated", hears=EVERYONE)
    def _(on):
        tag = on.spare("tags")
        return lambda: on.ana.patch(f"/api/tags/{tag}/", {"name": "Urgente"})
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

EVERYONE = {"ana", "sofia", "bruno", "clara"}
SUPERVISORS = {"ana", "sofia"}
WAITING = SUPERVISORS | {"bruno"}  # the ticket waits in Sales, where bruno works and clara does not
TOPICS = (
    "tickets", "messages", "contacts", "company", "nouns", "notices", "copilot", "exams", "knowledge", "recordings",
)  # fmt: skip


@dataclass
class Stage:
    """One company, its ticket that waits in Sales, and its people's clients."""

    company: Any
    world: Any
    ana: Any  # an administrator's client
    agent: Any  # bruno's
    bruno: Any
    ticket: Any
    line: Any
    sales: Any

    def told(self, what: Callable[..., Any], *about: Any) -> None:
        with self.world.scope():
            what(*about)

    def accepted(self) -> None:
        assert self.agent.post(f"/api/tickets/{self.ticket.pk}/accept/").status_code == 200

    def spare(self, noun: str, **fields: Any) -> int:
        """A row of that noun, made by the administrator."""
        answer = self.ana.post(f"/api/{noun}/", {"name": f"Spare {noun}", **fields})
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    def removed(self, noun: str, pk: int) -> None:
        assert self.ana.delete(f"/api/{noun}/{pk}/").status_code == 204


Act = Callable[[], Any]
STORIES: dict[str, tuple[Callable[[Stage], Act], set[str]]] = {}


def story(name: str, *, hears: set[str]) -> Callable[[Callable[[Stage], Act]], Callable[[Stage], Act]]:
    """Declares the story of an event or signal."""

    def keep(prepare: Callable[[Stage], Act]) -> Callable[[Stage], Act]:
        assert name not in STORIES, f"{name} has two stories"
        STORIES[name] = (prepare, hears)
        return prepare

    return keep


for topic in TOPICS:
    import_module(f"{__name__}.{topic}")
