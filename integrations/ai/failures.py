"""What can go wrong with a provider, in our words; neither a key nor a customer's text ever gets into them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils.timezone import now

from helpdesk.http import AddressRefused
from integrations.ai.port import AiError, Why

TOKEN = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
BY_STATUS: dict[int, Why] = {
    401: "not_authenticated", 402: "quota", 403: "not_authenticated", 408: "timeout", 429: "rate_limited",
}  # fmt: skip
BY_CODE: dict[str, Why] = {
    "model_not_found": "no_model",
    "insufficient_quota": "quota",
    "invalid_api_key": "not_authenticated",
    "rate_limit_exceeded": "rate_limited",
}
LONGEST_WAIT = 3600.0  # seconds that a Retry-After may ask of us


@contextmanager
def told(api_key: str) -> Iterator[None]:
    """Whatever the library raises inside becomes an AiError."""
    import openai

    try:
        yield
    except AiError:
        raise
    except openai.APITimeoutError:
        raise AiError("timeout", "No complete answer came in time.") from None
    except openai.APIStatusError as failure:
        raise _of_status(failure, api_key) from None
    except openai.APIConnectionError as failure:
        raise AiError("unreachable", f"No connection ({type(failure.__cause__).__name__}).") from None
    except openai.APIResponseValidationError:
        raise AiError("bad_answer", "The answer cannot be read.") from None
    except openai.APIError as failure:  # an error event inside of a stream
        raise _in_stream(failure) from None
    except AddressRefused as refusal:
        raise AiError("unreachable", str(refusal)) from None
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        # The library does not check shapes, so a strange answer shows where it is read.
        raise AiError("bad_answer", "The answer cannot be read.") from None


def refused_parameter(failure: Any) -> str:
    """The parameter that the server did not like, or ""."""
    if failure.param:
        return str(failure.param)
    message = str(error_of(failure.body).get("message", "")).lower()
    return next((name for name in ("temperature", "response_format") if name in message), "")


def _of_status(failure: Any, api_key: str) -> AiError:
    body = error_of(failure.body)
    code = str(body.get("code") or body.get("type") or "")
    message = str(body.get("message") or "")
    why: Why = BY_CODE.get(code) or BY_STATUS.get(failure.status_code) or "bad_request"
    if failure.status_code >= 500:
        why = "failed"
    elif failure.status_code == 404 and "model" in message.lower():
        why = "no_model"
    elif failure.status_code == 400 and "api key" in message.lower():
        why = "not_authenticated"  # Gemini's way
    detail = f"HTTP {failure.status_code}"
    if TOKEN.fullmatch(code):
        detail += f" {code}"
    if why in {"not_authenticated", "no_model", "quota"} and message:  # the others may quote a customer
        detail += f": {_without_key(message, api_key)[:200]}"
    wait = _wait(failure.response.headers) if why == "rate_limited" else 0.0
    return AiError(why, detail, retry_after=wait)


def _in_stream(failure: Any) -> AiError:
    code = str(failure.code or "")
    return AiError(BY_CODE.get(code, "failed"), code if TOKEN.fullmatch(code) else "server_error")


def error_of(body: Any) -> dict[str, Any]:
    """The error object; Gemini wraps it in a list."""
    if isinstance(body, list) and body:
        body = body[0]
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        body = body["error"]
    if isinstance(body, dict):
        return body
    return {"message": body} if isinstance(body, str) and len(body) < 300 else {}


def _without_key(message: str, api_key: str) -> str:
    """Providers quote keys in part (sk-abc***xyz), or whole."""
    if api_key:
        message = message.replace(api_key, "…")
    return re.sub(r"\S*(\*{2,}|sk-|AIza)\S*", "…", message)


def _wait(headers: Any) -> float:
    """Seconds to wait, from Retry-After in either of its forms."""
    if text := headers.get("retry-after-ms"):
        return _bounded(text, 0.001)
    text = headers.get("retry-after", "")
    if text and not text.replace(".", "", 1).isdigit():
        try:
            return max(0.0, min(LONGEST_WAIT, (parsedate_to_datetime(text) - now()).total_seconds()))
        except (ValueError, TypeError):
            return 0.0
    return _bounded(text or "0", 1)


def _bounded(text: str, unit: float) -> float:
    try:
        return max(0.0, min(LONGEST_WAIT, float(text) * unit))
    except ValueError:
        return 0.0
