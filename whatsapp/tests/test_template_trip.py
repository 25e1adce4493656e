"""A template's whole life: written here, given to the emulated Meta with its picture, reviewed, sent, shown."""

import pytest
from django.test.testcases import TestCase

from tests.emulator.conftest import (  # noqa: F401 — fixtures
    ACCOUNT,
    ANA,
    LINE,
    _running,
    emulator,
    number,
    receiver,
    wait_for,
)
from tickets.tests import files
from whatsapp.tests.test_round_trip import media_root, ticket, trip  # noqa: F401 — fixtures

NEWS = {
    "name": "order_on_its_way",
    "language": "pt_BR",
    "category": "utility",
    "components": [
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "Olá {{1}}, seu pedido {{2}} saiu para entrega.",
         "example": {"body_text": [["Ana", "42"]]}},
        {"type": "BUTTONS", "buttons": [
            {"type": "URL", "text": "Acompanhar", "url": "https://acme.example/{{1}}", "example": ["42"]}]},
    ],
}  # fmt: skip


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


@pytest.fixture
def written(trip, admin):  # noqa: F811
    """Submitted, with a picture; Meta has not looked at it yet."""

    def _written(**changes):
        upload = trip.upload(files.picture(), "order.jpg", "image/jpeg")
        given = {**NEWS, **changes, "connection": trip.line.pk}
        made = admin.post("/api/templates/", given, format="json").json()
        with trip.world.scope():
            from tickets.models import Attachment

            Attachment.objects.filter(pk=upload).update(uploaded_by=admin.signed_in["me"]["user"]["id"])
        admin.patch(f"/api/templates/{made['id']}/", {"files": [upload]}, format="json")
        answer = admin.post(f"/api/templates/{made['id']}/submit/")
        return answer, made["id"]

    return _written


def heard(trip, admin, pk, status):  # noqa: F811
    def look():
        trip.hear(0)
        row = admin.get(f"/api/templates/{pk}/").json()
        return row if row["status"] == status else None

    return wait_for(look)


def test_it_is_written_reviewed_and_sent_as_the_customer_reads_it(trip, ticket, admin, written):  # noqa: F811
    answer, pk = written()
    assert answer.json()["status"] == "pending", answer.content
    heard(trip, admin, pk, "approved")
    choice = {"name": NEWS["name"], "language": "pt_BR", "variables": {"2": "77", "button.0": "77"}}
    with TestCase.captureOnCommitCallbacks(execute=True):
        sent = trip.say(ticket, "", kind="template", template=choice)
    said = sent["body"]
    assert said.endswith("seu pedido 77 saiu para entrega.")
    chat = f"/phone/api/chats/{LINE}/{ANA}"
    bubble = wait_for(
        lambda: [one for one in trip.emulator.http.get(chat).json()["bubbles"] if one["template"]]
    )[-1]
    assert bubble["template"]["body"] == said
    assert bubble["template"]["buttons"][0]["url"] == "https://acme.example/77"
    assert bubble["media"]["kind"] == "image"


def test_what_meta_refuses_says_why(trip, admin, written):  # noqa: F811
    trip.emulator.ctl("settings", {"template_review_ms": 60_000})
    _, pk = written()
    info = {"reason": "It sells.", "recommendation": "Say only what became of the order."}
    which = {"waba_id": ACCOUNT, "name": NEWS["name"], "language": "pt_BR"}
    trip.emulator.ctl(
        "templates", {**which, "event": "REJECTED", "reason": "PROMOTIONAL", "rejection_info": info}
    )
    row = heard(trip, admin, pk, "rejected")
    assert (row["reason"], row["advice"]) == ("PROMOTIONAL", "It sells. Say only what became of the order.")


def test_synchronising_reads_page_after_page(trip, admin, monkeypatch):  # noqa: F811
    from whatsapp.cloud_api import templates

    monkeypatch.setattr(templates, "PAGE", 2)
    told = admin.post("/api/templates/sync/", {"connection": trip.line.pk}, format="json").json()
    assert told["created"] == told["total"] > 4
