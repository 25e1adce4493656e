"""WhatsApp's binary XML, as whatsmeow's binary/encoder.go and decoder.go read and write it.

We read every form, but write each word out in full: nobody is obliged to use the dictionary.
"""

import zlib
from dataclasses import dataclass, field
from typing import Any

EMPTY, LIST8, LIST16, BINARY8, BINARY20, BINARY32 = 0, 248, 249, 252, 253, 254
DICTIONARY, INTEROP, MESSENGER, DEVICE_JID, JID_PAIR, HEX8, NIBBLE8 = 236, 245, 246, 247, 250, 251, 255
DIGITS = {HEX8: "0123456789ABCDEF", NIBBLE8: "0123456789-.??? "}
PEOPLE, HIDDEN, GROUPS = "s.whatsapp.net", "lid", "g.us"
AGENTS = {PEOPLE: 0, HIDDEN: 1}
Tokens = tuple[list[str], list[list[str]]]


class Jid(str):
    """An address: `user@server`, `user:device@server`, or a server alone."""

    @property
    def user(self) -> str:
        return self.partition("@")[0].partition(":")[0] if "@" in self else ""

    @property
    def device(self) -> int:
        return int(self.partition("@")[0].partition(":")[2] or 0)

    @property
    def server(self) -> str:
        return str(self.rpartition("@")[2])


@dataclass
class Node:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    content: "list[Node] | bytes | str | None" = None

    @property
    def children(self) -> "list[Node]":
        return self.content if isinstance(self.content, list) else []

    def child(self, *tags: str) -> "Node":
        """The first one below, step by step; an empty node when there is none."""
        found = self
        for tag in tags:
            found = next((one for one in found.children if one.tag == tag), Node(""))
        return found

    @property
    def raw(self) -> bytes:
        content = self.content
        return (
            content.encode() if isinstance(content, str) else content if isinstance(content, bytes) else b""
        )


def encode(node: Node) -> bytes:
    out = bytearray([0])  # not compressed
    _write_node(out, node)
    return bytes(out)


def decode(payload: bytes, tokens: Tokens) -> Node:
    return _Reader(zlib.decompress(payload[1:]) if payload[0] & 2 else payload[1:], tokens).node()


def _write_node(out: bytearray, node: Node) -> None:
    _write_list(out, 1 + 2 * len(node.attrs) + (node.content is not None))
    _write(out, node.tag)
    for name, value in node.attrs.items():
        _write(out, name)
        _write(out, value)
    if isinstance(node.content, list):
        _write_list(out, len(node.content))
        for child in node.content:
            _write_node(out, child)
    elif node.content is not None:
        _write(out, node.content)


def _write_list(out: bytearray, size: int) -> None:
    if size == 0:
        out.append(EMPTY)
    elif size < 256:
        out += bytes([LIST8, size])
    else:
        out.append(LIST16)
        out += size.to_bytes(2)


def _write(out: bytearray, value: str | bytes) -> None:
    if isinstance(value, Jid) and (value.device or value.server == HIDDEN):
        out += bytes([DEVICE_JID, AGENTS[value.server], value.device])
        _write(out, value.user)
    elif isinstance(value, Jid):
        out.append(JID_PAIR)
        _write(out, value.user) if value.user else out.append(EMPTY)
        _write(out, value.server)
    else:
        raw = value.encode() if isinstance(value, str) else value
        out += bytes([BINARY8, len(raw)]) if len(raw) < 256 else bytes([BINARY32]) + len(raw).to_bytes(4)
        out += raw


class _Reader:
    def __init__(self, data: bytes, tokens: Tokens) -> None:
        self.data, self.at = data, 0
        self.single, self.double = tokens

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size: int = 1) -> int:
        return int.from_bytes(self.take(size))

    def node(self) -> Node:
        size = self.list_size(self.number())
        node = Node(str(self.value()))
        for _ in range((size - 1) // 2):
            name = str(self.value())
            value = self.value()
            node.attrs[name] = value if isinstance(value, str) else bytes(value or b"").decode()
        if size % 2 == 0:
            node.content = self.value(is_content=True)
        return node

    def list_size(self, tag: int) -> int:
        return {EMPTY: lambda: 0, LIST8: self.number, LIST16: lambda: self.number(2)}[tag]()

    def value(self, *, is_content: bool = False) -> Any:
        tag = self.number()
        if tag in {LIST8, LIST16}:
            return [self.node() for _ in range(self.list_size(tag))]
        if tag == EMPTY:
            return None
        if tag in {BINARY8, BINARY20, BINARY32}:
            raw = self.take(self.number({BINARY8: 1, BINARY20: 3, BINARY32: 4}[tag]) & 0xFFFFFFFF)
            return raw if is_content else raw.decode()
        if DICTIONARY <= tag < DICTIONARY + len(self.double):
            return self.double[tag - DICTIONARY][self.number()]
        if tag in DIGITS:
            return self.packed(DIGITS[tag])
        return self.jid(tag) if tag in {JID_PAIR, DEVICE_JID, INTEROP, MESSENGER} else self.single[tag]

    def packed(self, digits: str) -> str:
        """Two digits in a byte; the highest bit of the length tells that the last one is filling."""
        length = self.number()
        text = "".join(digits[byte >> 4] + digits[byte & 15] for byte in self.take(length & 127))
        return text[:-1] if length & 128 else text

    def jid(self, tag: int) -> Jid:
        if tag == JID_PAIR:
            user, server = self.value(), self.value()
            return Jid(f"{user}@{server}" if user else server)
        if tag != DEVICE_JID:
            raise ValueError(f"an address of another network: {tag}")
        agent, device = self.number(), self.number()
        server = {agent: server for server, agent in AGENTS.items()}[agent]
        user = self.value()
        return Jid(f"{user}:{device}@{server}" if device else f"{user}@{server}")
