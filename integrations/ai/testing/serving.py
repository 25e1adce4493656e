"""Runs the server under uvicorn: as a process, or in a thread of a test."""

import socket
import threading
import time

import uvicorn

from .app import build
from .state import State


def server(state: State, port: int) -> uvicorn.Server:
    """Ready to run; loopback only."""
    config = uvicorn.Config(
        build(state), host="127.0.0.1", port=port, ws="none", lifespan="off", log_level="critical",
        access_log=False, timeout_keep_alive=75, timeout_graceful_shutdown=1,
    )  # fmt: skip
    return uvicorn.Server(config)


class InThread:
    """The server beside the test that talks to it; `state` can be read and scripted without HTTP."""

    def __init__(self) -> None:
        self.state = State()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._server = server(self.state, self.port)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("The scripted provider does not start.")
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=5)
