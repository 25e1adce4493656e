"""Who has a number at the relay: telephones that can scan, and the engines linked to them."""

import asyncio
import base64
import hashlib
import hmac
import time
from dataclasses import dataclass, field
from typing import Any

from whatsapp.tests.relay.keys import SigningKey
from whatsapp.tests.relay.nodes import HIDDEN, PEOPLE, Jid, Node
from whatsapp.tests.relay.protobuf import pack

VOUCHED = b"\x06\x00"  # what the telephone's signature of a device begins with


@dataclass
class Linked:
    """An engine: the keys it has put on the server, and what waits for it. `line` is its connection."""

    person: "Person"
    number: int
    identity: bytes
    registration: bytes = b""
    signed_key: Node = field(default_factory=lambda: Node("skey"))
    keys: list[Node] = field(default_factory=list)
    waiting: list[Node] = field(default_factory=list)
    line: Any = None

    def jid(self, server: str) -> Jid:
        return Jid(f"{self.person.user(server)}:{self.number}@{server}")

    def arrived(self, tag: str, identity: str) -> None:
        """It need not be kept any longer."""
        self.waiting = [one for one in self.waiting if (one.tag, one.attrs["id"]) != (tag, identity)]


@dataclass
class Person:
    """One account: a number, and a hidden id, as everybody has since 2025.

    `refusal` is said to whoever logs in; while `reachable` is not set, a login waits for its answer.
    """

    number: str
    lid: str
    name: str
    account_key: SigningKey = field(default_factory=SigningKey)
    devices: dict[int, Linked] = field(default_factory=dict)
    refusal: dict[str, str] = field(default_factory=dict)
    reachable: asyncio.Event = field(default_factory=asyncio.Event)
    made: int = 0

    def user(self, server: str) -> str:
        return self.lid if server == HIDDEN else self.number

    def jid(self, server: str) -> Jid:
        """The person, whichever of their devices."""
        return Jid(f"{self.user(server)}@{server}")

    def scan(self, code: str) -> Node:
        """What the telephone does with a code: it vouches for the engine's identity key (whatsmeow: pair.go)."""
        _, _, identity, secret, *_ = code.partition("#")[2].split(",")
        self.made += 1
        device = Linked(self, self.made, base64.b64decode(identity))
        self.devices[self.made] = device
        details = pack({1: 1, 2: int(time.time()), 3: self.made, 4: 0, 5: 0})
        signature = self.account_key.sign(VOUCHED + details + device.identity)
        signed = pack({1: details, 2: self.account_key.public, 3: signature})
        seal = hmac.digest(base64.b64decode(secret), signed, hashlib.sha256)
        return Node("pair-success", {}, [
            Node("device-identity", {}, pack({1: signed, 2: seal, 3: 0})),
            Node("device", {"jid": device.jid(PEOPLE), "lid": device.jid(HIDDEN)}),
            Node("biz", {"name": self.name}),
            Node("platform", {"name": "android"}),
        ])  # fmt: skip


class People:
    """`groups` are told by their address; `errors` say with which code messages to somebody are refused.

    Of the next messages, `spoiled` are damaged on their way, and `unanswered` are carried but not acknowledged.
    """

    def __init__(self) -> None:
        self.all: list[Person] = []
        self.groups: dict[str, list[Person]] = {}
        self.errors: dict[str, str] = {}
        self.spoiled = self.unanswered = 0

    def find(self, jid: str) -> Person | None:
        user = Jid(jid).user
        return next((one for one in self.all if user in {one.number, one.lid}), None)

    def device(self, jid: str) -> Linked | None:
        person = self.find(jid)
        return person.devices.get(Jid(jid).device) if person else None
