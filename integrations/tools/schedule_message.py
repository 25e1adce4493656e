"""A message to this customer later: a reminder they asked for. It stays home if they write before."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from helpdesk.errors import Refused
from integrations.actions.conversation import Act
from integrations.ai.port import Tool
from integrations.tools.port import TEXT, Answer, Around, BuiltIn, ToolError, schema
from tickets.actions import schedules
from tickets.models import Ticket

NAME = "schedule_message"
SOONEST, LATEST = timedelta(minutes=2), timedelta(days=90)


def offer(around: Around) -> Tool | None:
    return Tool(
        NAME,
        "Send this customer a message later, if they ask to be reminded. `at` is local time such as"
        " 2026-03-31T09:00.",
        schema(at={**TEXT, "maxLength": 32}, text={**TEXT, "maxLength": 1_000}),
    )


def use(around: Around, given: dict[str, Any]) -> Answer:
    ticket = around.conversation.ticket
    zone = ZoneInfo(around.assistant.company.timezone)
    at, text = _moment(given["at"], zone), given["text"].strip()
    if not text:
        raise ToolError("text must not be empty.")
    if not now() + SOONEST <= at <= now() + LATEST:
        raise ToolError("at must lie between two minutes and ninety days from now.")
    if ticket is None and not around.is_rehearsal:
        return Answer("Messages cannot be scheduled in this conversation.")
    return Answer("The message will be scheduled.", act=Act(NAME, {"at": at.isoformat(), "text": text}))


def perform(ticket: Ticket, params: Mapping[str, Any]) -> None:
    try:
        schedules.create(
            by=None,
            contacts=[ticket.contact],
            connection=ticket.connection,
            queue=ticket.queue,
            body=params["text"],
            first_at=datetime.fromisoformat(params["at"]),
            cancel_on_reply=True,
            by_assistant=True,
        )
    except Refused:
        return  # its time passed while the answer waited


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ToolError("at must be a time such as 2026-03-31T09:00.") from error
    return at if at.tzinfo else at.replace(tzinfo=zone)


TOOL = BuiltIn(NAME, offer, use, perform)
