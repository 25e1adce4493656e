"""The real engine without WhatsApp: it loads in a process of its own, fails to dial, and says so."""

import os
import subprocess
import sys

import pytest

from tests.support.stack import ROOT
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


@pytest.mark.skipif(bool(missing_engine()), reason=missing_engine() or "it is here")
def test_without_a_network_it_says_that_it_cannot_dial(tmp_path):
    said = run(DIAL, str(tmp_path))
    assert "send: not_online" in said
    assert "dial: " in said


def test_no_process_but_the_host_loads_it():
    assert run(LOADED).split() == ["False", "False"]
