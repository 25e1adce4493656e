"""`make demo`: everything on this machine, from an empty folder to an address to open in a browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpdesk import embedded
from helpdesk.supervisor import ports as free_ports
from helpdesk.supervisor import processes
from helpdesk.supervisor.children import Children
from helpdesk.supervisor.processes import Ports

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0  # seconds for the slowest process on a slow machine


class DemoFailed(RuntimeError):
    """The demo cannot run; the text says why."""


@dataclass(frozen=True)
class Demo:
    """What this run uses."""

    data_dir: Path
    host: str
    ports: Ports
    stopping: threading.Event
    verbose: bool

    @property
    def address(self) -> str:
        """The console, as a person types it."""
        return f"http://localhost:{self.ports.web}"

    @property
    def phone(self) -> str:
        """The page on which one plays the customers."""
        return f"http://localhost:{self.ports.emulator}/phone/"


def run(demo: Demo) -> None:
    """Start everything, say where it is, and keep it running until told to stop."""
    started = time.monotonic()
    say("Starting PostgreSQL and Redis")
    environment, is_ours = stores(demo.data_dir)
    children = Children(demo.data_dir, {**environment, **settings(demo)}, say, verbose=demo.verbose)
    try:
        emulator = processes.emulator(demo.ports.emulator, demo.data_dir / "emulator")
        children.start(emulator)
        scripted = processes.scripted_ai(demo.ports.ai)
        children.start(scripted)
        wait_for(children, demo, {emulator.name: emulator.ready_url, scripted.name: scripted.ready_url})
        say("Bringing the database up to date")
        manage(children, demo, "migrate", "--verbosity", "0")
        say("Seeing to the demo data (the first time takes a little longer)")
        manage(children, demo, "seed_demo")
        say("Starting web, sockets, workers, beat and sessions")
        product = processes.product(demo.ports, demo.host, devices=True)
        for process in product:
            children.start(process)
        addresses = {process.name: process.ready_url for process in product if process.ready_url}
        wait_for(children, demo, {**addresses, "worker": addresses["web"].replace("live", "ready")})
        print(banner(demo, time.monotonic() - started), flush=True)
        children.watch(demo.stopping)
    finally:
        if not demo.stopping.is_set():
            demo.stopping.set()
        say("Stopping everything")
        children.stop()
        if is_ours:
            embedded.stop(demo.data_dir)


def stores(data_dir: Path) -> tuple[dict[str, str], bool]:
    """The environment with the addresses of the stores, and whether we started them ourselves."""
    environment = dict(os.environ)
    if "DATABASE_URL" in environment and "REDIS_URL" in environment:
        return environment, False
    return {**environment, **embedded.ensure(data_dir).environment()}, True


def settings(demo: Demo) -> dict[str, str]:
    """How the processes find each other."""
    emulator = f"http://127.0.0.1:{demo.ports.emulator}"
    metrics = demo.data_dir / "metrics"
    metrics.mkdir(parents=True, exist_ok=True)
    for old in metrics.glob("*.db"):
        old.unlink()
    given = {
        "DATA_DIR": str(demo.data_dir),
        "PUBLIC_URL": demo.address,
        "SOCKETS_PORT": str(demo.ports.sockets),
        "WHATSAPP_API_ROOT": emulator,
        "WHATSAPP_MEDIA_HOSTS": "127.0.0.1",
        "WHATSAPP_SIGNUP_APP_ID": "990000000000001",
        "WHATSAPP_SIGNUP_APP_SECRET": "demo-signup-secret",
        "WHATSAPP_SIGNUP_CONFIG_ID": "770000000000001",
        "WHATSAPP_SIGNUP_DIALOG": emulator,
        "WHATSAPP_PHONE_PAGE": demo.phone,
        "PRIVATE_HOSTS_ALLOWED": f"127.0.0.1:{demo.ports.emulator},127.0.0.1:{demo.ports.ai}",
        "WEBHOOK_ROOT": f"http://127.0.0.1:{demo.ports.web}",
        "EMULATOR_URL": emulator,
        "AI_DEMO_URL": f"http://127.0.0.1:{demo.ports.ai}",
        "QR_DEVICES": "true",
        "PROMETHEUS_MULTIPROC_DIR": str(metrics),
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
    }
    if demo.host != "127.0.0.1":
        given["ALLOWED_HOSTS"] = os.environ.get("ALLOWED_HOSTS", "*")
    return given


def manage(children: Children, demo: Demo, *arguments: str) -> None:
    """Run one of Django's commands to its end, keeping an eye on the children meanwhile."""
    log = children.logs / f"{arguments[0]}.log"
    with log.open("wb") as output:
        command = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=children.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    while command.poll() is None:
        if demo.stopping.wait(0.05):
            command.terminate()
            command.wait()
            raise InterruptedError
        children.look()
    if command.returncode != 0:
        raise DemoFailed(f"manage.py {' '.join(arguments)} failed:\n{embedded.last_lines(log, 30)}")


def wait_for(children: Children, demo: Demo, addresses: Mapping[str, str]) -> None:
    """Wait until each address answers 200."""
    waiting = dict(addresses)
    deadline = time.monotonic() + PATIENCE
    while waiting:
        waiting = {name: url for name, url in waiting.items() if not answers(url)}
        if waiting and demo.stopping.wait(0.1):
            raise InterruptedError
        children.look()
        if waiting and time.monotonic() > deadline:
            name = next(iter(waiting))
            log = children.logs / f"{name}.log"
            raise DemoFailed(
                f"{name} is not ready. Its log ({log}) ends with:\n{embedded.last_lines(log, 30)}"
            )


def answers(url: str) -> bool:
    """Tell whether a GET is answered with 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  (our own loopback address)
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def banner(demo: Demo, seconds: float) -> str:
    """What a person needs to begin."""
    lines = [
        f"Ready after {seconds:.0f} s. Everything runs on this machine only.",
        "",
        f"Console     {demo.address}",
        f"Phone page  {demo.phone}   (write as a customer)",
        f"API         {demo.address}/api/docs/",
        "",
        *logins(demo.data_dir / "demo.json"),
        "",
        f"Logs and e-mails: {short(demo.data_dir / 'logs')}   Stop: ctrl-C   Start over: make demo-reset",
    ]
    width = max(map(len, lines)) + 2
    body = "\n".join(f"│ {line:<{width - 2}} │" for line in lines)
    return f"\n╭{'─' * width}╮\n{body}\n╰{'─' * width}╯"


def logins(seeded: Path) -> list[str]:
    """The accounts of the demo data, as `seed_demo` left them."""
    if not seeded.exists():
        return ["No demo accounts were made."]
    rows = json.loads(seeded.read_text())["logins"]
    columns = ("company", "role", "email", "password")
    widths = {column: max(len(str(row[column])) for row in rows) for column in columns}
    return ["   ".join(f"{row[column]!s:<{widths[column]}}" for column in columns).rstrip() for row in rows]


def short(path: Path) -> str:
    """A path as seen from where the person stands."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def say(line: str) -> None:
    """One line of progress."""
    print(f"  {line}", flush=True)


def choose_ports(wanted: Ports) -> Ports:
    """Free ports near the wanted ones."""
    return free_ports.choose(wanted, say)
