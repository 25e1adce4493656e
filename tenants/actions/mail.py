"""Letters with a link that sets a password: one for who forgot it, one for who was invited."""

import hashlib
import logging
import secrets
from datetime import timedelta
from smtplib import SMTPException

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.timezone import now
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from tenants.models import PasswordReset, User

logger = logging.getLogger(__name__)

RESET, INVITATION = "reset", "invitation"
LIFETIME = {RESET: timedelta(minutes=30), INVITATION: timedelta(days=7)}


def send_link(user_id: int, letter: str, company: str = "") -> None:
    """Post the letter after the commit, in the background: the answer must not tell how long that takes."""
    transaction.on_commit(lambda: _enqueue(user_id, letter, company), robust=True)


@shared_task(autoretry_for=(SMTPException, OSError), retry_backoff=5, max_retries=6)
def post(user_id: int, letter: str, company: str = "") -> None:
    """Make the link here: only its hash is ever stored, and it never passes through the broker."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    token = secrets.token_urlsafe(32)
    PasswordReset.objects.create(user=user, token_hash=hash_of(token), expires_at=now() + LIFETIME[letter])
    subject, _, body = _write(user, letter, company, token).partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [user.email])


def _enqueue(user_id: int, letter: str, company: str) -> None:
    try:
        post.apply_async(args=(user_id, letter, company), retry=False)
    except (OperationalError, RedisError):
        logger.error("letter not sent: the broker is unreachable", extra={"fields": {"letter": letter}})


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _write(user: User, letter: str, company: str, token: str) -> str:
    """The first line is the subject."""
    link = f"{settings.PUBLIC_URL}/reset?token={token}"
    words = {"name": user.name, "link": link, "company": company}
    return render_to_string(f"mail/{letter}.{user.language}.txt", words)
