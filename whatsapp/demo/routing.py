"""Who answers in the demo and by when: limits, rules of queues, promised times, and promises that are broken."""

from datetime import timedelta
from typing import Any

from django.db.models import Min, OuterRef, Subquery
from django.utils.timezone import now

from tenants.actions import company
from tenants.models import Membership
from tickets.actions import queues, sla, sla_policies, timers
from tickets.models import Message, Ticket
from tickets.models.ticket import Priority
from whatsapp.demo.company import Stage

DAY = 24 * 60
URGENT = [Priority.HIGH, Priority.URGENT]


def route(stage: Stage) -> None:
    """In the company's scope, after its conversations are there."""
    {"aurora": _aurora, "sol": _sol}[stage.cast.key](stage)
    _first_replies()
    _urgent(stage)
    _promise()


def _aurora(stage: Stage) -> None:
    _company(
        stage,
        agent_capacity=12,
        inactivity_warning="{{firstName}}, ainda está por aí? Se não precisar de mais nada, encerramos amanhã.",
        inactivity_closing="Encerramos por aqui. Se precisar, é só escrever de novo!",
    )
    _carries(stage, "camila@aurora.example", 8)
    _queue(stage, "trocas", assignment="round_robin", capacity=3, idle_minutes=20, away_minutes=10)
    _queue(stage, "financeiro", assignment="least_busy", capacity=4, previous_first=True)
    _queue(stage, "vendas", overflow_minutes=30, overflow_queue=stage.queues["suporte"])
    _policy("Prioridade alta", first=10, following=15, end=4 * 60, priorities=URGENT)
    _policy("Vendas", first=30, following=60, queues=[stage.queues["vendas"].pk])
    _policy(
        "Financeiro", first=4 * 60, end=2 * DAY, business_hours=True, queues=[stage.queues["financeiro"].pk]
    )
    _policy("Padrão", first=2 * 60, following=8 * 60, end=3 * DAY, is_default=True)


def _sol(stage: Stage) -> None:
    _company(
        stage,
        agent_capacity=10,
        inactivity_warning="{{firstName}}, ¿sigue ahí? Si no necesita nada más, cerramos mañana.",
        inactivity_closing="Cerramos la conversación. Escríbanos cuando quiera.",
    )
    _queue(stage, "recepcion", assignment="round_robin", capacity=4, away_minutes=15)
    _queue(stage, "urgencias", overflow_minutes=5, overflow_queue=stage.queues["recepcion"])
    _policy("Urgencias", first=5, following=10, queues=[stage.queues["urgencias"].pk])
    _policy("General", first=2 * 60, following=8 * 60, end=2 * DAY, is_default=True)


def _company(stage: Stage, **options: Any) -> None:
    times = {"inactivity_minutes": DAY, "inactivity_close_minutes": DAY}
    stage.company = company.set_options({**times, **options}, by=None)


def _carries(stage: Stage, email: str, capacity: int) -> None:
    Membership.objects.filter(user=stage.people[email]).update(capacity=capacity)


def _queue(stage: Stage, key: str, **rules: Any) -> None:
    stage.queues[key] = queues.update(stage.queues[key], by=None, **rules)


def _policy(
    name: str, *, first: int, following: int | None = None, end: int | None = None, **fields: Any
) -> None:
    minutes = {"first_reply_minutes": first, "next_reply_minutes": following, "resolution_minutes": end}
    sla_policies.create(by=None, name=name, **minutes, **fields)


def _first_replies() -> None:
    """Conversations that were written straight into the tables have not been followed."""
    said = Message.objects.filter(ticket=OuterRef("pk"), direction="out").order_by().values("ticket")
    first = said.annotate(first=Min("at")).values("first")
    Ticket.objects.filter(first_reply_at=None).update(first_reply_at=Subquery(first))


def _urgent(stage: Stage) -> None:
    """Somebody who waits in front of everybody's eyes, a moment before and a moment after the promise breaks."""
    waiting = Ticket.objects.filter(status="pending").order_by("-waiting_since")
    for ticket, minutes in zip(waiting[:2], (6, 14), strict=True):
        at = now() - timedelta(minutes=minutes)
        Ticket.objects.filter(pk=ticket.pk).update(priority=Priority.URGENT, waiting_since=at)


def _promise() -> None:
    """What the rules would have promised when the customers wrote."""
    promises = sla.Promises()
    live = Ticket.objects.live().filter(waiting_since__isnull=False).select_related("connection", "queue")
    rings = []
    for ticket in live:
        if fields := sla.follow(ticket, promises):
            ticket.save(update_fields=fields)
        if (timer := sla.timer_of(ticket)) is not None:
            rings.append(timer)
    timers.start_all(rings)
