"""A Google access token from a service account's key: a signed assertion is exchanged, and kept while it lives."""

import hashlib
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

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
    try:
        assertion = _signed(claims, str(account["private_key"]), account.get("private_key_id"))
    except (ValueError, TypeError) as error:
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


def _signed(claims: Mapping[str, Any], private_key: str, key_id: Any) -> str:
    """A JSON Web Token by RS256. PyJWT would load its ciphers in every process, which sign by HS256 only."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    try:
        key = serialization.load_pem_private_key(private_key.encode(), None)
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("The key is none of RSA.")
    head = {"alg": "RS256", "typ": "JWT", **({"kid": str(key_id)} if key_id else {})}
    text = b".".join(_packed(json.dumps(part).encode()) for part in (head, claims))
    signature = key.sign(text, padding.PKCS1v15(), hashes.SHA256())
    return b".".join((text, _packed(signature))).decode()


def _packed(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")
