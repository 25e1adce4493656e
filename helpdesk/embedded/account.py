"""Which operating-system account the embedded servers run as, and which folders that account can reach.

PostgreSQL refuses to run as root, so root (a container, usually) lends the servers the account `nobody`.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT_HOME = Path("/var/lib/helpdesk-embedded")  # for a project below /root, which nobody else may enter


class EmbeddedError(RuntimeError):
    """An embedded server cannot run here; the text says what to do."""


@dataclass(frozen=True)
class Account:
    """The account of the servers: this user's own, or another one when we are root."""

    uid: int
    gid: int
    is_lent: bool

    @classmethod
    def for_servers(cls) -> Account:
        """The current user, or `nobody` when that is root."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), is_lent=False)
        try:
            entry = pwd.getpwnam("nobody")
        except KeyError as error:
            raise EmbeddedError(
                "PostgreSQL does not run as root and this machine has no account `nobody`. "
                "Run as an ordinary user, or set DATABASE_URL and REDIS_URL."
            ) from error
        return cls(entry.pw_uid, entry.pw_gid, is_lent=True)

    def run(self, command: list[str], log: Path, seconds: float = 120) -> int:
        """Run a server's tool as this account, its output appended to `log`; return its exit code."""
        # A file, not a pipe: a server started by the tool inherits the output and would keep a pipe open.
        with log.open("ab") as output:
            try:
                return subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    cwd="/",  # the account may not be allowed into our working directory
                    timeout=seconds,
                    check=False,
                    user=self.uid if self.is_lent else None,
                    group=self.gid if self.is_lent else None,
                    extra_groups=[] if self.is_lent else None,
                ).returncode
            except PermissionError as error:
                raise EmbeddedError(f"Cannot run {command[0]} as user {self.uid}: {error}") from error

    def home(self, folder: Path) -> Path:
        """Where the servers keep their files: in `folder`, or aside when the account cannot get there."""
        if self.can_enter(folder):
            return folder
        return ROOT_HOME / hashlib.sha256(str(folder).encode()).hexdigest()[:12]

    def folder(self, path: Path) -> Path:
        """Create a folder that belongs to the account and to nobody else."""
        path.mkdir(parents=True, exist_ok=True)
        self.give(path)
        path.chmod(0o700)
        return path

    def give(self, path: Path) -> None:
        """Make the account the owner of a file or folder."""
        if self.is_lent:
            os.chown(path, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        """Tell whether the account may pass through every folder down to this one."""
        return not self.is_lent or all(self._may_pass(place) for place in [folder, *folder.parents])

    def _may_pass(self, place: Path) -> bool:
        found = place.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        return bool(found.st_mode & (0o010 if found.st_gid == self.gid else 0o001))


def command_of(pid: int) -> str:
    """The command line of a process, empty when there is no such process."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            return ""
    found = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a server's log, for an error message."""
    if not log.exists():
        return "(no log)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
