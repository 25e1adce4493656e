"""Sums of the cost ledger, by whatever one wants to know."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, TruncMonth

from tickets.models.cost import Cost

GROUPS: dict[str, dict[str, Any]] = {
    "month": {"key": TruncMonth("at")},
    "agent": {"key": F("agent_id"), "name": Coalesce(F("agent__name"), Value(""))},
    "connection": {"key": F("connection_id"), "name": F("connection__name")},
    "ticket": {"key": F("ticket_id"), "name": F("ticket__contact__name")},
    "category": {"key": F("category")},
    "country": {"key": F("country")},
}
MOST = 500


def totals(rows: "QuerySet[Cost]", by: str) -> list[dict[str, Any]]:
    """One line per group and currency, the dearest first; months in their order."""
    group = GROUPS[by]
    found = rows.annotate(**group).values(*group, "currency").annotate(**sums())
    order: list[Any] = ["-key"] if by == "month" else [F("amount").desc(nulls_last=True), "-messages", "key"]
    return [_shown(row) for row in found.order_by(*order)[:MOST]]


def sums() -> dict[str, Any]:
    """`unpriced` are charged by the provider, and the company has no price for them."""
    return {
        "messages": Count("pk"),
        "billable_messages": Count("pk", filter=Q(billable=True)),
        "unpriced": Count("pk", filter=Q(billable=True, amount=None)),
        "amount": Coalesce(Sum("amount"), Value(0, output_field=Cost._meta.get_field("amount"))),
    }


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    key = row["key"]
    return {
        "key": "" if key is None else key.date().isoformat()[:7] if hasattr(key, "date") else str(key),
        "name": row.get("name", ""),
        "currency": row["currency"],
        "messages": row["messages"],
        "billable": row["billable_messages"],
        "unpriced": row["unpriced"],
        "amount": row["amount"],
    }
