"""Runs the scripts of this folder under the project's own Node; `npm ci` brings packages at first use."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def run(script: str, asked: dict[str, Any]) -> Any:
    """Give a script its JSON, get back what it printed."""
    install()
    done = _call(["node", script], input=json.dumps(asked))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def install() -> None:
    lock = (HERE / "package-lock.json").stat().st_mtime
    mark = HERE / "node_modules" / ".package-lock.json"
    with (HERE / ".install.lock").open("w") as turn:
        # Several test workers may want it at once.
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not mark.exists() or mark.stat().st_mtime < lock:
            done = _call(["npm", "ci", "--no-audit", "--no-fund"])
            assert done.returncode == 0, done.stderr


def _call(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=HERE,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=180,
        **options,
    )
