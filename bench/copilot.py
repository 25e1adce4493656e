"""The copilot: from the provider's first token to the agent's socket, through real worker, Redis and sockets."""

import asyncio
import time
from typing import Any
from uuid import uuid4

import httpx
import orjson
from websockets.asyncio.client import ClientConnection, connect

from bench.report import Report, p50, percentile
from bench.world import Console, connect_number, installation, sign_up

TIMES = 60
FIRST_AFTER = 0.4  # seconds that the model thinks
PACE = 0.02  # between two words
ANSWER = "O prazo de entrega é de cinco dias úteis depois da confirmação do pagamento, em todo o país."
PROMISE_MS = 300


def run() -> None:
    """Server's first token → first words at the agent's socket; last token → the whole answer."""
    report = Report("copilot")
    with installation("copilot", ai=True) as stack:
        console = sign_up(stack)
        ticket = _ticket(console)
        console.call(
            "POST",
            "ai/providers/",
            {"name": "Scripted", "base_url": f"{stack.ai_server}/v1", "api_key": "sk-bench",
             "chat_model": "scripted-chat", "is_default": True},
        )  # fmt: skip
        rule = {"say": ANSWER, "first_after": FIRST_AFTER, "pace": PACE}
        httpx.put(f"{stack.ai_server}/_ctl/script", json=[rule], timeout=10).raise_for_status()
        first, whole = asyncio.run(_measure(stack.sockets, console, ticket))
    report.add(
        "first token → first words at the socket, p50",
        p50(first),
        "ms",
        limit=PROMISE_MS,
        limit_name="promise",
    )
    report.add(
        "first token → first words at the socket, p95",
        percentile(first, 95),
        "ms",
        limit=PROMISE_MS,
        limit_name="promise",
    )
    report.add("last token → the whole at the socket, p50", p50(whole), "ms")
    report.add("last token → the whole at the socket, p95", percentile(whole, 95), "ms")


def _ticket(console: Console) -> int:
    line = connect_number(console, push=False)
    row = console.call("POST", "tickets/", {"number": "5511987650001", "connection": line.id})
    return int(row["id"])


async def _measure(url: str, console: Console, ticket: int) -> tuple[list[float], list[float]]:
    """Both clocks are this machine's: the provider notes when it was asked, and keeps to its script."""
    first, whole = [], []
    async with connect(url, additional_headers={"Origin": console.stack.web}) as line:
        await line.send(orjson.dumps({"type": "connect", "token": console.access, "after": None}).decode())
        for number in range(TIMES + 5):
            heard = await _one(line, console, ticket)
            if number < 5:
                continue  # the worker loads its library
            first.append((heard["delta"] - heard["token"]) * 1000)
            whole.append((heard["done"] - heard["last"]) * 1000)
    return first, whole


async def _one(line: ClientConnection, console: Console, ticket: int) -> dict[str, float]:
    request, stack = str(uuid4()), console.stack
    body = {"ticket": ticket, "act": "summary", "request": request}
    async with httpx.AsyncClient(timeout=30) as client:
        answer = await client.post(f"{stack.web}/api/ai/copilot/", headers=console.headers, json=body)
        assert answer.status_code == 202, answer.text
        heard: dict[str, float] = {}
        while "done" not in heard:
            frame: dict[str, Any] = orjson.loads(await asyncio.wait_for(line.recv(), 30))
            if frame["type"].startswith("copilot.") and frame["data"]["request"] == request:
                heard.setdefault(frame["type"].removeprefix("copilot."), time.time())
                assert not frame["data"].get("error"), frame
        calls = (await client.get(f"{stack.ai_server}/_ctl/calls")).json()
    asked = calls[-1]["at"]
    words = len(ANSWER.split())
    return {**heard, "token": asked + FIRST_AFTER, "last": asked + FIRST_AFTER + PACE * (words - 1)}
