"""From a customer's engine through the relay, the host's engine and the inbox to the API, and back.

The host is the real process `sessions` with the engine of production; only what it takes for WhatsApp is ours.
"""

import os
import subprocess
import sys
import time

import pytest

from tests.support import database
from tests.support.client import ApiClient
from tests.support.services import SERVICES
from tests.support.stack import ROOT
from whatsapp.tests.relay import library
from whatsapp.tests.relay.conftest import Shop
from whatsapp.tests.relay.process import EngineProcess

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(library.missing()), reason=library.missing() or "it is here"),
    pytest.mark.no_cover,
]


@pytest.fixture
def start(relay, folder, settings, acme):
    """Begins a host; another may follow when it was killed."""
    settings.QR_DEVICES = True
    acme.settings = {**acme.settings, "qr_devices": True}
    acme.save()
    running = []

    def begin():
        environment = {
            **os.environ, **relay.environment, "QR_DEVICES": "true", "DEVICE_LEASE_SECONDS": "4",
            "DATABASE_URL": database.url_for(SERVICES.database_url, settings.DATABASES["default"]["NAME"]),
            "REDIS_URL": settings.REDIS_URL, "DEVICES_ROOT": str(folder), "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "DEVICE_ENGINE": "whatsapp.tests.relay.engine.RelayNeonize",
        }  # fmt: skip
        with (folder / "sessions.log").open("a") as log:
            command = [sys.executable, "manage.py", "sessions"]
            running.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def boss(ana):
    return ApiClient().sign_in(ana)


@pytest.fixture
def customer(relay, folder, account):
    person = account("Bia")
    with EngineProcess(folder / f"{person.lid}.db", relay.environment) as engine:
        relay.scan(person, engine.until("qr")["code"])
        engine.until("connected")
        yield Shop(person, engine)


@pytest.fixture
def shop(account):
    return account("Padaria Central")


def until(check, what, seconds=60.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen")


class Office:
    """What people of the company see; the worker's part is done whenever they look."""

    def __init__(self, boss, company):
        self.boss, self.company = boss, company
        form = {"name": "Balcão", "kind": "qr", "credentials": {"accepts_risk": True}}
        self.phone = boss.post("/api/connections/", form).json()["id"]

    def device(self):
        return self.boss.get(f"/api/devices/{self.phone}/").json()

    def becomes(self, state):
        return until(lambda: (found := self.device())["state"] == state and found, state)

    def messages(self):
        from whatsapp.actions import inbound

        inbound.split(self.company.pk)
        tickets = self.boss.get("/api/tickets/?tab=all").json()["results"]
        rows = [self.boss.get(f"/api/tickets/{one['id']}/messages/").json()["results"] for one in tickets]
        return [row for ticket in rows for row in ticket]

    def sees(self, having, what):
        return until(lambda: next((one for one in self.messages() if having(one)), None), what)

    def writes(self, ticket, body):
        form = {"client_id": f"00000000-0000-4000-8000-{time.monotonic_ns() % 10**12:012d}", "kind": "text"}
        answer = self.boss.post(f"/api/tickets/{ticket}/messages/", {**form, "body": body})
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]


@pytest.fixture
def office(boss, acme, start, relay, shop):
    """A company whose telephone has just scanned the code that the console showed."""
    office = Office(boss, acme)
    office.host = start()
    assert boss.post(f"/api/devices/{office.phone}/pair/").status_code == 200
    code = until(lambda: office.device()["qr"], "a code")
    relay.scan(shop, code)
    office.becomes("online")
    return office


def test_a_conversation_on_a_linked_phone(office, boss, relay, shop, customer):
    line = boss.get(f"/api/connections/{office.phone}/").json()
    assert (line["status"], line["number"], line["verified_name"]) == (
        "connected", shop.number, "Padaria Central"
    )  # fmt: skip

    asked = customer.engine.do("send", f"{shop.number}@s.whatsapp.net", {"conversation": "Tem pão?"})
    came = office.sees(lambda one: one["body"] == "Tem pão?", "the question")
    ticket = boss.get(f"/api/tickets/{came['ticket']}/").json()
    assert (ticket["contact"]["number"], ticket["contact"]["display_name"]) == (customer.person.number, "Bia")

    boss.post(f"/api/tickets/{came['ticket']}/accept/")
    answer = office.writes(came["ticket"], "Tem, acabou de sair!")
    heard = customer.engine.until(
        "message", lambda one: one["message"] == {"conversation": "Tem, acabou de sair!"}
    )
    assert heard["info"]["chat"] == f"{shop.lid}@lid"
    office.sees(lambda one: (one["id"], one["state"]) == (answer, "delivered"), "its arrival")
    customer.engine.do("mark_read", heard["info"]["chat"], heard["info"]["sender"], [heard["info"]["id"]])
    office.sees(lambda one: (one["id"], one["state"]) == (answer, "read"), "that it was read")

    key = {"remoteJID": heard["info"]["chat"], "fromMe": False, "ID": heard["info"]["id"]}
    customer.engine.do("send", heard["info"]["chat"], {"reactionMessage": {"key": key, "text": "❤️"}})
    liked = office.sees(lambda one: one["id"] == answer and one["reactions"], "a reaction")
    assert [(one["emoji"], one["by"]) for one in liked["reactions"]] == [("❤️", "contact")]
    own = {"remoteJID": heard["info"]["chat"], "fromMe": True, "ID": asked["id"]}
    edit = {"key": own, "type": "MESSAGE_EDIT", "editedMessage": {"conversation": "Tem pão francês?"}}
    customer.engine.do("send", heard["info"]["chat"], {"protocolMessage": edit})
    office.sees(lambda one: (one["id"], one["body"]) == (came["id"], "Tem pão francês?"), "the edit")
    wire = relay.until("message", lambda way, who, _: (way, who) == ("from", "Padaria Central"))
    assert "bot" not in [part.tag for part in wire.children]


def test_nothing_is_lost_while_line_or_host_is_gone_and_the_owner_ends_it(
    office, start, relay, shop, customer
):
    to = f"{shop.number}@s.whatsapp.net"
    relay.cut(shop)
    office.becomes("connecting")
    customer.engine.do("send", to, {"conversation": "A linha caiu"})
    relay.restore(shop)
    office.sees(lambda one: one["body"] == "A linha caiu", "what was written meanwhile")
    office.becomes("online")

    office.host.kill()  # as when an engine takes its process along
    office.host.wait()
    customer.engine.do("send", to, {"conversation": "O processo morreu"})
    start()
    office.sees(lambda one: one["body"] == "O processo morreu", "what was written without a host")
    office.becomes("online")

    relay.unlink(shop)
    office.becomes("logged_out")
    assert office.boss.get(f"/api/connections/{office.phone}/").json()["status"] == "disconnected"
