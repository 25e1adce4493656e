"""What the calls to AI providers cost, where a month's budget ends, and who is told of it."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.timezone import now

from integrations.ai.port import AiError, Usage
from integrations.models import AiCall, AiProvider
from integrations.models.provider import this_month
from tenants.actions import audit
from tenants.models import Membership
from tenants.roles import Role
from tickets.actions import notices

MILLION = Decimal(1_000_000)


def check(provider: AiProvider) -> None:
    """Raises AiError when the month's budget is spent and the company wants it to stop there.

    Calls that run at the same time do not wait for each other, so the last ones may go a little over.
    """
    current = AiProvider.objects.get(pk=provider.pk)  # the caller's row may be minutes old
    budget = current.monthly_budget
    if budget is not None and current.stop_at_budget and current.budget_state(this_month()) == "spent":
        raise AiError("out_of_budget", f"The budget of {budget} {current.currency} for this month is spent.")


def cost(provider: AiProvider, model: str, usage: Usage) -> Decimal | None:
    """At the company's own prices; None where it gave none for this model."""
    price = provider.prices.get(model)
    if not price:
        return None
    each = {name: Decimal(str(value)) for name, value in price.items() if value not in (None, "")}
    plain = max(0, usage.input_tokens - usage.cached_tokens)
    cached = each.get("cached", each.get("input", Decimal(0)))
    tokens = plain * each.get("input", Decimal(0)) + usage.cached_tokens * cached
    tokens += usage.output_tokens * each.get("output", Decimal(0))
    minutes = Decimal(str(usage.seconds)) / 60
    return (tokens / MILLION + minutes * each.get("minute", Decimal(0))).quantize(Decimal("0.000001"))


@transaction.atomic
def record(
    provider: AiProvider,
    *,
    purpose: str,
    model: str,
    usage: Usage,
    latency_ms: int,
    outcome: str,
    **about: Any,
) -> AiCall:
    """Keep one call, add its cost to the month. `about`: assistant, ticket and user, where there are any."""
    price = cost(provider, model, usage) if outcome == "ok" else None
    call: AiCall = AiCall.objects.create(
        at=now(),
        provider=provider,
        purpose=purpose,
        model=model[:120],
        input_tokens=usage.input_tokens,
        cached_tokens=usage.cached_tokens,
        output_tokens=usage.output_tokens,
        audio_seconds=usage.seconds,
        cost=price,
        latency_ms=latency_ms,
        outcome=outcome,
        **about,
    )
    if price:
        _add(provider.pk, price)
    return call


def _add(pk: int, price: Decimal) -> None:
    """One statement, so that calls at the same time all count; the row's version is for what people change."""
    month = this_month()
    so_far = Case(When(spent_for=month, then=F("spent")), default=Value(Decimal(0)))
    AiProvider.objects.filter(pk=pk).update(spent=so_far + price, spent_for=month)
    provider = AiProvider.objects.get(pk=pk)
    match provider.budget_state(month):
        case "spent":
            _tell_once(provider, month, "stopped_for")
        case "warned":
            _tell_once(provider, month, "warned_for")


def _tell_once(provider: AiProvider, month: str, mark: str) -> None:
    """Administrators hear of each once a month; whoever sets the mark tells them."""
    if not AiProvider.objects.filter(pk=provider.pk).exclude(**{mark: month}).update(**{mark: month}):
        return
    what = "spent" if mark == "stopped_for" else "warned"
    told = {
        "month": month,
        "spent": f"{provider.spent_in(month):.2f}",
        "budget": f"{provider.monthly_budget:.2f}",
        "currency": provider.currency,
    }
    audit.record(f"ai_budget.{what}", actor=None, target=f"ai_provider:{provider.pk}", data=told)
    tell_admins(provider, {**told, "what": what})


def tell_admins(provider: AiProvider, about: dict[str, Any]) -> None:
    """Something about a provider needs a look."""
    admins = Membership.objects.active().filter(role=Role.ADMIN).values_list("user_id", flat=True)
    notices.tell("ai", list(admins), data={"provider": provider.pk, "name": provider.name, **about})
