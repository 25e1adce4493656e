"""Letters with a link that sets a password: one for who forgot it, one for who was invited.

A letter is stored with what made it necessary. The job may be lost with the broker and the mail server may be
down for an hour: a sweeper finds what is due, and what could never be delivered is said where it is seen.
"""

import hashlib
import logging
import secrets
from datetime import timedelta
from smtplib import SMTPException

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import Error as DatabaseError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.timezone import now
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from helpdesk import metrics
from tenants.actions import audit
from tenants.models import Letter, Membership, PasswordReset, User
from tenants.models.letter import LEASE, TRIES, Kind
from tenants.scoping import platform_scope

logger = logging.getLogger(__name__)

RESET, INVITATION = Kind.RESET, Kind.INVITATION
LIFETIME = {RESET: timedelta(minutes=30), INVITATION: timedelta(days=7)}
KEPT = timedelta(days=30)
SWEEP_LIMIT = 200


def send_link(user: User | None, kind: Kind, company: str = "") -> None:
    """Store the letter. It leaves in the background: the answer must not tell how long that takes."""
    letter = Letter.objects.create(user=user, kind=kind, company_name=company)
    transaction.on_commit(lambda: _enqueue([letter.pk]), robust=True)


@shared_task
def post(letter_id: int) -> None:
    """One try. A second run at the same time, or after it left, finds nothing to do."""
    letter = _claim(letter_id)
    if letter is None:
        return
    if letter.user is None or not letter.user.is_active:
        letter.delete()
        return
    # Only the link's hash is ever stored, and it never passes through the broker.
    token, link = new_link(letter.user, Kind(letter.kind))
    subject, _, body = _write(letter.user, letter, token).partition("\n")
    try:
        send_mail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [letter.user.email])
    except (SMTPException, OSError) as error:
        link.delete()
        _failed(letter, error)
    else:
        Letter.objects.filter(pk=letter.pk).update(sent_at=now(), error="")


@shared_task
def sweep() -> None:
    """Letters whose job was lost, or whose next try has come."""
    _enqueue(list(Letter.objects.due().order_by("due_at").values_list("pk", flat=True)[:SWEEP_LIMIT]))
    Letter.objects.filter(created_at__lt=now() - KEPT).delete()


def new_link(user: User, kind: Kind) -> tuple[str, PasswordReset]:
    """A link's token, told once, and the row that knows its hash."""
    token = secrets.token_urlsafe(32)
    expires_at = now() + LIFETIME[kind]
    return token, PasswordReset.objects.create(user=user, token_hash=hash_of(token), expires_at=expires_at)


def address_of(token: str) -> str:
    return f"{settings.PUBLIC_URL}/reset?token={token}"


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def _claim(letter_id: int) -> Letter | None:
    rows = Letter.objects.due().select_for_update(skip_locked=True, of=("self",)).select_related("user")
    letter = rows.filter(pk=letter_id).first()
    if letter is not None:
        letter.tries += 1
        letter.due_at = now() + LEASE
        letter.save(update_fields=["tries", "due_at"])
    return letter


@transaction.atomic
def _failed(letter: Letter, error: Exception) -> None:
    letter.error = f"{type(error).__name__}: {error}"[:300]
    letter.due_at = now() + letter.pause()
    fields = {"letter": letter.pk, "kind": letter.kind, "tries": letter.tries, "error": type(error).__name__}
    if letter.tries < TRIES:
        logger.warning("letter not taken by the mail server, it is tried again", extra={"fields": fields})
    else:
        letter.given_up_at = now()
        logger.error("letter given up: the mail server never took it", extra={"fields": fields})
        _tell_companies(letter)
    letter.save(update_fields=["error", "due_at", "given_up_at"])


def _tell_companies(letter: Letter) -> None:
    """Administrators read in the audit log why a colleague got no letter."""
    with platform_scope("a letter concerns every company of the person"):
        for company_id in Membership.objects.filter(user=letter.user).values_list("company_id", flat=True):
            audit.record(
                "letter.given_up",
                actor=None,
                target=f"user:{letter.user_id}",
                data={"kind": letter.kind, "tries": letter.tries},
                company_id=company_id,
            )


def _enqueue(letter_ids: list[int]) -> None:
    try:
        for letter_id in letter_ids:
            post.apply_async(args=(letter_id,), retry=False)
    except (OperationalError, RedisError):
        logger.warning("letters wait: the broker is unreachable", extra={"fields": {"letters": letter_ids}})


def _write(user: User, letter: Letter, token: str) -> str:
    """The first line is the subject."""
    words = {"name": user.name, "link": address_of(token), "company": letter.company_name}
    return render_to_string(f"mail/{letter.kind}.{user.language}.txt", words)


@metrics.at_scrape("helpdesk_letters_given_up", "Letters of the last 30 days that no mail server took.")
def _given_up() -> float:
    try:
        return Letter.objects.given_up().count()
    except DatabaseError:
        return float("nan")
