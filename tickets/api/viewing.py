"""Whose eyes a request reads with: a person sees what role and queues allow, a key what its scopes allow."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from tenants.statements import Later, Statement
from tickets.models import Message, Ticket
from tickets.models.ticket import Viewer, viewer_of


def viewer(request: Request) -> Viewer:
    """One query for an agent, none for others."""
    auth: Any = request.auth
    if auth.membership is None:
        sees_all = "tickets.see_all" in auth.permissions
        return Viewer(None, sees_all=sees_all, sees_unqueued=False, queue_ids=[])
    return viewer_of(auth.membership, sees_unqueued=auth.company.option("agents_see_unqueued"))


def visible_ticket(request: Request, pk: int) -> Ticket:
    """The ticket, or 404 when it does not exist, is another company's or none of this agent's business."""
    eyes = viewer(request)
    found: list[Ticket] = _visible_ticket.rows(eyes.shape, pk=pk, **eyes.values)
    if not found:
        raise Http404
    return found[0]


@Statement
def _visible_ticket(eyes: tuple[Any, ...]) -> Any:
    rows = Ticket.objects.visible_to(Viewer.shaped(*eyes)).filter(pk=Later("pk"))
    return rows.only("id", "company", "contact", "connection")


def whole_ticket(ticket: Ticket) -> Ticket:
    """The same with everything that texts for its customer may name."""
    parts = Ticket.objects.select_related("company", "contact", "connection", "queue", "agent")
    whole: Ticket = parts.get(pk=ticket.pk)
    return whole


def visible_message(request: Request, pk: int) -> Message:
    tickets = Ticket.objects.visible_to(viewer(request))
    message: Message = get_object_or_404(Message.objects.filter(ticket__in=tickets), pk=pk)
    return message
