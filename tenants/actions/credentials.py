"""Checking an e-mail address and a password, without telling strangers which addresses exist.

Known and unknown addresses cost one slow hash, are counted alike and are locked alike.
"""

import functools
import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.utils.timezone import now

from helpdesk.errors import NotAuthenticated, TooMany
from tenants.actions import audit
from tenants.models import LoginLock, Membership, User
from tenants.models.login_lock import user_and_lock
from tenants.models.user import clean_email
from tenants.scoping import platform_scope

FAILURES = 5  # in a row
FIRST_LOCK = timedelta(minutes=15)  # doubles with each further five failures
LONGEST_LOCK = timedelta(days=1)
FORGOTTEN_AFTER = timedelta(days=1)


def check(email: str, password: str, *, ip: str) -> User:
    """The person with that address and password. Raises NotAuthenticated or TooMany."""
    email = clean_email(email)
    user, lock = user_and_lock(email, _hash(email))
    _refuse_locked(lock)
    is_right = check_password(password, user.password if user else _nobody(), _renew(user))
    if user is None or not is_right or not user.is_active:
        _count_failure(email, user, ip)
        raise NotAuthenticated("invalid_credentials", "The e-mail address or the password is wrong.")
    if lock is not None:
        forgive(email)
    return user


def forgive(email: str) -> None:
    """Start counting again: somebody proved to be the owner of the address."""
    LoginLock.objects.filter(email_hash=_hash(email)).delete()


def forget_old_failures() -> None:
    """Rows of addresses that nobody tried for a day and that are not locked any more."""
    old = LoginLock.objects.filter(last_failed_at__lt=now() - FORGOTTEN_AFTER)
    old.exclude(locked_until__gt=now()).delete()


def _refuse_locked(lock: LoginLock | None) -> None:
    if lock is None or lock.locked_until is None:
        return
    left = (lock.locked_until - now()).total_seconds()
    if left > 0:
        raise TooMany(
            "login_locked", "Too many wrong passwords. Try again later.", retry_after=max(1, round(left))
        )


def _count_failure(email: str, user: User | None, ip: str) -> None:
    at = now()
    LoginLock.objects.bulk_create(
        [LoginLock(email_hash=_hash(email), failures=0, last_failed_at=at)], ignore_conflicts=True
    )
    rows = LoginLock.objects.filter(email_hash=_hash(email))
    rows.filter(last_failed_at__lt=at - FORGOTTEN_AFTER).update(failures=0)
    rows.update(failures=F("failures") + 1, last_failed_at=at)
    failures = rows.values_list("failures", flat=True).first() or 0
    if failures and failures % FAILURES == 0:
        _lock(email, user, failures, at, ip)


def _lock(email: str, user: User | None, failures: int, at: datetime, ip: str) -> None:
    doublings = min(failures // FAILURES - 1, 10)
    until = at + min(FIRST_LOCK * 2**doublings, LONGEST_LOCK)
    LoginLock.objects.filter(email_hash=_hash(email)).update(locked_until=until)
    if user is None:
        return
    with platform_scope("a locked login concerns every company of the person"):
        for company_id in Membership.objects.filter(user=user).values_list("company_id", flat=True):
            audit.record(
                "login.locked",
                actor=None,
                target=f"user:{user.pk}",
                data={"failures": failures, "until": until.isoformat()},
                ip=ip,
                company_id=company_id,
            )


def _renew(user: User | None) -> "functools.partial[None] | None":
    return functools.partial(_store, user) if user else None


def _store(user: User, password: str) -> None:
    """Costs have changed since this password was set: hash it again with today's."""
    user.set_password(password)
    user.save(update_fields=["password"])


def _hash(email: str) -> str:
    return hashlib.sha256(clean_email(email).encode()).hexdigest()


@functools.cache
def _nobody() -> str:
    """A hash that no password fits: an unknown address takes as long as a known one."""
    return make_password(secrets.token_urlsafe(32))
