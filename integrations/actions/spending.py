"""What the calls to AI providers cost, where a month's budget ends, and who is told of it."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.timezone import now

from integrations.actions import provider_news
from integrations.ai.port import AiError, Usage
from integrations.models import AiCall, AiProvider
from integrations.models.call import Outcome
from integrations.models.provider import this_month
from tenants.actions import audit
from tenants.models import Membership
from tenants.roles import Role
from tickets.actions import notices

MILLION = Decimal(1_000_000)
TOLD = {"stopped_for": "spent", "warned_for": "warned", "unpriced_for": "unpriced"}  # mark → what it is of


def check(provider: AiProvider, model: str) -> None:
    """Raises AiError when the company's budget forbids to ask, or could not stop this model. Outside of transactions.

    Calls that run at the same time do not wait for each other, so the last ones may go a little over.
    """
    with transaction.atomic(durable=True):  # refuses to be inside of another
        refusal = _refusal(provider, model)
    if refusal is not None:
        raise refusal


def _refusal(provider: AiProvider, model: str) -> AiError | None:
    current: AiProvider = AiProvider.objects.get(pk=provider.pk)  # the caller's row may be minutes old
    budget = current.monthly_budget
    if budget is None:
        return None
    month = this_month()
    if not current.has_price(model):
        _tell_once(current, month, "unpriced_for", model=model)
    match current.refusal(model, month):
        case "out_of_budget":
            spent = f"The budget of {budget} {current.currency} for this month is spent."
            return AiError("out_of_budget", spent)
        case "price_needed":
            return AiError("price_needed", f"{model} has no price: no budget could stop it.")
    return None


def cost(provider: AiProvider, model: str, usage: Usage) -> Decimal | None:
    """At the company's own prices; None where it gave none for this model."""
    price = provider.price_of(model)
    if not price:
        return None
    each = {name: Decimal(str(value)) for name, value in price.items() if value not in (None, "")}
    plain = max(0, usage.input_tokens - usage.cached_tokens)
    cached = each.get("cached", each.get("input", Decimal(0)))
    tokens = plain * each.get("input", Decimal(0)) + usage.cached_tokens * cached
    tokens += usage.output_tokens * each.get("output", Decimal(0))
    minutes = Decimal(str(usage.seconds)) / 60
    return (tokens / MILLION + minutes * each.get("minute", Decimal(0))).quantize(Decimal("0.000001"))


def begin(provider: AiProvider, *, purpose: str, model: str, guess: Usage, **about: Any) -> AiCall:
    """A call is about to be made. `about`: assistant, ticket and user, where there are any."""
    call: AiCall = AiCall.objects.create(
        at=now(),
        provider=provider,
        purpose=purpose,
        model=model[:120],
        outcome=Outcome.ASKING,
        is_estimated=True,
        **_taken(guess),
        **about,
    )
    return call


@transaction.atomic
def end(
    call: AiCall, *, outcome: str, usage: Usage | None, latency_ms: int, is_estimated: bool = False
) -> None:
    """How it ended, once; its cost is added to the month. `usage` is None where nothing can have been billed."""
    price = None if usage is None else cost(call.provider, call.model, usage)
    under_way = AiCall.objects.filter(pk=call.pk, outcome=Outcome.ASKING)
    ended = under_way.update(
        **_taken(usage or Usage()),
        cost=price,
        latency_ms=latency_ms,
        outcome=outcome,
        is_estimated=is_estimated,
        version=F("version") + 1,
        updated_at=now(),
    )
    if ended and price:
        _add(call.provider_id, price)


@transaction.atomic
def record(
    provider: AiProvider,
    *,
    purpose: str,
    model: str,
    outcome: str,
    usage: Usage | None = None,
    latency_ms: int = 0,
    is_estimated: bool = False,
    **about: Any,
) -> None:
    """A call that is over already, or that was refused."""
    call = begin(provider, purpose=purpose, model=model, guess=Usage(), **about)
    end(call, outcome=outcome, usage=usage, latency_ms=latency_ms, is_estimated=is_estimated)


def _taken(usage: Usage) -> dict[str, Any]:
    return {
        "input_tokens": usage.input_tokens, "cached_tokens": usage.cached_tokens,
        "output_tokens": usage.output_tokens, "audio_seconds": usage.seconds,
    }  # fmt: skip


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


def _tell_once(provider: AiProvider, month: str, mark: str, **more: str) -> None:
    """Administrators hear of each once a month; whoever sets the mark tells them."""
    if not AiProvider.objects.filter(pk=provider.pk).exclude(**{mark: month}).update(**{mark: month}):
        return
    what = TOLD[mark]
    told = {
        "month": month,
        "spent": f"{provider.spent_in(month):.2f}",
        "budget": f"{provider.monthly_budget:.2f}",
        "currency": provider.currency,
        **more,
    }
    audit.record(f"ai_budget.{what}", actor=None, target=f"ai_provider:{provider.pk}", data=told)
    tell_admins(provider, {**told, "what": what})
    provider_news.tell(provider)


def tell_admins(provider: AiProvider, about: dict[str, Any]) -> None:
    """Something about a provider needs a look."""
    admins = Membership.objects.active().filter(role=Role.ADMIN).values_list("user_id", flat=True)
    notices.tell("ai", list(admins), data={"provider": provider.pk, "name": provider.name, **about})
