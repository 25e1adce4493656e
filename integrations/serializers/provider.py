"""How a provider of AI looks to those who may see it: everything but its key."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from integrations.models import AiProvider, Assistant
from integrations.models.provider import BUDGET_STATES, ProviderKind, this_month

BUDGET_CHOICES = [(state, state) for state in BUDGET_STATES]


class AiPriceSerializer(serializers.Serializer[Any]):
    """Per million tokens, and per minute of sound; null where the provider does not charge for it."""

    input = serializers.DecimalField(
        max_digits=12, decimal_places=6, min_value=0, required=False, allow_null=True
    )
    cached = serializers.DecimalField(
        max_digits=12, decimal_places=6, min_value=0, required=False, allow_null=True
    )
    output = serializers.DecimalField(
        max_digits=12, decimal_places=6, min_value=0, required=False, allow_null=True
    )
    minute = serializers.DecimalField(
        max_digits=12, decimal_places=6, min_value=0, required=False, allow_null=True
    )


class AiProviderSerializer(serializers.Serializer[AiProvider]):
    """`key_end`: the last four characters of the key. `spent` is this month's, by the company's own clock.

    `unpriced_models` are chosen, also by assistants, and have no price. `price_needed` are those of them that are not
    asked (the code is `price_needed`) until they have one, or until the budget goes or only warns: no budget could
    stop them.
    """

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=ProviderKind.choices)
    base_url = serializers.CharField(allow_blank=True)
    key_end = serializers.CharField(allow_blank=True)
    chat_model = serializers.CharField(allow_blank=True)
    embedding_model = serializers.CharField(allow_blank=True)
    transcription_model = serializers.CharField(allow_blank=True)
    speech_model = serializers.CharField(allow_blank=True)
    voice = serializers.CharField(allow_blank=True)
    prices = serializers.DictField(child=AiPriceSerializer())
    unpriced_models = serializers.SerializerMethodField()
    price_needed = serializers.SerializerMethodField()
    currency = serializers.CharField()
    monthly_budget = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    warn_percent = serializers.IntegerField()
    stop_at_budget = serializers.BooleanField()
    spent = serializers.SerializerMethodField()
    budget_state = serializers.SerializerMethodField()
    is_default = serializers.BooleanField()
    is_on = serializers.BooleanField()
    is_scripted = serializers.BooleanField()
    is_deleted = serializers.BooleanField()
    checked_at = serializers.DateTimeField(allow_null=True)
    trouble = serializers.CharField(allow_blank=True)
    trouble_detail = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_unpriced_models(self, provider: AiProvider) -> list[str]:
        own = self._known("models", Assistant.objects.own_models)
        return provider.unpriced_of(own.get(provider.pk, ()))

    def get_price_needed(self, provider: AiProvider) -> list[str]:
        return self.get_unpriced_models(provider) if provider.is_capped else []

    def get_spent(self, provider: AiProvider) -> str:
        return f"{provider.spent_in(self._known('month', this_month)):.6f}"

    def get_budget_state(self, provider: AiProvider) -> str:
        return provider.budget_state(self._known("month", this_month))

    def _known(self, name: str, read: Callable[[], Any]) -> Any:
        """Read once for a whole list."""
        known: Any = self.context
        if name not in known:
            known[name] = read()
        return known[name]
