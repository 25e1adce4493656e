"""What somebody wants to say, turned into messages that may be queued, or refused with a reason."""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from helpdesk.errors import Invalid, Refused
from tenants.models import User
from tickets.actions import template_sends
from tickets.actions.sending import as_said
from tickets.models import Attachment, Message, Ticket
from tickets.models.message import Direction, Kind, State
from tickets.transport import CannotRender, transport_for

WINDOW_GUARD = timedelta(seconds=60)  # a message queued in the last minute would arrive too late
MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Draft:
    """`kind` is text, media, note, template or one of `tickets.contents`; `template` see `template_sends`.

    `seen` is the newest message on its author's screen. Unless `anyway`, it is refused while a colleague is
    answering. `mentions` are the people that a note names. `automatic` is the occasion on which the helpdesk
    says this by itself, `marks` what else its content keeps, `choices` what the customer may tap instead of
    writing: {"ask", "label", "options"}.
    """

    client_id: uuid.UUID
    kind: str
    body: str = ""
    attachments: tuple[Attachment, ...] = ()
    reply_to: Message | None = None
    template: dict[str, Any] | None = None
    mentions: tuple[int, ...] = ()
    seen: int | None = None
    anyway: bool = True
    automatic: str = ""
    marks: dict[str, Any] | None = None
    choices: dict[str, Any] | None = None
    content: dict[str, Any] | None = None  # of the kinds that say more than words
    is_forwarded: bool = False


def known(ticket: Ticket, draft: Draft) -> list[Message]:
    """What an earlier request with this client_id stored. Raises Refused when it said something else."""
    ids = [client_id_of(draft, position) for position in range(max(1, len(draft.attachments)) + 1)]
    if not Message.objects.filter(client_id__in=ids).values_list("pk", flat=True):
        return []  # nearly always, so the joins that a repeat needs are not paid for
    rows = Message.objects.with_parts().select_related("ticket")
    found: list[Message] = list(rows.filter(client_id__in=ids).order_by("id"))
    if draft.template is not None:  # what it says follows from the choice, so only that is compared
        draft = replace(draft, body=found[0].body, attachments=tuple(found[0].attachments.all()))
    same = (
        found[0].ticket_id == ticket.pk
        and found[0].body == draft.body
        and found[0].reply_to_id == (draft.reply_to.pk if draft.reply_to else None)
        and (draft.kind == MEDIA or found[0].kind == draft.kind)
        and found[0].content.get("template") == draft.template
        and (draft.content is None or _unparked(found[0].content) == draft.content)
        and [file.pk for row in found for file in row.attachments.all()]
        == [file.pk for file in draft.attachments]
    )
    if not same:
        raise Refused("client_id_reused", "This client_id already belongs to another message.")
    return found


def _unparked(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "parked"}


def client_id_of(draft: Draft, position: int) -> uuid.UUID:
    """The first message has the caller's own id; the others' follow from it, so a repeat finds them all."""
    return draft.client_id if position == 0 else uuid.uuid5(draft.client_id, str(position))


def compose(ticket: Ticket, draft: Draft, by: User | None) -> list[Message]:
    """One message, or one per file; the text is the first file's caption."""
    kinds = [file.kind for file in draft.attachments] if draft.kind == MEDIA else [draft.kind]
    is_note = draft.kind == Kind.NOTE
    messages = []
    for position, kind in enumerate(kinds):
        message = Message(
            ticket=ticket,
            connection=ticket.connection,
            company_id=ticket.company_id,
            direction=Direction.INTERNAL if is_note else Direction.OUT,
            kind=kind,
            body=draft.body if position == 0 else "",
            content=_content(draft),
            author=by,
            state=State.RECEIVED if is_note else State.QUEUED,
            client_id=client_id_of(draft, position),
            reply_to=draft.reply_to if position == 0 else None,
            is_forwarded=draft.is_forwarded,
            at=now(),
        )
        file = draft.attachments[position : position + 1] if message.may_have_files else ()
        message._prefetched_objects_cache = {"attachments": list(file)}  # type: ignore[attr-defined]
        messages.append(message)
    if draft.template is not None:
        if draft.automatic:
            messages[0].content["automatic"] = draft.automatic
        template_sends.fill(messages[0], draft.template, ticket, by)
    return messages


def _content(draft: Draft) -> dict[str, Any]:
    if draft.content is not None:
        return draft.content
    if draft.template:
        return {"template": draft.template}
    if draft.automatic:
        said = {"automatic": draft.automatic, **(draft.marks or {})}
        return {**said, "choices": draft.choices} if draft.choices else said
    return {"mentions": list(draft.mentions)} if draft.mentions else {}


def check(ticket: Ticket, draft: Draft, messages: list[Message], *, parked: bool = False) -> None:
    """Everything that can be known before queueing. What is `parked` may wait for the window."""
    if draft.kind == Kind.NOTE:
        return
    if ticket.is_closed and not draft.automatic:  # the farewell is said after closing
        raise Refused("ticket_closed", "Reopen the ticket to write to this customer.")
    if ticket.connection.is_deleted:
        raise Refused("connection_deleted", "The number of this ticket was removed.")
    transport = transport_for(ticket.connection)
    if draft.kind != Kind.TEMPLATE and not parked and is_shut(ticket):
        hint = "The customer wrote more than 24 hours ago. Only a template can reach them now."
        raise Refused("window_closed", hint, hint="template")
    for message in messages:
        try:
            transport.check_outgoing(as_said(message, ticket.company, transport), files_of(message))
        except CannotRender as error:
            if error.fields:
                raise Invalid(error.code, str(error), **error.fields) from error
            raise Refused(error.code, str(error)) from error


def is_shut(ticket: Ticket) -> bool:
    """Whether free texts would arrive when the customer's 24 hours are over."""
    has_window = transport_for(ticket.connection).has_window
    return has_window and not ticket.window_is_open(now() + WINDOW_GUARD)


def files_of(message: Message) -> list[Attachment]:
    """Those that it was composed with, before it is stored; afterwards those that were tied to it."""
    composed: dict[str, list[Attachment]] = getattr(message, "_prefetched_objects_cache", {})
    if "attachments" in composed:
        return list(composed["attachments"])
    return list(message.attachments.all()) if message.may_have_files else []
