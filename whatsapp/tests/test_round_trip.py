"""The whole way: a customer on the emulated WhatsApp, Graph, our webhook, an agent's answer, and back."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.testcases import TestCase

from helpdesk.redis import connection
from tests.emulator.conftest import (  # noqa: F401 — fixtures
    ACCOUNT,
    ANA,
    APP,
    LINE,
    SECRET,
    TOKEN,
    Emulator,
    Receiver,
    _running,
    emulator,
    number,
    receiver,
    wait_for,
)
from tickets.tests import files
from tickets.tests.conftest import run_due  # noqa: F401 — a fixture


class Trip:
    """Acme's number on the emulator. `hear()` hands the webhooks that came so far to our door."""

    def __init__(self, world, phone: Emulator, door: Receiver, sales, client, api):
        from whatsapp.cloud_api import apps
        from whatsapp.models import App

        self.world, self.client, self.api = world, client, api
        self.emulator, self.receiver = phone, door
        with world.scope():
            self.app = App.objects.create(
                app_id=APP, secrets=[SECRET], verify_token="verify-me", api_root=phone.root
            )
        apps._by_uuid.clear()
        apps._of_company.clear()
        credentials = {
            "app": self.app.pk, "phone_number_id": LINE, "waba_id": ACCOUNT, "access_token": TOKEN,
        }  # fmt: skip
        self.line = world.connection(external_id=LINE, credentials=credentials, queue=sales)
        self.heard = 0

    def hear(self, count: int = 1):
        wait_for(lambda: len(self.receiver.raws) >= self.heard + count)
        while self.heard < len(self.receiver.raws):
            raw, signature = self.receiver.raws[self.heard]
            self.heard += 1
            answer = self.client.generic(
                "POST", self.app.webhook_path, raw, "application/json", HTTP_X_HUB_SIGNATURE_256=signature
            )
            assert answer.status_code == 200

    def ticket(self) -> int:
        return self.api.get("/api/tickets/?tab=waiting").json()["results"][0]["id"]

    def thread(self, ticket: int):
        return self.api.get(f"/api/tickets/{ticket}/messages/").json()["results"]

    def say(self, ticket: int, body: str = "", **given):
        given = {"client_id": str(uuid4()), "kind": "text", "body": body, **given}
        answer = self.api.post(f"/api/tickets/{ticket}/messages/", given, format="json")
        assert answer.status_code == 201, answer.content
        return answer.json()

    def upload(self, content: bytes, name: str, mime: str, **form):
        file = SimpleUploadedFile(name, content, mime)
        return self.api.post("/api/uploads/", {"file": file, **form}, format="multipart").json()["id"]

    def fault(self, action: str, endpoint: str = "messages", **more):
        self.emulator.ctl("faults", [{"endpoint": endpoint, "action": action, "times": 1, **more}])

    def until(self, state: str, message: int, ticket: int):
        """Hear webhooks until the message is in that state."""

        def _look():
            self.hear(0)
            [row] = [row for row in self.thread(ticket) if row["id"] == message]
            return row if row["state"] == state else None

        return wait_for(_look)


@pytest.fixture
def trip(acme_world, emulator, receiver, sales, anonymous, api, media_root):  # noqa: F811
    yield Trip(acme_world, emulator, receiver, sales, anonymous, api)
    emulator.ctl("faults", method="DELETE")


@pytest.fixture
def ticket(trip):
    """Ana wrote and waits."""
    trip.emulator.says("Bom dia!")
    trip.hear()
    return trip.ticket()


def test_a_customer_writes_and_reads_the_answer(trip, ticket):
    assert trip.thread(ticket)[0]["body"] == "Bom dia!"
    sent = trip.say(ticket, "Em que posso ajudar?")
    trip.until("delivered", sent["id"], ticket)
    [accepted] = trip.emulator.truth()["accepted"]
    assert accepted["body"] == "Em que posso ajudar?"
    trip.emulator.ctl(f"personas/{ANA}/read", {"phone_number_id": LINE})
    trip.until("read", sent["id"], ticket)


def test_a_photo_and_a_voice_note_arrive_as_such(trip, ticket):
    photo = trip.upload(files.picture(), "bicicleta.jpg", "image/jpeg")
    voice = trip.upload(
        files.sound("webm", "-c:a", "libopus"), "voz.webm", "audio/webm;codecs=opus", voice="true"
    )
    first = trip.say(ticket, "Olha só", kind="media", attachments=[photo])
    second = trip.say(ticket, kind="media", attachments=[voice], voice=True)
    trip.until("delivered", first["id"], ticket)
    trip.until("delivered", second["id"], ticket)
    assert [row["type"] for row in trip.emulator.truth()["accepted"]] == ["image", "audio"]


@pytest.mark.parametrize(
    ("kind", "mime", "content", "shown"),
    [
        ("image", "image/jpeg", files.picture(), "thumbnail_url"),
        ("audio", "audio/ogg; codecs=opus", files.voice_note(), "playable_url"),
        ("document", "application/pdf", b"%PDF-1.4 budget", "url"),
    ],
)
def test_a_file_of_the_customer_is_fetched_and_shown(trip, ticket, kind, mime, content, shown):
    more = {"type": kind, "mime_type": mime, "data_base64": base64.b64encode(content).decode(), "voice": True}
    trip.emulator.says("", **more)
    trip.hear()
    [file] = trip.thread(ticket)[0]["attachments"]
    assert (file["state"], file["kind"], file["size"]) == ("stored", kind, len(content))
    assert b"".join(trip.api.get(file["url"]).streaming_content) == content
    assert trip.api.get(file[shown]).status_code == 200


def test_a_send_that_graph_refuses_for_its_pace_leaves_later_once(trip, ticket, run_due):  # noqa: F811
    trip.fault("error", code=130429)
    sent = trip.say(ticket, "Olá")
    assert trip.thread(ticket)[0]["state"] == "queued"
    connection().flushdb()  # the pause is counted by Redis, whose clock no test can move
    run_due(later=timedelta(seconds=65))
    trip.until("delivered", sent["id"], ticket)
    assert len(trip.emulator.truth()["accepted"]) == 1


def test_an_answer_that_got_lost_is_settled_by_the_receipt(trip, ticket):
    trip.fault("drop_after_accept")
    sent = trip.say(ticket, "Olá")
    assert trip.thread(ticket)[0]["state"] == "doubtful"
    row = trip.until("delivered", sent["id"], ticket)
    assert row["error"] is None
    assert len(trip.emulator.truth()["accepted"]) == 1


def test_a_server_error_is_never_sent_again_by_itself(trip, ticket, run_due):  # noqa: F811
    trip.fault("http", status=502)
    trip.say(ticket, "Olá")
    run_due(later=timedelta(minutes=3))
    row = trip.thread(ticket)[0]
    assert (row["state"], row["error"]["action"]) == ("doubtful", "decide")
    assert trip.emulator.truth()["accepted"] == []


def test_a_token_that_was_revoked_holds_the_number_and_loses_nothing(trip, ticket, run_due):  # noqa: F811
    from tickets.models import Connection

    trip.fault("error", code=190)
    sent = trip.say(ticket, "Olá")
    assert trip.thread(ticket)[0]["state"] == "queued"
    with trip.world.scope():
        connection = Connection.objects.get(pk=trip.line.pk)
        assert connection.status == "held"
        connection.status = "connected"
        connection.save()
    run_due(later=timedelta(seconds=30))
    trip.until("delivered", sent["id"], ticket)


def test_a_window_that_is_closed_at_whatsapp_fails_the_message_with_its_reason(trip, ticket):
    trip.emulator.ctl("clock", {"advance_s": 25 * 3600})
    sent = trip.say(ticket, "Ainda está aí?")
    row = trip.until("failed", sent["id"], ticket)
    assert row["error"]["code"] == "window_closed"
    refused = trip.api.post(
        f"/api/tickets/{ticket}/messages/",
        {"client_id": str(uuid4()), "kind": "text", "body": "Oi"},
        format="json",
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "window_closed")


def test_reading_shows_the_customer_blue_ticks(trip, ticket, acme):
    from tickets.actions import reading

    with TestCase.captureOnCommitCallbacks(execute=True):
        reading.show_read(acme.pk, ticket)
    assert trip.emulator.truth()["sent"][-1]["read"]


def test_a_number_that_was_never_checked_shows_blue_ticks_too(trip, ticket, acme):
    from tickets.actions import reading

    with trip.world.scope():
        type(trip.line).objects.update(status="pending")
    with TestCase.captureOnCommitCallbacks(execute=True):
        reading.show_read(acme.pk, ticket)
    assert trip.emulator.truth()["sent"][-1]["read"]


def test_an_agents_emoji_reaches_the_phone(trip, ticket):
    heard = trip.thread(ticket)[0]
    answer = trip.api.post(f"/api/messages/{heard['id']}/reaction/", {"emoji": "🎉"}, format="json")
    assert answer.status_code == 200, answer.content
    [accepted] = trip.emulator.truth()["accepted"]
    assert accepted["type"] == "reaction"
    chat = f"/phone/api/chats/{LINE}/{ANA}"
    assert len(wait_for(lambda: trip.emulator.http.get(chat).json()["bubbles"])) == 1
    wait_for(lambda: trip.emulator.http.get(chat).json()["bubbles"][0]["reactions"])


def test_buttons_reach_the_phone_and_their_tap_comes_back(trip, ticket):
    buttons = {"buttons": [{"title": "Sim"}, {"title": "Não"}]}
    sent = trip.say(ticket, "Confirma?", kind="buttons", content=buttons)
    [accepted] = trip.emulator.truth()["accepted"]
    trip.emulator.says(type="button_reply", id="1", title="Sim", context=accepted["wamid"])
    trip.hear()
    answer = trip.thread(ticket)[0]
    assert (answer["kind"], answer["body"], answer["content"]["id"]) == ("button_reply", "Sim", "1")
    assert answer["reply_to"]["id"] == sent["id"]
