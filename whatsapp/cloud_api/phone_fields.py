"""What a phone tells that shares its number with the API: what its owner writes, whom it knows, its old chats.

Three fields of webhooks: `smb_message_echoes`, `smb_app_state_sync` and `history`. The phone's chats come in
chunks with placeholders for files; the files of the last two weeks follow on their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tickets.transport import BookEntry, Edit, ImportNews, Inbound, PhoneMessage, Reaction, Removal, Sender
from whatsapp.cloud_api.changes import KINDS as CHANGES
from whatsapp.cloud_api.changes import change_of
from whatsapp.cloud_api.foreign import decimal, items, line_of, mapping, moment, text
from whatsapp.cloud_api.messages import inbound
from whatsapp.cloud_api.people import addresses

FIELDS = {"smb_message_echoes", "smb_app_state_sync", "history"}
LISTS = {"message_echoes", "state_sync", "history", "messages"}
DECLINED = 2593109
STATES = {"READ": "read", "PLAYED": "played", "DELIVERED": "delivered", "ERROR": "failed"}
LONGEST_ID = 255
_EPOCH = datetime.fromtimestamp(0, UTC)
Told = PhoneMessage | BookEntry | ImportNews


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was told. `mark` and `name` make its key; `peer` names its lane. No `what`: not understood."""

    raw: Any
    kind: str = ""
    mark: str = ""
    name: str = ""
    peer: str = ""
    at: datetime | None = None
    what: Told | Edit | Removal | None = None


def read(field: str, value: Mapping[str, Any], waba_id: str) -> Iterator[Found]:
    """Every item of the change, understood or not."""
    if field == "smb_app_state_sync":
        yield from _book(value, waba_id)
        return
    is_past = field == "history"
    own = _digits(mapping(value.get("metadata")).get("display_phone_number"))
    for item in _listed(value, "message_echoes"):
        yield _message(item, _named(item, "to", value, waba_id), "out", is_past)
    for item in _listed(value, "messages"):
        yield _message(item, _named(item, "from", value, waba_id), "in", is_past)
    for chunk in _listed(value, "history"):
        yield from _chunk(chunk, own, waba_id)


def _book(value: Mapping[str, Any], waba_id: str) -> Iterator[Found]:
    """Names of contacts; that one was taken out of the phone's book changes nothing here."""
    rows = _listed(value, "state_sync")
    known = 0
    for row in rows:
        contact = mapping(mapping(row).get("contact"))
        ids = [contact.get("user_id"), contact.get("parent_user_id"), _digits(contact.get("phone_number"))]
        found = addresses(ids, waba_id)
        name = line_of(contact.get("full_name"), 200) or line_of(contact.get("first_name"), 200)
        if not found or mapping(row).get("action") != "add":
            yield Found(row)
            continue
        known += 1
        at = moment(mapping(mapping(row).get("metadata")).get("timestamp"))
        entry = BookEntry(Sender(found, name, line_of(contact.get("username"), 80)), at or _EPOCH)
        yield Found(row, "book", peer=found[0].value, at=at, what=entry)
    news = ImportNews("contacts", _EPOCH, items=known, progress=100)
    yield Found({"state_sync": rows}, "import", what=news)


def _chunk(chunk: Any, own: str, waba_id: str) -> Iterator[Found]:
    body = mapping(chunk)
    found = [one for thread in _listed(body, "threads") for one in _thread(thread, own, waba_id)]
    yield from found
    codes = [mapping(one).get("code") for one in items(body.get("errors"))]
    if codes:
        error = "declined" if DECLINED in codes else line_of(mapping(body["errors"][0]).get("message"), 300)
        yield Found(chunk, "import", what=ImportNews("history", _EPOCH, error=error or "refused"))
        return
    told = mapping(body.get("metadata"))
    progress, phase = decimal(told.get("progress")), decimal(told.get("phase"))
    news = ImportNews(
        "history",
        _EPOCH,
        items=len(found),
        phase=int(phase) if phase is not None and 0 <= phase <= 9 else None,
        progress=int(progress) if progress is not None and 0 <= progress <= 100 else 0,
    )
    yield Found(chunk, "import", what=news)


def _thread(thread: Any, own: str, waba_id: str) -> Iterator[Found]:
    """One chat of the past; the chat itself where it has no messages."""
    about = mapping(mapping(thread).get("context"))
    ids = [about.get("user_id"), about.get("parent_user_id"), about.get("wa_id"), mapping(thread).get("id")]
    peer = Sender(addresses(ids, waba_id), username=line_of(about.get("username"), 80))
    said = _listed(mapping(thread), "messages")
    for item in said:
        is_ours = bool(own) and _digits(mapping(item).get("from")) == own
        yield _message(item, peer, "out" if is_ours else "in", True)
    if not said and thread:
        yield Found(thread)


def _message(item: Any, peer: Sender, direction: str, is_past: bool) -> Found:
    body = mapping(item)
    wamid, kind, at = text(body.get("id")), text(body.get("type")), moment(body.get("timestamp"))
    if not wamid or len(wamid) > LONGEST_ID or not peer.addresses:
        return Found(item)
    lane, when = peer.addresses[0].value, at or _EPOCH
    if kind in CHANGES:
        change = change_of(body, peer, when)
        if change is None or isinstance(change, Reaction):
            return Found(item)
        return Found(item, CHANGES[kind], "m", wamid, lane, at, change)
    said = inbound(body, wamid, peer, when)
    has_file = "f" if is_past and said.file is not None else ""  # the file comes with its placeholder's id
    what = _told(said, peer, direction, is_past, text(mapping(body.get("history_context")).get("status")))
    return Found(item, "phone", f"h{has_file}" if is_past else "m", wamid, lane, at, what)


def _told(said: Inbound, peer: Sender, direction: str, is_past: bool, status: str) -> PhoneMessage:
    state = STATES.get(status, "sent") if direction == "out" else "received"
    return PhoneMessage(
        provider_id=said.provider_id,
        peer=peer,
        kind=said.kind,
        at=said.at,
        direction=direction,
        is_past=is_past,
        state=state,
        body=said.body,
        content=said.content,
        file=said.file,
        reply_to=said.reply_to,
    )


def _named(item: Any, side: str, value: Mapping[str, Any], waba_id: str) -> Sender:
    """The customer, as the message and the contacts beside it name them."""
    body = mapping(item)
    own = [body.get(side), body.get(f"{side}_user_id"), body.get(f"{side}_parent_user_id")]
    names = {one for one in own if isinstance(one, str) and one}
    for card in map(mapping, items(value.get("contacts"))):
        if names & {text(card.get("wa_id")), text(card.get("user_id"))}:
            profile = mapping(card.get("profile"))
            found = addresses([*own, card.get("wa_id"), card.get("user_id")], waba_id)
            return Sender(found, line_of(profile.get("name"), 200), line_of(profile.get("username"), 80))
    return Sender(addresses(own, waba_id))


def _listed(value: Mapping[str, Any], name: str) -> list[Any]:
    """The items; what should be a list and is none is one item that nobody understands."""
    found = value.get(name)
    if found is None or isinstance(found, list):
        return found or []
    return [found]


def _digits(value: Any) -> str:
    return "".join(sign for sign in text(value) if sign in "0123456789")
