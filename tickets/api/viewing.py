"""Whose eyes a request reads with: a person sees what role and queues allow, a key what its scopes allow."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from tenants.authentication import auth_of
from tenants.statements import Later, Statement
from tickets.models import Message, Ticket
from tickets.models.ticket import Viewer, served_by, viewer_of


def viewer(request: Request) -> Viewer:
    """One query for an agent, none for others."""
    auth: Any = request.auth
    if auth.membership is None:
        sees_all = "tickets.see_all" in auth.permissions
        return Viewer(None, sees_all=sees_all, sees_unqueued=False, queue_ids=[])
    return viewer_of(auth.membership, sees_unqueued=auth.company.option("agents_see_unqueued"))


def visible_ticket(request: Request, pk: int) -> Ticket:
    """The ticket, or 404 when it does not exist, is another company's or none of this agent's business."""
    member = auth_of(request).membership
    values = {"pk": pk, "membership": member and member.pk, "viewer": member and member.user_id}
    found: list[Ticket] = _visible_ticket.rows(_rights(request), **values)
    if not found:
        raise Http404
    return found[0]


def _rights(request: Request) -> tuple[bool, bool, bool]:
    """The shape of the caller's eyes, without asking which queues they serve."""
    auth: Any = request.auth
    sees_unqueued = auth.membership is not None and auth.company.option("agents_see_unqueued")
    return auth.membership is not None, "tickets.see_all" in auth.permissions, bool(sees_unqueued)


@Statement
def _visible_ticket(rights: tuple[bool, bool, bool]) -> Any:
    eyes = Viewer.shaped(*rights, queue_ids=served_by(Later("membership")))
    rows = Ticket.objects.visible_to(eyes).filter(pk=Later("pk"))
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
