"""The real engine without WhatsApp: it loads in a process of its own, fails to dial, and says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.stack import ROOT
from whatsapp.tests.hosts import until
from whatsapp.tests.relay.library import missing_engine

DIAL = """
import sys, pathlib
from whatsapp.devices.neonize_engine import Neonize
from whatsapp.devices.link import LinkError, NotSent
heard = []
link = Neonize().open(pathlib.Path(sys.argv[1]) / "7.db", "", heard.append)
try:
    link.send("5511987654321@s.whatsapp.net", {"conversation": "Oi"})
except NotSent as error:
    print("send:", error.code)
try:
    link.connect()
except LinkError as error:
    print("dial:", str(error)[:60])
link.stop()
import os
os._exit(0)
"""
LOADED = """
import django, sys
django.setup()
import helpdesk.urls, helpdesk.celery, whatsapp.devices.transport, whatsapp.devices.host
print("neonize" in sys.modules, "google.protobuf" in sys.modules)
"""


def run(script, *arguments):
    # Nothing is reachable behind this proxy: the engine must not find WhatsApp where there is a network.
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9"}
    environment = {**os.environ, **nowhere, "DJANGO_SETTINGS_MODULE": "helpdesk.settings"}
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, cwd=ROOT, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(bool(missing_engine()), reason=missing_engine())
def test_without_a_network_it_says_that_it_cannot_dial(tmp_path):
    said = run(DIAL, str(tmp_path))
    assert "send: not_online" in said
    assert "dial: " in said


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_the_host_begins_anew_with_the_variables_that_the_library_must_find():
    """Set later, they would be seen by Python alone, and every message would say that a program wrote it."""
    environment = {name: value for name, value in os.environ.items() if name != "NEONIZE_BOT_TAG"}
    host = subprocess.Popen([sys.executable, "manage.py", "sessions"], cwd=ROOT, env=environment)

    def has_begun_anew():
        assert host.poll() is None
        return b"NEONIZE_BOT_TAG=off" in Path(f"/proc/{host.pid}/environ").read_bytes().split(b"\0")

    try:
        until(has_begun_anew, "a new beginning")
    finally:
        host.kill()
        host.wait()


def test_no_process_but_the_host_loads_it():
    assert run(LOADED).split() == ["False", "False"]
