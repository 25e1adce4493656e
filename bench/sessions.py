"""Linked devices: what a host of 25 weighs, with the engine that it carries."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

from bench.report import Report

DEVICES = 25
HOST = """
import os, pathlib, sys, threading, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
import django
django.setup()
from whatsapp.devices import host
from whatsapp.devices.neonize_engine import Neonize

def weight():
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

bare = weight()
engine, links = Neonize(), []
links.append(engine.open(pathlib.Path(sys.argv[1]) / "0.db", "", lambda event: None))
loaded = weight()
def dial(link):
    try:
        link.connect()
    except Exception:
        pass
for number in range(1, int(sys.argv[2])):
    links.append(engine.open(pathlib.Path(sys.argv[1]) / f"{number}.db", "", lambda event: None))
threads = [threading.Thread(target=dial, args=[link], daemon=True) for link in links]
for thread in threads:
    thread.start()
time.sleep(8)
print(round(bare), round(loaded), round(weight()))
sys.stdout.flush()
os._exit(0)
"""


def run() -> None:
    """Memory of a host: bare, with the engine, with 25 devices that dial (nothing answers them here)."""
    environment = {**os.environ, "NEONIZE_BOT_TAG": "off"}
    command = [sys.executable, "-c", HOST, mkdtemp(prefix="devices-"), str(DEVICES)]
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment, timeout=120, cwd=Path(__file__).parents[1]
    )
    assert done.returncode == 0, done.stderr
    bare, loaded, full = map(int, done.stdout.split()[-3:])
    report = Report("sessions")
    report.add("host without an engine, resident", bare, "MB")
    report.add("host with the engine and one device, resident", loaded, "MB")
    report.add(
        f"host of {DEVICES} devices that dial, resident", full, "MB", limit=loaded, limit_name="with one"
    )
    report.add("each further device", (full - loaded) / (DEVICES - 1), "MB")
