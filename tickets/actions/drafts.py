"""Answers that are not finished: kept per person and ticket, so that they follow the person to another device."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.events import publish
from tenants.models import User
from tickets.events import DRAFT_CHANGED
from tickets.models import Draft, Message, Ticket
from tickets.models.personal import Mode


@transaction.atomic
def keep(
    ticket: Ticket,
    *,
    by: User,
    body: str,
    mode: str = Mode.REPLY,
    attachments: Sequence[int] = (),
    reply_to: Message | None = None,
    mentions: Sequence[int] = (),
) -> Draft:
    """The last write wins; its version tells every console which one that was."""
    values = {
        "body": body,
        "mode": mode,
        "attachments": list(attachments),
        "reply_to": reply_to,
        "mentions": list(mentions),
    }
    Draft.objects.bulk_create(
        [Draft(ticket=ticket, user=by, company_id=ticket.company_id)], ignore_conflicts=True
    )
    draft: Draft = Draft.objects.select_for_update(of=("self",)).get(ticket=ticket, user=by)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(values))
    _tell(draft)
    return draft


@transaction.atomic(savepoint=False)
def clear(ticket: Ticket, *, by: User) -> None:
    """Sent, or thrown away."""
    mine = Draft.objects.written().filter(ticket=ticket.pk, user=by)
    emptied = mine.update(
        body="", attachments=[], mentions=[], reply_to=None, version=F("version") + 1, updated_at=now()
    )
    if emptied:
        _tell(Draft.objects.get(ticket=ticket.pk, user=by))


def _tell(draft: Draft) -> None:
    publish(DRAFT_CHANGED, draft, to={f"user.{draft.user_id}"})
