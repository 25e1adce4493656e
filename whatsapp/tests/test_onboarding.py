"""A number is connected by pasting: every value is looked at live, and the rest is done from here."""

import http.server
import threading

import httpx
import pytest

from tests.emulator.conftest import ACCOUNT, APP, LINE, TOKEN
from tickets.models import Connection
from whatsapp.models import App
from whatsapp.tests import pasting
from whatsapp.tests.pasting import VALUES

pytestmark = pytest.mark.django_db
NUMBER = {
    **pasting.NUMBER, "registered": False, "subscribed": False, "callback_url": "http://127.0.0.1:9/none",
}  # fmt: skip


@pytest.fixture
def emulator(running, settings):
    return pasting.with_number(running, settings, NUMBER)


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


def probe(client, **values):
    answer = client.post("/api/connections/probe/", {**VALUES, **values}, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def states(found):
    return {line["name"]: (line["state"], line["code"]) for line in found["lines"]}


@pytest.fixture
def connected(admin, emulator):
    """The number as it is right after pasting."""
    body = {"name": "Loja", "kind": "cloud_api", "credentials": VALUES}
    answer = admin.post("/api/connections/", body, format="json")
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def cloud(client, pk, act="", **body):
    path = f"/api/connections/{pk}/cloud/{act}"
    return client.post(path, body, format="json") if act else client.get(path)


def done(answer):
    assert answer.status_code == 200, answer.content
    return {step["name"]: step["state"] for step in answer.json()["steps"]}


def test_values_that_fit_each_other_are_all_right(admin, emulator):
    emulator.ctl("numbers", {"phone_number_id": LINE, "registered": True}, "PUT")
    found = probe(admin)
    assert states(found) == {
        "app_secret": ("ok", "app_secret_right"),
        "access_token": ("ok", "token_lasts"),
        "account": ("ok", "account_reachable"),
        "number": ("ok", "number_ready"),
    }
    assert found["lines"][3]["facts"] == {"number": "+55 11 4000-0000", "name": "Acme"}


def test_a_token_alone_leads_to_its_accounts_and_an_account_to_its_numbers(admin, emulator):
    found = probe(admin, waba_id="", phone_number_id="")
    assert found["accounts"] == [{"id": ACCOUNT, "name": "Acme"}]
    assert states(found)["number"] == ("waiting", "needs_account")
    [row] = probe(admin, phone_number_id="")["numbers"]
    assert (row["id"], row["number"], row["is_registered"]) == (LINE, "+55 11 4000-0000", False)


@pytest.mark.parametrize(
    ("values", "name", "code"),
    [
        ({"app_secret": "wrong-secret"}, "app_secret", "app_secret_wrong"),
        ({"app_secret": "wrong secret!"}, "app_secret", "malformed"),
        ({"access_token": "EAAB-somebody-elses"}, "access_token", "token_invalid"),
        ({"access_token": "com acento é"}, "access_token", "malformed"),
        ({"waba_id": "999999"}, "account", "account_unreachable"),
        ({"waba_id": "../me"}, "account", "malformed"),
        ({"phone_number_id": "999999"}, "number", "number_elsewhere"),
    ],
)
def test_each_wrong_value_is_named_with_its_reason(admin, emulator, values, name, code):
    assert states(probe(admin, **values))[name] == ("failed", code)


def test_a_token_of_another_app_or_without_a_scope_or_that_ends_is_told(admin, emulator):
    assert states(probe(admin, app_id="12345678", app_secret=""))["access_token"][1] == "token_of_other_app"
    emulator.ctl("tokens", {"token": TOKEN, "expires_at": 4_000_000_000}, "PUT")
    assert states(probe(admin))["access_token"] == ("warning", "token_expires")
    emulator.ctl("tokens", {"token": TOKEN, "scopes": ["whatsapp_business_messaging"]}, "PUT")
    line = probe(admin)["lines"][1]
    assert (line["code"], line["facts"]) == ("token_lacks_scopes", {"scopes": "whatsapp_business_management"})
    emulator.ctl("tokens", {"token": TOKEN, "revoked": True}, "PUT")
    assert states(probe(admin))["access_token"] == ("failed", "token_invalid")


def test_a_graph_that_cannot_be_reached_is_not_called_a_wrong_secret(admin, settings):
    settings.WHATSAPP_API_ROOT = "http://127.0.0.1:9"
    settings.PRIVATE_HOSTS_ALLOWED = {"127.0.0.1:9"}
    assert states(probe(admin))["app_secret"] == ("failed", "unreachable")


def test_only_addresses_that_the_operator_allows_are_asked(admin, emulator):
    body = {**VALUES, "api_root": "http://127.0.0.1:1"}
    answer = admin.post("/api/connections/probe/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "credentials_invalid")


def test_a_pasted_number_is_verified_registered_and_subscribed_from_here(admin, emulator, connected):
    emulator.ctl("numbers", {"phone_number_id": LINE, "verified": False, "subscribed": False}, "PUT")
    before = done(cloud(admin, connected))
    assert (before["verified"], before["registered"], before["subscribed"]) == ("todo", "todo", "todo")
    refused = cloud(admin, connected, "register/", pin="123456")
    assert (refused.status_code, refused.json()["code"]) == (409, "number_not_verified")
    assert cloud(admin, connected, "request-code/", method="sms", language="pt_BR").status_code == 204
    sms = emulator.http.get(f"/_ctl/owner/{LINE}").json()["code"]
    assert cloud(admin, connected, "verify-code/", code="0000").json()["code"] == "code_wrong"
    assert done(cloud(admin, connected, "verify-code/", code=sms))["verified"] == "ok"
    assert done(cloud(admin, connected, "register/", pin="123456"))["registered"] == "ok"
    assert done(cloud(admin, connected, "subscribe/"))["subscribed"] == "ok"


def test_the_pin_of_a_number_must_match_and_can_be_changed(admin, emulator, connected):
    cloud(admin, connected, "register/", pin="123456")
    assert cloud(admin, connected, "register/", pin="999999").json()["code"] == "pin_wrong"
    assert cloud(admin, connected, "pin/", pin="999999").status_code == 200
    assert cloud(admin, connected, "register/", pin="999999").status_code == 200
    assert cloud(admin, connected, "register/", pin="12").status_code == 400


def test_too_many_registrations_are_explained(admin, emulator, connected):
    for _ in range(10):
        emulator.http.post(f"/v25.0/{LINE}/register", json={"pin": "123456"})
    assert cloud(admin, connected, "register/", pin="123456").json()["code"] == "registration_locked"


@pytest.fixture
def our_door(anonymous, settings):
    """Our webhook address as Meta reaches it: over the network, into the same code."""

    class Door(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path, _, query = self.path.partition("?")
            answer = Door.ask(path, dict(httpx.QueryParams(query)))
            self.send_response(answer[0])
            self.end_headers()
            self.wfile.write(answer[1])

        def log_message(self, *words):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        settings.WEBHOOK_ROOT = f"http://127.0.0.1:{server.server_port}"
        yield Door
        server.shutdown()


def test_our_address_is_saved_at_the_app_once_it_answered_the_challenge(
    admin, emulator, connected, our_door, acme_world
):
    with acme_world.scope():
        app = App.objects.get()
    asked = []

    def ask(path, query):
        asked.append(path)
        knows = query["hub.verify_token"] == app.verify_token
        return (200, query["hub.challenge"].encode()) if knows else (403, b"")

    our_door.ask = staticmethod(ask)
    assert done(cloud(admin, connected))["callback"] == "todo"
    assert done(cloud(admin, connected, "callback/"))["callback"] == "ok"
    assert asked == [app.webhook_path]
    our_door.ask = staticmethod(lambda path, query: (500, b""))
    assert cloud(admin, connected, "callback/").json()["code"] == "callback_refused"


def test_what_is_done_at_meta_is_written_down(admin, emulator, connected):
    cloud(admin, connected, "register/", pin="123456")
    rows = admin.get("/api/audit/").json()["results"]
    assert rows[0]["action"] == "connection.registered"
    assert "123456" not in str(rows)


def test_two_apps_have_two_addresses_and_each_carries_its_numbers(admin, emulator, connected, acme_world):
    other = {
        "phone_number_id": "100000000000777",
        "app_id": "300000000000777",
        "app_secret": "another-secret",
    }
    emulator.ctl("numbers", {**NUMBER, **other, "access_token": "EAAB-of-the-other"}, "PUT")
    credentials = {**VALUES, **other, "access_token": "EAAB-of-the-other"}
    admin.post(
        "/api/connections/", {"name": "Outra", "kind": "cloud_api", "credentials": credentials}, format="json"
    )
    rows = admin.get("/api/meta-apps/").json()["results"]
    assert [row["app_id"] for row in rows] == [APP, "300000000000777"]
    assert len({row["webhook_url"] for row in rows}) == 2
    with acme_world.scope():
        assert Connection.objects.count() == 2


def test_the_forms_that_can_be_sent_are_listed_by_name(admin, emulator, connected):
    make = {"categories": ["SURVEY"]}
    for name, publish in (("Troca", True), ("Rascunho", False)):
        answer = httpx.post(
            f"{emulator.root}/v25.0/{ACCOUNT}/flows", json={**make, "name": name, "publish": publish},
            headers={"Authorization": f"Bearer {TOKEN}"},
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
    found = admin.get(f"/api/connections/{connected}/forms/").json()
    assert [one["name"] for one in found] == ["Troca"] and found[0]["id"].isdigit()


def test_forms_that_cannot_be_read_are_no_fault_of_ours(admin, emulator, connected):
    emulator.ctl("faults", {"endpoint": "other", "action": "error", "code": 190, "status": 401})
    answer = admin.get(f"/api/connections/{connected}/forms/")
    assert (answer.status_code, answer.json()["code"]) == (409, "forms_unreadable")
