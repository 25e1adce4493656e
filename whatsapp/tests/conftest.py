"""A Meta app of Acme, and a Meta that calls its webhook."""

import hashlib
import hmac
import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.client import ApiClient
from whatsapp.tests.gateways import line, waha  # noqa: F401  fixtures

PAYLOADS = Path(__file__).parent / "payloads"
NUMBER_ID = "106540352242922"
WABA_ID = "102290129340398"
SECRET = "app-secret"
MARIA = "5511987654321"
_ids = itertools.count(1)


def payload(name: str) -> dict[str, Any]:
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def text_from(
    number: str, body: str, *, wamid: str = "", at: int = 1_790_000_000, **extra: Any
) -> dict[str, Any]:
    """A webhook in which one customer writes one text."""
    message = {
        "from": number, "id": wamid or f"wamid.{next(_ids)}", "timestamp": str(at), "type": "text",
        "text": {"body": body}, **extra,
    }  # fmt: skip
    return messages_from(number, message)


def text(body: str, wamid: str, *, at: int = 1_790_000_000) -> dict[str, Any]:
    """One text of Maria's, as it stands inside a webhook."""
    return {"from": MARIA, "id": wamid, "timestamp": str(at), "type": "text", "text": {"body": body}}


def messages_from(number: str, *messages: dict[str, Any], user_id: str | None = None) -> dict[str, Any]:
    card = {"profile": {"name": "Maria Clara"}, "wa_id": number}
    if user_id:
        card["user_id"] = user_id
    return around(contacts=[card], messages=list(messages))


def status_of(wamid: str, state: str, *, at: int = 1_790_000_100, **extra: Any) -> dict[str, Any]:
    status = {"id": wamid, "status": state, "timestamp": str(at), "recipient_id": "5511987654321", **extra}
    return around(statuses=[status])


def around(**value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550783881", "phone_number_id": NUMBER_ID}
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    return {"object": "whatsapp_business_account", "entry": [{"id": WABA_ID, "changes": [change]}]}


class Meta:
    """Signs what it sends, as Meta does: over ASCII-escaped bytes."""

    def __init__(self, app: Any, client: ApiClient) -> None:
        self.url = app.webhook_path
        self.client = client

    def post(self, document: Any, *, secret: str = SECRET, **headers: str) -> Any:
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        mac = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers.setdefault("HTTP_X_HUB_SIGNATURE_256", f"sha256={mac}")
        return self.client.generic("POST", self.url, body, content_type="application/json", **headers)

    def verify(self, token: str, challenge: str = "1158201444") -> Any:
        query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": challenge}
        return self.client.get(self.url, query)


@pytest.fixture
def boss(ana: Any) -> ApiClient:
    return ApiClient().sign_in(ana)


@pytest.fixture
def qr_devices(settings: Any, acme: Any) -> None:
    """This installation has linked phones and gateways, and so does Acme."""
    settings.QR_DEVICES = True
    acme.settings = {**acme.settings, "qr_devices": True}
    acme.save()


@pytest.fixture
def whatsapp_app(acme_world: Any) -> Any:
    from whatsapp.cloud_api import apps
    from whatsapp.models import App

    apps._by_uuid.clear()
    apps._of_company.clear()
    with acme_world.scope():
        return App.objects.create(app_id="77001122334455", secrets=[SECRET], verify_token="let-me-in")


@pytest.fixture
def number(acme_world: Any, whatsapp_app: Any, sales: Any) -> Any:
    """Acme's connected number, whose tickets wait in Sales."""
    credentials = {
        "app": whatsapp_app.pk, "phone_number_id": NUMBER_ID, "waba_id": WABA_ID, "access_token": "EAAGtest",
    }  # fmt: skip
    return acme_world.connection(external_id=NUMBER_ID, credentials=credentials, queue=sales)


@pytest.fixture
def meta(whatsapp_app: Any, anonymous: ApiClient) -> Meta:
    return Meta(whatsapp_app, anonymous)


@pytest.fixture
def messages(acme_world: Any) -> Callable[[], list[Any]]:
    """Acme's messages in the order of their threads."""

    def read() -> list[Any]:
        from tickets.models import Message

        with acme_world.scope():
            rows = Message.objects.select_related("ticket__contact", "ticket__last_message").order_by(
                "ticket_id", "at", "id"
            )
            return list(rows)

    return read


@pytest.fixture
def events(acme_world: Any) -> Callable[[], list[Any]]:
    """What was found in Acme's webhooks, in the order of arrival."""

    def read() -> list[Any]:
        from whatsapp.models import Event

        with acme_world.scope():
            return list(Event.objects.order_by("id"))

    return read


@pytest.fixture
def street(acme_world: Any, number: Any, meta: Meta, ana: Any, settings: Any) -> Any:
    """Customers who write, a company that answers by itself, on paper; time stands still."""
    import time_machine

    from tickets.tests import paper as on_paper
    from whatsapp.tests.street import MONDAY_NOON, Street

    settings.TRANSPORTS = {**settings.TRANSPORTS, "cloud_api": "tickets.tests.paper.Paper"}
    on_paper.post.__init__()  # type: ignore[misc]
    with time_machine.travel(MONDAY_NOON, tick=False) as clock:
        yield Street(acme_world, number, meta, clock, ana)
    on_paper.post.__init__()  # type: ignore[misc]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A WhatsApp of its own for the tests of a file."""
    from tests.emulator.conftest import Emulator

    emulator = Emulator(tmp_path_factory.mktemp("emulator"))
    yield emulator
    emulator.stop()
