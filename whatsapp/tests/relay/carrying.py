"""What engines send to each other: the relay carries it on, acknowledges it, and keeps it until it has arrived."""

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping

from whatsapp.tests.relay.nodes import GROUPS, HIDDEN, PEOPLE, Jid, Node
from whatsapp.tests.relay.people import Linked, People

OF_THE_SERVER = {"participants", "enc"}  # what it takes apart; the rest of a message goes along


def now() -> str:
    return str(int(time.time()))


async def deliver(device: Linked, node: Node) -> None:
    """Said again at every login until the engine acknowledges it."""
    device.waiting.append(node)
    if device.line is not None:
        await device.line.send(node)


async def message(people: People, sender: Linked, node: Node) -> None:
    """To every device that it is encrypted for (whatsmeow: send.go and message.go)."""
    to = Jid(node.attrs["to"])
    if error := people.errors.get(to.user):
        await _acknowledge(sender, node, error=error)
        return
    if people.unanswered:
        people.unanswered -= 1
    else:
        await _acknowledge(sender, node)
    receiver = people.find(to)
    extra = [child for child in node.children if child.tag not in OF_THE_SERVER]
    for device, parts in _addressed(people, sender, node):
        if people.spoiled:
            people.spoiled -= 1
            parts = [Node(part.tag, part.attrs, part.raw[:-1] + bytes([part.raw[-1] ^ 1])) for part in parts]
        await deliver(device, Node("message", _around(sender, device, node), [*parts, *extra]))
    if receiver is not None and receiver is not sender.person:
        # The receiver's telephone has it too, and says so; what engines say is marked as inactive.
        told = {"from": receiver.jid(to.server), "id": node.attrs["id"], "t": now()}
        await deliver(sender, Node("receipt", told))


def _addressed(people: People, sender: Linked, node: Node) -> Iterator[tuple[Linked, list[Node]]]:
    """Each device with what is encrypted for it alone, and in groups with what is for everybody in it."""
    common = [child for child in node.children if child.tag == "enc"]
    alone = {part.attrs["jid"]: part.children for part in node.child("participants").children}
    if not alone and Jid(node.attrs["to"]).device:  # once more, for a device that could not read it
        alone = {node.attrs["to"]: []}
    for jid, parts in alone.items():
        device = people.device(jid)
        if device is not None and device is not sender:
            yield device, [*parts, *common]


def _around(sender: Linked, receiver: Linked, node: Node) -> dict[str, str]:
    """Who wrote it, by hidden id and by number; to their own other devices also where."""
    to = Jid(node.attrs["to"])
    person, is_hidden = sender.person, to.server in {HIDDEN, GROUPS}
    attrs = {
        **({"from": to, "participant": sender.jid(HIDDEN)} if to.server == GROUPS else {"from": sender.jid(to.server)}),
        "id": node.attrs["id"], "type": node.attrs.get("type", "text"),
        "t": now(), "notify": person.name, "addressing_mode": "lid" if is_hidden else "pn",
        **({"sender_pn": person.jid(PEOPLE)} if is_hidden else {"sender_lid": person.jid(HIDDEN)}),
        **({"participant_pn": person.jid(PEOPLE)} if to.server == GROUPS else {}),
    }  # fmt: skip
    if "edit" in node.attrs:
        attrs["edit"] = node.attrs["edit"]
    if receiver.person is person and to.server != GROUPS:
        attrs["recipient"] = to
        if "peer_recipient_pn" in node.attrs:
            attrs["peer_recipient_pn"] = node.attrs["peer_recipient_pn"]
    return attrs


async def receipt(people: People, sender: Linked, node: Node) -> None:
    """Also the proof that a message has arrived (whatsmeow: receipt.go)."""
    to = Jid(node.attrs["to"])
    await _acknowledge(sender, node)
    sender.arrived("message", node.attrs["id"])
    if to.server == GROUPS:
        to, group = Jid(node.attrs["participant"]), to
    else:
        group = None
    person = people.find(to)
    if person is None or person is sender.person:
        return
    attrs = {name: value for name, value in node.attrs.items() if name != "to"}
    who = {"from": group, "participant": sender.jid(HIDDEN)} if group else {"from": sender.jid(to.server)}
    told = Node("receipt", {**attrs, **who, "t": now()}, node.content)
    for device in [person.devices[to.device]] if to.device in person.devices else person.devices.values():
        await deliver(device, told)


async def ack(people: People, sender: Linked, node: Node) -> None:
    sender.arrived(node.attrs.get("class", ""), node.attrs["id"])


async def chat_state(people: People, sender: Linked, node: Node) -> None:
    """Somebody is typing: for whoever looks now."""
    to = Jid(node.attrs["to"])
    person = people.find(to)
    for device in person.devices.values() if person else ():
        if device.line is not None:
            await device.line.send(Node("chatstate", {"from": sender.person.jid(to.server)}, node.content))


async def _acknowledge(sender: Linked, node: Node, **more: str) -> None:
    attrs = {"class": node.tag, "id": node.attrs["id"], "from": Jid(node.attrs["to"]), "t": now(), **more}
    if node.tag == "receipt" and "type" in node.attrs:
        attrs["type"] = node.attrs["type"]
    await sender.line.send(Node("ack", attrs))


CARRIES: Mapping[str, Callable[[People, Linked, Node], Awaitable[None]]] = {
    "message": message,
    "receipt": receipt,
    "ack": ack,
    "chatstate": chat_state,
}
