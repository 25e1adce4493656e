"""Tickets: who sees them, who looks at them, what customers think of them."""

from django.db import transaction

from helpdesk.sockets import Visitor
from tenants.actions import company as companies
from tests.gates.stories import EVERYONE, WAITING, story
from tickets.actions import rating_answers, ratings, tell, watching
from tickets.models import Ticket


@story("ticket.created", hears=WAITING)
def _(on):
    return lambda: on.told(tell.ticket_created, on.ticket)


@story("ticket.updated", hears=WAITING)
def _(on):
    return on.accepted


@story("ticket.merged", hears=WAITING)
def _(on):
    twin = on.world.ticket(on.world.connection("Second"), on.ticket.contact, queue=on.sales)
    return lambda: on.ana.post(f"/api/tickets/{on.ticket.pk}/merge/", {"into": twin.pk})


@story("pins.changed", hears={"bruno"})
def _(on):
    return lambda: on.agent.post(f"/api/tickets/{on.ticket.pk}/pin/")


@story("viewers.changed", hears=WAITING)
def _(on):
    at_desk = Visitor(on.company.pk, on.bruno.pk, 1, frozenset({f"queue.{on.sales.pk}"}), 0)
    return lambda: watching.watch(at_desk, 1, {"ticket": on.ticket.pk})


@story("bulk_job.updated", hears={"bruno"})
def _(on):
    job = {"action": "priority", "params": {"priority": "high"}, "tickets": [on.ticket.pk]}
    return lambda: on.agent.post("/api/bulk-jobs/", job)


@story("rating.created", hears=WAITING)
def _(on):
    return lambda: on.told(_ask, on)


@story("rating.updated", hears=WAITING)
def _(on):
    on.told(_ask, on)
    return lambda: on.told(_rate, on)


@story("view.created", hears=EVERYONE)
def _(on):
    return lambda: on.spare("views", is_shared=True)


@story("view.updated", hears=EVERYONE)
def _(on):
    view = on.spare("views", is_shared=True)
    return lambda: on.ana.patch(f"/api/views/{view}/", {"name": "Late"})


@story("view.deleted", hears=EVERYONE)
def _(on):
    view = on.spare("views", is_shared=True)
    return lambda: on.removed("views", view)


def _row(on):
    return Ticket.objects.select_related("company", "contact", "connection").get(pk=on.ticket.pk)


def _ask(on):
    row = _row(on)
    companies.set_options({"rating": "nps"}, by=None)
    row.status, row.agent, row.opened_at, row.closed_at = "closed", on.bruno, row.created_at, row.created_at
    row.save()
    ratings.ask(_row(on), {})


def _rate(on):
    row = _row(on)
    with transaction.atomic():
        ratings.hear(row, rating_answers.waiting(row), "9")
