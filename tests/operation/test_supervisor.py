"""The supervisor: brings back what dies, leaves nothing running, and says which port it took instead."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from helpdesk import embedded
from helpdesk.supervisor import ports
from helpdesk.supervisor.children import Children
from helpdesk.supervisor.processes import Ports, Process

ROOT = Path(__file__).resolve().parents[2]
# A process with a child of its own that ignores polite requests, as a worker with a pool may.
FAMILY = (
    "import subprocess, sys, pathlib, time;"
    "child = subprocess.Popen([sys.executable, '-c',"
    " 'import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)']);"
    "pathlib.Path(sys.argv[1]).write_text(str(child.pid)); time.sleep(600)"
)


@pytest.fixture
def told():
    return []


@pytest.fixture
def children(tmp_path, told):
    children = Children(tmp_path, os.environ, told.append)
    yield children
    children.stop()


def family(tmp_path, name="family"):
    return Process(name, [sys.executable, "-c", FAMILY, str(tmp_path / f"{name}.pid")])


def eventually(question, seconds=10.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = question()
        if answer:
            return answer
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def number_in(path):
    return eventually(lambda: path.exists() and path.read_text() and int(path.read_text()))


def is_gone(pid):
    return not embedded.command_of(pid)


def test_a_killed_process_is_started_again(children, told, tmp_path):
    children.start(family(tmp_path))
    first = children.all["family"].running.pid
    os.kill(first, signal.SIGKILL)
    eventually(lambda: children.look() or (told and children.all["family"].running))
    assert children.all["family"].running.pid != first
    assert "family stopped (killed by SIGKILL)" in told[0]


def test_what_a_crashed_process_leaves_behind_is_killed_first(children, tmp_path):
    children.start(family(tmp_path))
    grandchild = number_in(tmp_path / "family.pid")
    os.kill(children.all["family"].running.pid, signal.SIGKILL)
    eventually(lambda: children.look() or is_gone(grandchild))


def test_a_process_that_cannot_start_is_tried_ever_more_rarely(children, told):
    children.start(Process("broken", [sys.executable, "-c", "raise SystemExit(3)"]))
    eventually(lambda: children.look() or len(told) == 3)
    waits = [line.split("starting it again in ")[1].split(" s")[0] for line in told]
    assert waits == ["0.5", "1", "2"]
    assert "exit code 3" in told[0]


def test_output_goes_to_a_log_of_its_own(children, tmp_path):
    children.start(Process("chatty", [sys.executable, "-c", "print('good morning')"]))
    log = tmp_path / "logs" / "chatty.log"
    eventually(lambda: log.exists() and "good morning" in log.read_text())


def test_stopping_leaves_no_grandchild(tmp_path, told):
    children = Children(tmp_path, os.environ, told.append)
    children.start(family(tmp_path))
    grandchild = number_in(tmp_path / "family.pid")
    leader = children.all["family"].running.pid
    children.stop()
    assert is_gone(leader)
    assert eventually(lambda: is_gone(grandchild))


def test_watching_ends_when_told(children):
    until = threading.Event()
    watcher = threading.Thread(target=children.watch, args=[until])
    watcher.start()
    until.set()
    watcher.join(2)
    assert not watcher.is_alive()


def test_a_killed_supervisor_leaves_no_process_and_no_server(tmp_path):
    code = (
        "import os, sys, time; from pathlib import Path; from helpdesk import embedded\n"
        "from helpdesk.supervisor.children import Children\n"
        "from helpdesk.supervisor.processes import Process\n"
        f"data = Path({str(tmp_path)!r}); embedded.ensure(data, durable=False)\n"
        "children = Children(data, os.environ, print)\n"
        f"children.start(Process('family', [sys.executable, '-c', {FAMILY!r}, str(data / 'family.pid')]))\n"
        "print(children.all['family'].running.pid, flush=True); time.sleep(600)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    leader = int(supervisor.stdout.readline())
    grandchild = number_in(tmp_path / "family.pid")
    home = embedded.Account.for_servers().home(tmp_path)
    server = number_in(home / "valkey" / "pid")
    supervisor.kill()
    supervisor.wait()
    eventually(lambda: is_gone(leader) and is_gone(grandchild) and is_gone(server), 20)
    assert not (home / "postgres" / "data" / "postmaster.pid").exists()
    embedded.reset(tmp_path)


def test_a_taken_port_is_said_in_words_and_the_next_one_is_used(told):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        taken = stranger.getsockname()[1]
        chosen = ports.choose(Ports(web=taken, sockets=taken, emulator=taken), told.append)
    assert len({chosen.web, chosen.sockets, chosen.emulator, taken}) == 4
    assert told[0] == f"Port {taken} is taken by another program; web uses {chosen.web} instead."


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_a_port_taken_on_the_ipv6_side_of_localhost_counts_as_taken():
    with socket.socket(socket.AF_INET6) as stranger:
        try:
            stranger.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6 loopback")
        stranger.listen()
        assert not ports.is_free(stranger.getsockname()[1])


def test_a_second_demo_on_the_same_data_is_refused_in_words(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from helpdesk.supervisor import __main__ as command\n"
        f"lock = (Path({str(tmp_path)!r}) / 'demo.lock').open('a+')\n"
        "assert command.hold(lock); print('held', flush=True); time.sleep(600)"
    )
    first = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert first.stdout.readline() == "held\n"
    second = subprocess.run(
        [sys.executable, "-m", "helpdesk.supervisor"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    first.kill()
    first.wait()
    assert second.returncode == 1
    assert second.stdout == (
        f"The demo is already running (process {first.pid}). Stop it with ctrl-C where it was started.\n"
    )


def test_nobody_is_pushed_off_a_free_port_by_a_neighbour(told):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        taken = stranger.getsockname()[1]
        chosen = ports.choose(Ports(web=taken, sockets=taken + 1, emulator=taken + 2), told.append)
    assert (chosen.sockets, chosen.emulator) == (taken + 1, taken + 2)
    assert chosen.web > taken + 2
