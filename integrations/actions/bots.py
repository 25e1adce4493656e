"""Bots of others: set up, changed, put on duty, tried; and the token with which one calls us."""

import secrets as randomness
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Invalid, Refused
from integrations.bots import clients
from integrations.bots.port import Answer, BotError, Place, Question
from integrations.models import Bot
from integrations.models.bot import BotKind
from tenants.actions import audit
from tenants.authentication import hash_of

OPTIONS = {
    BotKind.TYPEBOT: {"slug"},
    BotKind.DIALOGFLOW: {"project", "language", "environment", "location", "edition", "agent"},
    BotKind.WEBHOOK: set[str](),
}
SECRETS = {
    BotKind.TYPEBOT: {"token"},
    BotKind.DIALOGFLOW: {"service_account"},
    BotKind.WEBHOOK: {"token", "secret"},
}
SENT = {"token", "service_account"}  # as they are, or as what is given for them
NEEDED = {  # before it can go on duty: a field, an option or a secret
    BotKind.TYPEBOT: ("slug",),
    BotKind.DIALOGFLOW: ("service_account",),
    BotKind.WEBHOOK: ("url",),
}


@transaction.atomic
def create(*, by: audit.Actor, kind: str, **fields: Any) -> Bot:
    """A new one, asked after those that are there."""
    bot = Bot(kind=kind)
    last = Bot.objects.living().aggregate(last=Max("position"))["last"]
    bot.position = 0 if last is None else last + 1
    if kind == BotKind.WEBHOOK:
        bot.secrets = {
            "secret": randomness.token_hex(24)
        }  # what it is sent can be checked from the first day
    _fill(bot, fields)
    _save(bot)
    audit.record("bot.created", actor=by, target=f"bot:{bot.pk}", data={"name": bot.name})
    return bot


@transaction.atomic
def update(bot: Bot, *, by: audit.Actor, **fields: Any) -> Bot:
    """Change what is given and leave the rest; of the secrets, too."""
    bot = Bot.objects.locked(bot.pk)
    _refuse_to_move_secrets(bot, fields)
    _fill(bot, fields)
    _save(bot)
    audit.record("bot.updated", actor=by, target=f"bot:{bot.pk}", data={"name": bot.name})
    return bot


@transaction.atomic
def delete(bot: Bot, *, by: audit.Actor) -> Bot:
    """Hide it. Conversations in which it has the word go to people with their next message."""
    bot = Bot.objects.locked(bot.pk)
    if not bot.is_deleted:
        bot.deleted_at, bot.is_on = now(), False
        bot.save(update_fields=["deleted_at", "is_on"])
        audit.record("bot.deleted", actor=by, target=f"bot:{bot.pk}", data={"name": bot.name})
    return bot


@transaction.atomic
def restore(bot: Bot, *, by: audit.Actor) -> Bot:
    """Bring it back, off duty."""
    bot = Bot.objects.locked(bot.pk)
    if bot.is_deleted:
        bot.deleted_at = None
        _save(bot)
        audit.record("bot.restored", actor=by, target=f"bot:{bot.pk}", data={"name": bot.name})
    return bot


@transaction.atomic
def new_token(bot: Bot, *, by: audit.Actor) -> str:
    """What it proves itself with when it calls us; the one before stops working. Nobody can read it again."""
    bot = Bot.objects.locked(bot.pk)
    token = f"bot_{randomness.token_urlsafe(32)}"
    bot.token_hash = hash_of(token)
    bot.save(update_fields=["token_hash"])
    audit.record("bot.token_made", actor=by, target=f"bot:{bot.pk}", data={"name": bot.name})
    return token


def place_of(bot: Bot) -> Place:
    return Place(bot.url, bot.options, bot.secrets)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of asking a bot something that no customer said; `code` is blank where it answered."""

    answer: Answer
    latency_ms: int
    code: str = ""
    detail: str = ""


def try_out(bot: Bot, *, text: str, talk: str, session: str, state: dict[str, Any], name: str) -> Trial:
    """Ask it now, for a person who sets it up. Not in a transaction: it calls the bot."""
    about = {
        "trial": True,
        "bot": {"id": bot.pk, "name": bot.name},
        "contact": {"name": name},
        "message": {"kind": "text", "body": text},
    }
    question = Question(str(uuid.uuid4()), text, talk, session=session, state=state, about=about)
    began = time.monotonic()
    try:
        trial = Trial(clients.ask(bot.kind, place_of(bot), question), 0)
    except BotError as error:
        trial = Trial(Answer(), 0, error.code, error.detail[:300])
    note(bot, trial.code, trial.detail)
    return replace(trial, latency_ms=int((time.monotonic() - began) * 1000))


def note(bot: Bot, code: str, detail: str = "") -> None:
    """How it did last time, where an administrator looks."""
    if code or bot.trouble or bot.checked_at is None:
        bot.trouble, bot.trouble_detail, bot.checked_at = code, detail[:300], now()
        Bot.objects.filter(pk=bot.pk).update(
            trouble=bot.trouble, trouble_detail=bot.trouble_detail, checked_at=bot.checked_at
        )


def _refuse_to_move_secrets(bot: Bot, fields: dict[str, Any]) -> None:
    """What opens the bot's door goes to the host it was typed for and to no other."""
    if urlsplit(fields.get("url", bot.url)).netloc == urlsplit(bot.url).netloc:
        return
    if SENT & {name for name, value in bot.secrets.items() if value} - fields.get("secrets", {}).keys():
        why = "The token or key belongs to the old host. Type it again."
        raise Invalid("secrets_needed", why, url=[why])


def _fill(bot: Bot, fields: dict[str, Any]) -> None:
    kind = BotKind(bot.kind)
    for name, known in (("options", OPTIONS[kind]), ("secrets", SECRETS[kind])):
        if name in fields:
            given = {key: value for key, value in fields.pop(name).items() if key in known}
            kept = {**getattr(bot, name), **given}
            setattr(bot, name, {key: value for key, value in kept.items() if value})
    for name, value in fields.items():
        setattr(bot, name, value)
    if not bot.is_on:
        return
    for needed in NEEDED[kind]:
        if not (getattr(bot, needed, "") or bot.options.get(needed) or bot.secrets.get(needed)):
            raise Invalid(
                "bot_incomplete", "Something is missing for this bot to work.", **{needed: ["Needed."]}
            )


def _save(bot: Bot) -> None:
    name = Refused("bot_name_taken", "Another bot has this name.", name=["Another bot has this name."])
    gateway = Refused("bot_gateway_taken", "Another bot answers the talks already.", is_gateway=["Taken."])
    kind = Refused("bot_gateway_kind", "Only a webhook can answer talks.", is_gateway=["Not for this kind."])
    rules: dict[str, Callable[[], Exception]] = {
        "bot_name_once": lambda: name,
        "bot_one_gateway": lambda: gateway,
        "bot_gateway_is_a_webhook": lambda: kind,
    }
    with unless_taken(rules):
        bot.save()
