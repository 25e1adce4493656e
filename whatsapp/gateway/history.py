"""Old conversations of a gateway: its chats, and the messages of each, page by page.

https://waha.devlike.pro/docs/how-to/chats/ : both lists take `limit` and `offset`; messages come the newest first, and
take `filter.timestamp.gte`, `filter.timestamp.lte` (seconds, inclusive) and `downloadMedia`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from helpdesk import http
from tickets.models import Connection
from tickets.transport import TransportError
from whatsapp.cloud_api.foreign import line_of, mapping, text
from whatsapp.devices.jids import address_of
from whatsapp.gateway.calls import call, parsed

CHATS, MESSAGES = 100, 50  # per page
MOST_CHATS = 10_000
SECONDS = 90.0  # the gateway fetches the files of a page before it answers
LARGEST = 32_000_000
TOLD = ("notifyName", "pushName", "senderPn")  # of a message as WhatsApp's own protocol has it


@dataclass(frozen=True, slots=True)
class Page:
    """`messages` of the wanted time; `first` is the id of the first row, `is_last` whether more may follow."""

    messages: list[dict[str, Any]]
    first: str
    is_last: bool


def chats(connection: Connection) -> list[str]:
    """Conversations with one person each: no groups, channels or status updates. Raises TransportError."""
    found: dict[str, None] = {}
    for start in range(0, MOST_CHATS, CHATS):
        query = urlencode({"limit": CHATS, "offset": start, "sortBy": "id", "sortOrder": "asc"})
        rows = _ask(connection, f"chats?{query}")
        names = [_name(mapping(row).get("id")) for row in rows]
        news = [name for name in names if name not in found]
        found.update(dict.fromkeys(news))
        if len(rows) < CHATS or not news:  # some engines know no offset
            break
    return [name for name in found if (one := address_of(name)) and one.kind in {"phone", "lid"}]


def page(connection: Connection, chat: str, start: int, *, since: int | None, until: int) -> Page:
    """Raises TransportError."""
    asked: dict[str, Any] = {"limit": MESSAGES, "offset": start, "downloadMedia": "true"}
    asked["filter.timestamp.lte"] = until
    if since is not None:
        asked["filter.timestamp.gte"] = since
    rows = [
        mapping(row) for row in _ask(connection, f"chats/{quote(chat, safe='')}/messages?{urlencode(asked)}")
    ]
    wanted = [_trimmed(row) for row in rows if _is_within(row, since, until)]
    first = text(rows[0].get("id")) if rows else ""
    return Page(wanted, first, is_last=len(rows) < MESSAGES)


def _ask(connection: Connection, path: str) -> list[Any]:
    session = quote(str(connection.credentials["session"]), safe="")
    try:
        reply = call(connection, "GET", f"{session}/{path}", timeout=SECONDS, max_bytes=LARGEST)
    except http.AddressRefused as error:
        raise TransportError(str(error), permanent=True, code="host_refused") from error
    except http.HTTPError as error:
        raise TransportError("The gateway could not be reached.", permanent=False) from error
    status, answer = reply.status_code, parsed(reply)
    if status == 200 and isinstance(answer, list):
        return answer
    # No such session, or it does not work now: that may change. The rest of 4xx will not.
    is_permanent = 400 <= status < 500 and status not in {404, 408, 422, 429}
    told = line_of(mapping(answer).get("message"), 200)
    raise TransportError(told or f"The gateway answered {status}.", permanent=is_permanent)


def _is_within(row: Mapping[str, Any], since: int | None, until: int) -> bool:
    """Engines that know no filter send everything."""
    at = row.get("timestamp")
    return isinstance(at, int) and (since or 0) <= at <= until


def _trimmed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Without WhatsApp's own form of the message, which is long and says nothing more."""
    data = mapping(row.get("_data"))
    return {**row, "_data": {name: data[name] for name in TOLD if name in data}}


def _name(value: Any) -> str:
    return line_of(mapping(value).get("_serialized") or value, 120) if value else ""
