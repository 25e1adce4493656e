"""`make demo` as a person meets it: from an empty folder to a login, ctrl-C, again, and starting over."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from helpdesk import embedded
from helpdesk.supervisor import ports

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180


class Demo:
    """One run in a terminal of its own."""

    def __init__(self, data):
        first = next(
            port for port in range(33_000, 36_000, 10) if all(map(ports.is_free, range(port, port + 3)))
        )
        # Nothing of the tests' own environment: a person has none of it.
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(data), "DATA_DIR": str(data)}
        for offset, name in enumerate(("WEB_PORT", "SOCKETS_PORT", "EMULATOR_PORT")):
            self.environment[name] = str(first + offset)
        started = time.monotonic()
        self.process = self.command("demo")
        self.lines = []
        self.ready = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        assert self.ready.wait(PATIENCE), "\n".join(self.lines)
        self.seconds = time.monotonic() - started
        self.address = re.search(r"Console +(http://localhost:\d+)", self.text)[1]

    def command(self, what):
        return subprocess.Popen(
            [sys.executable, "-m", "helpdesk.supervisor", what],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith("╰"):
                self.ready.set()
        self.ready.set()

    @property
    def text(self):
        return "\n".join(self.lines)

    def logins(self):
        return re.findall(r"(admin|supervisor|agent|operator) +(\S+@\S+) +(\S+)", self.text)

    def log_in(self, email, password):
        body = {"email": email, "password": password, "refresh_in": "body"}
        return httpx.post(f"{self.address}/api/auth/login/", json=body, timeout=20)

    def count(self, login):
        token = self.log_in(*login[1:]).json()["access"]
        found = httpx.get(
            f"{self.address}/api/tickets/counts/", headers={"Authorization": f"Bearer {token}"}, timeout=20
        )
        return found.json()["all"]

    def processes(self):
        """Every process of this run, and of the servers in its folder."""
        mine = f"DATA_DIR={self.environment['DATA_DIR']}".encode()
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if mine in (place / "environ").read_bytes().split(b"\0"):
                    found.append(embedded.command_of(int(place.name)))
            except OSError:
                continue
        return [command for command in found if command]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    data = tmp_path_factory.mktemp("demo") / ".data"
    data.mkdir()
    yield data
    embedded.reset(data)


@pytest.fixture(scope="module")
def start(data):
    """The demo that runs, or else a new run of it."""
    runs = []

    def running():
        if not runs or runs[-1].process.poll() is not None:
            runs.append(Demo(data))
        return runs[-1]

    yield running
    if runs and runs[-1].process.poll() is None:
        runs[-1].process.send_signal(signal.SIGINT)
        assert runs[-1].process.wait(60) == 0


@pytest.fixture(scope="module")
def demo(start):
    return start()


def test_it_says_where_to_go_and_who_to_be(demo):
    assert f"Phone page  http://localhost:{demo.environment['EMULATOR_PORT']}/phone/" in demo.text
    assert {role for role, _, _ in demo.logins()} == {"admin", "supervisor", "agent", "operator"}


def test_everything_it_needs_is_ready(demo):
    answer = httpx.get(f"{demo.address}/health/ready", timeout=20)
    assert answer.status_code == 200, answer.text


def test_the_printed_logins_work(demo):
    assert [demo.log_in(email, password).status_code for _, email, password in demo.logins()[:3]] == [200] * 3


def test_the_phone_page_is_there(demo):
    page = httpx.get(f"http://localhost:{demo.environment['EMULATOR_PORT']}/phone/", timeout=20)
    assert page.status_code == 200


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads the process table of Linux")
def test_ctrl_c_stops_all_of_it_and_a_second_run_keeps_the_data(demo, start):
    before = demo.count(demo.logins()[0])
    assert before > 20
    assert demo.processes()
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(60) == 0
    assert demo.processes() == []
    again = start()
    assert again.count(again.logins()[0]) == before
    assert again.seconds < max(20, demo.seconds)


def test_starting_over_stops_a_running_demo_and_deletes_its_data(start, data):
    running = start()
    reset = running.command("reset")
    assert "`make demo` begins anew" in reset.communicate(timeout=60)[0]
    assert running.process.wait(60) == 0
    assert not data.exists()
