"""Health check of a container: exit code 0 when the process in it does its work.

    python deploy/probe.py http://127.0.0.1:8000/health/live
    python deploy/probe.py worker      this host's worker gave a sign of life
    python deploy/probe.py ai          this host's worker for AI gave a sign of life
    python deploy/probe.py beat        the clock's jobs are being run
    python deploy/probe.py sessions    this host of linked devices gave a sign of life

Started by path and without Django, because it runs every few seconds in every container.
"""

from __future__ import annotations

import os
import socket
import sys
import time
import urllib.request
from pathlib import Path

FRESH = 45  # seconds, as in helpdesk/health.py


def main(what: str) -> bool:
    """Answer for one process."""
    if what.startswith("http"):
        with urllib.request.urlopen(what, timeout=5) as answer:  # noqa: S310  (an address from our own compose file)
            return bool(answer.status == 200)
    here = socket.gethostname()
    keys = {name: f"health:{name}:{here}" for name in ("worker", "ai", "sessions")} | {"beat": "health:beat"}
    key = keys[what]
    return time.time() - last_sign(key) < FRESH


def last_sign(key: str) -> float:
    """When this sign of life was last given, 0 when never."""
    import redis

    url = os.environ.get("REDIS_URL") or Path(os.environ["REDIS_URL_FILE"]).read_text().strip()
    with redis.Redis.from_url(url, socket_timeout=5) as client:
        return float(client.get(key) or 0)


if __name__ == "__main__":
    try:
        sys.exit(0 if main(sys.argv[1]) else 1)
    except Exception as problem:  # noqa: BLE001  (whatever it is, the container is not healthy)
        sys.exit(f"{type(problem).__name__}: {problem}")
