"""What the calls to AI providers cost, and where a month's budget ends."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.timezone import now

from integrations.ai.port import AiError, Usage
from integrations.models import AiCall, AiProvider
from tenants.models import Company
from tenants.scoping import current_company_id

MILLION = Decimal(1_000_000)


def this_month(at: datetime | None = None) -> str:
    """The month by the company's own clock, as 2026-11."""
    timezone = Company.objects.values_list("timezone", flat=True).get(pk=current_company_id())
    return (at or now()).astimezone(ZoneInfo(timezone)).strftime("%Y-%m")


def spent(provider: AiProvider, month: str) -> Decimal:
    """What this month took until now, in the provider's currency."""
    return provider.spent if provider.spent_for == month else Decimal(0)


def check(provider: AiProvider) -> None:
    """Raises AiError when the month's budget is spent and the company wants it to stop there.

    Calls that run at the same time do not wait for each other, so the last ones may go a little over.
    """
    budget = provider.monthly_budget
    if budget is not None and provider.stop_at_budget and spent(provider, this_month()) >= budget:
        raise AiError("out_of_budget", f"The budget of {budget} {provider.currency} for this month is spent.")


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
    price = cost(provider, model, usage)
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
        _add(provider, price)
    return call


def _add(provider: AiProvider, price: Decimal) -> None:
    """One statement, so that calls at the same time all count; the row's version is for what people change."""
    month = this_month()
    so_far = Case(When(spent_for=month, then=F("spent")), default=Value(Decimal(0)))
    AiProvider.objects.filter(pk=provider.pk).update(spent=so_far + price, spent_for=month)
