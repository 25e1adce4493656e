"""What this machine's PostgreSQL, Redis and web server can do at most, measured beside ours."""

import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import psycopg

from bench import load
from helpdesk.supervisor import processes
from helpdesk.supervisor.processes import Process
from tests.support.stack import Stack

SETUP = """
CREATE UNLOGGED TABLE IF NOT EXISTS bench_dummy (id int);
CREATE TABLE IF NOT EXISTS bench_insert (id bigserial PRIMARY KEY, sha text, body bytea, at timestamptz);
CREATE TABLE IF NOT EXISTS bench_message (id bigserial PRIMARY KEY, ticket bigint, body text, at timestamptz);
CREATE INDEX IF NOT EXISTS bench_message_ticket ON bench_message (ticket, at DESC);
CREATE TABLE IF NOT EXISTS bench_ticket (id bigint PRIMARY KEY, unread int, last text, at timestamptz);
INSERT INTO bench_ticket SELECT n, 0, '', now() FROM generate_series(1, 5000) n ON CONFLICT DO NOTHING;
"""


def prepare(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SETUP)


def commits_per_second(url: str, *, connections: int = 1, seconds: float = 3) -> float:
    """Bare single-row inserts, each in a transaction of its own."""
    body = b"x" * 900

    def insert(connection: psycopg.Connection, n: int) -> None:
        statement = "INSERT INTO bench_insert (sha, body, at) VALUES (%s, %s, now())"
        connection.execute(statement, [str(n), body])

    return _rate(url, insert, connections, seconds)


def message_writes_per_second(url: str, *, connections: int = 8, seconds: float = 3) -> float:
    """Insert a message and update its ticket in one transaction of four round trips."""

    def write(connection: psycopg.Connection, n: int) -> None:
        ticket = n % 5000 + 1
        with connection.transaction():
            connection.execute(
                "INSERT INTO bench_message (ticket, body, at) VALUES (%s, 'x', now())", [ticket]
            )
            connection.execute(
                "UPDATE bench_ticket SET unread = unread + 1, at = now() WHERE id = %s", [ticket]
            )

    return _rate(url, write, connections, seconds)


@contextmanager
def plain_views(stack: Stack) -> Iterator[Callable[[list[str], int], float]]:
    """`rate(["rows/7"], 64)`: requests a second of `bench.plain` under the product's own web server."""
    port = _free_port()
    command = [*processes.web("127.0.0.1", port)[:-1], "bench.plain:application"]
    _start(stack, "plain", command, f"http://127.0.0.1:{port}/rows/1")

    def rate(paths: list[str], clients: int) -> float:
        wires = itertools.cycle([load.request("GET", "localhost", f"/{path}", {}) for path in paths])
        load.run(port, wires, clients=clients, seconds=0.5)
        outcome = load.run(port, wires, clients=clients, seconds=2)
        assert not outcome.errors
        return outcome.rate

    try:
        yield rate
    finally:
        _end(stack, "plain")


@contextmanager
def plain_sockets(stack: Stack) -> Iterator[str]:
    """The address of `bench.plain_sockets` under the product's own WebSocket server."""
    port = _free_port()
    command = processes.sockets("127.0.0.1", port)
    command[command.index("helpdesk.asgi:application")] = "bench.plain_sockets:application"
    _start(stack, "plain_sockets", command, f"http://127.0.0.1:{port}/")
    try:
        yield f"ws://127.0.0.1:{port}/ws/"
    finally:
        _end(stack, "plain_sockets")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _start(stack: Stack, name: str, command: list[str], url: str) -> None:
    stack.children.start(Process(name, command))
    wait = httpx.HTTPTransport(retries=8)
    with httpx.Client(transport=wait, timeout=30) as client:
        client.get(url).raise_for_status()


def _end(stack: Stack, name: str) -> None:
    stack.kill(name)
    del stack.children.all[name]


def _rate(
    url: str, work: Callable[[psycopg.Connection, int], None], connections: int, seconds: float
) -> float:
    counts = [0] * connections
    until = time.perf_counter() + seconds

    def loop(index: int) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while time.perf_counter() < until:
                work(connection, index * 1_000_003 + counts[index])
                counts[index] += 1

    threads = [threading.Thread(target=loop, args=[index]) for index in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
