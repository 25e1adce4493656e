"""Linked devices: what a host of 25 weighs when all of them are online, with the engine that it carries.

They are real engines, linked to the tests' relay (`whatsapp/tests/relay`), for nothing else would let them in.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.report import Report
from whatsapp.tests.relay import library
from whatsapp.tests.relay.engine import RelayNeonize
from whatsapp.tests.relay.server import Relay

DEVICES = 25
IN_MEMORY = Path("/dev/shm")
HOST = """
import json, os, pathlib, sys, threading
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
import django
django.setup()
from whatsapp.devices import host
from whatsapp.tests.relay.engine import RelayNeonize

told = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)  # the library prints
folder, engine = pathlib.Path(sys.argv[1]), RelayNeonize()

def weight():
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

def start(number):
    def hear(event):
        print(json.dumps([number, event.kind, event.data.get("code", "")]), file=told)
    link = engine.open(folder / f"{number}.db", "", hear)
    threading.Thread(target=link.connect, daemon=True).start()

weights = [weight()]
for line in sys.stdin:
    if line.strip() == "weigh":
        weights.append(weight())
        print(json.dumps([0, "weights", weights]), file=told)
    else:
        start(int(line))
os._exit(0)
"""


def run() -> None:
    """Memory of a host: bare, with one device online, with 25."""
    if reason := library.missing():
        raise SystemExit(f"It cannot be measured here: {reason}.")
    with (
        TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.exists() else None) as name,
        Relay(Path(name)) as relay,
    ):
        environment = {**os.environ, **RelayNeonize.environment, **relay.environment}
        host = subprocess.Popen(
            [sys.executable, "-c", HOST, name], cwd=Path(__file__).parents[1], env=environment, text=True,
            bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _online(relay, host, range(1))
        _weigh(host)
        _online(relay, host, range(1, DEVICES))
        bare, one, full = _weigh(host)
        host.kill()
        host.wait()
    report = Report("sessions")
    report.add("host without an engine, resident", bare, "MB")
    report.add("host with one device online, resident", one, "MB")
    report.add(f"host of {DEVICES} devices online, resident", full, "MB", limit=one, limit_name="with one")
    report.add("each further device", (full - one) / (DEVICES - 1), "MB")


def _online(relay: Relay, host: subprocess.Popen[str], numbers: range) -> None:
    """Link them one after the other, as people would."""
    for number in numbers:
        person = relay.person(f"55119800{number:05}", f"1800000000{number:05}", f"Shop {number}")
        print(number, file=host.stdin)
        relay.scan(person, _told(host, number, "qr"))
        _told(host, number, "connected")


def _weigh(host: subprocess.Popen[str]) -> list[float]:
    print("weigh", file=host.stdin)
    return _told(host, 0, "weights")


def _told(host: subprocess.Popen[str], number: int, kind: str):
    for line in host.stdout or ():
        who, what, data = json.loads(line)
        if (who, what) == (number, kind):
            return data
    raise AssertionError(f"the host ended before {kind}")
