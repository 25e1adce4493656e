"""A gateway as the core's transport: plain HTTP to the company's own server, in one try each."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

import orjson
from django.conf import settings

from helpdesk import http
from helpdesk.errors import Invalid
from tenants.models import Company
from tenants.scoping import current_company_id
from tickets.media import files
from tickets.models import Attachment, Connection, Message
from tickets.models.message import MEDIA_KINDS, Kind
from tickets.transport import (
    Accepted,
    Address,
    CannotRender,
    Check,
    FileStream,
    Health,
    Outcome,
    Outgoing,
    Postponed,
    Refused,
    TransportError,
    Unclear,
    WireRequest,
)
from whatsapp.actions import devices
from whatsapp.cloud_api.foreign import mapping, text
from whatsapp.devices.render import TEXT, check
from whatsapp.gateway.calls import call, headers, parsed
from whatsapp.gateway.chats import chat_of, id_within, name_of

WORKING = "WORKING"
SEND_PATHS = {
    Kind.IMAGE: "sendImage", Kind.VIDEO: "sendVideo", Kind.AUDIO: "sendVoice", Kind.DOCUMENT: "sendFile",
    Kind.STICKER: "sendFile",
}  # fmt: skip
LARGEST = 100 * 1024 * 1024
SEND_SECONDS = 30.0


class Gateway:
    has_window = False
    kinds: frozenset[str] = frozenset({Kind.LOCATION, "reaction", "correction", "removal"})
    limits: Mapping[str, Mapping[str, int]] = MappingProxyType({"text": {"body": TEXT}})

    def check_outgoing(self, message: Message, attachments: list[Attachment]) -> None:
        check(message, attachments)

    def render(self, connection: Connection, outgoing: Outgoing) -> WireRequest:
        chat = next((one for address in outgoing.addresses if (one := chat_of(address))), None)
        if chat is None:
            raise CannotRender("no_address", "This customer has no address that the gateway can write to.")
        message = outgoing.message
        body: dict[str, Any] = {"session": connection.credentials["session"], "chatId": chat}
        if outgoing.reaction is not None:
            name = name_of(message, chat, outgoing.reply_to)
            del body["chatId"]
            return _request("PUT reaction", {**body, "messageId": name, "reaction": outgoing.reaction})
        if outgoing.change:
            return _changing(body["session"], chat, outgoing)
        if outgoing.reply_to and message.reply_to is not None:
            body["reply_to"] = name_of(message.reply_to, chat, outgoing.reply_to)
        if message.kind == Kind.LOCATION:
            place = message.content
            point = {"latitude": place["latitude"], "longitude": place["longitude"]}
            return _request("sendLocation", {**body, **point, "title": place.get("name", "")})
        if message.kind in MEDIA_KINDS:
            attachment, path = outgoing.files[0]
            file = {"mimetype": attachment.mime, "filename": attachment.name or "file", "path": path}
            caption = {"caption": message.body} if message.body else {}
            return _request(SEND_PATHS[Kind(message.kind)], {**body, "file": file, **caption})
        return _request("sendText", {**body, "text": message.body})

    def submit(self, connection: Connection, request: WireRequest) -> Outcome:
        """No cookie, no id of ours: once a byte has left, only an answer says what became of it."""
        method, _, path = request.path.rpartition(" ")
        try:
            content = _with_file(request.body)
            reply = call(connection, method or "POST", path, content=content, timeout=SEND_SECONDS)
        except http.AddressRefused as error:
            return Postponed("address_refused", str(error), "hold", 0)
        except FileNotFoundError:
            return Refused("file_missing", "The file is no longer on the server.", "")
        except http.NEVER_SENT:
            return Postponed("unreachable", "The gateway could not be reached.", "connection", 5)
        except http.HTTPError as error:
            return Unclear("no_answer", f"The gateway did not answer ({type(error).__name__}).")
        return _outcome(reply, request)

    def upload(self, connection: Connection, attachment: Attachment, file: BinaryIO) -> dict[str, Any]:
        """The file travels inside the message: only where it lies is kept."""
        return {"media_id": attachment.path}

    @contextmanager
    def download(self, connection: Connection, remote: dict[str, Any]) -> Iterator[FileStream]:
        url = str(remote.get("url", ""))
        if urlsplit(url).netloc != urlsplit(connection.credentials["base_url"]).netloc:
            raise TransportError(
                "The file is on a host that is not allowed.", permanent=True, code="host_refused"
            )
        try:
            with http.stream(url, headers=headers(connection)) as reply:
                if reply.status_code in {404, 410}:
                    raise TransportError("The file has expired.", permanent=True, code="expired")
                if reply.status_code != 200:
                    raise TransportError(f"The gateway answered {reply.status_code}.", permanent=False)
                length = reply.headers.get("content-length", "")
                size = int(length) if length.isdigit() else None
                yield FileStream(reply.iter_bytes(), reply.headers.get("content-type", ""), size)
        except http.AddressRefused as error:
            raise TransportError(str(error), permanent=True, code="host_refused") from error
        except http.HTTPError as error:
            raise TransportError("The gateway could not be reached.", permanent=False) from error

    def mark_read(self, connection: Connection, provider_id: str, *, typing: bool = False) -> None:
        row = Message.objects.filter(connection=connection, provider_id=provider_id).first()
        heard = [] if row is None else [one.partition(":") for one in row.heard_from or []]
        chat = next((one for kind, _, value in heard if (one := chat_of(Address(kind, value)))), None)
        if chat is None:
            return
        body = {"session": connection.credentials["session"], "chatId": chat}
        for path in ("sendSeen", *(["startTyping"] if typing else [])):
            _tell(connection, path, body)

    def block(self, connection: Connection, addresses: tuple[Address, ...], *, blocked: bool) -> None:
        chat = next((one for address in addresses if (one := chat_of(address))), None)
        if chat is not None:
            body = {"session": connection.credentials["session"], "contactId": chat}
            _tell(connection, "contacts/block" if blocked else "contacts/unblock", body)

    def inspect(self, connection: Connection) -> Health:
        session = quote(str(connection.credentials["session"]), safe="")
        try:
            reply = call(connection, "GET", f"sessions/{session}")
        except (http.AddressRefused, http.HTTPError) as error:
            return Health((Check("gateway", False, f"Cannot be reached ({type(error).__name__})."),))
        if reply.status_code != 200:
            return Health((Check("gateway", False, f"It answered {reply.status_code}."),))
        found = mapping(parsed(reply))
        status, me = text(found.get("status")), mapping(found.get("me"))
        works = Check("online", status == WORKING, "" if status == WORKING else f"The session is {status}.")
        number = text(me.get("id")).partition("@")[0]
        return Health(
            (Check("gateway", True, ""), works), number=number, verified_name=text(me.get("pushName"))
        )

    def normalise_credentials(self, given: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
        devices.require_allowed(Company.objects.get(pk=current_company_id()))
        if not (given.get("accepts_risk") is True or known.get("accepts_risk") is True):
            raise Invalid("risk_not_accepted", "The risk must be accepted.", accepts_risk=["needed"])
        kept = {
            "base_url": _typed(given, "api_root") or known.get("base_url", ""),
            "session": _typed(given, "session") or known.get("session", "default"),
            "api_key": _typed(given, "access_token") or known.get("api_key", ""),
            "hmac_key": _typed(given, "app_secret") or known.get("hmac_key", ""),
        }
        kept["base_url"] = kept["base_url"].rstrip("/")
        for name, field in (
            ("base_url", "api_root"),
            ("api_key", "access_token"),
            ("hmac_key", "app_secret"),
        ):
            if not kept[name]:
                raise Invalid("credentials_invalid", "This is needed.", **{field: ["needed"]})
        try:
            http.check_address(kept["base_url"])
        except (http.AddressRefused, http.HTTPError) as error:
            raise Invalid("credentials_invalid", str(error), api_root=["address_refused"]) from error
        external = hashlib.sha256(f"{kept['base_url']} {kept['session']}".encode()).hexdigest()
        return {**kept, "accepts_risk": True, "external_id": external}

    def describe(self, connection: Connection) -> dict[str, Any]:
        known = connection.credentials
        url = f"{settings.WEBHOOK_ROOT}/api/webhooks/gateway/{connection.pk}/"
        webhook = {"url": url, "verify_token": "", "last_received_at": connection.last_received_at}
        credentials = {
            "phone_number_id": "", "waba_id": "", "app_id": "", "graph_version": "",
            "api_root": known.get("base_url", ""), "has_access_token": bool(known.get("api_key")),
            "has_app_secret": bool(known.get("hmac_key")),
        }  # fmt: skip
        return {"webhook": webhook, "credentials": credentials}


def _request(path: str, body: dict[str, Any]) -> WireRequest:
    return WireRequest(path, orjson.dumps(body))


def _changing(session: str, chat: str, outgoing: Outgoing) -> WireRequest:
    """Other words for a message of ours, or none."""
    name = name_of(outgoing.message, chat, outgoing.reply_to)
    place = f"{quote(session, safe='')}/chats/{quote(chat, safe='')}/messages/{quote(name, safe='')}"
    if outgoing.change == "removal":
        return _request(f"DELETE {place}", {})
    return _request(f"PUT {place}", {"text": outgoing.message.body})


def _with_file(body: bytes) -> bytes:
    """The content of the file goes in just before it leaves: a request is kept without it."""
    found = orjson.loads(body)
    path = mapping(found.get("file")).get("path")
    if path is None:
        return body
    content = files.absolute(path).read_bytes()
    file = {name: value for name, value in found["file"].items() if name != "path"}
    return orjson.dumps({**found, "file": {**file, "data": base64.b64encode(content).decode()}})


def _tell(connection: Connection, path: str, body: dict[str, Any]) -> None:
    """For everything but sending. Raises TransportError."""
    try:
        reply = call(connection, "POST", path, content=orjson.dumps(body))
    except (http.AddressRefused, http.HTTPError) as error:
        raise TransportError("The gateway could not be reached.", permanent=False) from error
    if reply.status_code >= 400:
        raise TransportError(f"The gateway answered {reply.status_code}.", permanent=reply.status_code < 500)


def _outcome(reply: http.Response, request: WireRequest) -> Outcome:
    body, status = mapping(parsed(reply)), reply.status_code
    detail = text(body.get("message"))[:200]
    if 200 <= status < 300:
        name = body.get("id")
        sent = text(mapping(name).get("_serialized")) or text(name)
        if sent or " " in request.path:  # what only touches another message has no id of its own
            return Accepted(id_within(sent))
        return Unclear("bad_answer", "The gateway's answer could not be read.")
    if status in {401, 403}:
        return Postponed("gateway_refused", "The gateway refuses the API key.", "hold", 0)
    if status == 429:
        return Postponed("gateway_busy", detail, "connection", 30)
    if status in {404, 422}:  # no such session, or it is not WORKING
        return Postponed("not_online", detail or "The session does not work.", "connection", 10)
    if status < 500:
        return Refused("gateway_rejected", "The gateway rejected the message.", detail)
    return Unclear("gateway_failed", f"The gateway answered {status}.")


def _typed(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    return value.strip() if isinstance(value, str) else ""
