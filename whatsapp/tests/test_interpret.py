"""Captured webhooks, and what we read in them."""

import pytest

from tickets.transport import Address, Inbound, Reaction, Receipt
from whatsapp.cloud_api.facts import pack, unpack
from whatsapp.cloud_api.payloads import Renumbered, interpret
from whatsapp.tests.conftest import PAYLOADS, WABA_ID, payload, text_from

MARIA = (
    Address("bsuid", "BR.13491208655302741918", WABA_ID),
    Address("phone", "5511987654321"),
)


def the(name):
    [fact] = interpret(payload(name))
    return fact


@pytest.mark.parametrize(
    ("name", "kind", "body", "content"),
    [
        ("text", "text", "Olá! Meu pedido não chegou 😕", {}),
        ("image", "image", "A caixa veio assim", {}),
        ("video", "video", "", {}),
        ("voice", "audio", "", {}),
        ("document", "document", "Nota", {}),
        ("sticker", "sticker", "", {}),
        ("location", "location", "MASP",
         {"latitude": -23.561414, "longitude": -46.655881, "name": "MASP", "address": "Av. Paulista, 1578"}),
        ("contacts", "contacts", "João Silva", {"contacts": [
            {"name": "João Silva", "phones": ["+55 11 91234-5678"], "emails": ["joao@example.com"]},
            {"name": "", "phones": ["5511900000000"], "emails": []},
        ]}),
        ("button_reply", "button_reply", "Sim", {"id": "yes", "title": "Sim", "description": ""}),
        ("list_reply", "list_reply", "Trocar",
         {"id": "row-2", "title": "Trocar", "description": "Trocar um produto"}),
        ("template_button", "button_reply", "Confirmar",
         {"id": "confirm", "title": "Confirmar", "description": ""}),
        ("flow_reply", "unsupported", "Sent", {"type": "nfm_reply"}),
        ("unsupported", "unsupported", "", {"type": "poll", "code": "131051"}),
        ("media_too_big", "unsupported", "", {"type": "media_too_big", "code": "131052"}),
        ("order", "unsupported", "", {"type": "order"}),
        ("edit", "unsupported", "Corrigido", {"type": "edit"}),
        ("revoke", "unsupported", "", {"type": "revoke"}),
        ("type_of_tomorrow", "unsupported", "", {"type": "hologram"}),
    ],
)  # fmt: skip
def test_every_kind_of_message_is_read(name, kind, body, content):
    message = the(name).what
    assert isinstance(message, Inbound)
    assert (message.kind, message.body, message.content) == (kind, body, content)
    assert message.sender.addresses == MARIA
    assert message.sender.name == "Maria Clara"
    assert message.at.timestamp() == 1_790_000_000


def test_a_file_keeps_what_is_needed_to_fetch_it():
    file = the("voice").what.file
    assert (file.kind, file.mime, file.is_voice) == ("audio", "audio/ogg; codecs=opus", True)
    assert file.remote["id"] == "1003383421387258"
    assert the("document").what.file.name == "nota fiscal.pdf"


def test_what_is_answered_and_forwarded_is_known():
    assert the("reply").what.reply_to == "wamid.OURS"
    assert the("edit").what.reply_to == "wamid.TARGET"
    assert the("forwarded").what.is_forwarded
    assert the("forwarded").what.reply_to == ""


def test_where_an_advertisement_led_from_is_kept():
    assert the("referral").what.content["referral"]["ctwa_clid"] == "ARAk"


@pytest.mark.parametrize(("name", "emoji"), [("reaction", "❤️"), ("reaction_removed", "")])
def test_a_reaction_names_its_message(name, emoji):
    reaction = the(name).what
    assert isinstance(reaction, Reaction)
    assert (reaction.target, reaction.emoji) == ("wamid.TARGET", emoji)


def test_every_item_of_a_batch_counts():
    facts = interpret(payload("batch_2x2x2"))
    assert [fact.what.body for fact in facts] == [f"mensagem {n}" for n in range(1, 9)]
    assert len({fact.lane for fact in facts}) == 2
    assert facts[0].what.sender.name == "Cliente 5511900000001"
    assert facts[1].what.sender.name == "Cliente 5511900000002"


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        ("without_user_id", (Address("phone", "5511987654321"),)),
        ("hidden_phone", (Address("bsuid", "BR.99887766554433221100", WABA_ID),)),
        ("bsuid_in_from", (Address("bsuid", "MY.20260401123456", WABA_ID),)),
        ("empty_wa_id", (MARIA[0],)),
    ],
)
def test_an_address_is_what_its_value_says(name, addresses):
    assert the(name).what.sender.addresses == addresses


def test_a_hidden_phone_comes_with_a_user_name():
    assert the("hidden_phone").what.sender.username == "ana.lu"


def test_a_new_number_is_the_same_person():
    change = the("number_changed").what
    assert isinstance(change, Renumbered)
    assert set(change.was.addresses) == set(MARIA)
    assert Address("phone", "5511912340000") in change.now.addresses
    change = the("user_id_changed").what
    assert change.was.addresses == (MARIA[0],)


def test_a_receipt_carries_cookie_and_price():
    receipt = the("status_delivered").what
    assert isinstance(receipt, Receipt)
    assert (receipt.state, receipt.provider_id) == ("delivered", "wamid.OURS1")
    assert receipt.cookie == "5f8b0b7e-6f0b-4a8e-9a63-9a4b3d9d0001"
    assert receipt.pricing == {"billable": True, "type": "regular", "category": "service"}


def test_a_failure_without_contacts_says_why():
    error = the("status_failed").what.error
    assert (error["code"], error["action"]) == ("window_closed", "template")
    assert "24 hours" in error["detail"]


@pytest.mark.parametrize("name", ["group", "status_group", "identity_changed", "errors_only"])
def test_what_is_not_acted_on_is_kept(name):
    fact = the(name)
    assert (fact.kind, fact.what, fact.lane) == ("unsupported", None, "")
    assert fact.raw


def test_news_of_an_account_have_a_lane_of_their_own():
    fact = the("template_status")
    assert (fact.kind, fact.lane, fact.number_id) == ("account", "a:102290129340398", "")
    later = payload("template_status")
    later["entry"][0]["time"] = 1_790_000_000
    assert interpret(later)[0].key != fact.key


@pytest.mark.parametrize("document", [None, 7, "x", [], {}, {"entry": None}, {"entry": []}, {"entry": [3]}])
def test_what_makes_no_sense_is_one_unknown_fact(document):
    assert [fact.kind for fact in interpret(document)] == ["unknown"]


def test_signs_that_cannot_be_stored_are_replaced():
    [fact] = interpret(text_from("5511987654321", "a\x00b\ud83d"))
    assert fact.what.body == "a\ufffdb\ufffd"


def test_the_same_fact_has_the_same_key_wherever_it_comes():
    assert the("text").key == interpret(payload("text"))[0].key
    keys = [fact.key for path in PAYLOADS.glob("*.json") for fact in interpret(payload(path.stem))]
    assert all(len(key) <= 220 for key in keys)


@pytest.mark.parametrize("path", sorted(PAYLOADS.glob("*.json")), ids=lambda path: path.stem)
def test_a_fact_survives_the_database(path):
    import json

    for fact in interpret(payload(path.stem)):
        if fact.what is not None:
            data = json.loads(json.dumps(pack(fact)))
            assert unpack(fact.kind, data, getattr(fact.what, "at", fact.at)) == fact.what
