"""What the helpdesk says by itself: every automatic text to a customer leaves through `say()`.

It never raises: what cannot be said now (the number was removed, the customer wants no bots) is not said, and the
story that wanted to say it goes on. Outside of the window a template speaks instead, where the company chose one.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from tenants.models import User
from tickets import texts
from tickets.actions import composing, outbound, outside
from tickets.actions.composing import MEDIA, Draft
from tickets.models import Attachment, Message, Ticket
from tickets.models.message import BY_ITSELF, Direction, Kind
from tickets.phrases import phrase

logger = logging.getLogger(__name__)

LONGEST = 4096
# Two bots that answer each other stop here; nobody walks a menu this much.
MOST_PER_HOUR = 30

Button = dict[str, str]  # {"id": what comes back, "title": what is shown}


@dataclass(frozen=True, slots=True)
class Offer:
    """Choices that a text ends in, said apart: what is asked, and each choice's id and title."""

    ask: str
    choices: tuple[tuple[str, str], ...]


def say(
    ticket: Ticket,
    text: str,
    *,
    occasion: str,
    attachments: Sequence[Attachment] = (),
    buttons: Sequence[Button] | None = None,
    offer: Offer | None = None,
    reply_to: Message | None = None,
    by: User | None = None,
    marks: dict[str, Any] | None = None,
    voice: bool = False,
    most: int = MOST_PER_HOUR,
    **values: Any,
) -> Message | None:
    """Say this with its variables filled in; answers the last message, or None when nothing was sent.

    `occasion` is kept as `content.automatic`. `by` is whom the text speaks of, not its author: it has none.
    `buttons` are written below the text with numbers; an `offer` stands in the text already. Both can be tapped
    where the channel and the company want it. `values` are variables of this occasion only. Several attachments
    leave in their order, the text above them. `marks` are kept in the messages' content. `voice`: the file is
    listened to instead of read. `most`: so many automatic texts may this conversation hear within an hour.
    """
    if ticket.contact.bot_off or ticket.contact.is_blocked or ticket.contact.is_group:
        return None
    body, choices = _worded(ticket, text, buttons, offer, by, values)
    if not body and not attachments:
        return None
    if is_talkative(ticket, most):
        logger.warning("automatic text withheld", extra={"fields": {"ticket": ticket.pk, "of": occasion}})
        return None
    try:
        with transaction.atomic():
            if composing.is_shut(ticket) and (choice := outside.template_for(ticket, occasion, by)):
                instead = Draft(uuid.uuid4(), Kind.TEMPLATE, template=choice, automatic=occasion)
                return outbound.send_all(ticket, instead, by=None)[0][0]
            draft = Draft(
                uuid.uuid4(), Kind.TEXT, body, (), reply_to, automatic=occasion, marks=marks, choices=choices
            )
            return _say(ticket, draft, tuple(attachments), voice=voice)
    except Refused as refused:
        extra = {"fields": {"ticket": ticket.pk, "of": occasion, "why": refused.code}}
        logger.info("automatic text not sent", extra=extra)
        return None


def _worded(
    ticket: Ticket,
    text: str,
    buttons: Sequence[Button] | None,
    offer: Offer | None,
    by: User | None,
    values: dict[str, Any],
) -> tuple[str, dict[str, Any] | None]:
    """What is read, and what can be tapped where the company wants that."""
    body = texts.render(text, ticket, by, **values).strip()
    ask, options = body, [dict(button) for button in buttons or ()]
    if buttons:
        body = with_choices(body, buttons)
    elif offer:
        ask = texts.render(offer.ask, ticket, by, **values).strip()
        options = [{"id": one, "title": title} for one, title in offer.choices]
    if not (buttons or offer) or not ticket.company.option("choices_as_buttons"):
        return body[:LONGEST], None
    label = phrase("choose", ticket.company.language)
    return body[:LONGEST], {"ask": ask, "label": label, "options": options}


def with_choices(body: str, buttons: Sequence[Button]) -> str:
    """Choices as numbered lines: what agents read, and customers where the connection has no buttons."""
    lines = [choice_line(str(number), button["title"]) for number, button in enumerate(buttons, start=1)]
    return "\n".join([*([body, ""] if body else []), *lines])


def choice_line(key: str, title: str) -> str:
    return f"*[ {key} ]* - {title}"


def is_talkative(ticket: Ticket, most: int = MOST_PER_HOUR) -> bool:
    """Whether this conversation heard as many automatic texts within an hour as it may."""
    lately = said(ticket).filter(at__gt=now() - timedelta(hours=1))
    return int(lately.count()) >= most


def said(ticket: Ticket, occasion: str = "") -> Any:
    """What was said by itself in this conversation."""
    rows = Message.objects.filter(BY_ITSELF, ticket=ticket, direction=Direction.OUT)
    return rows.filter(content__automatic=occasion) if occasion else rows


def told(ticket: Ticket, occasion: str, *, since: datetime) -> bool:
    """Whether this customer heard that on this number since then, in whichever conversation."""
    theirs = Ticket.objects.filter(contact=ticket.contact_id, connection=ticket.connection_id).values("pk")
    rows = Message.objects.filter(ticket__in=theirs, direction=Direction.OUT, at__gte=since)
    return bool(rows.filter(content__automatic=occasion).exists())


def _say(ticket: Ticket, draft: Draft, attachments: tuple[Attachment, ...], *, voice: bool) -> Message:
    last: Message | None = None
    if draft.body and len(attachments) != 1:
        last = outbound.send_all(ticket, draft, by=None)[0][-1]
    if attachments:
        caption = draft.body if len(attachments) == 1 else ""
        files = replace(
            draft, client_id=uuid.uuid4(), kind=MEDIA, body=caption, attachments=attachments, reply_to=None,
            choices=None,
        )  # fmt: skip
        last = outbound.send_all(ticket, files, by=None, voice=voice)[0][-1]
    assert last is not None
    return last
