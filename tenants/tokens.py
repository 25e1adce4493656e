"""The three signed tokens: access (calls the API), refresh (renews a session), media (opens files by cookie).

The newest of `settings.JWT_KEYS` signs, all of them verify, so that a key can be replaced without signing
anybody out.
"""

import functools
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenBackendExpiredToken, TokenError
from rest_framework_simplejwt.tokens import Token

from tenants.models import Session


class KeyRing(TokenBackend):
    """Signs with the first key and tries each of them to verify."""

    def __init__(self, algorithm: str, keys: tuple[str, ...]) -> None:
        super().__init__(algorithm, keys[0])
        self._older = [TokenBackend(algorithm, key) for key in keys[1:]]
        self._signed_by_us = functools.lru_cache(maxsize=4096)(self._decode)

    def decode(self, token: Any, verify: bool = True) -> dict[str, Any]:
        """A console sends the same token for minutes: its signature is checked once, its time at each use."""
        claims: dict[str, Any] = self._signed_by_us(token, verify)
        return dict(claims)

    def _decode(self, token: Any, verify: bool) -> dict[str, Any]:
        for decode in (super().decode, *(backend.decode for backend in self._older)):
            try:
                return decode(token, verify=verify)
            except TokenBackendExpiredToken:
                raise  # the signature was right: another key cannot help
            except TokenBackendError:
                continue
        raise TokenBackendError("Token is invalid")


@functools.cache
def _ring(algorithm: str, keys: tuple[str, ...]) -> KeyRing:
    return KeyRing(algorithm, keys)


class SessionToken(Token):
    """A token of one session: `sub` the person, `cid` the company or null, `sid` the session."""

    def get_token_backend(self) -> KeyRing:
        return _ring(settings.SIMPLE_JWT["ALGORITHM"], tuple(settings.JWT_KEYS))

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises TokenError unless we signed it, it has not expired and it is of this kind."""
        token = cls(text)  # type: ignore[arg-type]
        try:
            token.user_id, token.session_id, token.company_id = _ids(token.payload)
        except (KeyError, TypeError, ValueError) as error:
            raise TokenError("Token is invalid") from error
        return token

    @classmethod
    def of(cls, session: Session) -> Self:
        token = cls()
        token["sub"] = str(session.user_id)
        token["cid"] = session.company_id
        token["sid"] = session.pk
        return token

    user_id: int
    session_id: int
    company_id: int | None
    lifetime_setting: str

    @property
    def lifetime(self) -> timedelta:  # type: ignore[override]
        """Read at each use, so that the environment decides and nothing else."""
        return lifetime(self.lifetime_setting)

    @property
    def expires_at(self) -> float:
        return float(self.payload["exp"])

    def until(self, moment: datetime) -> Self:
        self.payload["exp"] = int(moment.timestamp())
        return self


class Access(SessionToken):
    token_type = "access"  # noqa: S105  the kind of a token, not a secret

    lifetime_setting = "ACCESS_TOKEN_LIFETIME"


class Refresh(SessionToken):
    """Made from the session's row alone, so that the same row always gives the same token."""

    token_type = "refresh"  # noqa: S105

    lifetime_setting = "REFRESH_TOKEN_LIFETIME"

    @classmethod
    def of(cls, session: Session) -> Self:
        token = super().of(session).until(session.expires_at)
        del token["cid"]  # the row says which company: switching does not need another refresh token
        token["iat"] = int(session.rotated_at.timestamp())
        token["jti"] = session.refresh_id
        return token


class Media(SessionToken):
    """Lives as long as the session: browsers ask for pictures without a chance to renew a token first."""

    token_type = "media"  # noqa: S105

    lifetime_setting = "REFRESH_TOKEN_LIFETIME"

    @classmethod
    def of(cls, session: Session) -> Self:
        return super().of(session).until(session.expires_at)


def lifetime(name: str) -> timedelta:
    """ACCESS_TOKEN_LIFETIME or REFRESH_TOKEN_LIFETIME."""
    value = settings.SIMPLE_JWT[name]
    assert isinstance(value, timedelta)
    return value


def _ids(claims: dict[str, Any]) -> tuple[int, int, int | None]:
    company = claims.get("cid")
    return int(claims["sub"]), int(claims["sid"]), None if company is None else int(company)
