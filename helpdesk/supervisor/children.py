"""Starts child processes, starts a crashed one again, and stops them all without leaving orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from helpdesk.supervisor.processes import Process

STEADY = 30.0  # a child that ran this long has not failed at starting
LONGEST_WAIT = 30.0
POLITE = 10.0  # seconds to finish the job in hand before being killed
BIG_LOG = 10_000_000


@dataclass
class Child:
    """A process, its log, and when it may be started again."""

    process: Process
    log: Path
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    start_at: float = 0.0


class Children:
    """The children of one supervisor; `watch` keeps them running until `stop`."""

    def __init__(
        self,
        data_dir: Path,
        environment: Mapping[str, str],
        tell: Callable[[str], None],
        *,
        verbose: bool = False,
    ) -> None:
        self.logs = data_dir / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.environment = dict(environment)
        self.tell = tell
        self.verbose = verbose
        self.all: dict[str, Child] = {}
        self._guard = _start_guard(data_dir)

    def start(self, process: Process) -> None:
        """Start a process and keep it running from now on."""
        child = Child(process, self.logs / f"{process.name}.log")
        if child.log.exists() and child.log.stat().st_size > BIG_LOG:
            child.log.rename(child.log.with_suffix(".old.log"))
        self.all[process.name] = child
        self._launch(child)
        if self.verbose:
            threading.Thread(target=self._follow, args=[child], daemon=True).start()

    def watch(self, until: threading.Event, every: float = 0.2) -> None:
        """Start crashed children again, waiting longer each time, until the event is set."""
        while not until.wait(every):
            self.look()

    def look(self) -> None:
        """Notice who has stopped and start those whose waiting time is over."""
        for child in self.all.values():
            if child.running and child.running.poll() is not None:
                self._note_end(child, child.running)
            if child.running is None and time.monotonic() >= child.start_at:
                self._launch(child)

    def stop(self) -> None:
        """Ask every child to finish, and kill those that do not; then release the guard."""
        running = [child for child in self.all.values() if child.running]
        for child in running:
            _signal(os.kill, child, signal.SIGTERM)
        deadline = time.monotonic() + POLITE
        for child in running:
            if child.running:
                try:
                    child.running.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    self.tell(f"{child.process.name} does not stop; killing it.")
                _signal(os.killpg, child, signal.SIGKILL)
                child.running.wait()
        self._say("done")
        if self._guard.stdin:
            self._guard.stdin.close()
        self._guard.wait()

    def _launch(self, child: Child) -> None:
        environment = {**self.environment, **child.process.environment, "PYTHONUNBUFFERED": "1"}
        # A file, not a pipe: a child never blocks on, or dies from, a supervisor that does not read.
        with child.log.open("ab") as output:
            child.running = subprocess.Popen(
                child.process.command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # ctrl-C reaches the supervisor only, which stops them in order
            )
        child.started_at = time.monotonic()
        self._say(f"+{child.running.pid}")

    def _note_end(self, child: Child, ended: subprocess.Popen[bytes]) -> None:
        _signal(os.killpg, child, signal.SIGKILL)  # what it may have left behind
        self._say(f"-{ended.pid}")
        child.running = None
        steady = time.monotonic() - child.started_at > STEADY
        child.failures = 1 if steady else child.failures + 1
        wait = min(LONGEST_WAIT, 0.5 * 2 ** (child.failures - 1))
        child.start_at = time.monotonic() + wait
        self.tell(
            f"{child.process.name} stopped ({_how(ended.returncode)}); starting it again in {wait:g} s. "
            f"Its log: {child.log}"
        )

    def _say(self, word: str) -> None:
        try:
            if self._guard.stdin:
                self._guard.stdin.write(f"{word}\n".encode())
                self._guard.stdin.flush()
        except BrokenPipeError:
            return  # somebody killed the guard; the children are still ours to stop

    def _follow(self, child: Child) -> None:
        """Copy what a child writes from now on to the terminal, under its name."""
        with child.log.open(errors="replace") as log:
            log.seek(0, os.SEEK_END)
            while True:
                line = log.readline()
                if line:
                    self.tell(f"{child.process.name:>8} | {line.rstrip()}")
                else:
                    time.sleep(0.1)


def _start_guard(data_dir: Path) -> subprocess.Popen[bytes]:
    script = Path(__file__).with_name("guard.py")
    return subprocess.Popen(
        [sys.executable, "-S", str(script), str(data_dir)], stdin=subprocess.PIPE, start_new_session=True
    )


def _signal(how: Callable[[int, int], None], child: Child, sign: signal.Signals) -> None:
    try:
        if child.running:
            how(child.running.pid, sign)
    except (ProcessLookupError, PermissionError):
        return  # gone already


def _how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"
