"""A number is connected in Meta's window: the code becomes a token, the token names what it reaches."""

import json
import re
import threading
from datetime import timedelta
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.utils.timezone import now

from tests.emulator.conftest import QUICK, Emulator
from whatsapp.actions import phones
from whatsapp.models import PhoneSync

pytestmark = pytest.mark.django_db
PLATFORM = {"app_id": "900000000000001", "app_secret": "platform-secret", "config_id": "42"}


class Door(BaseHTTPRequestHandler):
    """Our webhook address as Meta reaches it: it answers every challenge."""

    asked: list[str] = []

    def do_GET(self):
        parts = urlsplit(self.path)
        self.asked.append(parts.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(parse_qs(parts.query)["hub.challenge"][0].encode())

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    emulator = Emulator(tmp_path_factory.mktemp("emulator"))
    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        emulator.door = f"http://127.0.0.1:{server.server_port}"
        yield emulator
        server.shutdown()
    emulator.stop()


@pytest.fixture
def emulator(running, settings, monkeypatch):
    running.ctl("reset", {"everything": True})
    running.ctl("apps", PLATFORM, "PUT")
    running.ctl("settings", QUICK)
    monkeypatch.setattr(Door, "asked", [])
    settings.WHATSAPP_API_ROOT = settings.WHATSAPP_SIGNUP_DIALOG = running.root
    settings.PRIVATE_HOSTS_ALLOWED = {running.root.removeprefix("http://")}
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    settings.WEBHOOK_ROOT = running.door
    settings.WHATSAPP_SIGNUP_APP_ID = PLATFORM["app_id"]
    settings.WHATSAPP_SIGNUP_APP_SECRET = PLATFORM["app_secret"]
    settings.WHATSAPP_SIGNUP_CONFIG_ID = PLATFORM["config_id"]
    return running


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


@pytest.fixture
def window(admin, emulator):
    """Open Meta's window, choose, and answer what the console would send back."""

    def go(*, on_phone=False, **choices):
        invited = admin.get("/api/connections/signup/", {"on_phone": on_phone}).json()
        assert invited["is_available"] and invited["origin"] == emulator.root
        page = emulator.http.get(invited["url"].removeprefix(emulator.root))
        assert page.status_code == 200, page.text
        given = json.loads(unescape(re.search(r'data-given="([^"]*)"', page.text)[1]))
        chosen = {"name": "Padaria Sol", "number": "+55 11 97777-0001"} | choices
        found = emulator.ctl("signup", given | chosen)
        told = found["message"]["data"]
        query = parse_qs(urlsplit(found["redirect"]).query)
        ids = {name: told[name] for name in ("waba_id", "phone_number_id")}
        return {"code": query["code"][0], "state": query["state"][0], **ids}

    return go


def finish(client, body):
    return client.post("/api/connections/signup/", body, format="json")


def test_what_was_chosen_in_the_window_is_connected_subscribed_and_registered(admin, emulator, window):
    answer = finish(admin, window())
    assert answer.status_code == 200, answer.content
    [row] = answer.json()["connections"]
    assert row["connection"]["name"] == "Padaria Sol"
    assert {step["name"]: step["state"] for step in row["steps"]} == {"subscribed": "ok", "registered": "ok"}
    assert re.fullmatch("[0-9]{6}", row["pin"])
    [line] = emulator.ctl("numbers", None, "GET")["numbers"]
    assert line["registered"] and line["subscribed"]
    path = urlsplit(row["connection"]["webhook"]["url"]).path
    assert line["callback_url"] == f"{emulator.door}{path}"
    assert Door.asked == [path]


def test_one_company_never_points_the_app_of_all_at_itself(admin, emulator, window):
    pk = finish(admin, window()).json()["connections"][0]["connection"]["id"]
    steps = admin.post(f"/api/connections/{pk}/cloud/callback/").json()["steps"]
    step = next(one for one in steps if one["name"] == "callback")
    assert (step["state"], step["code"]) == ("ok", "callback_of_account")
    secret = {"access_token": f"{PLATFORM['app_id']}|{PLATFORM['app_secret']}"}
    path = f"/v25.0/{PLATFORM['app_id']}/subscriptions"
    anonymous = {"Authorization": ""}
    assert emulator.http.get(path, params=secret, headers=anonymous).json()["data"] == []
    [app] = admin.get("/api/meta-apps/").json()["results"]
    answer = admin.post(
        f"/api/meta-apps/{app['id']}/rotate-secret/", {"app_secret": "another-secret"}, format="json"
    )
    assert answer.json()["code"] == "app_of_platform"


def test_a_pin_that_somebody_set_before_is_asked_for_and_the_number_is_there_already(admin, emulator, window):
    finish(admin, window())
    [line] = emulator.ctl("numbers", None, "GET")["numbers"]
    emulator.ctl("numbers", {"phone_number_id": line["phone_number_id"], "registered": False}, "PUT")
    answer = finish(admin, window() | {"pin": "000000"}).json()["connections"][0]
    step = next(one for one in answer["steps"] if one["name"] == "registered")
    assert (step["state"], step["code"], answer["pin"]) == ("failed", "pin_wrong", "")
    assert len(admin.get("/api/connections/").json()["results"]) == 1


def test_ids_that_the_browser_names_count_only_if_the_token_reaches_them(admin, emulator, window):
    foreign = {
        "phone_number_id": "100000000000009", "waba_id": "200000000000009", "access_token": "somebody-elses",
        "app_id": "300000000000009", "app_secret": "x", "display_phone_number": "+55 11 4000-0009",
    }  # fmt: skip
    emulator.ctl("numbers", foreign, "PUT")
    claimed = window() | {"phone_number_id": "100000000000009", "waba_id": "200000000000009"}
    [row] = finish(admin, claimed).json()["connections"]
    assert row["connection"]["credentials"]["phone_number_id"] != "100000000000009"


def test_a_code_that_was_used_or_is_too_old_is_explained(admin, emulator, window):
    body = window()
    finish(admin, body)
    assert finish(admin, body).json()["code"] == "signup_code_used"
    late = window()
    emulator.ctl("clock", {"advance_s": 31})
    assert finish(admin, late).json()["code"] == "signup_code_expired"


def test_an_answer_is_taken_only_from_who_asked_and_for_half_an_hour(
    admin, as_, ana, raul, sofia, emulator, window
):
    body = window()
    assert finish(as_(raul), body).json()["code"] == "signup_state_wrong"
    assert finish(as_(sofia), body).status_code == 403
    forged = finish(admin, body | {"state": "forged"})
    assert (forged.status_code, forged.json()["code"]) == (409, "signup_state_wrong")
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert finish(as_(ana), body).json()["code"] == "signup_state_expired"


def test_nothing_is_offered_where_the_platform_has_no_app(admin, settings):
    settings.WHATSAPP_SIGNUP_APP_ID = ""
    assert admin.get("/api/connections/signup/").json()["is_available"] is False
    assert finish(admin, {"code": "c", "state": "s"}).json()["code"] == "signup_off"


def test_a_number_on_a_phone_is_not_registered_but_asked_for_its_chats_once(
    admin, emulator, window, acme_world
):
    answer = finish(admin, window(on_phone=True)).json()["connections"][0]
    assert answer["connection"]["credentials"]["on_phone"]
    step = next(one for one in answer["steps"] if one["name"] == "registered")
    assert (step["state"], step["code"]) == ("skipped", "registered_on_phone")
    syncs = admin.get(f"/api/connections/{answer['connection']['id']}/phone/").json()["syncs"]
    assert {one["kind"]: one["state"] for one in syncs} == {"contacts": "asked", "history": "asked"}
    [line] = emulator.ctl("numbers", None, "GET")["numbers"]
    assert line["synced"] == ["smb_app_state_sync", "history"]
    with acme_world.scope():
        assert set(PhoneSync.objects.values_list("request_id", flat=True)) != {""}


def test_a_request_whose_answer_was_lost_is_never_repeated(admin, emulator, window, acme_world):
    emulator.ctl("faults", [{"endpoint": "sync", "action": "drop_after_accept", "times": 1}])
    pk = finish(admin, window(on_phone=True)).json()["connections"][0]["connection"]["id"]
    states = {one["kind"]: one["state"] for one in admin.get(f"/api/connections/{pk}/phone/").json()["syncs"]}
    assert states == {"contacts": "unclear", "history": "asked"}
    with acme_world.scope():
        company_id = PhoneSync.objects.first().company_id
    phones.ask(company_id, pk)
    phones.sweep()
    [line] = emulator.ctl("numbers", None, "GET")["numbers"]
    assert line["synced"].count("smb_app_state_sync") == 1


def test_a_day_of_silence_is_told_and_nothing_is_asked_after_it(admin, emulator, window, acme_world):
    pk = finish(admin, window(on_phone=True)).json()["connections"][0]["connection"]["id"]
    with acme_world.scope():
        PhoneSync.objects.filter(kind="history").update(state="wanted", deadline=now() - timedelta(minutes=1))
        company_id = PhoneSync.objects.first().company_id
    phones.sweep()
    for _ in range(2):
        phones.alarm(company_id, pk)
    phones.ask(company_id, pk)
    told = [one for one in admin.get("/api/notifications/").json()["results"] if one["kind"] == "number"]
    assert ["within a day" in one["data"]["text"] for one in told] == [True]
    row = next(
        one for one in admin.get(f"/api/connections/{pk}/phone/").json()["syncs"] if one["kind"] == "history"
    )
    assert row["alarmed_at"] and (row["state"], row["error"]) == ("refused", "late")
