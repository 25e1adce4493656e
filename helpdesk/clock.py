"""The `beat` process: hands the jobs of `settings.CLOCK` to the workers when their time has come.

Time is cut into slots as long as a job's period, and Redis takes one run per job and slot, so a second clock
adds safety and no runs. It speaks to Redis and Celery's message format itself: this process sends a few
hundred bytes a second, and Celery, Django and their clients would take 100 MB for that. Even the settings are
read by a first program, which the one that stays replaces: it imports nothing but the standard library.
"""

import base64
import json
import logging
import os
import signal
import socket
import sys
import time
import uuid
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

logger = logging.getLogger("helpdesk.clock")

PATIENCE = 5.0  # seconds for Redis to answer
PAUSE = 1.0  # seconds before trying again when it does not
WANTED = ("CLOCK", "REDIS_URL", "CELERY_TASK_ROUTES", "CELERY_TASK_DEFAULT_QUEUE", "LOG_LEVEL")
REMEMBER = 120  # seconds for which a slot stays taken beyond its end: clocks of machines differ
# KEYS: the slot, the queue. ARGV: seconds to remember the slot, the message.
_ONCE = """
if redis.call('SET', KEYS[1], 1, 'NX', 'EX', ARGV[1]) then return redis.call('LPUSH', KEYS[2], ARGV[2]) end
return 0
"""


class Unreachable(Exception):
    """Redis refuses, or does not answer."""


class Clock:
    """The table of jobs and a line to Redis. `settings` is the module of settings."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings
        self.line: Line | None = None
        self.given: dict[str, int] = {}

    def tick(self, at: float) -> float:
        """Give out what is due at this time; answers when to look again."""
        try:
            for job, seconds in self.settings.CLOCK.items():
                if self.given.get(job) != (slot := _slot(job, seconds, at)):
                    self._give(job, seconds, slot, at)
                    self.given[job] = slot
        except (OSError, Unreachable) as error:
            logger.warning("jobs of the clock wait: redis is unreachable (%s)", type(error).__name__)
            self._hang_up()
            return at + PAUSE
        return min(
            _begin_of(job, seconds, self.given[job] + 1) for job, seconds in self.settings.CLOCK.items()
        )

    def _give(self, job: str, seconds: int, slot: int, at: float) -> None:
        if self.line is None:
            self.line = Line(self.settings.REDIS_URL)
        queue = _queue_of(job, self.settings)
        expires = datetime.fromtimestamp(at, UTC) + timedelta(seconds=max(seconds, 5))
        keys = (f"clock:{job}:{slot}", queue)
        self.line.ask("EVAL", _ONCE, "2", *keys, str(seconds + REMEMBER), message(job, queue, expires))

    def _hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None


def message(job: str, queue: str, expires: datetime) -> str:
    """A call without arguments as Celery's broker client would write it; a test compares the two."""
    call_id = str(uuid.uuid4())
    headers = {
        "lang": "py",
        "task": job,
        "id": call_id,
        "root_id": call_id,
        "parent_id": None,
        "group": None,
        "eta": None,
        "expires": expires.isoformat(),
        "retries": 0,
        "timelimit": [None, None],
        "argsrepr": "()",
        "kwargsrepr": "{}",
        "origin": "clock",
        "ignore_result": True,
    }
    properties = {
        "correlation_id": call_id,
        "reply_to": "",
        "delivery_mode": 2,
        "delivery_info": {"exchange": "", "routing_key": queue},
        "priority": 0,
        "body_encoding": "base64",
        "delivery_tag": str(uuid.uuid4()),
    }
    body = [[], {}, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}]
    whole = {
        "body": base64.b64encode(json.dumps(body).encode()).decode(),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": headers,
        "properties": properties,
    }
    return json.dumps(whole)


class Line:
    """A connection to Redis that can ask one thing after another."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        host = parts.hostname or "localhost"
        self.socket = socket.create_connection((host, parts.port or 6379), timeout=PATIENCE)
        if parts.scheme == "rediss":
            import ssl  # five megabytes that most installations need not carry

            self.socket = ssl.create_default_context().wrap_socket(self.socket, server_hostname=host)
        self.answers = self.socket.makefile("rb")
        if parts.password:
            self.ask("AUTH", unquote(parts.username or "default"), unquote(parts.password))
        if number := parts.path.strip("/"):
            self.ask("SELECT", number)

    def ask(self, *words: str) -> bytes:
        """One command, and the line that Redis answers it with. Raises Unreachable or OSError."""
        encoded = [word.encode() for word in words]
        parts = [b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded]
        self.socket.sendall(b"*%d\r\n%s" % (len(parts), b"".join(parts)))
        answer = self.answers.readline()
        if not answer.endswith(b"\r\n") or answer.startswith(b"-"):
            raise Unreachable
        return answer

    def close(self) -> None:
        self.answers.close()
        self.socket.close()


def _slot(job: str, seconds: int, at: float) -> int:
    return int((at - _phase(job, seconds)) // seconds)


def _begin_of(job: str, seconds: int, slot: int) -> float:
    return slot * seconds + _phase(job, seconds)


def _phase(job: str, seconds: int) -> float:
    """Each job has its own moment, the same for every clock: they do not all fall into the same instant."""
    return zlib.crc32(job.encode()) / 2**32 * seconds


def _queue_of(job: str, settings: Any) -> str:
    routes: Mapping[str, Mapping[str, str]] = settings.CELERY_TASK_ROUTES
    found = (route["queue"] for pattern, route in routes.items() if fnmatch(job, pattern))
    return next(found, str(settings.CELERY_TASK_DEFAULT_QUEUE))


def main() -> None:
    """Read the settings, and become a program that knows only those of the clock, in the same process."""
    settings = import_module(os.environ.get("DJANGO_SETTINGS_MODULE", "helpdesk.settings"))
    told, tell = os.pipe()
    os.set_inheritable(told, True)
    # A few kilobytes, which a pipe holds until they are read; an argument would show the password of Redis.
    os.write(tell, json.dumps({name: getattr(settings, name) for name in WANTED}).encode())
    os.close(tell)
    os.execv(sys.executable, [sys.executable, "-I", "-S", __file__, str(told)])  # noqa: S606


def run(told: int) -> None:
    """Tick until told to stop."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: sys.exit(0))
    with open(told) as settings:
        clock = Clock(SimpleNamespace(**json.load(settings)))
    logging.basicConfig(level=clock.settings.LOG_LEVEL, handlers=[Lines()])
    while True:
        again_at = clock.tick(time.time())
        time.sleep(min(max(0.01, again_at - time.time()), 60))


class Lines(logging.StreamHandler):  # type: ignore[type-arg]
    """JSON as `helpdesk.logs` writes it; nothing that this process says needs hiding."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps(
            {
                "at": at.replace("+00:00", "Z"),
                "level": record.levelname.lower(),
                "logger": logger.name,
                "message": record.getMessage(),
            }
        )


if __name__ == "__main__":
    if sys.argv[1:]:
        run(int(sys.argv[1]))
    else:
        main()
