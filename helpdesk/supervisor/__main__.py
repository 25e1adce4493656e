"""`python -m helpdesk.supervisor [demo|reset]`: run the demo, or delete its data."""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import IO

from helpdesk import embedded
from helpdesk.supervisor import demo
from helpdesk.supervisor.ports import NoFreePort
from helpdesk.supervisor.processes import Ports


def main() -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m helpdesk.supervisor", description=__doc__)
    parser.add_argument("what", choices=["demo", "reset"], nargs="?", default="demo")
    parser.add_argument(
        "--host", default=os.environ.get("HOST", "127.0.0.1"), help="where web and sockets listen"
    )
    parser.add_argument("--verbose", action="store_true", help="show what the processes log")
    options = parser.parse_args()
    data_dir = Path(os.environ.get("DATA_DIR", ".data")).resolve()
    try:
        if options.what == "reset":
            return reset(data_dir)
        return run(data_dir, options.host, verbose=options.verbose)
    except (embedded.EmbeddedError, demo.DemoFailed, NoFreePort) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def run(data_dir: Path, host: str, *, verbose: bool) -> int:
    """Run the demo until ctrl-C or SIGTERM."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "demo.lock").open("a+") as lock:
        if not hold(lock):
            lock.seek(0)
            first = lock.read().strip()
            print(f"The demo is already running (process {first}). Stop it with ctrl-C where it was started.")
            return 1
        stopping = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, lambda *_: stopping.set())
        wanted = Ports(*(int(os.environ.get(f"{name}_PORT", port)) for name, port in DEFAULTS))
        try:
            demo.run(demo.Demo(data_dir, host, demo.choose_ports(wanted), stopping, verbose))
        except InterruptedError:
            return 130
        return 0


def reset(data_dir: Path) -> int:
    """Stop a running demo and delete its data."""
    if data_dir.is_dir():
        with (data_dir / "demo.lock").open("a+") as lock:
            if not hold(lock):
                lock.seek(0)
                os.kill(int(lock.read()), signal.SIGTERM)
                while not hold(lock):
                    time.sleep(0.1)
        embedded.reset(data_dir)
    print("The demo's data is deleted; `make demo` begins anew.")
    return 0


def hold(lock: IO[str]) -> bool:
    """Take the lock of a running demo and leave our process number in it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return True


DEFAULTS = (("WEB", 8000), ("SOCKETS", 8001), ("EMULATOR", 8999), ("AI", 8998))

if __name__ == "__main__":
    sys.exit(main())
