"""What is wrong with a provider, kept on its row so that administrators see it without reading logs."""

from django.db.models import F
from django.utils.timezone import now

from integrations.ai.port import AiError
from integrations.models import AiProvider

OURS = {"no_provider", "out_of_budget", "bad_request", "rate_limited"}  # say nothing of the provider itself


def note(provider: AiProvider, error: AiError) -> None:
    """The last failure. What passes by itself goes with the next call that works."""
    if error.code in OURS:
        return
    AiProvider.objects.filter(pk=provider.pk).update(
        trouble=error.code, trouble_detail=error.detail[:300], version=F("version") + 1, updated_at=now()
    )


def clear(provider: AiProvider) -> None:
    """It works again."""
    AiProvider.objects.filter(pk=provider.pk).exclude(trouble="").update(
        trouble="", trouble_detail="", version=F("version") + 1, updated_at=now()
    )
