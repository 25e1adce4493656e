"""An assistant: what it knows of its job, what it may do, and where it has the word."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from integrations.models.provider import Ability, AiProvider
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tickets.models import Queue


class Hours(models.TextChoices):
    """When it has the word, by the business hours that count for the conversation."""

    ALWAYS = "always"
    OPEN = "open"
    CLOSED = "closed"


class Quiet(models.TextChoices):
    """Why one does not answer now."""

    SWITCHED_OFF = "switched_off"  # it may begin, and nobody wants it to
    EXAM_NEEDED = "exam_needed"
    EXAM_UNDER_WAY = "exam_under_way"
    EXAM_FAILED = "exam_failed"
    NO_PROVIDER = "no_provider"
    PROVIDER_TROUBLE = "provider_trouble"  # that stays until somebody does something
    OUT_OF_BUDGET = "out_of_budget"
    NO_PLACE = "no_place"  # its numbers are not connected, or its queues are gone
    OUTSIDE_HOURS = "outside_hours"
    BEHIND = "behind"  # another is asked first wherever this one might answer


class AssistantQuerySet(CompanyQuerySet):
    def on_duty(self) -> "AssistantQuerySet":
        return self.filter(deleted_at=None, is_on=True)

    def own_models(self) -> dict[int | None, set[str]]:
        """What they are set to themselves instead of their provider's model, by the provider that is asked."""
        default = AiProvider.objects.able_to(Ability.CHAT)
        found: dict[int | None, set[str]] = {}
        rows = self.filter(deleted_at=None).exclude(model="")
        for provider, model in rows.values_list("provider", "model"):
            found.setdefault(provider or getattr(default, "pk", None), set()).add(model)
        return found


class Assistant(CompanyModel, Deletable):
    """`connections` and `queues` are ids; empty means every connection, and every queue or none.

    `tools` are names of `integrations.tools`. `sectors` narrow what it finds in the company's knowledge. It goes
    on duty (`is_on`) only with an exam passed for this very `edition`, unless the company asks for none.
    """

    name = models.CharField(max_length=80)
    instructions = models.TextField(max_length=20_000)
    provider = models.ForeignKey(
        AiProvider, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # none: the company's default
    model = models.CharField(max_length=120, blank=True)  # blank: the provider's chat model
    temperature = models.FloatField(null=True, blank=True)
    max_output_tokens = models.PositiveIntegerField(default=800)
    tools = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    tool_options = models.JSONField(
        default=dict, blank=True
    )  # what a tool is narrowed to: {tool: {what: […]}}
    uses_knowledge = models.BooleanField(default=True)
    sectors = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)  # empty: the customer's
    # When it acts
    is_on = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)  # of several that could answer, the first does
    connections = ArrayField(models.BigIntegerField(), default=list, blank=True)
    queues = ArrayField(models.BigIntegerField(), default=list, blank=True)
    hours = models.CharField(max_length=8, choices=Hours, default=Hours.ALWAYS)
    debounce_seconds = models.PositiveSmallIntegerField(default=4)  # silence awaited before it answers
    # How it ends
    handover_queue = models.ForeignKey(
        Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    handover_message = models.TextField(max_length=1024, blank=True)
    max_answers = models.PositiveSmallIntegerField(
        default=20
    )  # in one conversation; then a person takes over
    speaks = models.BooleanField(default=False)  # answers a voice note by voice
    edition = models.PositiveIntegerField(default=1)  # grows when what it would say may change
    exam_threshold = models.PositiveSmallIntegerField(default=80)  # percent; 0 asks for no exam

    objects: Any = scoped(AssistantQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"], condition=Q(deleted_at=None), name="ai_assistant_name_once"
            ),
            models.CheckConstraint(
                condition=Q(temperature=None) | Q(temperature__gte=0, temperature__lte=2),
                name="ai_assistant_temperature",
            ),
        ]
