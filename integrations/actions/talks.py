"""Talks of people with the company's gateway bot: begun with a message, answered at once or a moment later."""

import threading
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from integrations import talk_phrases
from integrations.actions import bots
from integrations.bots import webhook
from integrations.bots.port import BotError, Question
from integrations.models import Bot, Talk, TalkMessage
from integrations.models.talk import NAME_LENGTH, AnswerState, Speaker
from tenants.models import User
from tenants.scoping import CompanyTask, platform_scope

NO_GATEWAY = "no_gateway"
LOST = timedelta(minutes=5)  # an answer that nobody is fetching any more
SWEEP_LIMIT = 100
# So many threads of this process may wait for gateways; whoever comes then is answered by a job instead.
_waiting = threading.BoundedSemaphore(4)


@transaction.atomic
def begin(*, user: User, message: str) -> tuple[Talk, TalkMessage, TalkMessage]:
    """A talk is named by what is said first. The bot's message is still waiting."""
    talk = Talk.objects.create(user=user, name=" ".join(message.split())[:NAME_LENGTH])
    return talk, *say(talk, message=message)


@transaction.atomic
def say(talk: Talk, *, message: str) -> tuple[TalkMessage, TalkMessage]:
    """What the person says, and the place of the answer. Refused while the one before is still to come."""
    talk = Talk.objects.locked(talk.pk)
    if TalkMessage.objects.living().filter(talk=talk, state=AnswerState.WAITING).exists():
        raise Refused("talk_waiting", "The answer before is still to come.")
    said = TalkMessage.objects.create(talk=talk, type=Speaker.USER, content=message)
    answer = TalkMessage.objects.create(talk=talk, type=Speaker.BOT, state=AnswerState.WAITING)
    talk.save(update_fields=[])
    return said, answer


@transaction.atomic
def rename(talk: Talk, *, name: str) -> Talk:
    talk = Talk.objects.locked(talk.pk)
    talk.name = name
    talk.save(update_fields=["name"])
    return talk


@transaction.atomic
def delete(talk: Talk) -> None:
    """Hide it and what was said in it."""
    talk = Talk.objects.locked(talk.pk)
    if not talk.is_deleted:
        talk.deleted_at = now()
        talk.save(update_fields=["deleted_at"])
        TalkMessage.objects.living().filter(talk=talk).update(deleted_at=talk.deleted_at)


def answer_now(answer: TalkMessage, *, language: str) -> TalkMessage:
    """Fetch the answer while somebody waits for it, or leave that to a job where too many wait already.

    Not in a transaction: it calls the gateway.
    """
    if not _waiting.acquire(blocking=False):
        fetch.nudge(answer.company_id, answer.pk, language)
        return answer
    try:
        return _fetched(answer, language)
    finally:
        _waiting.release()


@shared_task(base=CompanyTask)
def fetch(company_id: int, answer_id: int, language: str) -> None:
    """The same without anybody at the other end. A second run finds it done."""
    answer = TalkMessage.objects.select_related("talk__user").filter(pk=answer_id).first()
    if answer is not None and answer.state == AnswerState.WAITING:
        _fetched(answer, language)


@shared_task
def sweep() -> None:
    """Answers that nobody is fetching: their process died, or the broker lost the job."""
    with platform_scope("answers of talks of all companies that were given up"):
        lost = TalkMessage.objects.filter(state=AnswerState.WAITING, created_at__lt=now() - LOST)
        for company_id, answer_id in list(lost.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            fetch.nudge(company_id, answer_id, "")


def _fetched(answer: TalkMessage, language: str) -> TalkMessage:
    language = language or answer.talk.user.language
    try:
        content, error = _asked(answer), ""
    except BotError as failure:
        content, error = talk_phrases.of(failure.code, language), failure.code
    except _NoGateway:
        content, error = talk_phrases.of(NO_GATEWAY, language), NO_GATEWAY
    return _finish(answer, content, error)


def _asked(answer: TalkMessage) -> str:
    bot: Bot | None = Bot.objects.gateway()
    if bot is None:
        raise _NoGateway
    talk = answer.talk
    rows = TalkMessage.objects.living().filter(talk=talk, pk__lt=answer.pk, type=Speaker.USER)
    said = rows.order_by("-pk").values_list("content", flat=True).first() or ""
    user = {"id": talk.user.pk, "name": talk.user.name, "email": talk.user.email}
    question = Question(
        f"talk-{answer.pk}", said, f"talk-{talk.pk}",
        about={"event": "talk.message", "talk": {"id": talk.pk, "name": talk.name}, "user": user},
    )  # fmt: skip
    try:
        text = webhook.one_string(bots.place_of(bot), question, seconds=float(settings.GATEWAY_SECONDS))
    except BotError as error:
        bots.note(bot, error.code, error.detail)
        raise
    bots.note(bot, "")
    return text[:20_000]


@transaction.atomic
def _finish(answer: TalkMessage, content: str, error: str) -> TalkMessage:
    """Whoever fetched it first was right."""
    row: TalkMessage = TalkMessage.objects.locked(answer.pk)
    if row.state == AnswerState.WAITING:
        row.content, row.error = content, error
        row.state = AnswerState.FAILED if error else AnswerState.DONE
        row.save(update_fields=["content", "error", "state"])
    return row


class _NoGateway(Exception):
    """The company has set up none."""
