"""A message changes after it was sent: its writer corrects it, or deletes it for everyone.

News comes late, twice and in any order; the moment it tells decides, not the moment it arrives. What was said
before is kept in rows of its own.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from tickets.actions import tell, transcripts
from tickets.models import Connection, Message, MessageEdit
from tickets.transport import Edit, Removal

KEEP_REMOVED = "keep_removed_text"


@transaction.atomic(savepoint=False)
def edit(connection: Connection, change: Edit) -> bool:
    """Show the new text. False when the message is not here yet."""
    message = _locked(connection, change.target)
    if message is None:
        return False
    said_at = message.edited_at or message.at
    if _is_known(message, change):
        return True
    is_late = message.edited_at is not None and change.at < message.edited_at
    if message.is_hidden or is_late:
        _keep(message, change.body, change.at)
    else:
        _keep(message, message.body, said_at)
        message.body = change.body
    if not is_late:
        message.edited_at = change.at
        message.save(update_fields=["body", "edited_at"])
    tell.message_changed(message)
    return True


@transaction.atomic(savepoint=False)
def remove(connection: Connection, removal: Removal) -> bool:
    """Mark it as deleted, and hide what it said unless the company shows that. False: not here yet."""
    message = _locked(connection, removal.target)
    if message is None:
        return False
    if message.removed_at is not None:
        return True
    message.removed_at = removal.at
    if not connection.company.option(KEEP_REMOVED):
        _keep(message, message.body, message.edited_at or message.at)
        message.body, message.content = "", {"hidden": True}
        transcripts.forget(message)
    message.save(update_fields=["body", "content", "removed_at"])
    tell.message_changed(message)
    return True


def earlier_texts(message: Message) -> Any:
    """What it said before; nothing of a deleted message in a company that hides those."""
    if message.removed_at is not None and not message.company.option(KEEP_REMOVED):
        return MessageEdit.objects.none()
    return message.edits.all()


def _locked(connection: Connection, target: str) -> Message | None:
    rows = Message.objects.with_parts().select_related("ticket").select_for_update(of=("self",))
    found: Message | None = rows.filter(connection=connection, provider_id=target).first()
    return found


def _is_known(message: Message, change: Edit) -> bool:
    if message.edited_at == change.at and message.body == change.body:
        return True
    return bool(message.edits.filter(at=change.at, body=change.body).exists())


def _keep(message: Message, body: str, at: datetime) -> None:
    MessageEdit.objects.create(
        company_id=message.company_id, message=message, body=body, content=message.content, at=at
    )
