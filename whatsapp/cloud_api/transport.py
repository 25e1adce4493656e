"""WhatsApp Cloud API as the core's transport. Everything said to Graph passes here, in one try each."""

from contextlib import AbstractContextManager
from typing import Any, BinaryIO

from helpdesk import http
from tickets.models import Attachment, Connection, Message
from tickets.transport import (
    Accepted,
    Address,
    FileStream,
    Health,
    Outcome,
    Outgoing,
    Postponed,
    TransportError,
    Unclear,
    WireRequest,
)
from whatsapp.cloud_api import (
    blocking,
    checks,
    contact_book,
    credentials,
    errors,
    files,
    forms,
    graph,
    interactive,
    limits,
)
from whatsapp.cloud_api.foreign import items, mapping
from whatsapp.cloud_api.people import addresses
from whatsapp.cloud_api.render import check, render
from whatsapp.cloud_api.templates import TemplateShelf

LONGEST_ID = 255


class CloudApi:
    has_window = True
    kinds = interactive.KINDS | {"reaction"}
    limits = limits.KINDS
    templates = TemplateShelf()

    def check_outgoing(self, message: Message, attachments: list[Attachment]) -> None:
        check(message, attachments)

    def render(self, connection: Connection, outgoing: Outgoing) -> WireRequest:
        return render(connection.credentials["phone_number_id"], outgoing)

    def submit(self, connection: Connection, request: WireRequest) -> Outcome:
        """Graph has no idempotency key: once a byte has left, only an answer says that nothing was sent."""
        try:
            app = graph.app_for(connection)
        except TransportError as error:
            return Postponed(error.code, str(error), "hold", 0)
        headers = graph.headers(connection) | {"Content-Type": "application/json"}
        try:
            reply = http.request("POST", app.url(request.path), headers=headers, content=request.body)
        except http.AddressRefused as error:
            return Postponed("address_refused", str(error), "hold", 0)
        except http.NEVER_SENT as error:
            words = f"WhatsApp could not be reached ({type(error).__name__})."
            return Postponed("unreachable", words, "connection", 2)
        except http.HTTPError as error:
            return Unclear("no_answer", f"WhatsApp did not answer ({type(error).__name__}).")
        return _outcome(reply, request, connection)

    def upload(self, connection: Connection, attachment: Attachment, file: BinaryIO) -> dict[str, Any]:
        return files.upload(connection, attachment, file)

    def download(self, connection: Connection, remote: dict[str, Any]) -> AbstractContextManager[FileStream]:
        return files.download(connection, remote)

    def mark_read(self, connection: Connection, provider_id: str, *, typing: bool = False) -> None:
        """WhatsApp has no typing sign without the blue ticks."""
        body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": provider_id}
        if typing:
            body["typing_indicator"] = {"type": "text"}
        graph.post_json(connection, f"{connection.credentials['phone_number_id']}/messages", body)

    def block(self, connection: Connection, addresses: tuple[Address, ...], *, blocked: bool) -> None:
        blocking.tell(connection, addresses, blocked=blocked)

    def forget(self, connection: Connection, addresses: tuple[Address, ...]) -> None:
        contact_book.erase(connection, addresses)

    def forms_of(self, connection: Connection) -> list[dict[str, Any]]:
        return forms.published(connection)

    def account_of(self, connection: Connection) -> str:
        return str(connection.credentials.get("waba_id", ""))

    def inspect(self, connection: Connection) -> Health:
        return checks.inspect(connection)

    def normalise_credentials(self, given: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
        return credentials.normalise(given, known)

    def describe(self, connection: Connection) -> dict[str, Any]:
        return credentials.describe(connection)


def _outcome(reply: http.Response, request: WireRequest, connection: Connection) -> Outcome:
    body = graph.parsed(reply)
    if not 200 <= reply.status_code < 300:
        return errors.of_answer(reply.status_code, body, reply.headers)
    sent = mapping(next(iter(items(mapping(body).get("messages"))), None)).get("id")
    if not isinstance(sent, str) or not 0 < len(sent) <= LONGEST_ID:
        return Unclear("bad_answer", "WhatsApp's answer could not be read.")
    return Accepted(sent, _learned(mapping(body), request, connection))


def _learned(body: Any, request: WireRequest, connection: Connection) -> tuple[Any, ...]:
    """WhatsApp's own form of the number, or the user id behind it, where they are not what we wrote."""
    who = mapping(next(iter(items(body.get("contacts"))), None))
    told = [who.get("wa_id"), who.get("user_id"), who.get("parent_user_id")]
    found = addresses(told, str(connection.credentials.get("waba_id", "")))
    return tuple(one for one in found if one.value.encode() not in request.body)
