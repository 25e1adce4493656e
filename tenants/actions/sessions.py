"""Signing in and out: one family of rotating refresh tokens per browser, ended when an old one comes back."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from rest_framework_simplejwt.exceptions import TokenError

from helpdesk.errors import NotAllowed, NotAuthenticated
from helpdesk.events import Signal, publish_signal
from tenants.actions import audit, presence
from tenants.events import SESSION_CHANGED, SESSION_ENDED
from tenants.models import Membership, Session, User
from tenants.scoping import company_scope, platform_scope
from tenants.tokens import Refresh, SessionToken, lifetime

GRACE = timedelta(seconds=10)  # two tabs may refresh with the same token at the same moment


@dataclass(frozen=True, slots=True)
class Device:
    """What a browser or program told of itself."""

    ip: str = ""
    user_agent: str = ""


def memberships_of(user: User) -> list[Membership]:
    """Where the person may work today, by name. Crosses companies: a person may be in several."""
    with platform_scope("a person's own companies"):
        rows = Membership.objects.active().filter(user=user, company__deleted_at=None)
        return list(rows.select_related("company").order_by("company__name", "company_id"))


def log_in(user: User, device: Device, *, company_id: int | None = None) -> tuple[Session, list[Membership]]:
    """Open a session in the company asked for, or else in the one last used."""
    memberships = memberships_of(user)
    company = _choose(user, memberships, company_id)
    if company is None:
        return _open_session(user, None, device), memberships
    with company_scope(company), transaction.atomic():
        session = _open_session(user, company, device)
        audit.record("user.logged_in", actor=user, target=f"user:{user.pk}", ip=device.ip)
    return session, memberships


def _open_session(user: User, company_id: int | None, device: Device) -> Session:
    """A new family of refresh tokens."""
    at = now()
    return Session.objects.create(
        user=user,
        company_id=company_id,
        refresh_id=uuid.uuid4().hex,
        rotated_at=at,
        last_used_at=at,
        expires_at=at + lifetime("REFRESH_TOKEN_LIFETIME"),
        ip=device.ip or None,
        user_agent=device.user_agent[:300],
    )


def refresh(text: str, device: Device) -> tuple[Session, list[Membership]]:
    """Exchange a refresh token for the next one. Raises NotAuthenticated; an old token ends its session."""
    try:
        token = Refresh.read(text)
    except TokenError as error:
        raise NotAuthenticated("refresh_invalid", "The refresh token is not valid or has expired.") from error
    opened = _rotate(token, device)
    if opened is None:
        raise NotAuthenticated("session_ended", "The session has ended. Sign in again.")
    return opened


def switch(session_id: int, user: User, company_id: int) -> tuple[Session, list[Membership]]:
    """Go on in another company of the same person."""
    memberships = memberships_of(user)
    company = _choose(user, memberships, company_id)
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session_id, user=user)
        session.user = user
        session.company_id = company
        session.last_used_at = now()
        session.save(update_fields=["company_id", "last_used_at"])
    return session, memberships


def log_out(session: Session) -> None:
    """End this session; the person is shown offline unless they are signed in elsewhere."""
    end(Session.objects.filter(pk=session.pk), because="logged_out")
    others = Session.objects.filter(user=session.user_id, company=session.company_id, ended_at=None)
    if session.company_id is not None and not others.filter(expires_at__gt=now()).exists():
        with company_scope(session.company_id):
            presence.went_home(session.user_id)


def session_behind(text: str, kind: type[SessionToken] = Refresh) -> Session | None:
    """The session of a token, without using the token up."""
    try:
        token = kind.read(text)
    except TokenError:
        return None
    return Session.objects.filter(pk=token.session_id, user=token.user_id).first()


def end(sessions: QuerySet[Session], *, because: str) -> int:
    """End these sessions and close their sockets; answers how many there were."""
    rows = list(sessions.filter(ended_at=None).values_list("pk", "user_id"))
    Session.objects.filter(pk__in=[pk for pk, _ in rows], ended_at=None).update(
        ended_at=now(), ended_because=because
    )
    for pk, user_id, company_id in _places_of(rows):
        _tell(SESSION_ENDED, company_id, user_id, {"user": user_id, "session": pk})
    return len(rows)


def rights_changed(company_id: int, user_ids: Iterable[int]) -> None:
    """The consoles of these people fetch their rights again, and their sockets hear what they now may."""
    for user_id in user_ids:
        _tell(SESSION_CHANGED, company_id, user_id, {"user": user_id})


def _places_of(rows: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """A session that went on in another company may have left a socket open in the one before."""
    with platform_scope("where a session may have sockets open"):
        members = Membership.objects.filter(user__in={user_id for _, user_id in rows})
        companies = list(members.values_list("user_id", "company_id"))
    for pk, user_id in rows:
        yield from ((pk, user_id, company_id) for member, company_id in companies if member == user_id)


def _tell(signal: Signal, company_id: int, user_id: int, data: dict[str, int]) -> None:
    transaction.on_commit(
        lambda: publish_signal(signal, company_id, data, to={f"user.{user_id}"}), robust=True
    )


def _choose(user: User, memberships: list[Membership], company_id: int | None) -> int | None:
    open_ = [membership for membership in memberships if not membership.company.is_blocked]
    at_work = [membership.company_id for membership in open_ if membership.is_at_work(now())]
    if company_id is not None:
        _require_open(company_id, memberships, open_, at_work)
        return company_id
    if len(at_work) > 1:
        used = Session.objects.filter(user=user, company__in=at_work).order_by("-last_used_at")
        return used.values_list("company_id", flat=True).first() or at_work[0]
    if at_work:
        return at_work[0]
    if user.is_operator:
        return None
    if open_:
        raise _outside_work_hours()
    if memberships:
        raise NotAllowed("company_blocked", "This company is blocked.")
    raise NotAllowed("no_company", "You are not a member of any company.")


def _require_open(
    company_id: int, memberships: list[Membership], open_: list[Membership], at_work: list[int]
) -> None:
    if company_id in at_work:
        return
    if any(membership.company_id == company_id for membership in open_):
        raise _outside_work_hours()
    if any(membership.company_id == company_id for membership in memberships):
        raise NotAllowed("company_blocked", "This company is blocked.")
    raise NotAllowed("not_a_member", "You are not a member of this company.")


def _outside_work_hours() -> NotAuthenticated:
    return NotAuthenticated("outside_work_hours", "It is outside your working hours.")


@transaction.atomic
def _rotate(token: Refresh, device: Device) -> tuple[Session, list[Membership]] | None:
    """None when the session is over, or is ended now because its token had been used before."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("user")
    session = rows.filter(pk=token.session_id, user=token.user_id).first()
    at = now()
    if session is None or not session.is_live(at) or not session.user.is_active:
        return None
    memberships = memberships_of(session.user)
    if session.company_id is not None:
        _choose(session.user, memberships, session.company_id)
    if token["jti"] == session.previous_refresh_id and at - session.rotated_at <= GRACE:
        return session, memberships  # the other tab was faster: both get the same token, no branch grows
    if token["jti"] != session.refresh_id:
        _end_stolen(session, device)
        return None
    session.previous_refresh_id, session.refresh_id = session.refresh_id, uuid.uuid4().hex
    session.rotated_at = session.last_used_at = at
    session.expires_at = at + lifetime("REFRESH_TOKEN_LIFETIME")
    session.ip = device.ip or None
    changed = ["previous_refresh_id", "refresh_id", "rotated_at", "last_used_at", "expires_at", "ip"]
    session.save(update_fields=changed)
    return session, memberships


def _end_stolen(session: Session, device: Device) -> None:
    end(Session.objects.filter(pk=session.pk), because="reuse")
    if session.company_id is not None:
        with company_scope(session.company_id):
            audit.record(
                "session.reuse_detected",
                actor=None,
                target=f"user:{session.user_id}",
                data={"session": session.pk},
                ip=device.ip,
            )
