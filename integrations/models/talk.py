"""A talk of a person of the company with its gateway bot: no customer takes part."""

from typing import Any

from django.db import models

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped

NAME_LENGTH = 50


class Speaker(models.TextChoices):
    USER = "user"
    BOT = "bot"


class AnswerState(models.TextChoices):
    """How far the bot's message is; what a person wrote is done at once."""

    DONE = "done"
    WAITING = "waiting"  # for the gateway; its content is still blank
    FAILED = "failed"  # its content says so kindly, `error` which of our words


class LivingQuerySet(CompanyQuerySet):
    def living(self) -> "LivingQuerySet":
        return self.filter(deleted_at=None)


class Talk(CompanyModel, Deletable):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)

    objects: Any = scoped(LivingQuerySet)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="talk_of_user")]


class TalkMessage(CompanyModel, Deletable):
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="+", db_index=False)
    type = models.CharField(max_length=4, choices=Speaker)
    content = models.TextField(max_length=20_000, blank=True)
    state = models.CharField(max_length=8, choices=AnswerState, default=AnswerState.DONE)
    error = models.CharField(max_length=24, blank=True)

    objects: Any = scoped(LivingQuerySet)

    class Meta:
        indexes = [models.Index(fields=["talk", "id"], name="talk_message_in_order")]
