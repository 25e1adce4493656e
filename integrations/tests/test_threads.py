"""The threads of the API: programs talk with an assistant, which remembers; and the playground of people."""

import io
import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(as_, ana):
    return as_(ana)


@pytest.fixture
def assistant(boss, provider):
    return made(boss)


@pytest.fixture
def program(boss, anonymous):
    return keyed(boss, anonymous)


def made(client, **fields):
    given = {
        "name": "Lia",
        "instructions": "Be kind.",
        "uses_knowledge": False,
        "handover_message": "Já passo!",
    }
    answer = client.post("/api/ai/assistants/", given | fields, format="json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def keyed(boss, client, scope="write"):
    key = boss.post("/api/api-keys/", {"name": "Shop", "scopes": [scope]}, format="json").json()["key"]
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {key}")
    return client


def said(client, assistant, message, **fields):
    answer = client.post(
        f"/api/ai/assistants/{assistant['id']}/chat/", {"message": message, **fields}, format="json"
    )
    assert answer.status_code == 202, answer.content
    return run_of(client, answer)


def run_of(client, answer):
    return client.get(f"/api/ai/runs/{answer.json()['id']}/").json()


def asked(ai_server):
    return ai_server.calls("/responses")[-1]["body"]


def uploaded(client, thread, name, data):
    file = SimpleUploadedFile(name, data)
    answer = client.post(f"/api/ai/threads/{thread}/files/", {"file": file}, format="multipart")
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_provider_that_was_switched_off_is_asked_nothing(boss, provider, acme_world, ai_server):
    own = ai_server.provider_of(acme_world, name="Own", is_default=False)
    lia = made(boss, provider=own.pk)
    boss.patch(f"/api/ai/providers/{own.pk}/", {"is_on": False}, format="json")
    tried = {"messages": [{"role": "user", "text": "Oi"}]}
    run = run_of(boss, boss.post(f"/api/ai/assistants/{lia['id']}/try/", tried, format="json"))
    assert (run["state"], run["error"], ai_server.calls("/responses")) == ("failed", "no_provider", [])


def test_the_second_message_remembers_the_first_and_no_thread_begins_one(program, assistant, ai_server):
    ai_server.script({"say": "Prazer, Rui!", "times": 1}, {"say": "Rui."})
    first = said(program, assistant, "Meu nome é Rui")
    second = said(program, assistant, "Qual é o meu nome?", thread=first["thread"])
    assert (first["answer"], second["answer"], second["thread"]) == ("Prazer, Rui!", "Rui.", first["thread"])
    words = [item["content"] for item in asked(ai_server)["input"]]
    assert words == ["Meu nome é Rui", "Prazer, Rui!", "Qual é o meu nome?"]
    assert said(program, assistant, "Oi")["thread"] != first["thread"]


def test_the_history_is_in_order_and_only_for_its_owner(program, assistant, ai_server, boss):
    ai_server.script({"say": "Olá!"})
    thread = said(program, assistant, "Oi")["thread"]
    rows = program.get(f"/api/ai/threads/{thread}/items/").json()["results"]
    assert [(row["role"], row["text"]) for row in rows] == [("user", "Oi"), ("assistant", "Olá!")]
    for path in ("", "items/", "files/"):
        assert boss.get(f"/api/ai/threads/{thread}/{path}").status_code == 404
    assert boss.get("/api/ai/threads/").json()["results"] == []
    other = boss.post(
        f"/api/ai/assistants/{assistant['id']}/chat/", {"message": "x", "thread": thread}, format="json"
    )
    assert other.status_code == 404


def test_a_key_that_only_reads_talks_with_nobody(boss, anonymous, assistant):
    client = keyed(boss, anonymous, "read")
    answer = client.post(f"/api/ai/assistants/{assistant['id']}/chat/", {"message": "Oi"}, format="json")
    assert answer.status_code == 403


def test_an_answer_is_fetched_when_it_is_there(program, assistant, ai_server, monkeypatch):
    from integrations.actions import runs

    monkeypatch.setattr(runs.work, "nudge", lambda *args: None)  # the worker is busy
    ai_server.script({"say": "Olá!"})
    path = f"/api/ai/assistants/{assistant['id']}/chat/"
    answer = program.post(path, {"message": "Oi"}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    assert run_of(program, answer)["state"] == "queued"
    busy = program.post(path, {"message": "Oi?", "thread": answer.json()["thread"]}, format="json")
    assert (busy.status_code, busy.json()["code"]) == (409, "thread_busy")
    runs.work(assistant_company(assistant), answer.json()["id"])
    done = run_of(program, answer)
    assert (done["state"], done["answer"]) == ("completed", "Olá!")


def assistant_company(assistant):
    from integrations.models import Assistant
    from tenants.scoping import platform_scope

    with platform_scope("a test"):
        return Assistant.objects.get(pk=assistant["id"]).company_id


def test_a_provider_that_fails_is_told_by_its_code(program, assistant, ai_server):
    ai_server.script({"status": 500})
    run = said(program, assistant, "Oi")
    assert (run["state"], run["error"], run["answer"]) == ("failed", "failed", "")


def test_a_lost_nudge_is_found_and_a_dead_worker_is_told(
    program, assistant, ai_server, monkeypatch, time_machine
):
    from integrations.actions import runs
    from integrations.models import AssistantRun
    from tenants.scoping import platform_scope

    path = f"/api/ai/assistants/{assistant['id']}/chat/"
    with monkeypatch.context() as broker:
        broker.setattr(runs.work, "nudge", lambda *args: None)
        lost, dead = (program.post(path, {"message": "Oi"}, format="json") for _ in range(2))
    with platform_scope("a test"):
        AssistantRun.objects.filter(pk=dead.json()["id"]).update(
            state="running", started_at="2020-01-01T00:00Z"
        )
        AssistantRun.objects.filter(pk=lost.json()["id"]).update(created_at="2020-01-01T00:00Z")
    ai_server.script({"say": "Olá!"})
    nudged = []
    monkeypatch.setattr(runs.work, "nudge", lambda *args: nudged.append(args[1]))
    runs.sweep()
    assert nudged == [lost.json()["id"]]
    assert run_of(program, dead)["error"] == "interrupted"


def test_the_request_lists_the_chosen_tools_and_runs_a_function(program, boss, provider, ai_server):
    helper = made(boss, name="Bia", tools=["look_up_tickets"], uses_knowledge=True)
    ai_server.script(
        {"calls": [{"name": "look_up_tickets", "arguments": {}}], "times": 1}, {"say": "Nenhum. [0]"}
    )
    assert said(program, helper, "Meus tickets?", tools=["functions"])["answer"] == "Nenhum."
    assert {tool["name"] for tool in asked(ai_server)["tools"]} == {"look_up_tickets", "hand_over"}
    assert asked(ai_server)["input"][-1]["type"] == "function_call_output"
    ai_server.script({"say": "Nada. [0]"})
    said(program, helper, "Algo?", tools=["file_search"])
    assert {tool["name"] for tool in asked(ai_server)["tools"]} == {"search_knowledge", "hand_over"}


def test_code_runs_only_at_openai_itself(program, assistant, provider, acme_world, ai_server):
    from integrations.actions import runs
    from integrations.ai import responses
    from integrations.ai.port import Request

    path = f"/api/ai/assistants/{assistant['id']}/chat/"
    refused = program.post(path, {"message": "2+2", "tools": ["code_interpreter"]}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "code_interpreter_unavailable")
    body = responses.body(Request("m", "", (), hosted=("code_interpreter",)), False)
    assert body["tools"] == [{"type": "code_interpreter", "container": {"type": "auto"}}]
    with acme_world.scope():
        provider.base_url = ""
        provider.save()
        from integrations.models import Assistant

        runs._refuse_unable(Assistant.objects.get(pk=assistant["id"]), ["code_interpreter"])


@pytest.mark.parametrize("kind", ["pdf", "docx", "txt"])
def test_a_question_about_a_document_gets_its_text_into_the_request(program, assistant, ai_server, kind):
    ai_server.script({"say": "Dez dias."})
    body = {"assistant": assistant["id"]}
    thread = program.post("/api/ai/threads/", body, format="json").json()["id"]
    uploaded(program, thread, f"policy.{kind}", document(kind, "Returns are taken for ten days."))
    said(program, assistant, "How long for returns?", thread=thread)
    assert "Returns are taken for ten days." in json.dumps(asked(ai_server)["input"])
    files = program.get(f"/api/ai/threads/{thread}/files/").json()["results"]
    assert [(row["name"], row["kind"]) for row in files] == [(f"policy.{kind}", "document")]


@pytest.mark.parametrize(("kind", "mime"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_the_model_sees_a_picture(program, assistant, ai_server, kind, mime):
    ai_server.script({"say": "Vermelho."})
    thread = program.post("/api/ai/threads/", {"assistant": assistant["id"]}, format="json").json()["id"]
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, kind)
    picture = uploaded(program, thread, f"a.{kind.lower()}", data.getvalue())
    said(program, assistant, "Que cor é?", thread=thread, files=[picture["id"]])
    parts = asked(ai_server)["input"][-1]["content"]
    assert [part["type"] for part in parts] == ["input_text", "input_image"]
    assert parts[1]["image_url"].startswith(f"data:{mime};base64,")


def test_a_program_is_no_document(program, assistant):
    thread = program.post("/api/ai/threads/", {"assistant": assistant["id"]}, format="json").json()["id"]
    file = SimpleUploadedFile("a.exe", b"MZ\x90\x00\x03\x00\x00\x00")
    answer = program.post(f"/api/ai/threads/{thread}/files/", {"file": file}, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (400, "upload_type_refused")


def test_the_playground_tells_every_step_what_it_took_and_does_nothing(boss, provider, ai_server, acme_world):
    from tickets.models import Tag

    with acme_world.scope():
        Tag.objects.create(name="VIP")
    lia = made(boss, tools=["set_tag"])
    ai_server.script(
        {"calls": [{"name": "set_tag", "arguments": {"tag": "VIP"}}], "times": 1}, {"say": "Feito."}
    )
    answer = boss.post(
        f"/api/ai/assistants/{lia['id']}/try/",
        {"messages": [{"role": "user", "text": "Sou VIP"}]},
        format="json",
    )
    assert answer.status_code == 202
    run = run_of(boss, answer)
    assert [step["kind"] for step in run["steps"]] == ["sent", "said", "tool", "sent", "said"]
    assert "Be kind." in run["steps"][0]["instructions"]
    assert (run["answer"], run["acts"][0]["name"]) == ("Feito.", "VIP")
    assert run["tokens"]["input"] > 0
    assert float(run["cost"]) > 0


def test_a_draft_is_tried_and_not_saved(boss, assistant, ai_server):
    ai_server.script({"say": "Hi."})
    body = {"messages": [{"role": "user", "text": "Oi"}], "draft": {"instructions": "Speak like a pirate."}}
    boss.post(f"/api/ai/assistants/{assistant['id']}/try/", body, format="json")
    assert "pirate" in asked(ai_server)["instructions"]
    assert boss.get(f"/api/ai/assistants/{assistant['id']}/").json()["instructions"] == "Be kind."


def document(kind, text):
    if kind == "txt":
        return text.encode()
    if kind == "docx":
        import docx

        data, paper = io.BytesIO(), docx.Document()
        paper.add_paragraph(text)
        paper.save(data)
        return data.getvalue()
    return pdf(text)


def pdf(text):
    """The smallest PDF that shows a line."""
    content = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table, len(body),
    )  # fmt: skip


def test_whoever_tries_it_hears_the_words_as_they_come(
    boss, provider, ai_server, acme_world, heard, monkeypatch
):
    from integrations.actions import copilot_line
    from tickets.models import Tag

    monkeypatch.setattr(copilot_line, "EVERY_SECONDS", 0)
    with acme_world.scope():
        Tag.objects.create(name="VIP")
    assistant = made(boss, tools=["set_tag"])
    ai_server.script(
        {
            "when": {"round": 0},
            "say": "Um momento.",
            "calls": [{"name": "set_tag", "arguments": {"tag": "VIP"}}],
        },
        {"say": "Anotado, obrigado."},
    )
    name = str(uuid4())
    body = {"messages": [{"role": "user", "text": "Sou VIP"}], "request": name}
    run = run_of(boss, boss.post(f"/api/ai/assistants/{assistant['id']}/try/", body, format="json"))
    shown, ends = "", []
    for data in (frame["data"] for frame in heard("copilot.delta")):
        assert data["request"] == name
        if data["place"] == 0 and not data["text"]:
            ends.append(shown)
        shown = shown[: data["place"]] + data["text"]
    assert shown == run["answer"] == "Anotado, obrigado."
    assert not any("Anotado" in text for text in ends)  # what came before a tool was taken back
    [done] = heard("copilot.done")
    assert (done["data"]["request"], done["data"]["text"]) == (name, "Anotado, obrigado.")


def test_who_gives_no_name_hears_nothing(boss, assistant, ai_server, heard):
    ai_server.script({"say": "Oi!"})
    body = {"messages": [{"role": "user", "text": "Oi"}]}
    assert boss.post(f"/api/ai/assistants/{assistant['id']}/try/", body, format="json").status_code == 202
    assert heard("copilot.delta") == heard("copilot.done") == []


def test_who_asks_an_assistant_too_often_waits_and_nobody_else(boss, program, assistant, rate):
    rate("assistant", "2/min")
    address = f"/api/ai/assistants/{assistant['id']}"
    tried = {"messages": [{"role": "user", "text": "Oi"}]}
    said(program, assistant, "Oi")
    said(program, assistant, "Alô?")
    refused = program.post(f"{address}/chat/", {"message": "Oi"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (429, "throttled")
    assert program.get(f"{address}/").status_code == 200
    codes = [boss.post(f"{address}/try/", tried, format="json").status_code for _ in range(3)]
    assert codes == [202, 202, 429]
