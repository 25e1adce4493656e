"""`python -m helpdesk.web`: granian and its options, but one process where that is enough.

granian keeps a process beside each of its workers that does nothing but start them again. Whoever runs ours
(compose, systemd, the supervisor) does that already, and on Linux the second one does not hold the port
either, so it would be 30 MB for nothing. With `--workers` or `GRANIAN_WORKERS` above one it is there.
"""

from collections.abc import Callable
from typing import Any

from helpdesk import heap, spared


def main() -> None:
    """Serve until SIGTERM; requests in hand are answered."""
    heap.give_back()
    spared.begin()
    from granian import cli, server

    class Server(server.MPServer):
        def _serve(self, spawn_target: Callable[..., None], target_loader: Callable[..., Any]) -> None:
            if self.workers > 1:
                super()._serve(spawn_target, target_loader)  # type: ignore[no-untyped-call]
                return
            self._init_shared_socket()  # type: ignore[no-untyped-call]
            # What the worker's process would run.
            self._spawn_worker(0, spawn_target, target_loader).inner.run()

    cli.Server = Server  # type: ignore[attr-defined]
    cli.entrypoint()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
