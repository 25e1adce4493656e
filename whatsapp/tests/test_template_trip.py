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
from tickets.models import Attachment
from tickets.tests import files
from whatsapp.tests.test_round_trip import ticket, trip  # noqa: F401 — fixtures

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


def card(words, example, link):
    """A picture, words for this customer, a link and an answer."""
    return {"components": [
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": words, "example": {"body_text": [[example]]}},
        {"type": "BUTTONS", "buttons": [
            {"type": "URL", "text": "Ver", "url": link, "example": ["7"]},
            {"type": "QUICK_REPLY", "text": "Quero"}]},
    ]}  # fmt: skip


SHOES = {
    "name": "new_shoes",
    "language": "pt_BR",
    "category": "marketing",
    "components": [
        {"type": "BODY", "text": "Olá {{1}}, chegaram dois modelos para você.", "example": {"body_text": [["Ana"]]}},
        {"type": "CAROUSEL", "cards": [
            card("O tênis azul sai por {{1}} no Pix.", "R$ 99", "https://acme.example/azul/{{1}}"),
            card("A bota preta sai por {{1}} no Pix.", "R$ 199", "https://acme.example/bota/{{1}}")]},
    ],
}  # fmt: skip


@pytest.fixture
def upload(trip, ana):  # noqa: F811
    """A picture that the administrator brought."""

    def _upload(name):
        pk = trip.upload(files.picture(), name, "image/jpeg")
        with trip.world.scope():
            Attachment.objects.filter(pk=pk).update(uploaded_by=ana.pk)
        return pk

    return _upload


@pytest.fixture
def written(trip, admin, upload):  # noqa: F811
    """Submitted, with its pictures; Meta has not looked at it yet."""

    def _written(words=NEWS, pictures=("order.jpg",)):
        made = admin.post("/api/templates/", {**words, "connection": trip.line.pk}, format="json").json()
        kept = {"files": [upload(name) for name in pictures]}
        admin.patch(f"/api/templates/{made['id']}/", kept, format="json")
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


def test_cards_leave_with_a_picture_each_and_come_back_as_an_answer(trip, ticket, admin, written):  # noqa: F811
    answer, pk = written(SHOES, ("blue.jpg", "black.jpg"))
    assert answer.json()["status"] == "pending", answer.content
    heard(trip, admin, pk, "approved")
    other = trip.upload(files.picture(), "today.jpg", "image/jpeg")
    prices = {
        f"card.{n}.{key}": value for n in (0, 1) for key, value in (("1", f"R$ {n}9"), ("button.0", "42"))
    }
    choice = {
        "name": "new_shoes",
        "language": "pt_BR",
        "variables": prices,
        "cards": [{}, {"attachment": other}],
    }
    with TestCase.captureOnCommitCallbacks(execute=True):
        sent = trip.say(ticket, "", kind="template", template=choice)
    assert [one["name"] for one in sent["attachments"]] == ["blue.jpg", "today.jpg"]
    chat = f"/phone/api/chats/{LINE}/{ANA}"
    bubble = wait_for(
        lambda: [one for one in trip.emulator.http.get(chat).json()["bubbles"] if one["template"]]
    )[-1]
    cards = bubble["template"]["cards"]
    assert [one["body"] for one in cards] == [
        "O tênis azul sai por R$ 09 no Pix.",
        "A bota preta sai por R$ 19 no Pix.",
    ]
    assert [one["buttons"][0]["url"] for one in cards] == [
        f"https://acme.example/{what}/42" for what in ("azul", "bota")
    ]
    assert [one["media"]["kind"] for one in cards] == ["image", "image"]
    assert len({one["media"]["url"] for one in cards}) == 2


def test_a_card_without_its_picture_is_named_before_meta_sees_it(trip, admin, written):  # noqa: F811
    answer, _ = written(SHOES, ("blue.jpg",))
    assert (answer.status_code, answer.json()["fields"]) == (400, {"card.1.header": ["needs_file"]})


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
