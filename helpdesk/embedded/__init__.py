"""Real PostgreSQL and Valkey servers from pip wheels, for the demo, development and tests.

`ensure` starts what is not running and returns addresses; it is safe to call from several processes, after a
crash, as root and as an ordinary user. Production sets DATABASE_URL and REDIS_URL and never comes here.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from helpdesk import roles
from helpdesk.embedded import postgres, valkey
from helpdesk.embedded.account import Account, EmbeddedError, command_of, last_lines

__all__ = [
    "Account",
    "EmbeddedError",
    "Services",
    "command_of",
    "ensure",
    "into_environment",
    "last_lines",
    "reset",
    "stop",
]

DATABASE = "helpdesk"


@dataclass(frozen=True)
class Services:
    """Addresses of the running servers."""

    database_url: str  # the application's role: subject to row-level security, owns nothing
    owner_url: str  # owns the tables: migrations only
    admin_url: str  # superuser: creating databases and roles only
    redis_url: str

    def environment(self) -> dict[str, str]:
        """The variables that point the settings at these servers."""
        return {
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "REDIS_URL": self.redis_url,
        }


def ensure(data_dir: Path | str = ".data", *, durable: bool = True) -> Services:
    """Start the servers unless they run already, create roles and database, and say where they are.

    `durable=False` switches fsync off, which only a throw-away folder deserves.
    """
    folder = Path(data_dir).resolve()
    with _alone(folder):
        account = Account.for_servers()
        home = account.home(folder)
        sockets = postgres.ensure(home / "postgres", account, durable=durable)
        redis_url = valkey.ensure(home / "valkey", account)
        admin_url = postgres.url(sockets, postgres.SUPERUSER, "postgres")
        _prepare_once(home / "postgres" / "prepared", admin_url)
    return Services(
        database_url=postgres.url(sockets, roles.APP, DATABASE),
        owner_url=postgres.url(sockets, roles.OWNER, DATABASE),
        admin_url=admin_url,
        redis_url=redis_url,
    )


def into_environment() -> None:
    """Start the servers and name them in the environment, unless it names its own.

    Called before the settings are read: by `manage.py` and by the tests.
    """
    given = {
        name for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ or f"{name}_FILE" in os.environ
    }
    if len(given) == 2 or os.environ.get("ENVIRONMENT") == "production":
        return
    for name, value in ensure(os.environ.get("DATA_DIR", ".data")).environment().items():
        if not (name in os.environ or (name == "DATABASE_OWNER_URL" and "DATABASE_URL" in given)):
            os.environ[name] = value


def stop(data_dir: Path | str = ".data") -> None:
    """Stop the servers of this folder; nothing happens when they do not run."""
    folder = Path(data_dir).resolve()
    if not folder.is_dir():
        return
    with _alone(folder):
        account = Account.for_servers()
        home = account.home(folder)
        postgres.stop(home / "postgres", account)
        valkey.stop(home / "valkey")


def reset(data_dir: Path | str = ".data") -> None:
    """Stop the servers and delete everything that the folder holds."""
    folder = Path(data_dir).resolve()
    stop(folder)
    if folder.is_dir():
        home = Account.for_servers().home(folder)
        if home != folder:
            shutil.rmtree(home, ignore_errors=True)  # absent when the servers never ran
        shutil.rmtree(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time start or stop the servers of a folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
    except PermissionError as error:
        raise EmbeddedError(
            f"{folder} belongs to another user (was it made by root?). "
            f"Delete it as that user, or choose another folder with DATA_DIR."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _prepare_once(stamp: Path, admin_url: str) -> None:
    """Create roles, database and extensions; later calls cost nothing."""
    wanted = roles.fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    roles.prepare(admin_url, database=DATABASE)
    stamp.write_text(wanted)
