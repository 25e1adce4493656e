"""A tag for the ticket, among those that the company allows."""

from collections.abc import Mapping
from typing import Any

from integrations.actions.conversation import Act
from integrations.ai.port import Tool
from integrations.tools.port import Answer, Around, BuiltIn, schema
from tickets.actions import marks
from tickets.models import Tag, Ticket

NAME = "set_tag"
MOST = 100


def offer(around: Around) -> Tool | None:
    names = sorted(_allowed(around))
    if not names:
        return None
    return Tool(NAME, "Mark what the conversation is about.", schema(tag={"type": "string", "enum": names}))


def use(around: Around, given: dict[str, Any]) -> Answer:
    pk = _allowed(around)[given["tag"]]
    return Answer("The tag will be set.", act=Act(NAME, {"tag": pk, "name": given["tag"]}))


def perform(ticket: Ticket, params: Mapping[str, Any]) -> None:
    if Tag.objects.live().filter(pk=params["tag"]).exists():
        marks.change_tags(ticket, add=[params["tag"]], by=None)


def _allowed(around: Around) -> dict[str, int]:
    rows = Tag.objects.live().order_by("position", "id")
    if ids := around.option(NAME, "tags"):
        rows = rows.filter(pk__in=ids)
    return dict(rows.values_list("name", "pk")[:MOST])


TOOL = BuiltIn(NAME, offer, use, perform)
