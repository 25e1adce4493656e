"""Prepares a clone for work: virtual environment, Python packages, the console's packages and its build.

Run by the Makefile with any Python 3.11 or newer, before anything is installed. Each step is skipped when
what it depends on has not changed since it last succeeded.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
CONSOLE = ROOT / "console"
STAMPS = VENV / "stamps"
LOG = ROOT / ".data" / "logs" / "setup.log"
STEP = re.compile(r"^(?:Collecting|Downloading|Installing collected packages|transforming|added) ?(\S*)")


def main(wanted: list[str]) -> None:
    """Prepare `python`, `console` (its build) and `tools` (the console's test tools), as asked."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.13"
        )
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.write_text("")
    prepare_python()
    if "console" in wanted or "tools" in wanted:
        prepare_console_packages(with_tools="tools" in wanted)
    if "console" in wanted:
        build_console()


def prepare_python() -> None:
    """Create the virtual environment and install what requirements-dev.txt pins."""
    python = VENV / "bin" / "python"
    if not python.exists():
        run("Creating the virtual environment", [sys.executable, "-m", "venv", str(VENV)], VENV_HELP)
    lists = [ROOT / f"requirements{part}.txt" for part in ("", "-devices", "-dev")]
    wanted = digest(lists, sys.version.split()[0])
    install = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    once(
        "python",
        wanted,
        "Installing Python packages (a few minutes the first time)",
        [*install, "--progress-bar", "off", "-r", "requirements-dev.txt"],
    )


def prepare_console_packages(*, with_tools: bool) -> None:
    """Install the console's packages with the Node of the virtual environment."""
    wanted = digest([CONSOLE / "package-lock.json"], "")
    if not (CONSOLE / "node_modules").exists():
        forget("console-tools", "console-packages")
    if with_tools or not stamp_matches("console-tools", wanted):
        name, options = ("console-tools", []) if with_tools else ("console-packages", ["--omit=dev"])
        changed = once(
            name, wanted, "Installing the console's packages", [npm(), "ci", *options], cwd=CONSOLE
        )
        if changed and not with_tools:
            forget("console-tools")


def build_console() -> None:
    """Build the console's pages into console/dist."""
    if not (CONSOLE / "dist" / "index.html").exists():
        forget("console-build")
    if once("console-build", console_digest(), "Building the console", [npm(), "run", "build"], cwd=CONSOLE):
        # The build puts files of its own beside the sources, which must not count as a change next time.
        (STAMPS / "console-build").write_text(console_digest())


def console_digest() -> str:
    """One hash over everything that the console is built from."""
    sources = [path for folder in ("src", "public") for path in sorted((CONSOLE / folder).rglob("*"))]
    sources += sorted(CONSOLE.glob("*.html")) + sorted(CONSOLE.glob("*.json")) + sorted(CONSOLE.glob("*.ts"))
    return digest((path for path in sources if path.is_file()), "")


def once(name: str, wanted: str, title: str, command: list[str], cwd: Path = ROOT) -> bool:
    """Run a step unless it already succeeded for the same inputs."""
    if stamp_matches(name, wanted):
        return False
    run(title, command, cwd=cwd)
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(wanted)
    return True


def run(title: str, command: list[str], hint: str = "", cwd: Path = ROOT) -> None:
    """Run a command, showing one line that moves; its whole output is kept in a log."""
    started = time.monotonic()
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    shows = sys.stdout.isatty()
    print(f"  {title} …", end="" if shows else "\n", flush=True)
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, "PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        sys.exit(f"\n{command[0]} cannot be started: {error}")
    lines = follow(process.stdout or (), title if shows else "")
    if process.wait() != 0:
        sys.exit(
            "\n".join(["", f"{title} failed:", *lines[-25:], *filter(None, [hint]), f"Full output: {LOG}"])
        )
    took = f"{time.monotonic() - started:.0f} s"
    print(f"\r  {title} … {took:<40}" if shows else f"    done in {took}", flush=True)


def follow(output: Iterable[str], title: str) -> list[str]:
    """Copy a command's output to the log and show what it is busy with."""
    lines = []
    with LOG.open("a") as log:
        for line in output:
            log.write(line)
            lines.append(line.rstrip())
            busy = STEP.match(line.strip())
            if busy and title:
                print(f"\r  {title} … {busy[1][:36]:<40}", end="", flush=True)
    return lines


def forget(*names: str) -> None:
    for name in names:
        (STAMPS / name).unlink(missing_ok=True)


def stamp_matches(name: str, wanted: str) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == wanted


def digest(paths: Iterable[Path], extra: str) -> str:
    """One hash over names and contents of files."""
    total = hashlib.sha256(extra.encode())
    for path in paths:
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def npm() -> str:
    return str(VENV / "bin" / "npm")


VENV_HELP = "On Debian and Ubuntu: apt install python3-venv"

if __name__ == "__main__":
    main(sys.argv[1:])
