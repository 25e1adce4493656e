"""Runs the emulator under uvicorn."""

from pathlib import Path
from typing import Any

import uvicorn

from .app import build
from .connections import Protocol
from .targets import is_loopback


def server(
    folder: Path, *, host: str, port: int, seed: int = 1, allow: frozenset[str] = frozenset()
) -> uvicorn.Server:
    """A server that is ready to run; it refuses to listen anywhere but on this machine."""
    if not is_loopback(host):
        raise ValueError(f"The emulator listens on this machine only; {host} is not a loopback address.")
    app: Any = build(folder, seed=seed, allow=allow)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Protocol,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)
