"""What the relay answers to the questions that an engine asks: the `iq` stanzas, by their namespace."""

from collections.abc import Callable

from whatsapp.tests.relay.door import FILES_HOST
from whatsapp.tests.relay.nodes import HIDDEN, PEOPLE, Jid, Node
from whatsapp.tests.relay.people import Linked, People

Answer = list[Node]
HOUR = "3600"


def answer(people: People, asker: Linked, asked: Node) -> Node:
    """An empty result where nothing is known to be needed: engines ask for much that they can do without."""
    give = _ANSWERS.get(asked.attrs.get("xmlns", ""))
    content = give(people, asker, asked) if give else []
    attrs = {"from": Jid(PEOPLE), "id": asked.attrs.get("id", ""), "type": "result"}
    return Node("iq", attrs, content or None)


def _keys(people: People, asker: Linked, asked: Node) -> Answer:
    """whatsmeow: prekeys.go. Keys are put here, counted, and given out once each."""
    if asked.attrs.get("type") == "set":
        parts = {child.tag: child for child in asked.children}
        asker.identity, asker.registration = parts["identity"].raw, parts["registration"].raw
        asker.signed_key = parts["skey"]
        asker.keys += parts["list"].children
        return []
    if asked.child("count").tag:
        return [Node("count", {"value": str(len(asker.keys))})]
    wanted = [child.attrs["jid"] for child in asked.child("key").children]
    return [Node("list", {}, [_bundle(people, jid) for jid in wanted])]


def _bundle(people: People, jid: str) -> Node:
    theirs = people.device(jid)
    if theirs is None or not theirs.registration:
        return Node("user", {"jid": jid}, [Node("error", {"code": "404", "text": "item-not-found"})])
    parts = [
        Node("registration", {}, theirs.registration), Node("type", {}, b"\x05"),
        Node("identity", {}, theirs.identity), theirs.signed_key,
    ]  # fmt: skip
    return Node("user", {"jid": jid}, parts + ([theirs.keys.pop(0)] if theirs.keys else []))


def _usync(people: People, asker: Linked, asked: Node) -> Answer:
    """whatsmeow: user.go. Which devices somebody has, and which hidden id belongs to a number."""
    wants = {child.tag for child in asked.child("usync", "query").children}
    users = [_user(people, one, wants) for one in asked.child("usync", "list").children]
    return [Node("usync", {}, [Node("list", {}, users)])]


def _user(people: People, asked: Node, wants: set[str]) -> Node:
    """The telephone itself, device 0, is not told: nobody here could read what is encrypted for it."""
    jid = Jid(asked.attrs["jid"])
    person = people.find(jid)
    devices = [
        Node("device", {"id": str(number), "key-index": str(number)})
        for number in (person.devices if person else ())
    ]
    parts = []
    if "devices" in wants:
        parts.append(Node("devices", {}, [Node("device-list", {}, devices)]))
    if "lid" in wants and person:
        parts.append(Node("lid", {"val": person.jid(HIDDEN)}))
    return Node("user", {"jid": jid}, parts)


def _group(people: People, asker: Linked, asked: Node) -> Answer:
    """whatsmeow: group.go. Who is in a group, by hidden id."""
    members = people.groups.get(asked.attrs["to"], [])
    told = [Node("participant", {"jid": one.jid(HIDDEN), "phone_number": one.jid(PEOPLE)}) for one in members]
    attrs = {"id": Jid(asked.attrs["to"]).user, "subject": "Vizinhos", "addressing_mode": "lid", "s_t": "1",
             "creation": "1", "creator": members[0].jid(HIDDEN), "s_o": members[0].jid(HIDDEN)}  # fmt: skip
    return [Node("group", attrs, told)]


def _app_state(people: People, asker: Linked, asked: Node) -> Answer:
    """Settings that the telephone would share: none."""
    names = [child.attrs.get("name", "") for child in asked.child("sync").children]
    none = [Node("collection", {"name": name, "version": "0", "type": "result"}) for name in names]
    return [Node("sync", {}, none)]


def _file_server(people: People, asker: Linked, asked: Node) -> Answer:
    """whatsmeow: mediaconn.go. Where files are put."""
    attrs = {"auth": "relay", "ttl": HOUR, "auth_ttl": HOUR, "max_buckets": "12"}
    return [Node("media_conn", attrs, [Node("host", {"hostname": FILES_HOST})])]


_ANSWERS: dict[str, Callable[[People, Linked, Node], Answer]] = {
    "encrypt": _keys,
    "usync": _usync,
    "w:sync:app:state": _app_state,
    "w:m": _file_server,
    "w:g2": _group,
    "blocklist": lambda people, asker, asked: [Node("list", {"dhash": "1"})],
    "privacy": lambda people, asker, asked: [Node("privacy")],
}
