"""Linked devices, through the doors that people and hosts use; the engine does what it is told."""

import time
from functools import partial

import pytest
from django.utils.timezone import now

from tests.support.client import ApiClient
from whatsapp.devices.host import Host
from whatsapp.devices.link import LinkError, MaybeSent, NotSent, Sent
from whatsapp.devices.testing.scripted import Scripted
from whatsapp.models import Device, DeviceCommand, Payload
from whatsapp.tests import hosts

pytestmark = pytest.mark.django_db(transaction=True)

JID = "5511912340000:7@s.whatsapp.net"
MARIA = "5511987654321@s.whatsapp.net"
until = partial(hosts.until, every=0.01, seconds=8)  # the host's threads have their own pace


@pytest.fixture(autouse=True)
def allowed(settings, tmp_path, qr_devices):
    settings.DEVICES_ROOT = tmp_path


@pytest.fixture
def engine():
    return Scripted()


@pytest.fixture
def host(engine, tmp_path):
    made = Host(engine, name="one", root=tmp_path)
    yield made
    made.close()


@pytest.fixture
def phone(boss):
    """A connection of the kind `qr`, made through the API."""
    form = {"name": "Shop phone", "kind": "qr", "credentials": {"accepts_risk": True}}
    answer = boss.post("/api/connections/", form)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def device_of(boss, phone):
    return boss.get(f"/api/devices/{phone}/").json()


def hosted(host, engine, count=1):
    """The host has claimed and dialled."""
    host._claimed = 0.0
    host.tick()
    return until(lambda: len(engine.links) >= count and engine.links[-1].dialled.wait(1) and engine.links[-1])


@pytest.fixture
def link(boss, phone, host, engine):
    """A device that was just linked and is online."""
    assert boss.post(f"/api/devices/{phone}/pair/").status_code == 200
    found = hosted(host, engine)
    found.say("qr", code="https://wa.me/settings/linked_devices#1")
    found.say("paired", jid=JID, name="Acme")
    found.say("connected", jid=JID)
    return found


# --- linking ---


def test_a_number_is_joined_by_its_qr_code(boss, phone, host, engine):
    boss.post(f"/api/devices/{phone}/pair/")
    link = hosted(host, engine)
    link.say("qr", code="https://wa.me/settings/linked_devices#ref,1")
    shown = device_of(boss, phone)
    assert (shown["state"], shown["attempt"], shown["attempts"]) == ("pairing", 1, 6)
    assert shown["qr"] == "https://wa.me/settings/linked_devices#ref,1"
    link.say("qr", code="https://wa.me/settings/linked_devices#ref,2")
    assert device_of(boss, phone)["attempt"] == 2
    link.say("paired", jid=JID, name="Acme Loja")
    link.say("restarting")  # 515 is how pairing ends
    assert device_of(boss, phone)["state"] == "linked"
    link.say("connected", jid=JID)
    row = boss.get(f"/api/connections/{phone}/").json()
    assert (row["status"], row["number"], row["verified_name"]) == ("connected", "5511912340000", "Acme Loja")
    assert device_of(boss, phone)["qr"] == ""


def test_codes_that_nobody_scans_end_in_words(boss, phone, host, engine):
    boss.post(f"/api/devices/{phone}/pair/")
    link = hosted(host, engine)
    link.say("qr", code="one")
    link.say("pair_timeout")
    assert device_of(boss, phone)["state"] == "pair_timeout"
    assert boss.get(f"/api/connections/{phone}/").json()["status"] == "disconnected"
    until(lambda: link.is_stopped or host.tick(), "letting go")
    boss.post(f"/api/devices/{phone}/pair/")
    until(lambda: hosted(host, engine, 2), "a second dial").say("qr", code="two")
    assert device_of(boss, phone)["attempt"] == 1


def test_the_risk_must_be_accepted_first(boss):
    form = {"name": "Shop phone", "kind": "qr", "credentials": {}}
    assert boss.post("/api/connections/", form).json()["code"] == "risk_not_accepted"


@pytest.mark.parametrize(("offered", "wanted"), [(False, True), (True, False)])
def test_devices_are_off_until_operator_and_company_want_them(boss, acme, settings, offered, wanted):
    settings.QR_DEVICES = offered
    acme.settings = {**acme.settings, "qr_devices": wanted}
    acme.save()
    form = {"name": "Shop phone", "kind": "qr", "credentials": {"accepts_risk": True}}
    assert boss.post("/api/connections/", form).status_code == 409


def test_a_number_answers_for_one_connection(boss, link, host, engine):
    form = {"name": "Second", "kind": "qr", "credentials": {"accepts_risk": True}}
    second = boss.post("/api/connections/", form).json()["id"]
    boss.post(f"/api/devices/{second}/pair/")
    other = hosted(host, engine, 2)
    other.say("paired", jid=JID, name="Acme")
    shown = device_of(boss, second)
    assert (shown["state"], shown["is_linked"]) == ("replaced", False)
    assert "already" in shown["reason"]
    until(lambda: other.is_logged_out, "giving the link back")


def test_two_devices_hear_their_own_customers(boss, link, host, engine, messages):
    form = {"name": "Second", "kind": "qr", "credentials": {"accepts_risk": True}}
    second = boss.post("/api/connections/", form).json()["id"]
    boss.post(f"/api/devices/{second}/pair/")
    other = hosted(host, engine, 2)
    other.say("paired", jid="5511912349999@s.whatsapp.net", name="Acme 2")
    other.say("connected")
    link.say("message", **says("to the first", "A1"))
    other.say("message", **says("to the second", "A2"))
    found = {message.body: message.connection_id for message in messages()}
    assert found == {"to the first": int(link.keys.stem), "to the second": second}


# --- staying ---


def test_a_lost_line_is_dialled_again_by_the_engine(boss, phone, link):
    link.say("disconnected")
    assert device_of(boss, phone)["state"] == "connecting"
    link.say("connected")
    assert device_of(boss, phone)["state"] == "online"


def test_a_line_that_was_lost_while_linking_is_dialled_again(boss, phone, host, engine):
    boss.post(f"/api/devices/{phone}/pair/")
    first = hosted(host, engine)
    first.say("qr", code="https://wa.me/settings/linked_devices#1")
    first.say("paired", jid=JID, name="Acme")
    host.seats[phone].settle_by = 0.0  # a minute without a word
    until(lambda: host.tick() or len(engine.links) == 2, "a new dial")
    assert first.is_stopped
    engine.links[-1].say("connected", jid=JID)
    assert device_of(boss, phone)["state"] == "online"
    assert engine.links[-1].jid == JID


def test_another_host_gives_a_device_that_was_just_linked_its_minute(boss, phone, host, engine, tmp_path):
    boss.post(f"/api/devices/{phone}/pair/")
    hosted(host, engine).say("paired", jid=JID, name="Acme")
    host.close()
    heir = Scripted()
    other = Host(heir, name="two", root=tmp_path)
    dialled = hosted(other, heir)
    other.tick()
    assert device_of(boss, phone)["state"] == "linked" and not dialled.is_stopped
    other.close()


def test_an_engine_that_cannot_dial_is_tried_again_and_again(boss, phone, host, engine):
    engine.dial_errors = [LinkError("failed to dial")] * 5
    boss.post(f"/api/devices/{phone}/pair/")
    host._claimed = 0.0
    host.tick()
    for _ in range(5):
        until(lambda: host.seats[phone].dialling is None or host.seats[phone].dialling.done())
        host.seats[phone].dial_at = 0.0
        host.tick()
    until(lambda: device_of(boss, phone)["failures"] >= 5)
    shown = device_of(boss, phone)
    assert shown["state"] == "failed"
    assert (shown["reason"], shown["is_wanted"]) == ("failed to dial", True)


@pytest.mark.parametrize(
    ("news", "state"),
    [
        ({"kind": "logged_out"}, "logged_out"),
        ({"kind": "replaced"}, "replaced"),
        ({"kind": "banned", "seconds": 3600}, "banned"),
        ({"kind": "outdated"}, "outdated"),
    ],
)
def test_what_stops_a_device_is_told_and_waits_for_a_person(boss, phone, host, link, news, state):
    link.say(**news)
    shown = device_of(boss, phone)
    assert (shown["state"], shown["is_wanted"]) == (state, False)
    assert (shown["banned_until"] is not None) == (state == "banned")
    assert boss.get(f"/api/connections/{phone}/").json()["status"] == "disconnected"
    host.tick()
    until(lambda: link.is_stopped, "letting go")


def test_people_disconnect_connect_and_log_out(boss, phone, host, engine, link):
    assert boss.post(f"/api/devices/{phone}/disconnect/").json()["state"] == "offline"
    host.look()
    until(lambda: link.is_stopped, "letting go")
    assert boss.post(f"/api/devices/{phone}/connect/").json()["state"] == "connecting"
    until(lambda: not host.leaving or host.claim() or host.leaving.clear())
    second = hosted(host, engine, 2)
    assert second.jid.startswith("5511912340000")
    second.say("connected")
    boss.post(f"/api/devices/{phone}/logout/")
    until(lambda: host.tick() or second.is_logged_out, "logging out")
    until(lambda: device_of(boss, phone)["state"] == "logged_out")
    assert boss.post("/api/devices/restart/").json() == []


def test_all_devices_are_restarted_at_once(boss, phone, host, engine, link):
    assert [row["id"] for row in boss.post("/api/devices/restart/").json()] == [phone]
    host.look()
    until(lambda: link.is_stopped, "letting go")
    until(lambda: host.tick() or len(engine.links) == 2, "a new dial")


def test_agents_do_not_see_the_code(bruno, phone):
    assert ApiClient().sign_in(bruno).get(f"/api/devices/{phone}/").status_code == 403


# --- leases ---


def test_a_device_that_lost_its_lease_lets_go_of_the_line_first(acme_world, phone, host, link):
    with acme_world.scope():
        Device.objects.filter(pk=phone).update(owner="two", epoch=99)
    host.look()
    until(lambda: link.is_stopped, "letting go")
    link.say("message", **says("too late", "L1"))
    with acme_world.scope():
        assert not Payload.objects.filter(source="qr").exists()


def test_a_host_that_cannot_renew_lets_go_before_others_may_take(host, link):
    seat = next(iter(host.seats.values()))
    seat.held_until = time.monotonic() - 1
    host._leave_what_is_unsure()
    until(lambda: link.is_stopped, "letting go")


def test_another_host_takes_over_when_one_dies(acme_world, boss, phone, host, link, tmp_path):
    with acme_world.scope():
        Device.objects.filter(pk=phone).update(lease_until=now())  # thirty seconds of silence
    heir = Scripted()
    other = Host(heir, name="two", root=tmp_path)
    try:
        found = hosted(other, heir)
        found.say("connected")
        assert found.jid.startswith("5511912340000")
        host.look()
        assert host.seats == {}
        with acme_world.scope():
            assert Device.objects.get(pk=phone).owner == "two"
    finally:
        other.close()


def test_a_host_takes_no_more_than_it_has_room_for(boss, host, engine, tmp_path):
    small = Host(engine, name="small", room=1, root=tmp_path)
    for name in ("A", "B"):
        form = {"name": name, "kind": "qr", "credentials": {"accepts_risk": True}}
        pk = boss.post("/api/connections/", form).json()["id"]
        boss.post(f"/api/devices/{pk}/pair/")
    try:
        small.claim()
        assert len(small.seats) == 1
    finally:
        small.close()


# --- coming in ---


def says(body, message_id, *, at=1_790_000_000, chat=MARIA, **info):
    about = {"id": message_id, "chat": chat, "sender": chat, "name": "Maria", "at": at, **info}
    return {"info": about, "message": {"conversation": body}}


def test_a_message_is_kept_before_the_callback_returns(acme_world, link, messages):
    link.say("message", **says("Bom dia", "3EB0A"))
    with acme_world.scope():
        assert Payload.objects.filter(source="qr").count() == 1
    assert [message.body for message in messages()] == ["Bom dia"]
    assert messages()[0].ticket.contact.number == "5511987654321"


def test_what_comes_twice_counts_once(link, messages):
    link.say("message", **says("Bom dia", "3EB0A"))
    link.say("message", **says("Bom dia", "3EB0A", name="Maria C."))
    assert len(messages()) == 1


def test_old_conversations_are_imported_once_without_an_alarm(boss, link, messages):
    told = [
        {
            "info": {"id": "OLD1", "at": 1_700_000_000, "name": "Maria"},
            "message": {"conversation": "Bom dia"},
        },
        {
            "info": {"id": "OLD2", "at": 1_700_000_060, "is_from_me": True},
            "message": {"conversation": "Olá!"},
        },
    ]
    link.say("history", chat=MARIA, messages=told)
    link.say("history", chat=MARIA, messages=[*told, told[0]])
    asked, answered = messages()
    assert (asked.at.year, asked.direction, answered.direction) == (2023, "in", "out")
    assert (asked.ticket.status, asked.ticket.unread_count) == ("closed", 0)


NOON = 1_767_279_600  # the 1st of January 2026, 12:00 in São Paulo


def past(*days):
    """A message at noon of each of these days of January 2026; the id is the day."""
    return [
        {
            "info": {"id": f"D{day}", "at": NOON + (day - 1) * 86_400, "name": "Maria"},
            "message": {"conversation": f"Dia {day}"},
        }
        for day in days
    ]


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"past": "all"}, [4, 5, 8, 9]),
        ({"past": "none"}, []),
        ({"past": "period", "past_from": "2026-01-05", "past_until": "2026-01-08"}, [5, 8]),
        ({"past": "period", "past_from": "2026-01-05"}, [5, 8, 9]),
        ({"past": "period", "past_until": "2026-01-05"}, [4, 5]),
    ],
)
def test_of_the_past_only_the_chosen_period_is_imported(boss, phone, link, messages, chosen, kept):
    answer = boss.patch(f"/api/devices/{phone}/", chosen)
    assert (answer.status_code, answer.json()["past"]) == (200, chosen["past"])
    link.say("history", chat=MARIA, messages=past(4, 5, 8, 9))
    assert [int(message.at.timestamp()) for message in messages()] == [
        NOON + (day - 1) * 86_400 for day in kept
    ]
    assert {message.ticket.status for message in messages()} <= {"closed"}
    assert {message.ticket.unread_count for message in messages()} <= {0}


def test_a_day_is_a_day_of_the_company(boss, phone, link, messages):
    boss.patch(f"/api/devices/{phone}/", {"past": "period", "past_from": "2026-01-05"})
    late, early = past(4, 5)
    late["info"]["at"] += 12 * 3600 - 60  # 23:59 of the 4th in São Paulo, the 5th in Greenwich
    early["info"]["at"] -= 12 * 3600  # the first moment of the 5th
    link.say("history", chat=MARIA, messages=[late, early])
    assert [message.body for message in messages()] == ["Dia 5"]


def test_the_period_is_chosen_with_the_codes_and_limits_nothing_new(boss, phone, host, engine, messages):
    chosen = {"past": "period", "past_until": "2026-01-05"}
    assert boss.post(f"/api/devices/{phone}/pair/", chosen).json()["past_until"] == "2026-01-05"
    link = hosted(host, engine)
    link.say("paired", jid=JID, name="Acme")
    link.say("connected", jid=JID)
    link.say("history", chat=MARIA, messages=past(9))
    link.say("message", **says("Bom dia", "3EB0A"))
    link.say("message", **says("Respondi aqui", "3EB0B", at=1_790_000_050, is_from_me=True))
    assert [message.body for message in messages()] == ["Bom dia", "Respondi aqui"]
    assert boss.post(f"/api/devices/{phone}/disconnect/").json()["past"] == "period"


def test_the_ledger_says_why_an_old_message_is_not_here(boss, phone, link, messages):
    boss.patch(f"/api/devices/{phone}/", {"past": "none"})
    link.say("history", chat=MARIA, messages=past(4))
    [fact] = boss.get("/api/ledger/events/").json()["results"]
    assert (fact["kind"], fact["outcome"], fact["reason"]) == ("phone", "skipped", "past_unwanted")


@pytest.mark.parametrize(
    ("chosen", "fields"),
    [
        ({"past": "period"}, {"past_from": ["needed"]}),
        (
            {"past": "period", "past_from": "2026-01-05", "past_until": "2026-01-04"},
            {"past_until": ["ends_before_it_begins"]},
        ),
    ],
)
def test_a_period_that_cannot_be_is_refused(boss, phone, chosen, fields):
    for answer in (
        boss.patch(f"/api/devices/{phone}/", chosen),
        boss.post(f"/api/devices/{phone}/pair/", chosen),
    ):
        assert (answer.status_code, answer.json()["fields"]) == (400, fields)


def test_what_is_answered_on_the_phone_is_in_the_conversation(boss, link, messages):
    link.say("message", **says("Oi", "3EB0A"))
    link.say("message", **says("Já respondi", "3EB0B", at=1_790_000_050, is_from_me=True))
    assert [(message.body, message.direction) for message in messages()] == [
        ("Oi", "in"),
        ("Já respondi", "out"),
    ]
    assert messages()[0].ticket.unread_count == 0


# --- going out ---


@pytest.fixture
def ticket(link, messages):
    link.say("message", **says("Oi", "3EB0IN"))
    return messages()[0].ticket


def send(boss, host, ticket, body="Olá!", **more):
    from uuid import uuid4

    form = {"client_id": str(uuid4()), "kind": "text", "body": body, **more}
    answer = meanwhile(host, lambda: boss.post(f"/api/tickets/{ticket.pk}/messages/", form))
    assert answer.status_code == 201, answer.content
    return boss.get(f"/api/tickets/{ticket.pk}/messages/").json()["results"][0]


def meanwhile(host, act):
    """Through the API; the host works meanwhile, as its process does."""
    import threading

    done = threading.Event()

    def work():
        from django.db import connection

        while not done.wait(0.02):
            host.tick()
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        return act()
    finally:
        done.set()
        worker.join()


def test_an_answer_leaves_through_the_device(boss, host, link, ticket):
    sent = send(boss, host, ticket)
    assert link.sent == [(MARIA, {"conversation": "Olá!"})]
    assert sent["state"] == "sent"


def test_other_words_and_a_deletion_leave_through_the_device(boss, host, link, ticket):
    link.answers = [Sent("3EB0OUT")]
    sent = send(boss, host, ticket)
    place = f"/api/messages/{sent['id']}/"
    for act in (lambda: boss.patch(place, {"body": "Oi!"}), lambda: boss.delete(place)):
        host.seats[ticket.connection_id].send_at = 0.0
        assert meanwhile(host, act).status_code == 200
    (_, edit), (to, removal) = link.sent[1:]
    protocol = edit["editedMessage"]["message"]["protocolMessage"]
    assert (to, protocol["editedMessage"]) == (MARIA, {"conversation": "Oi!"})
    key = {"remoteJID": MARIA, "fromMe": True, "ID": "3EB0OUT"}
    assert (protocol["key"], protocol["type"]) == (key, "MESSAGE_EDIT")
    assert removal == {"protocolMessage": {"key": key, "type": "REVOKE"}}
    shown = boss.get(f"/api/tickets/{ticket.pk}/messages/").json()["results"][0]
    assert shown["edited_at"] and shown["removed_at"]


def test_receipts_move_an_answer_on(boss, host, link, ticket):
    send(boss, host, ticket)
    link.answers = [Sent("3EB0OUT")]
    host.seats[ticket.connection_id].send_at = 0.0
    assert send(boss, host, ticket, "Mais uma")["state"] == "sent"
    link.say("receipt", state="read", ids=["3EB0OUT"], at=1_790_000_200, chat=MARIA)
    assert boss.get(f"/api/tickets/{ticket.pk}/messages/").json()["results"][0]["state"] == "read"


def test_a_send_that_may_have_happened_is_left_to_the_agent(boss, host, link, ticket):
    link.answers = [MaybeSent("the line broke")]
    assert send(boss, host, ticket)["state"] == "doubtful"


def test_a_send_that_can_never_work_says_why(boss, host, link, ticket):
    link.answers = [NotSent("reachout_locked", "WhatsApp does not let this number begin.", permanent=True)]
    sent = send(boss, host, ticket)
    assert (sent["state"], sent["error"]["code"]) == ("failed", "reachout_locked")


def test_a_send_waits_while_the_device_is_away(boss, host, link, ticket):
    link.say("disconnected")
    assert send(boss, host, ticket)["state"] == "queued"
    assert link.sent == []


def test_a_quote_carries_what_it_quotes(boss, host, link, ticket, messages):
    send(boss, host, ticket, "Sim", reply_to=messages()[0].pk)
    ((_, content),) = link.sent
    context = content["extendedTextMessage"]["contextInfo"]
    assert (context["stanzaID"], context["participant"]) == ("3EB0IN", MARIA)
    assert context["quotedMessage"] == {"conversation": "Oi"}


def test_a_device_does_not_write_faster_than_people(acme_world, boss, host, link, ticket):
    send(boss, host, ticket)
    seat = host.seats[ticket.connection_id]
    assert seat.send_at - time.monotonic() > 1.0
    with acme_world.scope():
        DeviceCommand.objects.create(
            device_id=seat.lease.device_id, kind="send", payload={"to": MARIA, "message": {}},
            expires_at=now().replace(year=2100),
        )  # fmt: skip
    host.tick()
    assert len(link.sent) == 1
    seat.send_at = 0.0
    until(lambda: host.tick() or len(link.sent) == 2, "the second send")


def test_what_a_dead_host_had_in_hand_is_never_done_again(acme_world, phone, host, link):
    from whatsapp.devices import commands

    with acme_world.scope():
        left = DeviceCommand.objects.create(
            device_id=phone, kind="send", payload={"to": MARIA, "message": {}}, state="running",
            expires_at=now().replace(year=2100),
        )  # fmt: skip
    commands.forget_running(phone)
    host.tick()
    with acme_world.scope():
        assert DeviceCommand.objects.get(pk=left.pk).result["outcome"] == "unclear"
    assert link.sent == []
