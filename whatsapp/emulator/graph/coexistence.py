"""Coexistence: a number that lives in the owner's phone and in the API, and what is told of it once.

`smb_app_data` starts each synchronisation, each exactly once and within a day. Contacts come as
`smb_app_state_sync`; the chats of 180 days as `history` in three phases, in chunks, with placeholders
for files, which follow when they are not older than two weeks.
"""

from collections.abc import Iterator

from starlette.responses import JSONResponse, Response

from ..errors import GraphError
from ..hub import Hub
from ..payloads import app_state_value, history_value, recent_media_value
from ..records import MEDIA_TYPES, Json, Line, Message
from . import checks

DAY = 86400.0
IN_TIME = DAY
PHASES = ((0, 0, 1), (1, 1, 90), (2, 90, 180))  # phase, from and to: days of age
THREADS_PER_CHUNK = 5
MEDIA_DAYS = 14
DECLINED = {
    "code": 2593109,
    "title": "History sync is turned off by the business from the WhatsApp Business App",
    "message": "History sync is turned off by the business from the WhatsApp Business App",
    "error_data": {"details": "History sharing is turned off by the business"},
}


def synchronise(hub: Hub, line: Line, body: Json) -> Response:
    kind = checks.text(body, "sync_type", 40)
    if kind not in {"smb_app_state_sync", "history"}:
        raise GraphError(100, "Param sync_type must be one of {smb_app_state_sync, history}.")
    if not line.on_phone:
        raise GraphError(100, "The number is not used in the WhatsApp Business app.")
    if kind in line.synced:
        raise GraphError(2593107)
    if hub.world.now() > line.onboarded_at + IN_TIME:
        raise GraphError(2593108)
    line.synced.append(kind)
    hub.world.save(line.phone_number_id, line)
    if kind == "history":
        _tell_history(hub, line)
    else:
        tell_contacts(hub, line, line.profile.get("_book", []))
    hub.world.publish({"type": "lines"})
    return JSONResponse({"messaging_product": "whatsapp", "request_id": hub.world.new_number(18)})


def tell_contacts(hub: Hub, line: Line, book: list[Json], action: str = "add") -> None:
    """What stands in the owner's address book, a hundred contacts in one webhook."""
    for start in range(0, len(book), 100):
        value = app_state_value(hub.world, line, book[start : start + 100], action)
        hub.courier.post(line, "smb_app_state_sync", value, lane="phone")


def _tell_history(hub: Hub, line: Line) -> None:
    if not line.shares_history:
        value = history_value(hub.world, line, {"errors": [DECLINED]})
        hub.courier.post(line, "history", value, lane="phone")
        return
    chunks = list(_chunks(hub, line))
    for number, (phase, order, threads) in enumerate(chunks, start=1):
        metadata = {"phase": phase, "chunk_order": order, "progress": round(100 * number / len(chunks))}
        value = history_value(hub.world, line, {"metadata": metadata, "threads": threads})
        hub.courier.post(line, "history", value, lane="phone")
    since = hub.world.now() - MEDIA_DAYS * DAY
    for message in _old(hub, line):
        if message.type in MEDIA_TYPES and message.at > since:
            value = recent_media_value(hub.world, line, message)
            hub.courier.post(line, "history", value, lane="phone")


def _chunks(hub: Hub, line: Line) -> Iterator[tuple[int, int, list[Json]]]:
    """Every phase has at least one chunk, so that its end is told."""
    now = hub.world.now()
    for phase, youngest, oldest in PHASES:
        threads: dict[str, list[Message]] = {}
        for message in _old(hub, line):
            if now - oldest * DAY < message.at <= now - youngest * DAY:
                threads.setdefault(message.persona, []).append(message)
        rows = [{"id": persona, "messages": found} for persona, found in threads.items()]
        pieces = [rows[at : at + THREADS_PER_CHUNK] for at in range(0, len(rows), THREADS_PER_CHUNK)] or [[]]
        for order, piece in enumerate(pieces, start=1):
            yield phase, order, piece


def _old(hub: Hub, line: Line) -> list[Message]:
    """What the phone has, oldest first; reactions and changes are not part of a history."""
    found = [
        one
        for one in hub.world.messages.values()
        if one.phone_number_id == line.phone_number_id and one.type not in {"reaction", "edit", "revoke"}
    ]
    return sorted(found, key=lambda one: one.at)
