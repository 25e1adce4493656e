"""A number with bots of others behind it: customers write, bots answer, and what leaves is on paper."""

from typing import Any

import pytest

from integrations.models import Bot, BotSession
from tickets.actions import outbound, rates
from tickets.models import Message
from tickets.tests.conftest import office as office


@pytest.fixture
def desk(
    office: Any, paper: Any, sales: Any, support: Any, bruno: Any, bot_world: Any, monkeypatch: Any
) -> Any:
    """Acme's number, whose queue is Sales, and the servers of others."""
    monkeypatch.setattr(rates, "take", lambda *_, **__: 0.0)
    office.paper, office.sales, office.support, office.bruno, office.bots = (
        paper,
        sales,
        support,
        bruno,
        bot_world,
    )
    office.line.queue = sales
    office.maria = office.customer("Maria")
    return office


def set_up(desk: Any, kind: str = "webhook", **fields: Any) -> Bot:
    fields.setdefault("url", desk.bots.url + ("/webhook/flow" if kind == "webhook" else ""))
    fields.setdefault("name", "Robô")
    fields.setdefault("delay_ms", 0)
    with desk.world.scope():
        return Bot.objects.create(kind=kind, is_on=True, **fields)


def typebot(desk: Any, slug: str = "demo", **fields: Any) -> Bot:
    return set_up(desk, "typebot", options={"slug": slug}, **fields)


def says(desk: Any, body: str, who: Any = None) -> Any:
    """The customer writes and pauses."""
    ticket = desk.writes(who or desk.maria, body)
    desk.after(seconds=2)
    return desk.ticket(ticket.pk)


def answers(desk: Any, answer: Any) -> None:
    desk.bots.answers["flow"] = answer


def later(desk: Any, **passed: float) -> None:
    """What waits for its pace leaves."""
    desk.after(**passed)
    with desk.acting():
        outbound.sweep()


def notes(desk: Any, ticket: Any) -> list[str]:
    with desk.world.scope():
        return list(
            Message.objects.filter(ticket=ticket.pk, kind="note")
            .order_by("pk")
            .values_list("body", flat=True)
        )


def session(desk: Any) -> BotSession:
    with desk.world.scope():
        return BotSession.objects.order_by("-pk").first()
