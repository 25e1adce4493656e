"""From a customer's engine through the relay, the host's engine and the inbox to the API, and back.

The host is the real process `sessions` with the engine of production; only what it takes for WhatsApp is ours.
"""

from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tickets.tests.files import picture
from whatsapp.devices import media
from whatsapp.devices.interpret import interpret
from whatsapp.tests import hosts
from whatsapp.tests.relay.conftest import Shop
from whatsapp.tests.relay.engine import RelayNeonize
from whatsapp.tests.relay.nodes import HIDDEN, PEOPLE
from whatsapp.tests.relay.process import linked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_cover]
until = partial(hosts.until, every=0.2)  # the API would refuse who asks much more often


@pytest.fixture
def start(relay, folder, settings, qr_devices, media_root):
    """Begins a host; another may follow when it was killed."""
    more = {**RelayNeonize.environment, **relay.environment, "MEDIA_ROOT": str(media_root)}
    with hosts.hosts(settings, folder, "whatsapp.tests.relay.engine.RelayNeonize", **more) as begin:
        yield begin


@pytest.fixture(scope="module")
def customer(relay, folder, account):
    """The same one for every shop."""
    person = account("Bia")
    with linked(relay, person, folder / "customer.db") as engine:
        yield Shop(person, engine)


@pytest.fixture
def shop(account):
    return account("Padaria Central")


class Office:
    """What people of the company see; the worker's part is done whenever they look."""

    def __init__(self, boss, company, relay):
        self.boss, self.company, self.relay = boss, company, relay
        self.phone = 0

    def joins(self, person):
        """A telephone scans the code that the console shows; its connection."""
        form = {"name": person.name, "kind": "qr", "credentials": {"accepts_risk": True}}
        self.phone = self.boss.post("/api/connections/", form).json()["id"]
        return self.links(person)

    def links(self, person):
        assert self.boss.post(f"/api/devices/{self.phone}/pair/").status_code == 200
        self.relay.scan(person, until(lambda: self.device()["qr"], "a code"))
        self.becomes("online")
        return self.phone

    def device(self):
        return self.boss.get(f"/api/devices/{self.phone}/").json()

    def becomes(self, state):
        until(lambda: self.device()["state"] == state, state)

    def messages(self):
        from whatsapp.actions import inbound

        inbound.split(self.company.pk)
        tickets = self.boss.get("/api/tickets/?tab=all").json()["results"]
        rows = [self.boss.get(f"/api/tickets/{one['id']}/messages/").json()["results"] for one in tickets]
        return [row for ticket in rows for row in ticket]

    def sees(self, having, what):
        return until(lambda: next((one for one in self.messages() if having(one)), None), what)

    def writes(self, ticket, body, **more):
        form = {"client_id": str(uuid4()), "kind": "text", "body": body, **more}
        answer = self.boss.post(f"/api/tickets/{ticket}/messages/", form, format="json")
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]


@pytest.fixture
def host(start):
    return start()


@pytest.fixture
def office(host, boss, acme, relay, shop, customer):
    """A company whose telephone has just scanned its code."""
    office = Office(boss, acme, relay)
    office.host = host
    office.joins(shop)
    return office


def test_a_conversation_on_a_linked_phone(office, boss, relay, shop, customer):
    line = boss.get(f"/api/connections/{office.phone}/").json()
    assert (line["status"], line["number"], line["verified_name"]) == (
        "connected", shop.number, "Padaria Central"
    )  # fmt: skip

    asked = customer.engine.do("send", shop.jid(PEOPLE), {"conversation": "Tem pão?"})
    came = office.sees(lambda one: one["body"] == "Tem pão?", "the question")
    ticket = boss.get(f"/api/tickets/{came['ticket']}/").json()
    assert (ticket["contact"]["number"], ticket["contact"]["display_name"]) == (customer.person.number, "Bia")

    boss.post(f"/api/tickets/{came['ticket']}/accept/")
    answer = office.writes(came["ticket"], "Tem, acabou de sair!")
    heard = customer.engine.until(
        "message", lambda one: one["message"] == {"conversation": "Tem, acabou de sair!"}
    )
    assert heard["info"]["chat"] == shop.jid(HIDDEN)
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


def test_files_quotes_and_ticks_on_a_linked_phone(office, boss, relay, shop, customer, settings, monkeypatch):
    settings.WHATSAPP_MEDIA_HOSTS = [".whatsapp.net"]
    to, photo = shop.jid(PEOPLE), picture()

    @contextmanager
    def from_the_relay(url):
        yield httpx.Response(200, content=relay.door.files[urlsplit(url).path])

    monkeypatch.setattr("whatsapp.devices.media.http.stream", from_the_relay)
    kept = customer.engine.do("upload", "image", {"hex": photo.hex()})
    asked = customer.engine.do(
        "send", to, {"imageMessage": {**kept, "mimetype": "image/jpeg", "caption": "Tem deste?"}}
    )
    came = office.sees(
        lambda one: one["kind"] == "image" and one["attachments"][0]["state"] == "stored", "the picture"
    )
    assert came["body"] == "Tem deste?"
    assert b"".join(boss.get(came["attachments"][0]["url"])) == photo

    boss.post(f"/api/tickets/{came['ticket']}/accept/")
    boss.post(f"/api/tickets/{came['ticket']}/read/")
    customer.engine.until("receipt", lambda one: (one["state"], one["ids"]) == ("read", [asked["id"]]))

    office.writes(came["ticket"], "Temos!", reply_to=came["id"])
    quoting = customer.engine.until("message", lambda one: "extendedTextMessage" in one["message"])
    assert quoting["message"]["extendedTextMessage"]["contextInfo"]["stanzaID"] == asked["id"]

    file = SimpleUploadedFile("bolo.jpg", photo, "image/jpeg")
    upload = boss.post("/api/uploads/", {"file": file}, format="multipart").json()
    office.writes(came["ticket"], "Este é o maior", kind="media", attachments=[upload["id"]])
    heard = customer.engine.until("message", lambda one: "imageMessage" in one["message"])
    got = interpret(heard, 1)[0].what
    stored = relay.door.files[got.file.remote["directPath"]]
    assert (got.body, b"".join(media.decrypted(iter([stored]), got.file.remote))) == ("Este é o maior", photo)


def test_two_phones_of_one_host_hear_their_own_customers(office, boss, relay, account, shop, customer):
    second = account("Padaria da Praia")
    lines = [office.phone, office.joins(second)]
    for person, words in ((shop, "Oi, Central"), (second, "Oi, Praia")):
        customer.engine.do("send", person.jid(PEOPLE), {"conversation": words})
    came = [
        office.sees(lambda one, w=words: one["body"] == w, words) for words in ("Oi, Central", "Oi, Praia")
    ]
    tickets = [boss.get(f"/api/tickets/{one['ticket']}/").json() for one in came]
    assert [one["connection"]["id"] for one in tickets] == lines
    for ticket, words in zip(tickets, ("É a Central", "É a Praia"), strict=True):
        boss.post(f"/api/tickets/{ticket['id']}/accept/")
        office.writes(ticket["id"], words)
    for person, words in ((shop, "É a Central"), (second, "É a Praia")):
        heard = customer.engine.until("message", lambda one, w=words: one["message"] == {"conversation": w})
        assert heard["info"]["chat"] == person.jid(HIDDEN)


def test_nothing_is_lost_while_line_or_host_is_gone_and_the_owner_may_end_it(
    office, start, relay, shop, customer
):
    to = shop.jid(PEOPLE)
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

    office.links(shop)  # and changes their mind
    customer.engine.do("send", to, {"conversation": "Voltaram?"})
    office.sees(lambda one: one["body"] == "Voltaram?", "what came over the new link")
