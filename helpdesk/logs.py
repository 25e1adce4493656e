"""One JSON line per log record, with the request, company and user it belongs to; never what people wrote.

`bind()` adds company and user once they are known; the middleware adds the request id, and one line per
request.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:  # the clock logs too, and must not carry all of Django
    from django.http import HttpRequest, HttpResponseBase

Context = Mapping[str, str | int]
EMPTY: Context = MappingProxyType({})
_context: ContextVar[Context] = ContextVar("log_context", default=EMPTY)

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = {"/health/live", "/health/ready", "/metrics"}  # probes every few seconds say nothing worth keeping
SHORT_ID = re.compile(r"\d{1,19}|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
# The second fence: nothing of this kind should be logged, and if it is, it does not stay readable.
SECRETS = re.compile(
    r"""wamid\.[\w+/=-]+                                   # message ids carry the customer's number
      | eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+                    # JSON web tokens
      | \b(?:EAA|hd_)[A-Za-z0-9_-]{12,}                    # Graph tokens and our API keys
      | (?<=bearer\ )\S+ | (?<=api-key\ )\S+
      | (?<=://)[^/\s:@]*:[^/\s@]+(?=@)                    # credentials in an address
      | (?<=DETAIL:)[^\n]*(?:\n(?!\w+:)[^\n]*)*            # PostgreSQL quotes whole rows here
      | (?<=access_token=)[^&\s]+ | (?<=hub\.verify_token=)[^&\s]+""",
    re.IGNORECASE | re.VERBOSE,
)
log = logging.getLogger("helpdesk.requests")


def bind(**values: str | int | None) -> None:
    """Add to every later line of this request or job, for instance `bind(company=3, user=9)`."""
    _context.set({**_context.get(), **{key: value for key, value in values.items() if value is not None}})


def context() -> Context:
    """What the lines of this request or job carry."""
    return _context.get()


def clear() -> None:
    """Forget the context: a thread or a worker goes on to something else."""
    _context.set(EMPTY)


def redact(text: str) -> str:
    """The text without ids, tokens and rows."""
    return SECRETS.sub("[hidden]", text)


def config(level: str = "INFO", *, as_json: bool = True) -> dict[str, Any]:
    """The LOGGING setting: everything goes to standard error, for the platform to collect."""
    form = "helpdesk.logs.JsonFormatter" if as_json else "helpdesk.logs.TextFormatter"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"main": {"()": form}},
        "filters": {"by_route": {"()": "helpdesk.logs.ByRoute"}},
        "handlers": {"main": {"class": "logging.StreamHandler", "formatter": "main"}},
        "root": {"handlers": ["main"], "level": level},
        "loggers": {
            "django": {"level": level},
            "django.server": {"handlers": [], "propagate": True},
            # Our own line names every answer; Django's is kept for the traceback of a failure.
            "django.request": {"level": "ERROR", "filters": ["by_route"]},
            "httpx": {"level": "WARNING"},  # its lines would quote addresses with ids of media
            "httpcore": {"level": "WARNING"},
            "celery": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
        },
    }


class JsonFormatter(logging.Formatter):
    """A record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{record.msecs:03.0f}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
            **context(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["error"] = redact("".join(traceback.format_exception(*record.exc_info)))
        return orjson.dumps(line, default=str).decode()


class TextFormatter(logging.Formatter):
    """The same for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {**context(), **getattr(record, "fields", {})}
        line = f"{self.formatTime(record, '%H:%M:%S')} {record.levelname[0]} {redact(record.getMessage())}"
        line += "".join(f" {key}={value}" for key, value in fields.items())
        if record.exc_info:
            line += "\n" + redact("".join(traceback.format_exception(*record.exc_info)))
        return line


class ByRoute(logging.Filter):
    """Django names failures by their path, which may hold a file's name; the route says enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None:
            return True
        from django.http import HttpRequest

        if not isinstance(request, HttpRequest):
            return True
        match = request.resolver_match
        record.msg, record.args = "failed: %s", (match.route if match else "(none)",)
        return request.path not in QUIET


class RequestMiddleware:
    """Gives each request an id, clears what the thread's last request left, and logs one line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        token = _context.set({"request": request_id})
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id
            if request.path not in QUIET:
                log.info("request", extra={"fields": _line(request, response, started)})
            return response
        finally:
            _context.reset(token)


def _line(request: HttpRequest, response: HttpResponseBase, started: float) -> dict[str, object]:
    """What a request was, by its route: paths and queries may hold names and numbers of people."""
    match = request.resolver_match
    given = match.kwargs if match else {}
    ids = {key: str(value) for key, value in given.items() if SHORT_ID.fullmatch(str(value))}
    return {
        "method": request.method,
        "route": match.route if match else "(none)",
        **({"ids": ids} if ids else {}),
        "status": response.status_code,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }
