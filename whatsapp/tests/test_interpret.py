"""Captured webhooks, and what we read in them."""

from datetime import UTC, datetime

import pytest

from tickets.transport import Address, Call, Edit, Inbound, Notice, Reaction, Receipt, Removal
from whatsapp.cloud_api.facts import pack, unpack
from whatsapp.cloud_api.payloads import Renumbered, interpret
from whatsapp.cloud_api.people import sender_of
from whatsapp.tests.conftest import PAYLOADS, WABA_ID, payload, text_from

MARIA = (
    Address("bsuid", "BR.13491208655302741918", WABA_ID),
    Address("phone", "5511987654321"),
)
AT = datetime.fromtimestamp(1_790_000_000, UTC)


def the(name):
    facts = interpret(payload(name))
    [fact] = [one for one in facts if one.what is not None] or facts
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
        ("form_reply", "form_reply", "Sent", {"name": "flow", "answers": [
            {"label": "Nome", "value": "Maria Clara"},
            {"label": "Dias", "value": "Monday, Friday"},
            {"label": "accepts", "value": "true"},
            {"label": "city", "value": "São Paulo"},
        ]}),
        ("flow_reply", "form_reply", "Sent", {"name": "flow", "answers": [{"label": "", "value": "1, 2"}]}),
        ("form_reply_broken", "form_reply", "Sent",
         {"name": "flow", "raw": "{not json", "answers": []}),
        ("address_reply", "form_reply", "", {"name": "address_message", "answers": [
            {"label": "name", "value": "Maria Clara"},
            {"label": "in pin code", "value": "01310-100"},
            {"label": "city", "value": "São Paulo"},
        ]}),
        ("unsupported", "unsupported", "", {"type": "poll", "code": "131051"}),
        ("media_too_big", "unsupported", "", {"type": "media_too_big", "code": "131052"}),
        ("order", "order", "Pode ser para sexta?", {
            "catalog_id": "CAT-1",
            "items": [
                {"product_id": "SKU-BLUE", "quantity": 2, "price": 59.9, "currency": "BRL"},
                {"product_id": "SKU-RED", "quantity": 1, "price": 40.0, "currency": "BRL"},
            ],
            "total": 159.8, "currency": "BRL",
        }),
        ("order_without_items", "unsupported", "", {"type": "order"}),
        ("button_without_context", "button_reply", "Confirmar",
         {"id": "confirm", "title": "Confirmar", "description": ""}),
        ("interactive_missing", "unsupported", "", {"type": "interactive", "code": "131000"}),
        ("product_question", "text", "Tem no P?",
         {"product": {"catalog_id": "CAT-1", "product_id": "SKU-BLUE"}}),
        ("edit_of_nothing", "unsupported", "", {"type": "edit"}),
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
    assert the("forwarded").what.is_forwarded
    assert the("forwarded").what.reply_to == ""


def test_where_an_advertisement_led_from_is_kept():
    assert the("referral").what.content["referral"]["ctwa_clid"] == "ARAk"


def test_a_correction_names_its_message_and_the_new_text():
    assert (the("edit").kind, the("edit").what) == ("edit", Edit("wamid.TARGET", "Corrigido", AT))
    assert the("edit_caption").what == Edit("wamid.TARGET", "", AT)


def test_what_is_deleted_for_everyone_names_its_message():
    assert (the("revoke").kind, the("revoke").what) == ("removal", Removal("wamid.TARGET", AT))


@pytest.mark.parametrize(
    ("name", "event", "direction", "duration"),
    [
        ("call_ringing", "ringing", "in", None),
        ("call_missed", "missed", "in", None),
        ("call_rejected", "rejected", "in", None),
        ("call_answered", "answered", "in", 62),
        ("call_ours_answered", "answered", "out", 62),
    ],
)
def test_a_call_says_how_far_it_got(name, event, direction, duration):
    call = the(name).what
    assert isinstance(call, Call)
    assert (call.provider_id, call.event, call.direction, call.duration) == (
        "wacid.CALL", event, direction, duration,
    )  # fmt: skip
    assert call.sender.addresses[-1] == Address("phone", "5511987654321")


@pytest.mark.parametrize("name", ["call_ours_missed", "call_recording", "call_status"])
def test_news_of_calls_that_no_agent_needs_are_kept(name):
    assert (the(name).kind, the(name).what) == ("unsupported", None)


@pytest.mark.parametrize(
    ("name", "event"), [("identity_changed", "identity_changed"), ("request_welcome", "chat_opened")]
)
def test_news_of_the_customer_become_a_notice(name, event):
    notice = the(name).what
    assert isinstance(notice, Notice)
    assert (the(name).kind, notice.event) == ("notice", event)
    assert Address("phone", "5511987654321") in notice.sender.addresses


def test_another_number_is_worth_a_line_and_another_user_id_is_not():
    assert the("number_changed").what.notice("key", AT).event == "number_changed"
    assert the("user_id_changed").what.notice("key", AT) is None


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


def test_a_message_of_a_group_names_the_group_and_its_author():
    what = the("group").what
    assert what.group.kind == "group" and what.group.value in the("group").lane
    assert what.sender.addresses


def test_a_receipt_of_a_group_names_the_participant():
    assert the("status_group").what.participant


def test_what_is_not_acted_on_is_kept():
    fact = the("errors_only")
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


@pytest.mark.parametrize(
    ("card", "dropped"),
    [
        ({"profile": {"name": "Ana"}, "user_id": "BR.1"}, True),
        ({"profile": {"name": "Ana", "username": "ana"}, "user_id": "BR.1"}, False),
        ({"profile": {"name": "Ana"}, "wa_id": "5511987654321"}, False),  # before user names existed
        ({"user_id": "BR.1"}, False),
    ],
)
def test_a_profile_without_a_user_name_says_so(card, dropped):
    message = {"from": "5511987654321", "id": "wamid.1", "timestamp": "1790000000", "type": "text"}
    assert (
        sender_of(message, [card], "1", alone=True).has_no_username is False
    )  # nobody says whose card it is
    named = {**message, "from": card.get("wa_id", ""), "from_user_id": card.get("user_id", "")}
    assert sender_of(named, [card], "1", alone=True).has_no_username is dropped
