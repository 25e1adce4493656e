"""Cleans up when the supervisor dies without saying goodbye (kill -9, out of memory).

Its standard input is a pipe from the supervisor: lines `+pid` and `-pid` keep the list of process groups,
and the end of the pipe without a `done` means that nobody is left to stop them. Started by path, with the
standard library only, so that it costs next to nothing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable


def main(data_dir: str) -> None:
    """Listen until the supervisor is gone, then stop what it left running."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        word = line.strip()
        if word == "done":
            return
        number = int(word[1:])
        (groups.add if word[0] == "+" else groups.discard)(number)
    for leader in groups:
        _tell(os.kill, leader, signal.SIGTERM)
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline and any(_tell(os.killpg, group, 0) for group in groups):
        time.sleep(0.1)
    for group in groups:
        _tell(os.killpg, group, signal.SIGKILL)
    subprocess.run(
        [sys.executable, "-m", "helpdesk.embedded", "stop"],
        env={**os.environ, "DATA_DIR": data_dir},
        stdin=subprocess.DEVNULL,
        check=False,
    )


def _tell(how: Callable[[int, int], None], target: int, sign: int) -> bool:
    try:
        how(target, sign)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1])
