"""The processes of an installation and how each is started: one table for the demo, the tests and compose."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from helpdesk.env import env_choice, env_int

QUEUES = "inbound,outbound,media,default"


@dataclass(frozen=True)
class Process:
    """One program to keep running."""

    name: str
    command: list[str]
    ready_url: str = ""  # answers 200 once the process can do its work; empty when it has no port
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ports:
    """Where the processes of this run listen."""

    web: int = 8000
    sockets: int = 8001
    emulator: int = 8999
    ai: int = 8998  # the scripted provider of AI


def product(
    ports: Ports, host: str = "127.0.0.1", *, devices: bool = False, ai: bool = True
) -> list[Process]:
    """What production runs too; `devices`: with a host of linked devices; `ai`: with the worker for AI."""
    hosts = [Process("sessions", sessions())] if devices else []
    if ai:
        hosts.append(Process("ai", ai_worker()))
    return [
        Process("web", web(host, ports.web), f"http://127.0.0.1:{ports.web}/health/live"),
        Process("sockets", sockets(host, ports.sockets), f"http://127.0.0.1:{ports.sockets}/health/live"),
        Process("worker", worker()),
        Process("beat", beat()),
        *hosts,
    ]


def web(host: str, port: int) -> list[str]:
    """REST, webhooks, media and the console.

    One process with four threads: on two cores that answered 1,200 requests a second that read from both
    stores, against 900 with one or two and 650 with eight; a second process costs another 100 MB.
    """
    command = ["helpdesk.web", "--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"]
    command += ["--blocking-threads", "4", "--blocking-threads-idle-timeout", "600"]
    command += ["--respawn-failed-workers", "--no-access-log", "--log-level", "warning"]
    return [*_python(), "-m", *command, "helpdesk.wsgi:application"]


def sockets(host: str, port: int) -> list[str]:
    """The consoles' WebSockets. What a console says fits in a few lines: larger frames end the connection.

    Frames are not compressed: that took five times the memory per console and twice the time per frame, to
    save a kilobyte or two.
    """
    command = ["helpdesk.listen", "helpdesk.asgi:application", "--host", host, "--port", str(port)]
    command += ["--ws", "helpdesk.line:Line", "--ws-max-size", "65536", "--lifespan", "off"]
    command += ["--ws-per-message-deflate", "false", "--no-access-log", "--log-level", "warning"]
    return [*_python(), "-m", *command]


def worker(concurrency: int | None = None) -> list[str]:
    """Background jobs of every queue, in threads of one process.

    Most of their time they wait for PostgreSQL or WhatsApp. A pool of processes (WORKER_POOL=prefork) takes
    100 MB for each and a hop more per job; for more cores, start more workers. `python -m bench pools` compares.
    """
    pool = env_choice("WORKER_POOL", "threads", "prefork")
    return _celery(QUEUES, pool, concurrency or env_int("WORKER_CONCURRENCY", 4))


def ai_worker(concurrency: int | None = None) -> list[str]:
    """Jobs that ask an AI provider, apart from the others: its threads wait for models, up to a minute each."""
    return _celery("ai", "threads", concurrency or env_int("AI_CONCURRENCY", 8))


def _celery(queues: str, pool: str, concurrency: int) -> list[str]:
    command = ["helpdesk.worker", "--queues", queues, "--pool", pool, "--concurrency", str(concurrency)]
    return [*_python(), "-m", *command]


def beat() -> list[str]:
    """The clock. One is enough; with two, each job still runs once."""
    return [*_python(), "-m", "helpdesk.clock"]


def sessions() -> list[str]:
    """The host of linked devices: 25 at most, for an engine that fails takes all of them along."""
    return [*_python(), "manage.py", "sessions"]


def emulator(port: int, data: Path) -> Process:
    """The local WhatsApp: demo, development and tests only."""
    command = ["whatsapp.emulator", "--port", str(port), "--data", str(data)]
    return Process("emulator", [*_python(), "-m", *command], f"http://127.0.0.1:{port}/_ctl/health")


def scripted_ai(port: int) -> Process:
    """The local provider of AI with scripted answers: demo, development and tests only."""
    command = ["integrations.ai.testing", "--port", str(port), "--pace", "0.03"]
    return Process("ai_server", [*_python(), "-m", *command], f"http://127.0.0.1:{port}/_ctl/health")


def _python() -> list[str]:
    return [sys.executable]
