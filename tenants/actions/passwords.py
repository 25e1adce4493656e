"""Setting a password: forgotten, changed, or chosen for the first time from an invitation."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Invalid
from tenants.actions import audit, credentials, sessions
from tenants.actions.mail import RESET, hash_of, send_link
from tenants.models import Membership, PasswordReset, Session, User
from tenants.models.user import clean_email
from tenants.scoping import platform_scope


def check_new(password: str, user: User, *, field: str = "password") -> None:
    """Raises Invalid with the reasons when the password is too weak for this person."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("invalid", "Some fields need another value.", **{field: error.messages}) from error


def forgot(email: str) -> None:
    """Send a link if the address is known. Known or not, the caller cannot tell: both store one letter."""
    user = User.objects.filter(email=clean_email(email), is_active=True).only("pk").first()
    send_link(user, RESET)


@transaction.atomic
def reset(token: str, password: str, *, ip: str) -> None:
    """Use a mailed link, once; every session of the person ends. Raises Invalid."""
    rows = PasswordReset.objects.select_for_update(of=("self",)).select_related("user")
    link = rows.filter(token_hash=hash_of(token)).first()
    if link is None or link.used_at or link.expires_at <= now() or not link.user.is_active:
        raise Invalid("reset_invalid", "This link is not valid any more. Ask for a new one.")
    check_new(password, link.user)
    PasswordReset.objects.filter(user=link.user, used_at=None).update(used_at=now())
    _store(link.user, password)
    credentials.forgive(link.user.email)
    sessions.end(Session.objects.filter(user=link.user), because="password_reset")
    _record(link.user, "user.password_reset", ip)


@transaction.atomic
def change(user: User, current: str, password: str, *, session_id: int, ip: str) -> None:
    """The person's other sessions end; the one that asks goes on. Raises Invalid."""
    if not user.check_password(current):
        raise Invalid("invalid", "Some fields need another value.", current=["This is not your password."])
    check_new(password, user)
    _store(user, password)
    sessions.end(Session.objects.filter(user=user).exclude(pk=session_id), because="password_changed")
    _record(user, "user.password_changed", ip)


def _store(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])


def _record(user: User, action: str, ip: str) -> None:
    with platform_scope("a password counts in every company of the person"):
        for company_id in Membership.objects.filter(user=user).values_list("company_id", flat=True):
            audit.record(action, actor=user, target=f"user:{user.pk}", ip=ip, company_id=company_id)
