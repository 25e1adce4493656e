"""`python manage.py sessions`: host linked devices until told to stop, or until an engine takes the process along."""

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

import redis
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from helpdesk import metrics
from helpdesk.redis import connection
from whatsapp.devices.host import Host

logger = logging.getLogger(__name__)
SIGN_SECONDS, SIGN_KEPT = 5, 180


class Command(BaseCommand):
    """Any number of these may run, on one machine or several: a lease says who hosts which device."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        engine = import_string(settings.DEVICE_ENGINE)()
        _begin_with(engine.environment)
        stopping = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stopping.set())
        metrics.serve_if_asked()
        host = Host(engine)
        threading.Thread(target=_give_signs, args=[stopping], daemon=True).start()
        logger.info("hosting devices", extra={"fields": {"host": host.name, "room": host.room}})
        host.run(stopping)
        # Threads of an engine may never end: the leases are given back, nothing else is worth waiting for.
        os._exit(0)


def _begin_with(environment: Mapping[str, str]) -> None:
    """Start this process anew, unless the engine's variables were there already when it began."""
    if any(name not in os.environ for name in environment):
        command = [sys.executable, *sys.orig_argv[1:]]
        os.execve(command[0], command, {**environment, **os.environ})  # noqa: S606  ourselves


def _give_signs(stopping: threading.Event) -> None:
    """`deploy/probe.py sessions` looks for these."""
    while not stopping.wait(SIGN_SECONDS):
        try:
            connection().set(f"health:sessions:{socket.gethostname()}", time.time(), ex=SIGN_KEPT)
        except redis.RedisError:
            logger.warning("no sign of life: redis is unreachable")
