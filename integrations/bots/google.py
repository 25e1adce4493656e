"""A Google access token from a service account's key: a signed assertion is exchanged, and kept while it lives."""

import hashlib
import json
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import jwt

from integrations.bots import wire
from integrations.bots.port import BotError, Place

TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105, an address
SCOPE = "https://www.googleapis.com/auth/cloud-platform https://www.googleapis.com/auth/dialogflow"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
EARLY = 60  # seconds before its end at which a token is not used any more
MOST_KEPT = 500

_kept: dict[str, tuple[str, float]] = {}
_lock = threading.Lock()


def access_token(place: Place) -> str:
    """Raises BotError."""
    account = _account(place.secrets)
    key = _key(account)
    with _lock:
        token, until = _kept.get(key, ("", 0.0))
    if time.time() < until:
        return token
    token, seconds = _exchanged(account)
    with _lock:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (token, time.time() + seconds - EARLY)
    return token


def forget(place: Place) -> None:
    """A token was refused: the next call asks for another."""
    account = _account(place.secrets)
    with _lock:
        _kept.pop(_key(account), None)


def project_of(place: Place) -> str:
    return str(place.options.get("project") or _account(place.secrets).get("project_id") or "")


def _account(secrets: Mapping[str, Any]) -> dict[str, Any]:
    given = secrets.get("service_account")
    if isinstance(given, str) and given:
        try:
            given = json.loads(given)
        except ValueError as error:
            raise BotError("misconfigured", "The service account is no JSON.") from error
    if not isinstance(given, dict) or not given.get("client_email") or not given.get("private_key"):
        raise BotError("misconfigured", "The service account lacks client_email or private_key.")
    return given


def _key(account: Mapping[str, Any]) -> str:
    """Only who has the private key itself gets the token that it was exchanged for: the rest is no secret, and
    another company may write it down."""
    whole = json.dumps([account["client_email"], account["private_key"], _uri(account)])
    return hashlib.sha256(whole.encode()).hexdigest()


def _uri(account: Mapping[str, Any]) -> str:
    return str(account.get("token_uri") or TOKEN_URI)


def _exchanged(account: Mapping[str, Any]) -> tuple[str, float]:
    at = int(time.time())
    claims = {
        "iss": account["client_email"],
        "scope": SCOPE,
        "aud": _uri(account),
        "iat": at,
        "exp": at + 3600,
    }
    key_id = account.get("private_key_id")
    try:
        assertion = jwt.encode(
            claims,
            str(account["private_key"]),
            algorithm="RS256",
            headers={"kid": str(key_id)} if key_id else None,
        )
    except (ValueError, TypeError, jwt.PyJWTError) as error:
        raise BotError("misconfigured", "The private key of the service account cannot be read.") from error
    body = urlencode({"grant_type": GRANT, "assertion": assertion}).encode()
    sort = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = wire.an_object(wire.post(_uri(account), body, headers=sort))
    except BotError as error:
        if error.code == "failed":  # Google says 400 invalid_grant for a key that was deleted
            raise BotError("not_authenticated", error.detail) from error
        raise
    token, seconds = answer.get("access_token"), answer.get("expires_in", 3600)
    if not isinstance(token, str) or not token or not isinstance(seconds, int | float):
        raise BotError("bad_answer", "The token's answer has no access_token.")
    return token, float(seconds)
