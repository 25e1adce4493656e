"""Templates through the API: written, submitted, read from the provider, and sent with their variables filled in."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from tickets.models import Attachment, Message, Notification
from tickets.tests import files
from tickets.tests.shelf import BODY, known
from tickets.transport import TransportError

DRAFT = {"name": "order_here", "language": "pt_BR", "category": "utility", "components": [BODY]}
PICTURE = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["h"]}}


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


@pytest.fixture
def read(admin, shelf, line):
    """The provider's templates, synchronised."""

    def _read(*rows, status=200):
        shelf.known = list(rows)
        with TestCase.captureOnCommitCallbacks(execute=True):
            answer = admin.post("/api/templates/sync/", {"connection": line.pk})
        assert answer.status_code == status, answer.content
        return answer.json()

    return _read


@pytest.fixture
def upload(api, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def _upload(name, client=api):
        file = SimpleUploadedFile(name, files.picture(), "image/jpeg")
        return client.post("/api/uploads/", {"file": file}, format="multipart").json()["id"]

    return _upload


def listed(client, **query):
    return [row["name"] for row in client.get("/api/templates/", query).json()["results"]]


def test_a_draft_is_submitted_and_then_reviewed(admin, shelf, line):
    made = admin.post("/api/templates/", {**DRAFT, "connection": line.pk}).json()
    assert (made["status"], made["is_known"]) == ("draft", False)
    assert [blank["key"] for blank in made["blanks"]] == ["1", "2"]
    sent = admin.post(f"/api/templates/{made['id']}/submit/").json()
    assert (sent["status"], sent["is_known"]) == ("pending", True)
    assert shelf.submitted == [("order_here", [BODY])]
    assert sent["defaults"] == {"1": "{{firstName}}"}


def test_what_the_provider_has_changes_only_when_it_is_submitted_again(admin, shelf, read):
    read(known())
    row = admin.get("/api/templates/").json()["results"][0]
    other = {**BODY, "text": "Oi {{1}}, o pedido {{2}} saiu daqui."}
    edited = admin.patch(f"/api/templates/{row['id']}/", {"components": [other]}).json()
    assert (edited["components"], edited["edited"], edited["status"]) == ([BODY], [other], "approved")
    sent = admin.post(f"/api/templates/{row['id']}/submit/").json()
    assert (sent["components"], sent["edited"], sent["status"]) == ([other], None, "pending")
    refused = admin.patch(f"/api/templates/{row['id']}/", {"components": [BODY]})
    assert (refused.status_code, refused.json()["code"]) == (409, "template_fixed")


def test_the_same_name_and_language_cannot_be_written_twice(admin, shelf, line):
    assert admin.post("/api/templates/", {**DRAFT, "connection": line.pk}).status_code == 201
    again = admin.post("/api/templates/", {**DRAFT, "connection": line.pk})
    assert (again.status_code, again.json()["code"]) == (409, "template_taken")


def test_synchronising_follows_the_provider_and_leaves_drafts(admin, shelf, line, read):
    admin.post("/api/templates/", {**DRAFT, "name": "ours", "connection": line.pk})
    assert read(known("a"), known("b")) == {"total": 2, "created": 2, "updated": 0, "deleted": 0}
    told = read(known("a", status="paused", quality="red"))
    assert told == {"total": 1, "created": 0, "updated": 1, "deleted": 1}
    assert listed(admin) == ["a", "ours"]
    row = admin.get("/api/templates/", {"search": "a"}).json()["results"][0]
    assert (row["status"], row["quality"]) == ("paused", "red")


def test_administrators_hear_of_a_template_that_was_paused(acme_world, ana, read):
    read(known())
    read(known(status="paused"))
    with acme_world.scope():
        notice = Notification.objects.get()
    assert (notice.user_id, notice.kind, notice.data["status"]) == (ana.pk, "template", "paused")


def test_a_provider_that_does_not_answer_is_told_and_nothing_is_lost(admin, shelf, read):
    read(known())
    shelf.error = TransportError("Not today.", permanent=False, code="unreachable")
    assert read(status=409)["code"] == "unreachable"
    assert listed(admin) == ["order_here"]


def test_deleting_removes_it_at_the_provider_as_well(admin, shelf, read):
    read(known())
    row = admin.get("/api/templates/").json()["results"][0]
    assert admin.delete(f"/api/templates/{row['id']}/").status_code == 204
    assert (shelf.removed, listed(admin)) == (["order_here"], [])


def test_lists_are_filtered(admin, line, read):
    read(known("a"), known("b", status="rejected"), known("c", category="marketing", language="en"))
    assert listed(admin, usable="true") == ["a", "c"]
    assert listed(admin, category="marketing") == ["c"]
    assert listed(admin, language="en") == ["c"]
    assert listed(admin, status="rejected") == ["b"]
    assert listed(admin, connection=line.pk) == ["a", "b", "c"]
    assert listed(admin, search="pedido") == ["a", "b", "c"]


def test_agents_read_templates_and_do_not_write_them(api, read):
    read(known())
    assert listed(api) == ["order_here"]
    assert api.post("/api/templates/", DRAFT).status_code == 403
    assert api.post("/api/templates/sync/", {}).status_code == 403


def test_the_message_says_what_the_customer_reads(say, read, talk):
    read(known())
    choice = {"name": "order_here", "language": "pt_BR", "variables": {"2": "nº {{ticket_id}}"}}
    sent = say("", kind="template", template=choice)
    assert sent["body"] == f"Olá Maria, seu pedido nº {talk.number} chegou."
    assert sent["content"]["template"] == choice
    assert sent["content"]["shown"]["values"] == {"1": "Maria", "2": f"nº {talk.number}"}


def test_a_variable_that_stays_empty_is_refused_by_name(say, read, acme_world):
    read(known())
    refused = say("", kind="template", template={"name": "order_here", "language": "pt_BR"}, status=400)
    assert refused["code"] == "template_incomplete"
    assert list(refused["fields"]) == ["variables.2"]
    with acme_world.scope():
        assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("status", "code"),
    [("pending", "template_not_approved"), ("paused", "template_paused"), ("disabled", "template_disabled")],
)
def test_what_may_not_be_sent_is_refused_with_the_reason(say, read, status, code):
    read(known(status=status))
    refused = say("", kind="template", template={"name": "order_here", "language": "pt_BR"}, status=409)
    assert (refused["code"], refused["fields"]) == (code, {"status": status})


def test_a_template_that_the_account_does_not_have_is_refused(say, read):
    read(known())
    refused = say("", kind="template", template={"name": "order_here", "language": "es"}, status=409)
    assert refused["code"] == "template_unknown"


def test_sending_the_same_choice_again_answers_the_same_message(say, read):
    read(known())
    given = {"kind": "template", "client_id": str(uuid4())}
    choice = {"name": "order_here", "language": "pt_BR", "variables": {"2": "7"}}
    first = say("", template=choice, **given)
    assert say("", template=choice, **given, status=200)["id"] == first["id"]
    other = {**choice, "variables": {"2": "8"}}
    assert say("", template=other, **given, status=409)["code"] == "client_id_reused"


def test_the_header_is_an_upload_or_the_templates_own_file(say, read, upload, admin, acme_world):
    read(known(components=[PICTURE, BODY]))
    choice = {"name": "order_here", "language": "pt_BR", "variables": {"2": "7"}}
    refused = say("", kind="template", template=choice, status=400)
    assert refused["fields"] == {"header": ["Choose a file."]}
    sent = say("", kind="template", template={**choice, "header": {"attachment": upload("mine.jpg")}})
    assert [file["name"] for file in sent["attachments"]] == ["mine.jpg"]
    assert sent["content"]["shown"]["header"] == {"kind": "image"}
    kept = upload("kept.jpg", admin)
    row = admin.get("/api/templates/").json()["results"][0]
    admin.patch(f"/api/templates/{row['id']}/", {"files": [kept]})
    for _ in range(2):
        again = say("", kind="template", template=choice)
        assert [file["name"] for file in again["attachments"]] == ["kept.jpg"]
        assert again["attachments"][0]["id"] != kept
    with acme_world.scope():
        assert Attachment.objects.get(pk=kept).message is None


def test_the_preview_names_what_would_stay_empty(api, read, talk):
    read(known())
    row = api.get("/api/templates/").json()["results"][0]
    shown = api.post(f"/api/templates/{row['id']}/preview/", {"ticket": talk.pk}).json()
    assert (shown["empty"], shown["values"]["1"]) == (["2"], "Maria")
    assert shown["body"] == "Olá Maria, seu pedido {{2}} chegou."


def test_a_message_keeps_its_words_when_the_template_is_gone(say, admin, read, api, talk):
    read(known())
    say("", kind="template", template={"name": "order_here", "language": "pt_BR", "variables": {"2": "7"}})
    read()
    shown = api.get(f"/api/tickets/{talk.pk}/messages/").json()["results"][0]
    assert shown["body"] == "Olá Maria, seu pedido 7 chegou."
    assert listed(admin) == []
