"""A company's own HTTP tools: typed, fenced, never chosen by the model whose account they read."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from integrations.actions.running import Conversation, run
from integrations.ai.port import Said

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(settings):
    """An outside system that notes what it is asked and answers what it is told to."""

    class Shop(BaseHTTPRequestHandler):
        seen, says = [], {"status": "shipped"}

        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            Shop.seen.append((self.command, self.path, dict(self.headers), json.loads(body or "null")))
            answer = json.dumps(Shop.says).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_GET

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Shop.url = f"http://127.0.0.1:{server.server_port}"
    settings.PRIVATE_HOSTS_ALLOWED = {*settings.PRIVATE_HOSTS_ALLOWED, f"127.0.0.1:{server.server_port}"}
    yield Shop
    server.shutdown()
    server.server_close()


@pytest.fixture
def boss(as_, ana):
    return as_(ana)


@pytest.fixture
def declared(boss, shop):
    """Through the API, as administrators do."""

    def declare(**fields):
        given = {
            "name": "order_status",
            "description": "State of an order",
            "url": f"{shop.url}/orders/{{number}}",
        }
        given["arguments"] = [{"name": "number", "type": "string", "place": "url"}]
        answer = boss.post("/api/ai/tools/", given | fields, format="json")
        assert answer.status_code == 201, answer.content
        return answer.json()

    return declare


@pytest.fixture
def asked(acme_world, provider, ticket):
    from integrations.models import Assistant

    def ask(text="Onde está o pedido 77?", mode="live", tools=("order_status",), options=None):
        with acme_world.scope():
            assistant, _ = Assistant.objects.get_or_create(name="Lia", defaults={"instructions": "Help."})
            assistant.tools, assistant.tool_options = [*tools], options or {}
            talk = Conversation((Said("user", text),), ticket=ticket, contact=ticket.contact)
            return run(talk, assistant=assistant, mode=mode, purpose="answer")

    return ask


def use(name, **arguments):
    return {"calls": [{"name": name, "arguments": arguments}], "times": 1}


def results(ai_server):
    return [
        item["output"]
        for item in ai_server.calls("/responses")[-1]["body"]["input"]
        if item.get("type") == "function_call_output"
    ]


def test_it_is_called_with_what_the_model_says_and_its_answer_is_a_source(asked, ai_server, declared, shop):
    declared(headers={"X-Key": "s3cret"})
    ai_server.script(use("order_status", number="77"), {"say": "Foi enviado. [1]"})
    outcome = asked()
    assert outcome.text == "Foi enviado."
    method, path, headers, _ = shop.seen[-1]
    assert (method, path, headers["X-Key"]) == ("GET", "/orders/77", "s3cret")
    assert "shipped" in results(ai_server)[-1]
    assert "s3cret" not in json.dumps(ai_server.calls())


def test_headers_go_to_no_other_host(boss, declared, acme_world):
    tool = declared(headers={"X-Key": "s3cret"})
    path, elsewhere = f"/api/ai/tools/{tool['id']}/", {"url": "http://127.0.0.1:9/{number}"}
    for given in (elsewhere, {**elsewhere, "headers": {"X-Key": None}}):
        refused = boss.patch(path, given, format="json")
        assert (refused.status_code, refused.json()["code"]) == (400, "headers_needed")
    assert boss.patch(path, {**elsewhere, "headers": {"X-Key": "new"}}, format="json").status_code == 200


def test_headers_are_never_shown_and_kept_when_given_as_null(boss, declared, acme_world):
    from integrations.models import AssistantTool

    tool = declared(headers={"X-Key": "s3cret"})
    assert tool["header_names"] == ["X-Key"]
    assert "s3cret" not in json.dumps(tool)
    boss.patch(f"/api/ai/tools/{tool['id']}/", {"headers": {"X-Key": None, "X-New": "n"}}, format="json")
    with acme_world.scope():
        assert AssistantTool.objects.get(pk=tool["id"]).headers == {"X-Key": "s3cret", "X-New": "n"}


@pytest.mark.parametrize("sly", ["../admin", "77?admin=1", "77#x", "77/../../users", "%2e%2e/users"])
def test_an_argument_cannot_leave_its_place(asked, ai_server, declared, shop, sly):
    declared()
    ai_server.script(use("order_status", number=sly), {"say": "Certo. [0]"})
    asked()
    path = shop.seen[-1][1]
    assert path.startswith("/orders/")
    assert path.count("/") == 2
    assert "?" not in path


def test_dots_alone_are_no_value(asked, ai_server, declared, shop):
    declared()
    ai_server.script(use("order_status", number=".."), {"say": "Certo. [0]"})
    asked()
    assert shop.seen == []


def test_whose_account_is_read_is_not_for_the_model_to_say(asked, ai_server, declared, shop, ticket):
    declared(
        url=f"{shop.url}/orders",
        arguments=[{"name": "phone", "type": "string", "place": "query", "source": "contact.number"}],
    )
    ai_server.script(use("order_status", phone="5511000000000"), use("order_status"), {"say": "Certo. [0]"})
    asked()
    assert [path for _, path, _, _ in shop.seen] == [f"/orders?phone={ticket.contact.number}"]
    assert "phone" not in json.dumps(ai_server.calls("/responses")[0]["body"]["tools"])


def test_a_changing_call_is_made_in_a_conversation_and_not_in_a_rehearsal(asked, ai_server, declared, shop):
    declared(
        method="POST", url=f"{shop.url}/cancel",
        arguments=[{"name": "number", "type": "integer", "place": "body"}],
    )  # fmt: skip
    for mode, calls in (("playground", 0), ("exam", 0), ("live", 1)):
        ai_server.script(use("order_status", number=77), {"say": "Certo. [0]"})
        asked(mode=mode)
        assert len(shop.seen) == calls, mode
    assert shop.seen[0][3] == {"number": 77}


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest/meta-data", "https://[abc/", "https://a:b/"])
def test_a_private_address_and_what_is_none_are_refused(boss, url):
    given = {"name": "inside", "description": "x", "url": url}
    answer = boss.post("/api/ai/tools/", given, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "address_refused")


@pytest.mark.parametrize(
    ("url", "arguments"),
    [
        ("https://{host}.example.com/", [{"name": "host", "type": "string", "place": "url"}]),
        ("https://shop.example.com/{id}", []),
        ("https://user:secret@shop.example.com/", []),
    ],
)
def test_a_declaration_that_lets_the_model_choose_the_host_is_refused(boss, url, arguments):
    given = {"name": "odd_tool", "description": "x", "url": url, "arguments": arguments}
    assert boss.post("/api/ai/tools/", given, format="json").status_code == 400


def test_a_tool_of_accounts_waits_for_the_code_that_was_sent_by_mail(
    asked, ai_server, declared, shop, ticket, mailoutbox, acme_world
):
    declared(needs_verification=True)
    with acme_world.scope():
        ticket.contact.email = "maria@example.com"
        ticket.contact.save()
    tools = ("order_status", "verify_customer")
    ai_server.script(
        use("order_status", number="77"),
        use("verify_customer", step="send", code=None),
        {"say": "Qual o código? [0]"},
    )
    asked(tools=tools)
    assert shop.seen == []
    assert "m***@e***.com" in results(ai_server)[-1]
    code = mailoutbox[0].subject[-6:]
    assert code not in json.dumps(ai_server.calls())

    wrong = "000000" if code != "000000" else "000001"
    for said, count in ((wrong, 0), (code, 1)):
        ai_server.script(
            use("verify_customer", step="check", code=said),
            use("order_status", number="77"),
            {"say": "Certo. [0]"},
        )
        asked(tools=tools)
        assert len(shop.seen) == count


def test_five_wrong_codes_end_it(asked, ai_server, ticket, mailoutbox, acme_world):
    from integrations.models import CustomerCode

    with acme_world.scope():
        ticket.contact.email = "maria@example.com"
        ticket.contact.save()
    ai_server.script(use("verify_customer", step="send", code=None), {"say": "Código? [0]"})
    asked(tools=("verify_customer",))
    code = mailoutbox[0].subject[-6:]
    wrong = "000000" if code != "000000" else "000001"
    for said in [wrong] * 5 + [code]:
        ai_server.script(use("verify_customer", step="check", code=said), {"say": "Certo. [0]"})
        asked(tools=("verify_customer",))
    with acme_world.scope():
        assert CustomerCode.objects.get().proved_at is None


def test_the_companys_own_hook_sends_the_code(asked, ai_server, declared, shop, mailoutbox, ticket):
    declared(
        name="send_sms", method="POST", url=f"{shop.url}/sms",
        arguments=[
            {"name": "code", "type": "string", "place": "body", "source": "code"},
            {"name": "to", "type": "string", "place": "body", "source": "contact.number"},
        ],
    )  # fmt: skip
    ai_server.script(use("verify_customer", step="send", code=None), {"say": "Código? [0]"})
    asked(tools=("verify_customer",), options={"verify_customer": {"hook": ["send_sms"]}})
    assert shop.seen[0][3]["to"] == ticket.contact.number
    assert len(shop.seen[0][3]["code"]) == 6
    assert mailoutbox == []


def test_a_changed_tool_makes_a_new_edition_of_whoever_uses_it(boss, declared):
    tool = declared()
    given = {"name": "Lia", "instructions": "x", "tools": ["order_status"]}
    lia = boss.post("/api/ai/assistants/", given, format="json").json()
    boss.patch(f"/api/ai/tools/{tool['id']}/", {"description": "Other"}, format="json")
    assert boss.get(f"/api/ai/assistants/{lia['id']}/").json()["edition"] == 2
