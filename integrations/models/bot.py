"""A bot of others: where it lives, when it has the word, and the talks that it has with customers."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from helpdesk.fields import EncryptedJSONField
from integrations.models.assistant import Hours
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tickets.models import Queue, Ticket


class BotKind(models.TextChoices):
    DIALOGFLOW = "dialogflow"
    TYPEBOT = "typebot"
    WEBHOOK = "webhook"  # n8n, or any program


class AtEnd(models.TextChoices):
    """What becomes of the ticket when the bot has nothing more to say and asked for nothing."""

    HAND_OVER = "hand_over"
    CLOSE = "close"
    STAY = "stay"  # the customer's next message begins a new talk


class BotQuerySet(CompanyQuerySet):
    def living(self) -> "BotQuerySet":
        return self.filter(deleted_at=None)

    def on_duty(self) -> "BotQuerySet":
        return self.filter(deleted_at=None, is_on=True).order_by("position", "pk")

    def gateway(self) -> Any:
        """The one that answers talks; None when the company has none."""
        return self.filter(deleted_at=None, is_on=True, is_gateway=True).first()


def _words() -> Any:
    return ArrayField(models.CharField(max_length=60), default=list, blank=True)


class Bot(CompanyModel, Deletable):
    """`options` are the kind's own: slug (Typebot); project, language, environment, location, edition, agent
    (Dialogflow). `secrets`: token (Typebot, webhook), secret (webhook), service_account (Dialogflow).

    `connections` and `queues` are ids; empty means every connection, and every queue or none. With `start_words` it
    begins only where the customer says one. A gateway answers the talks of people of the company.
    """

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=BotKind)
    url = models.URLField(max_length=500, blank=True)  # blank: the provider's own address
    options = models.JSONField(default=dict, blank=True)
    secrets = EncryptedJSONField(default=dict)
    # When it acts
    is_on = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)  # of several that could answer, the first does
    connections = ArrayField(models.BigIntegerField(), default=list, blank=True)
    queues = ArrayField(models.BigIntegerField(), default=list, blank=True)
    hours = models.CharField(max_length=8, choices=Hours, default=Hours.ALWAYS)
    start_words = _words()
    restart_words = _words()
    finish_words = _words()
    is_gateway = models.BooleanField(default=False)
    # How it talks
    expires_minutes = models.PositiveIntegerField(default=60)  # of silence, then a new talk begins; 0: never
    delay_ms = models.PositiveIntegerField(default=1000)  # between two bubbles
    answer_seconds = models.PositiveIntegerField(default=120)  # for an answer that it sends later
    restart_text = models.TextField(max_length=1024, blank=True)
    fallback_text = models.TextField(max_length=1024, blank=True)  # once, when it fails
    # How it ends
    at_end = models.CharField(max_length=10, choices=AtEnd, default=AtEnd.HAND_OVER)
    handover_queue = models.ForeignKey(
        Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    handover_message = models.TextField(max_length=1024, blank=True)
    token_hash = models.CharField(max_length=64, blank=True)  # of the token with which it calls us
    checked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=24, blank=True)  # code of the last failure; blank when it works
    trouble_detail = models.CharField(max_length=300, blank=True)

    objects: Any = scoped(BotQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"], condition=Q(deleted_at=None), name="bot_name_once"
            ),
            models.UniqueConstraint(
                fields=["company"], condition=Q(is_gateway=True, deleted_at=None), name="bot_one_gateway"
            ),
            models.CheckConstraint(
                condition=Q(is_gateway=False) | Q(kind=BotKind.WEBHOOK), name="bot_gateway_is_a_webhook"
            ),
        ]


class BotSessionQuerySet(CompanyQuerySet):
    def active(self) -> "BotSessionQuerySet":
        return self.filter(ended_at=None)


class BotSession(CompanyModel):
    """One talk of a bot with a customer. `talk` is our name of it, `session` the bot's, `state` what the last answer
    left. `heard` is the newest customer message that the bot was told of; `unsaid` what it answered and the
    customer has not been told yet, with the acts that belong to it."""

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    talk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.CharField(max_length=200, blank=True)
    state = models.JSONField(default=dict, blank=True)
    unsaid = models.JSONField(default=list, blank=True)
    heard = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    is_pending = models.BooleanField(default=False)  # it answers later
    is_over = models.BooleanField(default=False)  # the bot has nothing more to say
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=24, blank=True)  # it ended

    objects: Any = scoped(BotSessionQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(ended_at=None), name="bot_session_one_active"
            ),
        ]
        indexes = [models.Index(fields=["ticket", "-id"], name="bot_session_of_ticket")]
