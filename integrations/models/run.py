"""One run of an assistant that somebody asked for: in the playground, or through the API in a thread."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from integrations.models.assistant import Assistant
from integrations.models.thread import AssistantThread
from tenants.models import ApiKey, User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped


class RunState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


class RunQuerySet(CompanyQuerySet):
    def of(self, *, user: User | None, api_key: ApiKey | None) -> "RunQuerySet":
        """Only the person or the key that asked sees the answer."""
        if user is not None:
            return self.filter(user=user)
        return self.filter(api_key=api_key) if api_key is not None else self.none()


class AssistantRun(CompanyModel):
    """Without `thread`, a rehearsal of the playground: `messages` is the whole conversation then, and `draft` what
    the assistant would be like. With one, `tools` are those that the request chose; empty: the assistant's."""

    assistant = models.ForeignKey(Assistant, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(
        AssistantThread, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    api_key = models.ForeignKey(
        ApiKey, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    messages = models.JSONField(default=list)  # [{"role", "text"}]
    draft = models.JSONField(default=dict)
    tools = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # How it ended
    answer = models.TextField(blank=True)
    sources = models.JSONField(default=list)
    handover = models.JSONField(null=True, blank=True)  # {"reason", "note", "queue"}
    acts = models.JSONField(default=list)  # what would be done to a ticket
    steps = models.JSONField(default=list)
    error = models.CharField(max_length=24, blank=True)
    model = models.CharField(max_length=120, blank=True)
    input_tokens = models.PositiveIntegerField(default=0)
    cached_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    objects: Any = scoped(RunQuerySet)

    class Meta:
        indexes = [
            # What a lost nudge left behind
            models.Index(
                fields=["state", "created_at"],
                name="ai_run_open",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]
