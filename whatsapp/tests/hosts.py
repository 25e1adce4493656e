"""Hosts of linked phones as processes of their own, on the database of the test."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import database
from tests.support.services import SERVICES
from tests.support.stack import ROOT


@contextmanager
def hosts(
    settings: Any, folder: Path, engine: str, **more: str
) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Call it for a host, and again for another; none outlives the test."""
    running: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        environment = {
            **os.environ, "QR_DEVICES": "true", "DEVICE_ENGINE": engine, "DEVICE_LEASE_SECONDS": "4",
            "DATABASE_URL": database.url_for(SERVICES.database_url, settings.DATABASES["default"]["NAME"]),
            "REDIS_URL": settings.REDIS_URL, "DEVICES_ROOT": str(folder), **more,
        }  # fmt: skip
        with (folder / "sessions.log").open("a") as log:
            command = [sys.executable, "manage.py", "sessions"]
            running.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log))
        return running[-1]

    try:
        yield begin
    finally:
        for process in running:
            process.kill()
            process.wait()


def until(check: Callable[[], Any], what: str = "it", *, every: float = 0.05, seconds: float = 60) -> Any:
    """The answer of `check` once it is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(every)
    raise AssertionError(f"{what} did not happen")
