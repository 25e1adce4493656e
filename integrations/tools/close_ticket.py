"""The matter is settled: the ticket closes after the answer."""

from collections.abc import Mapping
from typing import Any

from helpdesk.errors import Refused
from integrations.actions.conversation import Act
from integrations.ai.port import Tool
from integrations.tools.port import Answer, Around, BuiltIn, schema
from tickets.actions import lifecycle
from tickets.models import Ticket

NAME = "close_ticket"


def offer(around: Around) -> Tool | None:
    return Tool(
        NAME,
        "End the conversation once the customer said that everything is settled. Say goodbye in your answer.",
        schema(),
    )


def use(around: Around, given: dict[str, Any]) -> Answer:
    return Answer("The conversation will be closed after your answer.", act=Act(NAME, {}))


def perform(ticket: Ticket, params: Mapping[str, Any]) -> None:
    """Fields that a company wants filled in before closing are asked of people, so it stays open for them."""
    try:
        lifecycle.close(ticket, by=None)
    except Refused:
        return


TOOL = BuiltIn(NAME, offer, use, perform)
