"""One-time codes: made, kept hashed, tried a few times, and counted as proof for one conversation."""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from integrations.models import CustomerCode
from integrations.models.customer_code import LIFETIME, STANDS
from integrations.tools.port import Around

MOST_AN_HOUR = 3  # codes for one customer, whatever conversation


def is_proved(around: Around) -> bool:
    """Whether this customer proved who they are, in this conversation and not long ago. Rehearsals suppose it."""
    if around.is_rehearsal:
        return True
    return bool(_here(around).filter(proved_at__gt=now() - STANDS).exists())


def make(around: Around) -> str | None:
    """A new code, which ends the one before; None when there were too many."""
    contact = around.conversation.contact
    assert contact is not None
    code = f"{secrets.randbelow(1_000_000):06d}"
    with transaction.atomic():
        type(contact).objects.locked(contact.pk)  # two runs at the same time count each other
        recent = CustomerCode.objects.filter(contact=contact, created_at__gt=now() - timedelta(hours=1))
        if recent.count() >= MOST_AN_HOUR:
            return None
        _here(around).filter(proved_at=None).update(expires_at=now())
        row = CustomerCode(
            contact=contact,
            ticket=around.conversation.ticket,
            thread_id=around.conversation.thread,
            expires_at=now() + LIFETIME,
        )
        row.hashed = ""
        row.save()
        row.hashed = _hash(row.pk, code)
        row.save(update_fields=["hashed"])
    return code


def prove(around: Around, code: str) -> bool:
    """Whether this is the code that was sent last. Each try counts, right or wrong."""
    with transaction.atomic():
        row = _here(around).order_by("-pk").select_for_update().first()
        if row is None or not row.is_open(now()):
            return False
        row.tries += 1
        if hmac.compare_digest(row.hashed, _hash(row.pk, code)):
            row.proved_at = now()
        row.save(update_fields=["tries", "proved_at"])
        return row.proved_at is not None


def _here(around: Around) -> Any:
    conversation = around.conversation
    where = (
        Q(ticket=conversation.ticket) if conversation.ticket else Q(thread=conversation.thread, ticket=None)
    )
    if conversation.contact is None or (conversation.ticket is None and conversation.thread is None):
        return CustomerCode.objects.none()
    return CustomerCode.objects.filter(where, contact=conversation.contact)


def _hash(pk: int, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"customer-code:{pk}:{code}".encode(), sha256).hexdigest()
