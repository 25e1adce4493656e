"""The relay: it links engines to telephones, keeps what they upload and carries what they send to each other.

It runs on a thread of its own. Tests call its methods from theirs, and wait for what they expect with `until`.
"""

import asyncio
import itertools
import secrets
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from whatsapp.tests.relay import library, noise
from whatsapp.tests.relay.answers import answer
from whatsapp.tests.relay.carrying import CARRIES, deliver, now
from whatsapp.tests.relay.door import CHAT_HOST, FILES_HOST, HERE, Door, Frames
from whatsapp.tests.relay.keys import Identity, tls_context
from whatsapp.tests.relay.nodes import HIDDEN, PEOPLE, Jid, Node, decode, encode
from whatsapp.tests.relay.people import Linked, People, Person

SERVER = Jid(PEOPLE)
CODES = 6
END_SECONDS, SEEN_SECONDS, DO_SECONDS = 5, 20, 60
USERNAME, DEVICE, PAIRING_DATA = 1, 18, 19  # of a ClientPayload
_serial = itertools.count(1)


class Line:
    """One connection: of somebody's engine, or of one that nobody has scanned yet."""

    def __init__(self, relay: "Relay", channel: noise.Channel, socket: ServerConnection) -> None:
        self.relay, self.channel, self.socket = relay, channel, socket
        self.device: Linked | None = None
        self.refs: list[str] = []

    async def send(self, node: Node) -> None:
        self.relay.note("to", self.device, node)
        with suppress(ConnectionClosed):
            await self.channel.write(encode(node))

    async def run(self) -> None:
        login = self.channel.login
        if PAIRING_DATA in login:
            await self._offer_codes()
        else:
            await self._welcome(f"{login[USERNAME]}:{login.get(DEVICE, 0)}@{PEOPLE}")
        while True:
            node = decode(await self.channel.read(), library.tokens())
            self.relay.note("from", self.device, node)
            await self._take(node)

    def is_over(self) -> None:
        if self.device is not None and self.device.line is self:
            self.device.line = None

    async def _offer_codes(self) -> None:
        self.refs = [f"2@{secrets.token_urlsafe(24)}" for _ in range(CODES)]
        self.relay.unlinked.append(self)
        await self.send(
            request([Node("pair-device", {}, [Node("ref", {}, ref.encode()) for ref in self.refs])])
        )

    async def _welcome(self, jid: str) -> None:
        """`success` and what waited, or why not (whatsmeow: connectionevents.go)."""
        person, device = self.relay.people.find(jid), self.relay.people.device(jid)
        refusal = person.refusal if person and person.refusal else {} if device else {"reason": "401"}
        if refusal or device is None:
            await self.send(Node("failure", refusal))
            return
        await device.person.reachable.wait()
        self.device = device
        if device.line is not None:
            await device.line.send(Node("stream:error", {}, [Node("conflict", {"type": "replaced"})]))
        device.line = self
        await self.send(Node("success", {"t": now(), "lid": device.jid(HIDDEN), "props": "1"}))
        for node in list(device.waiting):
            await self.send(Node(node.tag, {**node.attrs, "offline": "0"}, node.content))
        await self.send(Node("ib", {"from": SERVER}, [Node("offline", {"count": str(len(device.waiting))})]))

    async def _take(self, node: Node) -> None:
        if node.tag == "iq" and node.child("pair-device-sign").tag:
            if not self.relay.forgets_to_restart:
                await self.send(Node("stream:error", {"code": "515"}))  # the engine hangs up and logs in
            else:
                await self.socket.close()
        elif self.device is None:
            return
        elif node.tag == "iq" and node.attrs.get("type") in {"get", "set"}:
            await self.send(answer(self.relay.people, self.device, node))
            if node.child("remove-companion-device").tag:
                self.device.person.devices.pop(self.device.number, None)
        elif node.tag in CARRIES:
            await CARRIES[node.tag](self.relay.people, self.device, node)


class Relay:
    """`environment` is what makes an engine's process come here; `seen` is every stanza, in order."""

    def __init__(self, folder: Path) -> None:
        self.people = People()
        self.unlinked: list[Line] = []
        self.seen: list[tuple[str, str, Node]] = []
        self.forgets_to_restart = False
        self._sockets: list[ServerConnection] = []
        self._identity = Identity.make()
        self._folder = folder
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self.door = Door(tls_context(folder, [CHAT_HOST, FILES_HOST]), self._talk)
        self._thread = threading.Thread(target=self._loop.run_forever, name="relay", daemon=True)

    def __enter__(self) -> "Relay":
        self._thread.start()
        self._do(self.door.open())
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HTTPS_PROXY": f"http://{HERE}:{self.door.port}", "NO_PROXY": "",
            "SSL_CERT_FILE": str(self._folder / "ca.pem"), library.KEY: self._identity.root.hex(),
        }  # fmt: skip

    def person(self, number: str, lid: str, name: str) -> Person:
        found = Person(number, lid, name)
        found.reachable.set()
        self.people.all.append(found)
        return found

    def scan(self, person: Person, code: str) -> None:
        """The telephone's camera meets a code."""
        ref = code.partition("#")[2].split(",")[0]
        line = next(line for line in self.unlinked if ref in line.refs)
        self._do(line.send(request([person.scan(code)])))

    def cut(self, person: Person) -> None:
        """Every line of this person is gone without a word, and no login is answered until `restore`."""
        self._do(self._cut(person))

    def restore(self, person: Person) -> None:
        self._loop.call_soon_threadsafe(person.reachable.set)

    def unlink(self, person: Person) -> None:
        """The telephone's owner removes the linked devices."""
        devices, person.devices = person.devices, {}
        told = Node("stream:error", {"code": "401"}, [Node("conflict", {"type": "device_removed"})])
        for device in devices.values():
            self._do(device.line.send(told))
            self._do(self._tell_of_removal(device))

    def call(self, caller: Person, called: Person, step: str, **told: str) -> None:
        """Somebody calls: the step is `offer`, and later `terminate` with its reason (whatsmeow: call.go)."""
        about = {"call-id": f"CALL-{caller.number}", "call-creator": caller.jid(HIDDEN), **told}
        attrs = {"from": caller.jid(HIDDEN), "id": f"call-{next(_serial)}", "t": now()}
        for device in called.devices.values():
            self._do(deliver(device, Node("call", attrs, [Node(step, about, [])])))

    def until(self, tag: str, having: Callable[[str, str, Node], Any]) -> Node:
        """The first stanza of this kind, since ever, about which something is so: its way, whose it is, itself."""

        def found() -> Node | None:
            return next((one[2] for one in self.seen if one[2].tag == tag and having(*one)), None)

        with self._changed:
            if first := self._changed.wait_for(found, SEEN_SECONDS):
                return first
            raise AssertionError(f"no such {tag}; the last: {self.seen[-5:]}")

    def note(self, way: str, device: Linked | None, node: Node) -> None:
        with self._changed:
            self.seen.append((way, device.person.name if device else "", node))
            self._changed.notify_all()

    async def _talk(self, socket: ServerConnection) -> None:
        self._sockets.append(socket)
        frames = Frames(socket, noise.HEADER)
        line = None
        with suppress(ConnectionClosed):
            try:
                channel = await noise.accept(self._identity, frames.read, frames.write)
                line = Line(self, channel, socket)
                await line.run()
            finally:
                if line is not None:
                    line.is_over()

    async def _tell_of_removal(self, changed: Linked) -> None:
        """Others ask anew for somebody's devices when the hash is not theirs (whatsmeow: notification.go)."""
        about = Node("remove", {"device_hash": "2:relay"}, [Node("device", {"jid": changed.jid(HIDDEN)})])
        attrs = {"from": changed.person.jid(HIDDEN), "type": "devices", "t": now()}
        for person in self.people.all:
            for device in person.devices.values() if person is not changed.person else ():
                await deliver(device, Node("notification", attrs | {"id": f"relay-{next(_serial)}"}, [about]))

    async def _cut(self, person: Person) -> None:
        person.reachable.clear()
        for device in person.devices.values():
            if device.line is not None:
                device.line.socket.transport.abort()
                device.line.is_over()

    async def _end(self) -> None:
        for socket in self._sockets:
            socket.transport.abort()
        self.door.close()
        for person in self.people.all:
            person.reachable.set()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        if others:
            await asyncio.wait(others, timeout=END_SECONDS)

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(DO_SECONDS)


def request(content: list[Node]) -> Node:
    """Something that the server wants of the engine."""
    return Node("iq", {"from": SERVER, "id": f"relay-{next(_serial)}", "type": "set"}, content)
