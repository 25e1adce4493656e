"""What is wrong with a provider, kept on its row and told to administrators, so that nobody has to read logs."""

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from integrations.actions import provider_news, spending
from integrations.ai.port import AiError
from integrations.models import AiProvider

# These say nothing of the provider itself
OURS = {"no_provider", "out_of_budget", "price_needed", "bad_request", "rate_limited"}
LASTING = {"not_authenticated", "quota", "no_model"}  # go on until a person does something


@transaction.atomic
def note(provider: AiProvider, error: AiError) -> None:
    """The last failure. What passes by itself goes with the next call that works."""
    if error.code in OURS:
        return
    rows = AiProvider.objects.filter(pk=provider.pk)
    is_new = rows.exclude(trouble=error.code).update(
        trouble=error.code, trouble_detail=error.detail[:300], version=F("version") + 1, updated_at=now()
    )
    if is_new:
        provider_news.tell_again(provider.pk)
        if error.code in LASTING:
            spending.tell_admins(provider, {"what": "trouble", "code": error.code})


@transaction.atomic
def clear(provider: AiProvider) -> None:
    """It works again."""
    troubled = AiProvider.objects.filter(pk=provider.pk).exclude(trouble="")
    if troubled.update(trouble="", trouble_detail="", version=F("version") + 1, updated_at=now()):
        provider_news.tell_again(provider.pk)
