"""A company's account at an AI provider: which address, which key, which model for what, and what it may cost."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from helpdesk.fields import EncryptedJSONField
from tenants.models import Company
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, current_company_id, scoped


class ProviderKind(models.TextChoices):
    """`openai`: everything that speaks OpenAI's API, whoever runs it."""

    OPENAI = "openai"
    ASSEMBLYAI = "assemblyai"  # speech to text only


class Ability(models.TextChoices):
    """What a provider can do; each is a model's name on the provider, blank where it cannot."""

    CHAT = "chat"
    EMBEDDING = "embedding"
    TRANSCRIPTION = "transcription"
    SPEECH = "speech"


BUDGET_STATES = ("none", "ok", "warned", "spent")


def timezone_of_company() -> str:
    zone: str = Company.objects.values_list("timezone", flat=True).get(pk=current_company_id())
    return zone


def this_month(at: datetime | None = None) -> str:
    """The month by the company's own clock, as 2026-11."""
    return (at or now()).astimezone(ZoneInfo(timezone_of_company())).strftime("%Y-%m")


class ProviderQuerySet(CompanyQuerySet):
    def usable(self) -> "ProviderQuerySet":
        return self.filter(deleted_at=None, is_on=True)

    def able_to(self, ability: str) -> Any:
        """The provider that does this for the company: the default one first. None when there is none."""
        rows = self.usable().exclude(**{f"{ability}_model": ""})
        return rows.order_by("-is_default", "pk").first()

    def that_answers_for(self, assistant: Any) -> Any:
        """The assistant's own; never another than it names, for its words are meant for that one."""
        if assistant.provider_id is None:
            return self.able_to(Ability.CHAT)
        return self.usable().filter(pk=assistant.provider_id).first()


class AiProvider(CompanyModel, Deletable):
    """`prices` are the company's own: {model: {"input", "cached", "output", "minute"}} as decimal text, per
    million tokens and per minute of audio, in `currency`. `base_url` blank: OpenAI's own."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=ProviderKind, default=ProviderKind.OPENAI)
    base_url = models.URLField(max_length=300, blank=True)
    api_key = EncryptedJSONField(default=str)
    chat_model = models.CharField(max_length=120, blank=True)
    embedding_model = models.CharField(max_length=120, blank=True)
    transcription_model = models.CharField(max_length=120, blank=True)
    speech_model = models.CharField(max_length=120, blank=True)
    voice = models.CharField(max_length=60, blank=True)
    prices = models.JSONField(default=dict, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    monthly_budget = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    warn_percent = models.PositiveSmallIntegerField(default=80)
    stop_at_budget = models.BooleanField(default=True)
    spent = models.DecimalField(
        max_digits=14, decimal_places=6, default=Decimal(0)
    )  # in the month `spent_for`
    spent_for = models.CharField(max_length=7, blank=True)
    warned_for = models.CharField(max_length=7, blank=True)  # the month (2026-11) whose warning was given
    stopped_for = models.CharField(max_length=7, blank=True)  # the month whose end of budget was told
    unpriced_for = models.CharField(max_length=7, blank=True)  # the month in which a missing price was told
    is_default = models.BooleanField(default=False)
    is_on = models.BooleanField(default=True)
    is_scripted = models.BooleanField(default=False)  # answers from the local server of the demo, and says so
    checked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=24, blank=True)  # code of the last failure; blank when it works
    trouble_detail = models.CharField(max_length=300, blank=True)

    objects: Any = scoped(ProviderQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(is_default=True, deleted_at=None),
                name="ai_provider_one_default",
            ),
            models.CheckConstraint(
                condition=Q(monthly_budget=None) | Q(monthly_budget__gte=Decimal(0)),
                name="ai_provider_budget",
            ),
        ]

    def model_for(self, ability: str) -> str:
        return str(getattr(self, f"{ability}_model"))

    @property
    def key_end(self) -> str:
        """Enough of the key to recognise it by; never more."""
        return self.api_key[-4:] if len(self.api_key) >= 12 else ""

    def spent_in(self, month: str) -> Decimal:
        return self.spent if self.spent_for == month else Decimal(0)

    def budget_state(self, month: str) -> str:
        """none, ok, warned or spent."""
        if self.monthly_budget is None:
            return "none"
        spent = self.spent_in(month)
        if spent >= self.monthly_budget:
            return "spent"
        return "warned" if spent * 100 >= self.monthly_budget * self.warn_percent else "ok"

    def price_of(self, model: str) -> dict[str, str]:
        """Empty where there is none. Several models, the better first, cost as the first at most."""
        return self.prices.get(model) or self.prices.get(model.split(",")[0].strip()) or {}

    def has_price(self, model: str) -> bool:
        """A price of 0 is one: a model at home costs nothing."""
        return bool(self.price_of(model))

    @property
    def is_capped(self) -> bool:
        """Whether there is a budget that stops, and does not only warn."""
        return self.monthly_budget is not None and self.stop_at_budget

    def refusal(self, model: str, month: str) -> str:
        """The code of why its budget lets nobody ask this model; blank when it may be asked."""
        if not self.is_capped:
            return ""
        if self.budget_state(month) == "spent":
            return "out_of_budget"
        return "" if self.has_price(model) else "price_needed"

    def unpriced_of(self, more: Iterable[str]) -> list[str]:
        """Its models, and `more` of them, that have no price: their calls count as no money."""
        chosen = {*map(self.model_for, Ability.values), *more} - {""}
        return sorted(model for model in chosen if not self.has_price(model))
