"""A turn: one time that an assistant or a bot answers in a conversation, from the customer's message to the end."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from integrations.models.assistant import Assistant
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models import Ticket


class TurnState(models.TextChoices):
    WAITING = "waiting"  # until the customer has stopped typing
    THINKING = "thinking"
    SPOKEN = "spoken"
    HANDED_OVER = "handed_over"  # to people
    DISCARDED = "discarded"  # nothing was said: `outcome` tells why not
    FAILED = "failed"  # its worker died; another turn went on


UNDER_WAY = [TurnState.WAITING, TurnState.THINKING]


class TurnQuerySet(CompanyQuerySet):
    def under_way(self) -> "TurnQuerySet":
        return self.filter(state__in=UNDER_WAY)


class Turn(CompanyModel):
    """Exactly one of `assistant_id` and `bot` says whose it is; `name` stays when they are deleted.

    `token` fences: of a conversation's turns only the newest may speak. `hold` is the ticket's word under which it
    began: people who act take that away. `upto` is the newest customer message it answers, `since` the oldest.
    `outcome` is a code (`answered`, a hand-over's reason, why it was discarded); `reason` what a model said about it.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    assistant = models.ForeignKey(
        Assistant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    bot = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=TurnState)
    hold = models.BigIntegerField(default=0)
    since = models.BigIntegerField()
    upto = models.BigIntegerField()
    tries = models.PositiveSmallIntegerField(
        default=0
    )  # earlier turns for the same messages whose workers died
    begun_at = models.DateTimeField(null=True, blank=True)  # thinking since
    taken_at = models.DateTimeField(null=True, blank=True)  # by the worker that thinks
    lease_until = models.DateTimeField(null=True, blank=True)  # then its worker is given up
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    said = ArrayField(models.BigIntegerField(), default=list, blank=True)  # the messages it sent
    steps = models.JSONField(default=list, blank=True)  # what was sent to whom and why, in order
    sources = models.JSONField(default=list, blank=True)
    summary = models.TextField(blank=True)  # of what was too old to be shown, up to this message
    summary_upto = models.BigIntegerField(default=0)
    model = models.CharField(max_length=120, blank=True)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)

    objects: Any = scoped(TurnQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(state__in=["waiting", "thinking"]), name="turn_one_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "-id"], name="turn_of_ticket"),
            # Whose worker may have died
            models.Index(fields=["lease_until"], name="turn_lease", condition=Q(state="thinking")),
        ]

    @property
    def token(self) -> int:
        return int(self.pk)

    @property
    def who(self) -> str:
        return "bot" if self.bot is not None else "assistant"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY
