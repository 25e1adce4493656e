"""Who is calling: a person's access token, a program's key, or the cookie that opens pictures and files.

A person costs one query, whatever the company: session, membership, user and company in one row.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import now
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework_simplejwt.exceptions import TokenError

from helpdesk.errors import NotAllowed, NotAuthenticated
from helpdesk.logs import bind
from tenants.models import ApiKey, Company, Membership, Session, User
from tenants.models.signed_in import signed_in
from tenants.roles import SCOPES
from tenants.scoping import company_scope
from tenants.tokens import Access, Media, SessionToken

MEDIA_COOKIE = "hd_media"
LAST_USE_PRECISION = timedelta(minutes=1)  # a busy key must not write a row per call


@dataclass(frozen=True, slots=True)
class Auth:
    """The rights of one call. A person has a session and perhaps a membership; a program has a key."""

    permissions: frozenset[str]
    company: Company | None = None
    user: User | None = None
    membership: Membership | None = None
    session_id: int | None = None
    api_key: ApiKey | None = None
    expires_at: float = 0

    @property
    def company_id(self) -> int | None:
        return self.company.pk if self.company else None

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def by(self) -> User | ApiKey | None:
        """Who answers for what this call changes."""
        return self.user or self.api_key


def auth_of(request: Request) -> Auth:
    """The rights of a call that the view's table let through."""
    assert isinstance(request.auth, Auth)
    return request.auth


class Bearer(BaseAuthentication):
    """`Authorization: Bearer <access token>`."""

    def authenticate(self, request: Request) -> tuple[User | None, Auth] | None:
        token = _credentials(request, "bearer")
        if token is None:
            return None
        auth = person(token)
        return auth.user, auth

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class ApiKeyHeader(BaseAuthentication):
    """`Authorization: Api-Key hd_<company>_<prefix>_<secret>`."""

    def authenticate(self, request: Request) -> tuple[None, Auth] | None:
        key = _credentials(request, "api-key")
        if key is None:
            return None
        return None, program(key)

    def authenticate_header(self, request: Request) -> str:
        return 'Api-Key realm="api"'


class MediaCookie(BaseAuthentication):
    """The cookie that <img>, <audio> and <video> send along: good for media addresses only."""

    def authenticate(self, request: Request) -> tuple[User | None, Auth] | None:
        token = request.COOKIES.get(MEDIA_COOKIE)
        if not token:
            return None
        auth = person(token, Media)
        return auth.user, auth

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def person(text: str, kind: type[SessionToken] = Access) -> Auth:
    """The person behind a token of that kind. Raises NotAuthenticated or NotAllowed."""
    try:
        token = kind.read(text)
    except TokenError as error:
        raise NotAuthenticated("token_invalid", "The token is not valid or has expired.") from error
    auth = _outsider(token) if token.company_id is None else _member(token, token.company_id)
    bind(user=token.user_id)
    return auth


def program(key: str) -> Auth:
    """The key's company and rights. Raises NotAuthenticated or NotAllowed."""
    company_id = _company_of(key)
    if company_id is None:
        raise NotAuthenticated("api_key_invalid", "This is not an API key.")
    with company_scope(company_id):
        row = ApiKey.objects.select_related("company").filter(key_hash=hash_of(key)).first()
        if row is None or not row.is_active:
            raise NotAuthenticated("api_key_invalid", "The API key is unknown, revoked or expired.")
        _refuse_blocked(row.company)
        _note_use(row)
    bind(api_key=row.prefix)
    return Auth(_scopes(row.scopes), company=row.company, api_key=row)


def hash_of(key: str) -> str:
    """Keys are long random texts: one round of SHA-256 keeps them, a slow hash would only slow every call."""
    return hashlib.sha256(key.encode()).hexdigest()


def _member(token: SessionToken, company_id: int) -> Auth:
    with company_scope(company_id):
        found = signed_in(company_id, token.user_id, token.session_id, now())
    if found is None or not (found.is_active and found.user.is_active):
        raise NotAuthenticated("session_ended", "The session has ended. Sign in again.")
    _refuse_blocked(found.company)
    return Auth(
        found.permissions,
        company=found.company,
        user=found.user,
        membership=found,
        session_id=token.session_id,
        expires_at=token.expires_at,
    )


def _outsider(token: SessionToken) -> Auth:
    """A person in no company: the platform's operator."""
    session = Session.objects.select_related("user").filter(pk=token.session_id, user=token.user_id).first()
    if session is None or not session.is_live(now()) or not session.user.is_active:
        raise NotAuthenticated("session_ended", "The session has ended. Sign in again.")
    return Auth(frozenset(), user=session.user, session_id=session.pk, expires_at=token.expires_at)


def _refuse_blocked(company: Company) -> None:
    if company.is_blocked:
        raise NotAllowed("company_blocked", "This company is blocked.")


def _note_use(row: ApiKey) -> None:
    at = now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=at - LAST_USE_PRECISION)
    if row.last_used_at is None or row.last_used_at < at - LAST_USE_PRECISION:
        ApiKey.objects.filter(stale, pk=row.pk).update(last_used_at=at)


def _scopes(names: list[str]) -> frozenset[str]:
    return frozenset[str]().union(*(SCOPES.get(name, frozenset()) for name in names))


def _company_of(key: str) -> int | None:
    parts = key.split("_", 3)
    if len(parts) != 4 or parts[0] != "hd" or not parts[1].isascii() or not parts[1].isdecimal():
        return None
    return int(parts[1]) if len(parts[1]) < 19 else None


def _credentials(request: Any, scheme: str) -> str | None:
    given, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if given.lower() == scheme else None
