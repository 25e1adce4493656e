"""A linked device as the core's transport: it asks the device's host, and says honestly what became of it."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any, BinaryIO

import orjson

from helpdesk.errors import Invalid
from tenants.models import Company
from tenants.scoping import current_company_id
from tickets.models import Attachment, Connection, Message
from tickets.models.message import Kind
from tickets.transport import (
    Accepted,
    Address,
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
from whatsapp.actions import device_commands, devices
from whatsapp.actions.device_commands import SEND_SECONDS, SIGNAL_SECONDS, UPLOAD_SECONDS
from whatsapp.actions.device_states import WORDS
from whatsapp.devices import media
from whatsapp.devices.jids import jid_of
from whatsapp.devices.render import TEXT, check, render
from whatsapp.models import Device
from whatsapp.models.device import State

OFFLINE_PAUSE = 5.0


class QrDevice:
    has_window = False
    # Buttons would be a sign of a program: they go as numbered text.
    kinds = frozenset({Kind.LOCATION, Kind.CONTACTS, "reaction", "correction", "removal"})
    limits: Mapping[str, Mapping[str, int]] = MappingProxyType({"text": {"body": TEXT}})

    def check_outgoing(self, message: Message, attachments: list[Attachment]) -> None:
        check(message, attachments)

    def render(self, connection: Connection, outgoing: Outgoing) -> WireRequest:
        return render(connection, outgoing)

    def submit(self, connection: Connection, request: WireRequest) -> Outcome:
        """No cookie comes back from this channel: what is unclear stays so until an agent decides."""
        if not device_commands.is_online(connection):
            return Postponed("not_online", "The linked device is not online.", "connection", OFFLINE_PAUSE)
        payload = orjson.loads(request.body)
        result = device_commands.ask(connection, "send", payload, seconds=SEND_SECONDS)
        detail = str(result.get("detail", ""))
        if result["outcome"] == "sent":
            return Accepted(str(result["id"]))
        if result["outcome"] == "refused":
            return Refused(str(result["code"]), "WhatsApp refused the message.", detail)
        if result["outcome"] == "not_sent":
            return Postponed(str(result.get("code", "not_sent")), detail, "lane", OFFLINE_PAUSE)
        return Unclear("no_answer", detail)

    def upload(self, connection: Connection, attachment: Attachment, file: BinaryIO) -> dict[str, Any]:
        """The host reads the file itself, from the folder of files that it shares with us."""
        if not device_commands.is_online(connection):
            raise TransportError("The linked device is not online.", permanent=False, code="not_online")
        asked = {"path": attachment.path, "kind": attachment.kind}
        result = device_commands.ask(connection, "upload", asked, seconds=UPLOAD_SECONDS)
        if result["outcome"] != "sent":
            permanent = result["outcome"] == "refused"
            code = str(result.get("code", "upload_failed"))
            raise TransportError(str(result.get("detail", "")), permanent=permanent, code=code)
        return {"media_id": orjson.dumps(result["file"]).decode()}

    def download(self, connection: Connection, remote: dict[str, Any]) -> AbstractContextManager[FileStream]:
        return media.download(remote)

    def mark_read(self, connection: Connection, provider_id: str, *, typing: bool = False) -> None:
        """Forgotten when the device is away: old ticks are worse than none."""
        row = Message.objects.filter(connection=connection, provider_id=provider_id).first()
        addresses = [] if row is None else [one.partition(":") for one in row.heard_from or []]
        jids = [jid_of(Address(kind, value)) for kind, _, value in addresses]
        chat = next((jid for jid in jids if jid), None)
        if chat is not None:
            payload = {"chat": chat, "sender": chat, "ids": [provider_id], "typing": typing}
            device_commands.tell(connection, "read", payload, seconds=SIGNAL_SECONDS)

    def block(self, connection: Connection, addresses: tuple[Address, ...], *, blocked: bool) -> None:
        who = [jid for address in addresses if (jid := jid_of(address))]
        if who:
            payload = {"who": who, "blocked": blocked}
            device_commands.tell(connection, "block", payload, seconds=SIGNAL_SECONDS)

    def inspect(self, connection: Connection) -> Health:
        device = Device.objects.filter(pk=connection.pk).first()
        state = State(device.state) if device is not None else State.NEW
        is_linked = device is not None and bool(device.jid)
        words = WORDS.get(state, "Scan the QR code with the phone.")
        is_hosted = device_commands.is_online(connection)
        return Health(
            (
                Check("linked", is_linked, "" if is_linked else words),
                Check("online", is_hosted, "" if is_hosted else words),
            )
        )

    def normalise_credentials(self, given: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
        """Nothing to type: the phone is asked. Somebody must have read what may happen, and said so."""
        devices.require_allowed(Company.objects.get(pk=current_company_id()))
        if not (given.get("accepts_risk") is True or known.get("accepts_risk") is True):
            raise Invalid("risk_not_accepted", "The risk must be accepted.", accepts_risk=["needed"])
        return {"accepts_risk": True, "external_id": known.get("external_id", "")}

    def describe(self, connection: Connection) -> dict[str, Any]:
        webhook = {"url": "", "verify_token": "", "last_received_at": connection.last_received_at}
        credentials = {
            "phone_number_id": "", "waba_id": "", "app_id": "", "graph_version": "", "api_root": "",
            "has_access_token": False, "has_app_secret": False,
        }  # fmt: skip
        return {"webhook": webhook, "credentials": credentials}
