"""Faults on demand: rules that match a request and say how it goes wrong."""

import asyncio
import itertools
import json
import random
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .connections import Hangup
from .errors import GraphError
from .records import Json, Message, Record

ENDPOINTS = (
    "any",
    "messages",
    "read",
    "media_upload",
    "media_get",
    "cdn",
    "templates",
    "sync",
    "other",
)
# What happens instead of the request: it is surely not processed (unless `accept` says otherwise).
INSTEAD = ("error", "http", "garbage", "empty", "reset_before_read", "delay")
# What happens after the request was truly accepted.
AFTERWARDS = ("drop_after_accept", "delay_after_accept", "fail_async", "lose_status", "delay_status")
SLOW = ("slow",)
ACTIONS = INSTEAD + AFTERWARDS + SLOW

BROKEN_PAGE = (
    "<!DOCTYPE html><html><head><title>Facebook | Error</title></head>"
    "<body><h1>Sorry, something went wrong.</h1></body></html>"
)


@dataclass(slots=True)
class Rule(Record):
    """One fault: where it strikes, how often, and what it does."""

    action: str
    endpoint: str = "any"
    line: str | None = None
    peer: str | None = None
    type: str | None = None
    template: str | None = None
    nth: int | None = None
    every: int | None = None
    probability: float | None = None
    times: int | None = None
    code: int = 131000
    details: str = ""
    status: int | str | None = None
    delay_ms: float = 0
    accept: bool = False
    id: int = 0
    seen: int = 0
    hits: int = 0

    def check(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(f"Unknown action {self.action!r}. Known: {', '.join(ACTIONS)}.")
        if self.endpoint not in ENDPOINTS:
            raise ValueError(f"Unknown endpoint {self.endpoint!r}. Known: {', '.join(ENDPOINTS)}.")

    def strikes(self, call: "Call", rng: random.Random) -> bool:
        """Whether this request is hit; counts what it has seen."""
        if self.endpoint not in {"any", call.endpoint} or (
            self.times is not None and self.hits >= self.times
        ):
            return False
        wanted = {"line": self.line, "peer": self.peer, "type": self.type, "template": self.template}
        if any(value is not None and getattr(call, key) != value for key, value in wanted.items()):
            return False
        self.seen += 1
        if self.nth is not None and self.seen != self.nth:
            return False
        if self.every is not None and self.seen % self.every:
            return False
        if self.probability is not None and rng.random() >= self.probability:
            return False
        self.hits += 1
        return True


@dataclass(slots=True)
class Call:
    """What a rule can look at."""

    endpoint: str
    line: str = ""
    peer: str = ""
    type: str = ""
    template: str = ""


@dataclass(slots=True)
class Faults:
    """All rules in force."""

    rng: random.Random
    rules: list[Rule] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def add(self, body: Json) -> Rule:
        unknown = set(body) - set(Rule.__dataclass_fields__) | set(body) & {"id", "seen", "hits"}
        if unknown or "action" not in body:
            raise ValueError(f"A rule needs an action and knows no {', '.join(sorted(unknown)) or 'more'}.")
        rule = Rule(**body)
        rule.check()
        rule.id = next(self._ids)
        self.rules.append(rule)
        return rule

    def strike(self, call: Call, header: str | None = None) -> list[Rule]:
        """The rules that hit this request; a test may also send one along in `X-Emu-Fault`."""
        hits = [rule for rule in self.rules if rule.strikes(call, self.rng)]
        if header:
            once = Rule(**json.loads(header))
            once.check()
            hits.append(once)
        return hits


async def instead(hits: list[Rule], request: Request) -> Response | None:
    """The answer when a fault keeps the request from being processed at all."""
    for rule in hits:
        if rule.action == "delay":
            await asyncio.sleep(rule.delay_ms / 1000)
        elif rule.action == "error":
            raise GraphError(rule.code, rule.details, status=int(rule.status) if rule.status else None)
        elif rule.action == "reset_before_read":
            return Hangup(reset=True)
        elif rule.action in {"http", "garbage", "empty"} and not rule.accept:
            return spoiled_answer(rule)
    return None


def mark(hits: list[Rule], message: Message) -> None:
    """Write on an accepted message what shall become of it."""
    for rule in hits:
        status = str(rule.status or "all")
        if rule.action == "fail_async":
            message.fail_with = rule.code
            message.extra["fail_details"] = rule.details
        elif rule.action == "lose_status":
            message.lost_statuses.append(status)
        elif rule.action == "delay_status":
            message.late_statuses[status] = rule.delay_ms


async def afterwards(hits: list[Rule], answer: Response) -> Response:
    """Spoil the answer to a request that was accepted."""
    for rule in hits:
        if rule.action == "delay_after_accept":
            await asyncio.sleep(rule.delay_ms / 1000)
        elif rule.action == "drop_after_accept":
            return Hangup(reset=False)
        elif rule.action in {"http", "garbage", "empty"} and rule.accept:
            return spoiled_answer(rule)
    return answer


def spoiled_answer(rule: Rule) -> Response:
    if rule.action == "garbage":
        return Response('{"messaging_product":"whatsapp","contacts":[{"inp', media_type="application/json")
    if rule.action == "empty":
        return Response("", media_type="application/json")
    return HTMLResponse(BROKEN_PAGE, status_code=int(rule.status or 500))
