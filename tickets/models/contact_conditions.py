"""What contacts can be filtered by: the table that segments and the contacts page follow."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tickets.models.conditions import (
    NONE,
    Condition,
    Operator,
    Operators,
    Reader,
    flag,
    moment,
    one_of,
    own_field,
    tags,
)
from tickets.models.tag import ContactTag
from tickets.models.ticket import LIVE, Ticket


def _talked_with(column: str, takes: str) -> Operators:
    """Whether they ever had a ticket there; `none`: they never had one at all."""

    def build(value: list[Any], *_: Any) -> Q:
        ids = [one for one in value if one != NONE]
        talked = Q(pk__in=Ticket.objects.shown().filter(**{f"{column}__in": ids}).values("contact"))
        if NONE not in value:
            return talked
        return talked | ~Q(Exists(Ticket.objects.shown().filter(contact=OuterRef("pk"))))

    return {"is": Operator(takes, build), "is_not": Operator(takes, _not(build))}


def _has_ticket(**which: Any) -> Operators:
    def build(value: bool, reader: Reader, _: str) -> Q:
        found = Exists(Ticket.objects.shown().filter(contact=OuterRef("pk"), **which))
        return Q(found) if value else ~Q(found)

    return {"is": Operator("boolean", build)}


def _not(build: Callable[..., Q]) -> Callable[..., Q]:
    return lambda *given: ~build(*given)


CONTACT_CONDITIONS: dict[str, Condition] = {
    "tag": Condition(tags(ContactTag, "contact", "pk")),
    "owner": Condition(one_of("owner", "people")),
    "has_number": Condition(flag(~Q(number=""))),
    "has_email": Condition(flag(~Q(email=""))),
    "blocked": Condition(flag(Q(is_blocked=True))),
    "bot_off": Condition(flag(Q(bot_off=True))),
    "consented": Condition(flag(Q(consented_at__isnull=False))),
    "created_at": Condition(moment("created_at")),
    "last_active_at": Condition(moment("last_active_at")),
    "connection": Condition(_talked_with("connection", "connections")),
    "queue": Condition(_talked_with("queue", "queues")),
    "open_ticket": Condition(_has_ticket(status__in=LIVE)),
    "field": Condition(own_field("custom_fields"), has_field=True),
}
