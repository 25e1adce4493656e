"""One call to an AI provider: what it was for, what it took, what it cost. Texts are not kept here."""

from typing import Any

from django.db import models

from integrations.models.assistant import Assistant
from integrations.models.provider import AiProvider
from tenants.models import User
from tenants.scoping import CompanyModel, scoped
from tickets.models import Ticket


class Purpose(models.TextChoices):
    ANSWER = "answer"  # to a customer
    COPILOT = "copilot"  # for an agent
    PLAYGROUND = "playground"
    THREAD = "thread"  # for a program, through the threads API
    EXAM = "exam"
    KNOWLEDGE = "knowledge"  # embeddings and learning
    TRANSCRIPTION = "transcription"
    SPEECH = "speech"
    CHECK = "check"  # the test button


class Outcome:
    """How a call ended, beside the codes of `integrations.ai.port.Why`."""

    ASKING = "asking"  # it has not ended
    OK = "ok"
    STOPPED = "stopped"  # nobody waited for the rest of the answer
    BROKE = "broke"  # what went wrong was ours
    LOST = "lost"  # its worker died


class AiCall(CompanyModel):
    """Written before the provider is asked, so that nothing which may cost leaves no trace. `cost` is in the
    provider's currency, at the prices of that moment; null where the company gave no price for the model.
    `is_estimated`: the provider told no tokens, so they are our guess."""

    at = models.DateTimeField()
    provider = models.ForeignKey(AiProvider, on_delete=models.CASCADE, related_name="+", db_index=False)
    purpose = models.CharField(max_length=14, choices=Purpose)
    assistant = models.ForeignKey(
        Assistant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ticket = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    model = models.CharField(max_length=120)
    input_tokens = models.PositiveIntegerField(default=0)
    cached_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    audio_seconds = models.FloatField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    latency_ms = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=24, default=Outcome.OK)
    is_estimated = models.BooleanField(default=False)

    objects: Any = scoped()

    class Meta:
        indexes = [
            models.Index(fields=["company", "at"], name="ai_call_by_time"),
            models.Index(fields=["provider", "at"], name="ai_call_of_provider"),
            # Whose worker may have died
            models.Index(fields=["at"], name="ai_call_open", condition=models.Q(outcome="asking")),
        ]
