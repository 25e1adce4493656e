"""Buttons, lists, links and their like: what is taken, what leaves, and what goes as numbered text instead."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.testcases import TestCase
from django.utils.timezone import now

from tickets.models import Message
from tickets.tests import files
from tickets.transport import Address, Inbound, Sender

BUTTONS = {"buttons": [{"id": "yes", "title": "Sim"}, {"id": "no", "title": "Não"}]}
LIST = {
    "button": "Ver horários",
    "sections": [
        {"title": "Manhã", "rows": [{"id": "9", "title": "9h", "description": "Com a Ana"}]},
        {"title": "Tarde", "rows": [{"id": "14", "title": "14h"}, {"id": "15", "title": "15h"}]},
    ],
}
PLACE = {"latitude": -23.55052, "longitude": -46.63331, "name": "Loja Centro", "address": "Praça da Sé"}
CARD = {"contacts": [{"name": "Bruno Lima", "phones": ["+5521998765432"], "emails": []}]}


@pytest.mark.parametrize(
    ("kind", "body", "content"),
    [
        ("buttons", "Confirma?", BUTTONS),
        ("list", "Qual horário?", LIST),
        ("link", "Veja o catálogo", {"title": "Abrir", "url": "https://acme.example/a"}),
        ("location_request", "Onde você está?", {}),
        ("contact_request", "Qual é o seu número?", {}),
        ("form", "Preencha o cadastro", {"form_id": "812", "button": "Preencher"}),
        ("product", "", {"catalog_id": "77", "product_id": "SKU-1"}),
        (
            "products", "Nossas opções",
            {"header": {"text": "Vitrine"}, "catalog_id": "77", "sections": [{"products": ["SKU-1", "SKU-2"]}]},
        ),
        ("location", "", PLACE),
        ("contacts", "", CARD),
    ],
)  # fmt: skip
def test_each_kind_is_sent_with_its_content(say, paper, kind, body, content):
    sent = say(body, kind=kind, content=content)
    assert (sent["kind"], sent["state"]) == (kind, "queued")
    assert paper.sent[0]["kind"] == kind
    assert paper.sent[0]["content"] == sent["content"]


def test_a_place_and_a_card_are_found_by_their_names(say):
    assert say("", kind="location", content=PLACE)["body"] == "Loja Centro"
    assert say("", kind="contacts", content=CARD)["body"] == "Bruno Lima"


@pytest.mark.parametrize(
    ("kind", "content", "problems"),
    [
        ("buttons", {}, {"content.buttons": ["required"]}),
        ("buttons", {"buttons": [{"title": " "}]}, {"content.buttons.0.title": ["required"]}),
        (
            "list", {"sections": [{"rows": []}]},
            {"content.button": ["required"], "content.sections.0.rows": ["required"]},
        ),
        ("link", {"title": "Abrir", "url": "acme"}, {"content.url": ["not_a_link"]}),
        (
            "location", {"latitude": 91, "longitude": "x"},
            {"content.latitude": ["wrong"], "content.longitude": ["not_a_number"]},
        ),
        ("contacts", {"contacts": [{"name": "Bruno"}]}, {"content.contacts.0.phones": ["required"]}),
        ("form", {"form_id": "1", "button": "Abrir", "data": {"a": 1}}, {"content.screen": ["required"]}),
        ("buttons", {**BUTTONS, "header": {"kind": "image"}}, {"content.header.upload": ["required"]}),
    ],
)  # fmt: skip
def test_what_can_never_be_right_is_named_by_its_place(say, paper, kind, content, problems):
    refused = say("Texto", kind=kind, content=content, status=400)
    assert refused["code"] == "content_refused"
    assert refused["fields"] == problems
    assert paper.sent == []


def test_repeating_a_request_with_other_buttons_is_refused(say):
    token = "8e0f7a0e-5c0c-4b0e-9b0e-000000000001"
    first = say("Confirma?", kind="buttons", content=BUTTONS, client_id=token)
    assert say("Confirma?", kind="buttons", content=BUTTONS, client_id=token, status=200)["id"] == first["id"]
    other = {"buttons": [{"id": "yes", "title": "Claro"}]}
    assert say("Confirma?", kind="buttons", content=other, client_id=token, status=409)


def test_a_channel_without_buttons_gets_numbered_text(say, paper):
    paper.kinds = frozenset()
    sent = say("Qual horário?", kind="list", content={**LIST, "footer": "Até 18h"})
    assert sent["kind"] == "list"
    assert paper.sent[0]["kind"] == "text"
    assert paper.bodies == ["Qual horário?\n\n1. 9h – Com a Ana\n2. 14h\n3. 15h\n\n_Até 18h_"]


def test_a_channel_without_cards_gets_them_in_words(say, paper):
    paper.kinds = frozenset()
    say("", kind="location", content=PLACE)
    say("", kind="contacts", content=CARD)
    say("Veja", kind="link", content={"title": "Abrir", "url": "https://acme.example"})
    place, card, link = paper.bodies
    assert place.startswith("Loja Centro\n\nPraça da Sé\nhttps://www.google.com/maps/")
    assert card.endswith("Bruno Lima\n+5521998765432")
    assert link == "Veja\n\nAbrir: https://acme.example"


def test_what_words_cannot_say_is_refused_where_the_channel_has_no_such_kind(say, paper):
    paper.kinds = frozenset()
    refused = say("Preencha", kind="form", content={"form_id": "8", "button": "Abrir"}, status=409)
    assert refused["code"] == "kind_unsupported"


@pytest.mark.parametrize("words", ["2", " 2. ", "14h"])
def test_the_number_of_a_choice_counts_as_its_tap(say, paper, talk, acme_world, words):
    paper.kinds = frozenset()
    offer = say("Qual horário?", kind="list", content=LIST)
    answer = _hears(acme_world, talk, words)
    assert (answer.kind, answer.body, answer.content["id"]) == ("list_reply", "14h", "14")
    assert answer.reply_to_id == offer["id"]


def test_a_number_is_only_a_number_where_customers_can_tap(say, talk, acme_world):
    say("Qual horário?", kind="list", content=LIST)
    assert _hears(acme_world, talk, "2").kind == "text"


def test_a_number_that_answers_nothing_stays_text(say, paper, talk, acme_world):
    paper.kinds = frozenset()
    say("Qual horário?", kind="list", content=LIST)
    assert _hears(acme_world, talk, "9").kind == "text"


def test_a_picture_stands_above_the_buttons(say, api, paper, talk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("vitrine.png", files.picture("PNG"), "image/png")
    upload = api.post("/api/uploads/", {"file": file}, format="multipart").json()
    content = {**BUTTONS, "header": {"kind": "image", "upload": upload["id"]}}
    sent = say("Gostou?", kind="buttons", content=content)
    assert [file["name"] for file in sent["attachments"]] == ["vitrine.png"]
    assert paper.sent[0]["files"] == ["file.1"]
    listed = api.get(f"/api/tickets/{talk.pk}/messages/").json()["results"][0]
    assert listed["attachments"][0]["id"] == sent["attachments"][0]["id"]


def test_a_console_learns_what_a_number_can_send(api, line):  # the real channel: nothing is on paper here
    answer = api.get(f"/api/connections/{line.pk}/kinds/").json()
    assert {"buttons", "list", "reaction"} <= set(answer["kinds"])
    assert answer["limits"]["buttons"]["buttons"] == 3
    assert answer["limits"]["list"]["title"] == 24


def _hears(world, talk, words):
    from tickets.actions import inbound

    with world.scope(), TestCase.captureOnCommitCallbacks(execute=True):
        contact = talk.contact
        sender = Sender((Address("phone", contact.number),), contact.name)
        stored = inbound.receive(
            talk.connection, Inbound(f"in.{now().timestamp()}", sender, "text", now(), words)
        )
        return Message.objects.get(pk=stored.pk)
