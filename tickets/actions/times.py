"""Time tracking: the marks of each episode, read from the ticket's own history.

An episode begins when the ticket waits (it is created, or opened again) and ends when it is closed. What was
undone did not happen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import now

from tickets.models import Ticket, TicketHistory
from tickets.models.history import HistoryKind

WITH_AGENT = {HistoryKind.ACCEPTED, HistoryKind.ASSIGNED}


@dataclass
class Episode:
    queued_at: datetime
    started_at: datetime | None = None
    closed_at: datetime | None = None
    rated_at: datetime | None = None

    @property
    def finished_at(self) -> datetime | None:
        """When nothing more is expected of anybody: the rating, else the closing."""
        return self.rated_at or self.closed_at

    @property
    def is_running(self) -> bool:
        return self.closed_at is None

    @property
    def wait_seconds(self) -> int:
        """Until an agent took it; one who never did leaves it waiting to the end."""
        return _seconds(self.queued_at, self.started_at or self.closed_at or now())

    @property
    def support_seconds(self) -> int | None:
        return _seconds(self.started_at, self.closed_at or now()) if self.started_at else None


def times_of(ticket: Ticket) -> dict[str, Any]:
    found = episodes(ticket.history.order_by("id"))
    return {
        "wait_seconds": sum(one.wait_seconds for one in found),
        "support_seconds": sum(one.support_seconds or 0 for one in found),
        "episodes": found,
    }


def episodes(history: Iterable[TicketHistory]) -> list[Episode]:
    """The oldest first."""
    found: list[Episode] = []
    for step in history:
        if step.data.get("undone"):
            continue
        if step.kind in {HistoryKind.CREATED, HistoryKind.REOPENED} or not found:
            found.append(Episode(queued_at=step.created_at))
        last = found[-1]
        if _has_agent(step):
            last.started_at = last.started_at or step.created_at
        elif step.kind == HistoryKind.CLOSED or (step.kind == HistoryKind.MERGED and "into" in step.data):
            last.closed_at = last.closed_at or step.created_at
        elif step.kind == HistoryKind.RATED:
            last.rated_at = step.created_at
    return found


def _has_agent(step: TicketHistory) -> bool:
    """Somebody took it, got it, or opened the conversation themselves."""
    if step.kind in {HistoryKind.CREATED, HistoryKind.REOPENED}:
        return step.by_id is not None
    transferred = step.kind == HistoryKind.TRANSFERRED and step.data.get("to_agent") is not None
    return step.kind in WITH_AGENT or transferred


def _seconds(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds()))
