"""Makes the demo's numbers and customers known to the local WhatsApp emulator; harmless to repeat."""

from functools import partial
from typing import Any

import orjson
from django.utils.timezone import now

from helpdesk import http
from tenants.models import Company
from tenants.scoping import company_scope
from tickets.actions import connections
from tickets.models import Connection, Ticket
from tickets.models.ticket import WINDOW
from tickets.transport import forms_of, transport_for
from whatsapp.cloud_api import graph
from whatsapp.demo import shared_phone, templates
from whatsapp.demo.cast import CASTS, Cast, Line

PEOPLE_ON_THE_PHONE_PAGE = 8
FORMS = [("Pedido de troca", "CUSTOMER_SUPPORT"), ("Pesquisa de entrega", "SURVEY")]


class NoEmulator(Exception):
    """Nothing answers at the address; the text says why."""


def connect(emulator: str, callback: str) -> int:
    """Register every number of the demo, with webhooks to `callback`. Answers how many there are."""
    emulator, callback = emulator.rstrip("/"), callback.rstrip("/")
    known = 0
    shared_phone.offer_signup(partial(_tell, emulator))
    for cast in CASTS:
        company = Company.objects.filter(name=cast.name).order_by("id").first()
        if company is None:
            continue
        with company_scope(company.pk):
            known += sum(_connect(cast, line, emulator, callback) for line in cast.lines)
    return known


def _connect(cast: Cast, line: Line, emulator: str, callback: str) -> int:
    connection = Connection.objects.live().filter(external_id=line.phone_number_id).first()
    if connection is None:
        return 0  # somebody deleted it; the demo is theirs
    described = transport_for(connection).describe(connection)
    if described["credentials"]["api_root"] != emulator:
        connection = connections.update(connection, by=None, credentials={"api_root": emulator})
    webhook = described["webhook"]
    path = webhook["url"].partition("/api/")[2]
    number = {
        "phone_number_id": line.phone_number_id,
        "waba_id": line.waba_id,
        "app_id": line.app_id,
        "app_secret": line.app_secret,
        "access_token": line.access_token,
        "verify_token": webhook["verify_token"],
        "display_phone_number": f"+{line.number}",
        "verified_name": line.verified_name,
        "callback_url": f"{callback}/api/{path}",
    }
    _tell(emulator, "PUT", "numbers", number)
    _introduce(connection, emulator)
    shared_phone.share(connection, line, partial(_tell, emulator), now().timestamp())
    connections.check(connection)
    _have_forms(connection)
    templates.submit(connection, cast.language, lambda what, body: _tell(emulator, "POST", what, body))
    return 1


def _have_forms(connection: Connection) -> None:
    """Made at Meta, as a company makes its own: agents choose them by name."""
    if forms_of(connection):
        return
    account = str(connection.credentials["waba_id"])
    for name, category in FORMS:
        graph.post_json(
            connection, f"{account}/flows", {"name": name, "categories": [category], "publish": True}
        )


def _introduce(connection: Connection, emulator: str) -> None:
    """The customers of live tickets, so that they can be played and answered at once."""
    since = now() - WINDOW
    live = Ticket.objects.live().filter(connection=connection, last_customer_at__gt=since)
    tickets = list(live.exclude(contact__number="").select_related("contact").order_by("-last_message_at"))
    windows = [
        {
            "persona": ticket.contact.number,
            "phone_number_id": connection.external_id,
            "at": ticket.last_customer_at.timestamp(),
        }
        for ticket in tickets
        if ticket.last_customer_at
    ]
    personas = [
        {"id": ticket.contact.number, "name": ticket.contact.display_name}
        for ticket in tickets[:PEOPLE_ON_THE_PHONE_PAGE]
    ]
    _tell(emulator, "PUT", "personas", {"personas": personas})
    _tell(emulator, "POST", "windows", {"items": windows})


def _tell(emulator: str, method: str, what: str, body: Any) -> None:
    headers = {"Content-Type": "application/json"}
    try:
        answer = http.request(
            method, f"{emulator}/_ctl/{what}", headers=headers, content=orjson.dumps(body), timeout=5
        )
    except (http.HTTPError, http.AddressRefused) as error:
        raise NoEmulator(f"The emulator at {emulator} does not answer: {error}") from error
    if answer.status_code != 200:
        raise NoEmulator(f"The emulator refused {what}: {answer.text[:200]}")
