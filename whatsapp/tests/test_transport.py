"""Our transport against the emulator and against networks that fail: exactly one outcome each time."""

import hashlib
import http.server
import io
import json
import threading

import pytest
from django.utils.timezone import now, timedelta

from tests.emulator.conftest import ACCOUNT, ANA, APP, LINE, QUICK, SECRET, TOKEN, Emulator
from tickets.models import Attachment, Contact, Message
from tickets.transport import Accepted, Address, Outgoing, Postponed, Refused, TransportError, Unclear
from whatsapp.cloud_api.transport import CloudApi

pytestmark = pytest.mark.django_db
cloud = CloudApi()
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.fixture(scope="module")
def emulator(tmp_path_factory):
    running = Emulator(tmp_path_factory.mktemp("emulator"))
    yield running
    running.stop()


@pytest.fixture
def connect(acme_world):
    """A connection of Acme whose Graph is at this address, made as an administrator makes it."""

    def make(root, **credentials):
        given = {
            "phone_number_id": LINE, "waba_id": ACCOUNT, "app_id": APP, "app_secret": SECRET,
            "access_token": TOKEN, "api_root": root, **credentials,
        }  # fmt: skip
        with acme_world.scope():
            known = cloud.normalise_credentials(given, {})
        return acme_world.connection(external_id=LINE, credentials=known)

    return make


@pytest.fixture
def graph(emulator, connect):
    """The emulator as Acme's Graph; Ana has just written."""
    emulator.ctl("reset", {"everything": True})
    emulator.ctl(
        "numbers",
        {
            "phone_number_id": LINE, "waba_id": ACCOUNT, "app_id": APP, "app_secret": SECRET,
            "access_token": TOKEN, "verify_token": "v", "display_phone_number": "+55 11 4000-0000",
            "verified_name": "Acme", "callback_url": "http://127.0.0.1:9/none",
        },
        "PUT",
    )  # fmt: skip
    emulator.ctl("settings", QUICK)
    emulator.ctl("personas", {"id": ANA, "name": "Ana"}, "PUT")
    emulator.says()
    return connect(emulator.root)


def send(connection, body="Olá", *, number=ANA, kind="text", files=()):
    message = Message(kind=kind, body=body)
    outgoing = Outgoing(message, Contact(), (Address("phone", number),), "cookie-1", "", files)
    return cloud.submit(connection, cloud.render(connection, outgoing))


def test_an_accepted_message_reaches_the_customer(emulator, graph):
    outcome = send(graph)
    assert isinstance(outcome, Accepted)
    [accepted] = emulator.truth()["accepted"]
    assert (accepted["wamid"], accepted["cookie"]) == (outcome.provider_id, "cookie-1")
    assert [one.kind for one in outcome.learned] == ["bsuid"]


@pytest.mark.parametrize(
    ("code", "outcome", "says"),
    [
        (131047, Refused, {"code": "window_closed", "window_closed": True}),
        (131026, Refused, {"code": "recipient_unreachable", "hold": False}),
        (131048, Refused, {"hold": True}),
        (130429, Postponed, {"scope": "connection"}),
        (131056, Postponed, {"scope": "lane"}),
        (80007, Postponed, {"scope": "account", "seconds": 60}),
        (190, Postponed, {"scope": "hold", "code": "token_invalid"}),
        (131042, Postponed, {"scope": "hold"}),
        (131000, Unclear, {"code": "provider_failed"}),
        (2, Unclear, {}),
    ],
)
def test_graphs_code_decides(emulator, graph, code, outcome, says):
    emulator.ctl("faults", [{"endpoint": "messages", "action": "error", "code": code, "times": 1}])
    found = send(graph)
    assert isinstance(found, outcome), found
    assert {name: getattr(found, name) for name in says} == says


class Broken(http.server.BaseHTTPRequestHandler):
    """A Graph that answers what the test says, or hangs up."""

    answer: tuple[int, bytes] | None = None
    seen: list[str] = []

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.seen.append(self.path + str(self.headers.get("authorization")))
        if self.answer is None:
            self.connection.close()
            return
        status, body = self.answer
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture
def broken():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Broken) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (None, Unclear),
        ((200, b"<html>"), Unclear),
        ((200, b"{}"), Unclear),
        ((200, json.dumps({"messages": [{"id": ""}]}).encode()), Unclear),
        ((500, b"oops"), Unclear),
        ((502, b"<html>bad gateway</html>"), Unclear),
        ((408, b""), Unclear),
        ((429, b""), Postponed),
        ((401, b""), Postponed),
        ((404, b"nothing here"), Refused),
        ((400, json.dumps({"error": {"code": 999999, "is_transient": True}}).encode()), Unclear),
        ((400, json.dumps({"error": {"code": 999999}}).encode()), Refused),
    ],
)
def test_once_bytes_have_left_only_a_clear_answer_settles_it(connect, broken, monkeypatch, answer, outcome):
    monkeypatch.setattr(Broken, "answer", answer)
    assert isinstance(send(connect(broken)), outcome)


def test_a_graph_that_cannot_be_reached_has_sent_nothing(connect):
    outcome = send(connect("http://127.0.0.1:9"))
    assert isinstance(outcome, Postponed)
    assert (outcome.code, outcome.scope) == ("unreachable", "connection")


def test_the_token_is_in_the_header_only(connect, broken, monkeypatch):
    monkeypatch.setattr(Broken, "answer", (200, b"{}"))
    monkeypatch.setattr(Broken, "seen", [])
    send(connect(broken))
    [seen] = Broken.seen
    assert seen.startswith(f"/v25.0/{LINE}/messages")
    assert seen.count(TOKEN) == 1


def test_a_file_goes_up_and_comes_down_again(emulator, graph):
    known = cloud.upload(graph, Attachment(mime="image/png", name="a.png", kind="image"), io.BytesIO(PNG))
    assert set(known) == {"media_id"}
    digest = hashlib.sha256(PNG).hexdigest()
    with cloud.download(graph, {"id": known["media_id"], "sha256": digest}) as stream:
        assert b"".join(stream.chunks) == PNG
        assert (stream.mime, stream.size) == ("image/png", len(PNG))


def test_a_damaged_file_is_noticed(emulator, graph):
    known = cloud.upload(graph, Attachment(mime="image/png", name="a.png", kind="image"), io.BytesIO(PNG))
    from whatsapp.cloud_api import files

    with pytest.raises(TransportError) as error:
        list(files._checked(FakeReply(PNG[:-1]), {files._digest(hashlib.sha256(PNG).hexdigest())}))
    assert (error.value.code, error.value.permanent) == ("checksum", False)
    assert known


class FakeReply:
    def __init__(self, body):
        self.body = body

    def iter_bytes(self):
        yield self.body


def test_an_expired_link_is_asked_for_again_once(emulator, graph):
    known = cloud.upload(graph, Attachment(mime="image/png", name="a.png", kind="image"), io.BytesIO(PNG))
    emulator.ctl("faults", [{"endpoint": "cdn", "action": "http", "status": 404, "times": 1}])
    try:
        with cloud.download(graph, {"id": known["media_id"]}) as stream:
            assert b"".join(stream.chunks) == PNG
    finally:
        emulator.ctl("faults", None, "DELETE")


def test_a_file_that_graph_no_longer_knows_has_expired(graph):
    with pytest.raises(TransportError) as error, cloud.download(graph, {"id": "999999999999"}):
        pass
    assert (error.value.code, error.value.permanent) == ("expired", True)


def test_the_token_never_goes_to_another_host(graph, settings, emulator):
    settings.WHATSAPP_MEDIA_HOSTS = ["lookaside.fbsbx.com", ".whatsapp.net"]
    known = cloud.upload(graph, Attachment(mime="image/png", name="a.png", kind="image"), io.BytesIO(PNG))
    with pytest.raises(TransportError) as error, cloud.download(graph, {"id": known["media_id"]}):
        pass
    assert error.value.code == "host_refused"


def test_reading_and_typing_are_told(emulator, graph):
    wamid = emulator.says("Alguém aí?")
    cloud.mark_read(graph, wamid, typing=True)


def test_a_person_is_blocked_and_let_in_again(emulator, graph):
    cloud.block(graph, (Address("phone", ANA),), blocked=True)
    assert send(graph).code == "recipient_blocked"
    cloud.block(graph, (Address("phone", ANA),), blocked=False)
    assert isinstance(send(graph), Accepted)


def test_who_never_wrote_cannot_be_blocked(graph):
    with pytest.raises(TransportError) as refused:
        cloud.block(graph, (Address("phone", "5511900000001"),), blocked=True)
    assert refused.value.code == "block_refused"


def test_a_healthy_number_passes_every_check(graph):
    health = cloud.inspect(graph)
    assert health.ok, health
    assert {check.name for check in health.checks} == {
        "access_token", "business_account", "webhook_subscription", "quality", "display_name",
        "restrictions", "messaging_limit", "throughput", "graph_version", "last_webhook",
    }  # fmt: skip
    assert (health.number, health.verified_name) == ("551140000000", "Acme")


def test_a_check_learns_who_owns_the_account(emulator, graph, acme_world):
    from tickets.actions import connections

    emulator.ctl("numbers", {"phone_number_id": LINE, "business_id": "900000000000007"}, "PUT")
    with acme_world.scope():
        connections.check(graph)
        graph.refresh_from_db()
    assert (graph.account, graph.portfolio) == (ACCOUNT, "900000000000007")


def test_an_account_whose_owner_is_not_told_keeps_what_was_known(emulator, graph, acme_world):
    from tickets.actions import connections

    rule = {"endpoint": "other", "action": "error", "code": 200, "every": 1}
    with acme_world.scope():
        connections.check(graph)
        emulator.ctl("faults", rule)
        connections.check(graph)
        graph.refresh_from_db()
    assert graph.portfolio == ACCOUNT  # a lone account is its own portfolio


def test_a_wrong_token_fails_the_first_check(emulator, graph):
    graph.credentials["access_token"] = "EAAwrong"
    [check] = cloud.inspect(graph).checks
    assert (check.name, check.ok) == ("access_token", False)


@pytest.mark.parametrize(("days", "warning"), [(5, True), (60, False)])
def test_a_token_that_ends_says_when(emulator, graph, days, warning):
    ends = now() + timedelta(days=days)
    emulator.ctl("tokens", {"token": TOKEN, "expires_at": int(ends.timestamp())}, "PUT")
    token = cloud.inspect(graph).checks[0]
    assert (token.ok, token.warning) == (True, warning)
    assert f"{ends:%Y-%m-%d}" in token.detail


def test_a_number_of_another_account_is_noticed(graph):
    graph.credentials["waba_id"] = "999999999999"
    checks = {check.name: check.ok for check in cloud.inspect(graph).checks}
    assert checks["business_account"] is False


def test_what_is_shown_of_a_connection_holds_no_secret(graph, acme_world):
    with acme_world.scope():
        shown = cloud.describe(graph)
    assert shown["credentials"]["has_access_token"] and shown["credentials"]["has_app_secret"]
    assert "/api/webhooks/whatsapp/" in shown["webhook"]["url"]
    assert SECRET not in str(shown) and TOKEN not in str(shown)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone_number_id", "abc"),
        ("graph_version", "25"),
        ("api_root", "http://10.0.0.1"),
        ("access_token", "a b"),
    ],
)
def test_nonsense_credentials_are_refused(connect, emulator, field, value):
    from helpdesk.errors import Invalid

    with pytest.raises(Invalid) as refusal:
        connect(emulator.root, **{field: value})
    assert field in refusal.value.fields


def test_a_new_app_secret_keeps_the_old_one_for_a_while(graph, acme_world):
    from whatsapp.models import App

    with acme_world.scope():
        cloud.normalise_credentials({"app_secret": "new"}, graph.credentials)
        assert App.objects.get(pk=graph.credentials["app"]).secrets == ["new", SECRET]
