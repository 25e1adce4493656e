"""Calls whose worker died while it waited for the provider: they are counted as what was asked."""

from datetime import timedelta

from celery import shared_task
from django.utils.timezone import now

from integrations.actions import spending
from integrations.ai.port import Usage
from integrations.models import AiCall
from integrations.models.call import Outcome
from tenants.scoping import CompanyTask, platform_scope

PATIENCE = timedelta(minutes=15)  # longer than any call may take
SWEEP_LIMIT = 200


@shared_task
def sweep() -> None:
    with platform_scope("calls of all companies that nobody will end"):
        lost = AiCall.objects.filter(outcome=Outcome.ASKING, at__lt=now() - PATIENCE).order_by("at")
        for company_id, call_id in list(lost.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            give_up.nudge(company_id, call_id)


@shared_task(base=CompanyTask)
def give_up(company_id: int, call_id: int) -> None:
    """The provider may have answered all the same, so what was sent counts for the budget."""
    open_ones = AiCall.objects.filter(outcome=Outcome.ASKING).select_related("provider")
    call: AiCall | None = open_ones.filter(pk=call_id).first()
    if call is not None:
        guess = Usage(input_tokens=call.input_tokens, seconds=call.audio_seconds)
        spending.end(call, outcome=Outcome.LOST, usage=guess, latency_ms=0, is_estimated=True)
