"""What tickets can be filtered by: one table of conditions, their operators and the values these take.

The API's schema of filters, the checks of what a console sends and the console's own filter builder all follow
this table. A further condition is one entry here (and one line in the console's `belongs.ts`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from tickets.models.contact import Contact
from tickets.models.message import Kind, Message
from tickets.models.tag import ContactTag, Tag, TicketTag
from tickets.models.ticket import WINDOW, Priority, Status

NONE = "none"  # nobody, in no queue
ME = "me"


@dataclass(frozen=True)
class Reader:
    """Who asks, and when: what "me" and "within the next two hours" mean."""

    user_id: int | None
    at: datetime

    @cached_property
    def live_tags(self) -> frozenset[int]:
        """Named one by one: a join with the tags would hide from the planner how many rows each has."""
        return frozenset(Tag.objects.live().values_list("pk", flat=True))


@dataclass(frozen=True)
class Operator:
    """`takes` names the kind of value, see `tickets.models.filter_values`; `build` turns it into a question."""

    takes: str
    build: Callable[[Any, Reader, str], Q]


Operators = dict[str, Operator]


@dataclass(frozen=True)
class Condition:
    operators: Operators
    choices: tuple[str, ...] = ()
    has_field: bool = False  # it also names one of the company's own fields


def one_of(column: str, takes: str) -> Operators:
    """Any of the rows, `none`, and for people `me`."""

    def build(value: list[Any], reader: Reader, _: str) -> Q:
        ids = [reader.user_id if one == ME else one for one in value if one != NONE]
        found = Q(**{f"{column}__in": [one for one in ids if one is not None]})
        return found | Q(**{f"{column}__isnull": True}) if NONE in value else found

    return {"is": Operator(takes, build), "is_not": Operator(takes, _not(build))}


def _choice(column: str, known: Callable[[str], Any] = str) -> Operators:
    def build(value: list[str], reader: Reader, _: str) -> Q:
        return Q(**{f"{column}__in": [known(one) for one in value]})

    return {"is": Operator("choices", build), "is_not": Operator("choices", _not(build))}


def tags(model: Any, of: str, outer: str) -> Operators:
    def with_any(value: Iterable[int], reader: Reader, _: str) -> Q:
        wanted = sorted(reader.live_tags.intersection(value))
        return Q(Exists(model.objects.filter(**{of: OuterRef(outer)}, tag__in=wanted)))

    def with_all(value: list[int], reader: Reader, _: str) -> Q:
        wanted = set(value)
        if len(wanted) == 1 or not reader.live_tags.issuperset(wanted):
            return with_any(wanted if len(wanted) == 1 else (), reader, _)
        # Counted once for all: few have several, and looking for them one by one walks the whole list.
        each = model.objects.filter(tag__in=sorted(wanted)).values(of).annotate(found=Count("tag"))
        return Q(**{f"{outer}__in": each.filter(found=len(wanted)).values(of)})

    def without_one(value: bool, reader: Reader, _: str) -> Q:
        tagged = with_any(reader.live_tags, reader, _)
        return ~tagged if value else tagged

    return {
        "any": Operator("tags", with_any),
        "all": Operator("tags", with_all),
        "none": Operator("tags", _not(with_any)),
        "is_empty": Operator("boolean", without_one),
    }


def moment(column: str) -> Operators:
    return {
        "after": Operator("moment", lambda value, reader, _: Q(**{f"{column}__gte": value})),
        "before": Operator("moment", lambda value, reader, _: Q(**{f"{column}__lt": value})),
        "within_days": Operator(
            "days", lambda value, reader, _: Q(**{f"{column}__gte": reader.at - timedelta(days=value)})
        ),
        "older_than_days": Operator(
            "days", lambda value, reader, _: Q(**{f"{column}__lt": reader.at - timedelta(days=value)})
        ),
    }


def flag(question: Q) -> Operators:
    """Yes or no. The opposite is written without a NOT around the whole, which no index could answer."""
    return {"is": Operator("boolean", lambda value, reader, _: question if value else ~question)}


def _window() -> Operators:
    def closes_within(hours: int, reader: Reader, _: str) -> Q:
        closing = reader.at - WINDOW + timedelta(hours=hours)
        return Q(last_customer_at__gt=reader.at - WINDOW, last_customer_at__lte=closing)

    def is_open(value: bool, reader: Reader, _: str) -> Q:
        opened = Q(last_customer_at__gt=reader.at - WINDOW)
        shut = Q(last_customer_at=None) | Q(last_customer_at__lte=reader.at - WINDOW)
        return opened if value else shut

    return {"closes_within": Operator("hours", closes_within), "is_open": Operator("boolean", is_open)}


def _waiting() -> Operators:
    def longer(minutes: int, reader: Reader, _: str) -> Q:
        return Q(waiting_since__lt=reader.at - timedelta(minutes=minutes))

    return {
        "longer_than": Operator("minutes", longer),
        "is": Operator("boolean", lambda value, reader, _: Q(waiting_since__isnull=not value)),
    }


def _participants(*, mentioned: bool = False) -> Operators:
    """Who takes part beside the ticket's agent; `mentioned`: because a note names them."""

    def build(value: list[Any], reader: Reader, _: str) -> Q:
        found = Q(pk__in=[])
        for user_id in {reader.user_id if one == ME else one for one in value} - {None, NONE}:
            # Few tickets have any, and those have an index of their own.
            joined = ~Q(participants=[]) & Q(participants__contains=[user_id])
            # So do notes that mention somebody.
            notes = Message.objects.filter(
                kind=Kind.NOTE, content__has_key="mentions", content__mentions__contains=[user_id]
            )
            found |= Q(pk__in=notes.values("ticket")) if mentioned else joined
        return found

    return {"is": Operator("people", build)}


SLA = {
    "running": Q(sla_due_at__isnull=False, sla_breached_at=None),
    "warned": Q(sla_warned_at__isnull=False, sla_breached_at=None),
    "breached": Q(sla_breached_at__isnull=False),
    "none": Q(sla_due_at=None, sla_breached_at=None),
}


def _sla(value: list[str], *_: Any) -> Q:
    found = Q(pk__in=[])
    for one in value:
        found |= SLA[one]
    return found


def own_field(column: str) -> Operators:
    def same(value: Any, reader: Reader, field: str) -> Q:
        return Q(**{f"{column}__contains": {field: value}}) | Q(**{f"{column}__contains": {field: [value]}})

    return {
        "is": Operator("any", same),
        "contains": Operator(
            "text", lambda value, reader, field: Q(**{f"{column}__{field}__icontains": value})
        ),
        "above": Operator("number", lambda value, reader, field: Q(**{f"{column}__{field}__gt": value})),
        "below": Operator("number", lambda value, reader, field: Q(**{f"{column}__{field}__lt": value})),
        "is_empty": Operator(
            "boolean",
            lambda value, reader, field: (
                ~Q(**{f"{column}__has_key": field}) if value else Q(**{f"{column}__has_key": field})
            ),
        ),
    }


def _of_contact(operators: Operators) -> Operators:
    """The same question about the customer instead of the ticket."""

    def asked(operator: Operator) -> Operator:
        def build(value: Any, reader: Reader, field: str) -> Q:
            return Q(contact__in=Contact.objects.filter(operator.build(value, reader, field)).values("pk"))

        return Operator(operator.takes, build)

    return {name: asked(operator) for name, operator in operators.items()}


def _not(build: Callable[..., Q]) -> Callable[..., Q]:
    return lambda *given: ~build(*given)


CONDITIONS: dict[str, Condition] = {
    "status": Condition(_choice("status"), tuple(Status.values)),
    "queue": Condition(one_of("queue", "queues")),
    "agent": Condition(one_of("agent", "people")),
    "connection": Condition(one_of("connection", "connections")),
    "tag": Condition(tags(TicketTag, "ticket", "pk")),
    "priority": Condition(_choice("priority", lambda word: Priority[word.upper()]), tuple(Priority.labels)),
    "unread": Condition(flag(Q(unread_count__gt=0))),
    "snoozed": Condition(flag(Q(snoozed_at__isnull=False))),
    "waiting": Condition(_waiting()),
    "window": Condition(_window()),
    "sla": Condition({"is": Operator("choices", _sla)}, tuple(SLA)),
    "participant": Condition(_participants()),
    "mentioned": Condition(_participants(mentioned=True)),
    "created_at": Condition(moment("created_at")),
    "last_message_at": Condition(moment("last_message_at")),
    "closed_at": Condition(moment("closed_at")),
    "field": Condition(own_field("custom_fields"), has_field=True),
    "contact_tag": Condition(tags(ContactTag, "contact", "contact")),
    "contact_owner": Condition(_of_contact(one_of("owner", "people"))),
    "contact_field": Condition(_of_contact(own_field("custom_fields")), has_field=True),
}
