"""JSON over HTTP to somebody else's server, with every failure said in one of our words."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from helpdesk import http
from integrations.bots.port import BotError, Why

MAX_BYTES = 1_000_000
_CODES: dict[int, Why] = {
    401: "not_authenticated",
    403: "not_authenticated",
    404: "not_found",
    410: "not_found",
    408: "timeout",
    429: "rate_limited",
    504: "timeout",
}


def post(
    url: str, body: bytes, *, headers: Mapping[str, str] | None = None, seconds: float | None = None
) -> http.Response:
    """The answer with a status below 300, within `BOT_SECONDS` unless told otherwise. Raises BotError."""
    seconds = float(settings.BOT_SECONDS) if seconds is None else seconds
    sent = {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}
    try:
        reply = http.request("POST", url, headers=sent, content=body, timeout=seconds, max_bytes=MAX_BYTES)
    except http.AddressRefused as error:
        raise BotError("address_refused", str(error)) from error
    except http.TimedOut as error:
        raise BotError("timeout", f"No answer within {seconds:g} seconds.") from error
    except (http.HTTPError, http.InvalidURL) as error:
        raise BotError("unreachable", type(error).__name__) from error
    if reply.status_code >= 300:
        raise BotError(_CODES.get(reply.status_code, "failed"), f"HTTP {reply.status_code}{_said(reply)}")
    return reply


def encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def decoded(reply: http.Response) -> Any:
    """Raises BotError when it is no JSON."""
    try:
        return storable(json.loads(reply.content))
    except (ValueError, RecursionError) as error:
        raise BotError("bad_answer", "The answer is no JSON.") from error


def storable(value: Any) -> Any:
    """Without the characters that JSON may hold and no database keeps: NUL, and halves of a pair."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {storable(key): storable(one) for key, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list) else value


def an_object(reply: http.Response) -> dict[str, Any]:
    found = decoded(reply)
    if not isinstance(found, dict):
        raise BotError("bad_answer", "The answer is no JSON object.")
    return found


def _said(reply: http.Response) -> str:
    """The reason that most APIs give, shortened; nothing of a page in HTML."""
    try:
        body = json.loads(reply.content)
    except ValueError:
        return ""
    error = body.get("error", body) if isinstance(body, dict) else {}
    words = error.get("message") or error.get("error_description") if isinstance(error, dict) else error
    return f": {words[:160]}" if isinstance(words, str) else ""
