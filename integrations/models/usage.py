"""Sums of the calls to AI providers, by whatever one wants to know."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Aggregate,
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from integrations.models.call import AiCall, Outcome
from integrations.models.turn import Turn, TurnState
from tickets.models import Message
from tickets.models.message import BY_ITSELF, Direction, State

MOST = 500
GROUPS = ("assistant", "purpose", "model", "provider", "day", "month")
BY_PEOPLE = Q(direction=Direction.OUT) & ~Q(state=State.CANCELLED) & ~BY_ITSELF
NO_ENDS = {"conversations": 0, "handed_over": 0, "taken_over": 0, "resolved": 0}
Rows = QuerySet[AiCall]


class Percentile(Aggregate):
    """The value below which this share of the rows lies."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()
    allow_distinct = False


def totals(rows: Rows, by: str, timezone: str) -> list[dict[str, Any]]:
    """One line per group and currency, the dearest first; days and months in their order."""
    keys = _keys(by, timezone)
    found = (
        rows.annotate(currency=F("provider__currency"), **keys).values(*keys, "currency").annotate(**_sums())
    )
    order: list[Any] = ["key"] if by in {"day", "month"} else [F("amount").desc(), "-calls", "key"]
    lines = [_shown(line) for line in found.order_by(*order)[:MOST]]
    outcomes = _outcomes(rows, keys)
    for line in lines:
        line["outcomes"] = outcomes.get((line["key"], line["currency"]), {})
    return lines


def ended(after: Any, before: Any) -> dict[str, dict[str, int]]:
    """How the conversations of each assistant ended (by its id): handed over, taken over by people who spoke after
    its last words, or resolved by it alone.

    A conversation counts once per assistant, by the last turn that ended it.
    """
    rows = Turn.objects.filter(assistant__isnull=False, created_at__gte=after, created_at__lt=before)
    last = rows.filter(state__in=[TurnState.SPOKEN, TurnState.HANDED_OVER])
    last = last.order_by("ticket", "assistant", "-id").distinct("ticket", "assistant")
    by_people = Message.objects.filter(BY_PEOPLE, ticket=OuterRef("ticket"), pk__gt=OuterRef("upto"))
    counted: dict[str, dict[str, int]] = {}
    for assistant, state, is_taken in last.values_list("assistant", "state", Exists(by_people)):
        line = counted.setdefault(str(assistant), dict(NO_ENDS))
        line["conversations"] += 1
        if state == TurnState.HANDED_OVER:
            line["handed_over"] += 1
        else:
            line["taken_over" if is_taken else "resolved"] += 1
    return counted


def _keys(by: str, timezone: str) -> dict[str, Any]:
    zone = ZoneInfo(timezone)
    match by:
        case "assistant" | "provider":
            return {"key": F(f"{by}_id"), "name": Coalesce(F(f"{by}__name"), Value(""))}
        case "day":
            return {"key": TruncDate("at", tzinfo=zone)}
        case "month":
            return {"key": TruncMonth("at", tzinfo=zone)}
    return {"key": F(by)}


def _sums() -> dict[str, Any]:
    """`unpriced` worked, and the company gave no price for its model. Whoever stopped an answer had it."""
    worked = Q(outcome=Outcome.OK)
    return {
        "calls": Count("pk"),
        "failed": Count("pk", filter=~Q(outcome__in=[Outcome.OK, Outcome.STOPPED])),
        "estimated": Count("pk", filter=Q(is_estimated=True)),
        "unpriced": Count("pk", filter=worked & Q(cost=None)),
        "tokens_in": Sum("input_tokens"),
        "tokens_cached": Sum("cached_tokens"),
        "tokens_out": Sum("output_tokens"),
        "seconds": Sum("audio_seconds"),
        "amount": Coalesce(Sum("cost"), Value(0, output_field=AiCall._meta.get_field("cost"))),
        "p50": Percentile("latency_ms", share=0.5, filter=worked),
        "p95": Percentile("latency_ms", share=0.95, filter=worked),
    }


def _outcomes(rows: Rows, keys: dict[str, Any]) -> dict[tuple[str, str], dict[str, int]]:
    key = {"key": keys["key"]}
    found = rows.annotate(currency=F("provider__currency"), **key).values("key", "currency", "outcome")
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for line in found.annotate(count=Count("pk")).order_by():
        place = (_text(line["key"]), line["currency"])
        counted.setdefault(place, {})[line["outcome"]] = line["count"]
    return counted


def _shown(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": _text(line["key"]),
        "name": line.get("name", ""),
        "currency": line["currency"],
        "calls": line["calls"],
        "failed": line["failed"],
        "unpriced": line["unpriced"],
        "estimated": line["estimated"],
        "input_tokens": line["tokens_in"],
        "cached_tokens": line["tokens_cached"],
        "output_tokens": line["tokens_out"],
        "audio_seconds": round(line["seconds"], 1),
        "cost": line["amount"],
        "latency_p50_ms": None if line["p50"] is None else round(line["p50"]),
        "latency_p95_ms": None if line["p95"] is None else round(line["p95"]),
    }


def _text(key: Any) -> str:
    """A day as 2026-11-21, a month as 2026-11."""
    if key is None:
        return ""
    return key.date().isoformat()[:7] if hasattr(key, "date") else str(key)
