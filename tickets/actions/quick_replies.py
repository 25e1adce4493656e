"""Quick replies: written once, by a person for themselves or for the company, and put into answers with `/`."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Refused
from helpdesk.events import Event, publish
from tenants.actions import audit
from tenants.models import User
from tickets import texts
from tickets.actions import kept_files
from tickets.events import QUICK_REPLY_CREATED, QUICK_REPLY_DELETED, QUICK_REPLY_UPDATED
from tickets.models import Attachment, QuickReply, Ticket
from tickets.models.message import Kind

MOST = 1000  # of the company, and of each person: the console keeps them all at hand


@dataclass(frozen=True, slots=True)
class Rendered:
    """What would be sent to this customer."""

    text: str
    files: list[Attachment]
    kind: str = Kind.TEXT
    content: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def create(
    *, by: audit.Actor, owner: User | None, attachments: Iterable[int] = (), **fields: Any
) -> QuickReply:
    """A new one: the company's without `owner`."""
    _require_room(owner)
    reply = QuickReply(owner=owner, **fields)
    _save(reply)
    kept_files.keep(attachments, by=_person(by), quick_reply=reply)
    _note("quick_reply.created", reply, by)
    return _tell(QUICK_REPLY_CREATED, reply)


@transaction.atomic
def update(
    reply: QuickReply, *, by: audit.Actor, attachments: Iterable[int] | None = None, **fields: Any
) -> QuickReply:
    """Change what is given. With another `owner` it disappears for those who no longer see it."""
    reply = QuickReply.objects.locked(reply.pk)
    before = reply.audience()
    for name, value in fields.items():
        setattr(reply, name, value)
    _save(reply)
    if attachments is not None:
        kept_files.keep(attachments, by=_person(by), quick_reply=reply)
    _note("quick_reply.updated", reply, by)
    if left := before - reply.audience():
        publish(QUICK_REPLY_DELETED, _shown(reply), to=left)
    return _tell(QUICK_REPLY_UPDATED, reply)


@transaction.atomic
def delete(reply: QuickReply, *, by: audit.Actor) -> None:
    """Hide it, with its files."""
    reply = QuickReply.objects.locked(reply.pk)
    if reply.is_deleted:
        return
    reply.deleted_at = now()
    reply.save(update_fields=["deleted_at"])
    _note("quick_reply.deleted", reply, by)
    _tell(QUICK_REPLY_DELETED, reply)


@transaction.atomic
def restore(reply: QuickReply, *, by: audit.Actor) -> QuickReply:
    """Bring it back. Refused when its shortcut was given away."""
    reply = QuickReply.objects.locked(reply.pk)
    if not reply.is_deleted:
        return reply
    _require_room(reply.owner)
    reply.deleted_at = None
    _save(reply)
    _note("quick_reply.restored", reply, by)
    return _tell(QUICK_REPLY_CREATED, reply)


def preview(reply: QuickReply, ticket: Ticket, *, by: User | None) -> Rendered:
    """What it says to this customer, without using it."""
    files = [kept.attachment for kept in reply.files.all()]
    content = _filled(reply.content, ticket, by)
    return Rendered(texts.render(reply.body, ticket, by=by), files, reply.kind, content)


@transaction.atomic
def use(reply: QuickReply, ticket: Ticket, *, by: User | None) -> Rendered:
    """Its text for this customer, and copies of its files as uploads that one message may carry."""
    shown = preview(reply, ticket, by=by)
    count_use(reply)
    return replace(shown, files=[kept_files.copy_of(file, by=by) for file in shown.files])


def count_use(reply: QuickReply) -> None:
    """The menu offers first what is used most. Nobody is told: the order may wait for the next look."""
    QuickReply.objects.filter(pk=reply.pk).update(used_count=F("used_count") + 1, used_at=now())


def _filled(part: Any, ticket: Ticket, by: User | None) -> Any:
    """The same with variables filled in, however deep a text stands. What is told apart by ids keeps them."""
    if isinstance(part, str):
        return texts.render(part, ticket, by=by)
    if isinstance(part, list):
        return [_filled(one, ticket, by) for one in part]
    if isinstance(part, dict):
        return {key: one if key == "id" else _filled(one, ticket, by) for key, one in part.items()}
    return part


def _require_room(owner: User | None) -> None:
    if QuickReply.objects.live().filter(owner=owner).count() >= MOST:
        raise Refused("quick_replies_full", f"There is room for {MOST}. Delete some that nobody uses.")


def _save(reply: QuickReply) -> None:
    reply.search = reply.search_text()

    def taken() -> Refused:
        detail = "Another quick reply has this shortcut."
        return Refused("quick_reply_shortcut_taken", detail, shortcut=[reply.shortcut])

    with unless_taken({"quick_reply_shared_once": taken, "quick_reply_own_once": taken}):
        reply.save()


def _note(action: str, reply: QuickReply, by: audit.Actor) -> None:
    """What is the company's concerns the company; personal ones are nobody's business."""
    if reply.owner_id is None:
        target = f"quick_reply:{reply.pk}"
        audit.record(action, actor=by, target=target, data={"shortcut": reply.shortcut})


def _person(by: audit.Actor) -> User | None:
    return by if isinstance(by, User) else None


def _shown(reply: QuickReply) -> QuickReply:
    row: QuickReply = QuickReply.objects.with_parts().get(pk=reply.pk)
    return row


def _tell(event: Event, reply: QuickReply) -> QuickReply:
    shown = _shown(reply)
    publish(event, shown, to=shown.audience())
    return shown
