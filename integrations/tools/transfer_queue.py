"""The ticket moves to another queue, whose people go on: a hand-over with an address."""

from typing import Any

from integrations.actions.conversation import Handover
from integrations.ai.port import Tool
from integrations.tools.port import TEXT, Answer, Around, BuiltIn, schema
from tickets.models import Queue

NAME = "transfer_queue"


def offer(around: Around) -> Tool | None:
    names = list(_allowed(around))
    if not names:
        return None
    return Tool(
        NAME,
        "Give the conversation to the people of a sector. The summary is for them.",
        schema(queue={"type": "string", "enum": names}, summary={**TEXT, "maxLength": 2_000}),
    )


def use(around: Around, given: dict[str, Any]) -> Answer:
    handover = Handover("transfer", given["summary"].strip(), queue=_allowed(around)[given["queue"]])
    return Answer("Transferred.", handover=handover)


def _allowed(around: Around) -> dict[str, int]:
    rows = Queue.objects.live().filter(closes=False).order_by("position", "id")
    if ids := around.option(NAME, "queues"):
        rows = rows.filter(pk__in=ids)
    return dict(rows.values_list("name", "pk")[:50])


TOOL = BuiltIn(NAME, offer, use)
