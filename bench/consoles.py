"""Consoles: connect rate, memory per socket, fan-out, and the way from a customer's message to many of them."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import orjson
import redis

from bench import handlers, limits, plain_sockets
from bench.memory import resident
from bench.pipeline import Listener, _post, webhook_request
from bench.report import Report, p50, percentile
from bench.world import Console, Line, act_within, connect_number, installation, sign_up
from tests.support.stack import Stack

SIZES = (1, 500, 2_000)
RIVAL = {1: (23.3, None), 500: (48.3, 6.9), 2_000: (90.4, 23.1)}
RIVAL_CONNECTS = {500: 193.0, 2_000: 60.0}


def run() -> None:
    """Connect rate, memory per socket, handler → event, webhook → event, fan-out against a plain ASGI app."""
    report = Report("consoles")
    with installation("consoles") as stack:
        console = sign_up(stack)
        line = connect_number(console, push=False)
        act_within(stack)
        for size in SIZES:
            asyncio.run(_measure(report, stack, console, line, size))


async def _measure(report: Report, stack: Stack, console: Console, line: Line, size: int) -> None:
    before = resident(stack.pid("sockets"))
    started = time.perf_counter()
    listeners = await _connect(stack.sockets, console, size)
    seconds = time.perf_counter() - started
    await asyncio.sleep(1)
    if size > 1:
        report.add(f"connect rate, {size:,} consoles", size / seconds, "1/s", rival=RIVAL_CONNECTS[size],
                   lower_is_better=False)  # fmt: skip
        grown = (resident(stack.pid("sockets")) - before) / size / 1024
        report.add(f"memory per socket, {size:,} consoles", grown, "KB", rival=82)
    to_event, to_emit = RIVAL[size]
    event = await _from_handler(listeners, line)
    report.add(f"handler → event at all of {size:,} consoles, p50", p50(event), "ms", rival=to_event)
    report.add(f"handler → event at all of {size:,} consoles, p95", percentile(event, 95), "ms")
    event = await _from_webhook(stack, listeners, line)
    report.add(f"webhook → event at all of {size:,} consoles, p50", p50(event), "ms")
    report.add(f"webhook → event at all of {size:,} consoles, p95", percentile(event, 95), "ms")
    fan_out = await _fan_out(listeners, _through_product(stack, console))
    _close(listeners)
    await asyncio.sleep(1)
    least = await _least(stack, console, size)
    name = "plain ASGI"
    report.add(f"fan-out of 1.5 KB to {size:,} consoles, p50", p50(fan_out), "ms", rival=to_emit,
               limit=p50(least), limit_name=name)  # fmt: skip
    report.add(f"fan-out of 1.5 KB to {size:,} consoles, p95", percentile(fan_out, 95), "ms",
               limit=percentile(least, 95), limit_name=name)  # fmt: skip


async def _connect(url: str, console: Console, size: int) -> list[Listener]:
    listeners: list[Listener] = []
    for first in range(0, size, 50):
        batch = range(first, min(first + 50, size))
        listeners += await asyncio.gather(*[Listener.open(url, console.access) for _ in batch])
    return listeners


def _close(listeners: list[Listener]) -> None:
    for listener in listeners:
        listener.close()


async def _from_handler(listeners: list[Listener], line: Line) -> list[float]:
    """20 messages that are stored already; from the handler's first step to each console."""
    from whatsapp.actions.inbound import split

    latencies: list[float] = []
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as worker:  # one thread, one database connection
        company = await loop.run_in_executor(worker, handlers.company_of, line)
        for n in range(20):
            text = f"handled {n} {time.time_ns()}"
            arrived = _expect(listeners, text.encode())
            await loop.run_in_executor(worker, handlers.keep, company, line, "5511973000001", text)
            started = time.perf_counter()
            await loop.run_in_executor(worker, split, company)
            await _all(arrived, len(listeners))
            latencies += [(at - started) * 1000 for at in arrived]
            await asyncio.sleep(0.05)
        await loop.run_in_executor(worker, _hang_up)
    return latencies


def _hang_up() -> None:
    from django.db import connections

    connections.close_all()


async def _from_webhook(stack: Stack, listeners: list[Listener], line: Line) -> list[float]:
    """20 messages; for each the median over the consoles of when it arrived."""
    latencies: list[float] = []
    for n in range(20):
        text = f"fan {n} {time.time_ns()}"
        arrived = _expect(listeners, text.encode())
        started = time.perf_counter()
        await _post(stack.ports.web, webhook_request(line, stack.ports.web, "5511973000001", text))
        await _all(arrived, len(listeners))
        latencies += [(at - started) * 1000 for at in arrived]
        await asyncio.sleep(0.05)
    return latencies


async def _least(stack: Stack, console: Console, size: int) -> list[float]:
    """The same frames to as many sockets of an application that does nothing else."""
    sender = redis.Redis.from_url(stack.redis_url)
    with limits.plain_sockets(stack) as url:
        listeners = await _connect(url, console, size)
        await asyncio.sleep(1)
        fan_out = await _fan_out(listeners, lambda frame: sender.publish(plain_sockets.CHANNEL, frame))
        _close(listeners)
    return fan_out


def _through_product(stack: Stack, console: Console) -> Callable[[bytes], object]:
    """Frames straight into Redis, as `helpdesk.events.publish_signal` sends them."""
    from channels.layers import get_channel_layer

    company = console.me["company"]["id"]
    sender = redis.Redis.from_url(stack.redis_url)
    layer = get_channel_layer()

    def send(frame: bytes) -> object:
        message = {"type": "event", "c": str(company), "id": "", "a": "company", "f": frame.decode()}
        return sender.publish(f"stack__group__company.{company}", layer.serialize(message))

    return send


async def _fan_out(listeners: list[Listener], send: Callable[[bytes], object]) -> list[float]:
    latencies: list[float] = []
    for n in range(20):
        mark = f"mark-{n}-{time.time_ns()}"
        arrived = _expect(listeners, mark.encode())
        body = {"type": "bench.sent", "at": "", "data": {"mark": mark, "fill": "x" * 1400}}
        started = time.perf_counter()
        send(orjson.dumps(body))
        await _all(arrived, len(listeners))
        latencies += [(at - started) * 1000 for at in arrived]
        await asyncio.sleep(0.05)
    return latencies


def _expect(listeners: list[Listener], mark: bytes) -> list[float]:
    arrived: list[float] = []

    def on_frame(frame: bytes, at: float) -> None:
        if mark in frame and b'"ticket.' not in frame[:120]:
            arrived.append(at)

    for listener in listeners:
        listener.on_frame = on_frame
    return arrived


async def _all(arrived: list[float], count: int) -> None:
    deadline = time.perf_counter() + 30
    while len(arrived) < count:
        assert time.perf_counter() < deadline, f"{len(arrived)} of {count} consoles heard it"
        await asyncio.sleep(0.002)
