"""Templates of the Cloud API: what Meta's webhooks change, what would be refused, and what leaves for Graph."""

import json

import pytest

from helpdesk.errors import Invalid
from tickets.models import Attachment, Contact, Message, Notification, Template
from tickets.transport import Address, Outgoing
from whatsapp.cloud_api import template_rules
from whatsapp.cloud_api.render import render
from whatsapp.cloud_api.templates import known_of
from whatsapp.tests.conftest import WABA_ID

GREETING = {
    "type": "BODY",
    "text": "Olá {{1}}, seu pedido {{2}} saiu para entrega.",
    "example": {"body_text": [["Ana", "42"]]},
}


@pytest.fixture
def template(acme_world, number):
    with acme_world.scope():
        return Template.objects.create(
            kind="cloud_api", account=WABA_ID, name="order", language="pt_BR", provider_id="77",
            status="pending", components=[GREETING],
        )  # fmt: skip


@pytest.fixture
def tells(meta, acme_world, template):
    """Meta says something of the template; answers the row as it is then."""

    def _tells(field, *, time=1_790_000_000, **value):
        named = {
            "message_template_id": 77,
            "message_template_name": "order",
            "message_template_language": "pt_BR",
        }
        change = {"field": field, "value": {**named, **value}}
        meta.post({"entry": [{"id": WABA_ID, "time": time, "changes": [change]}]})
        with acme_world.scope():
            return Template.objects.filter(pk=template.pk).first()

    return _tells


def test_a_refusal_tells_why_and_what_to_do(tells, acme_world, ana):
    info = {"reason": "Variables stand together.", "recommendation": "Put words between them."}
    row = tells(
        "message_template_status_update", event="REJECTED", reason="INVALID_FORMAT", rejection_info=info
    )
    assert (row.status, row.reason) == ("rejected", "INVALID_FORMAT")
    assert row.advice == "Variables stand together. Put words between them."
    with acme_world.scope():
        assert Notification.objects.get().user_id == ana.pk


def test_the_same_news_later_counts_again(tells):
    update = "message_template_status_update"
    assert tells(update, event="PAUSED", time=1_790_000_000).status == "paused"
    assert tells(update, event="APPROVED", time=1_790_010_000).status == "approved"
    assert tells(update, event="PAUSED", time=1_790_020_000).status == "paused"


def test_quality_and_category_follow_their_webhooks(tells):
    assert tells("message_template_quality_update", new_quality_score="YELLOW").quality == "yellow"
    announced = tells("template_category_update", new_category="UTILITY", correct_category="MARKETING")
    assert (announced.category, announced.next_category) == ("utility", "marketing")
    done = tells("template_category_update", previous_category="UTILITY", new_category="MARKETING")
    assert (done.category, done.next_category) == ("marketing", "")


def test_a_template_that_meta_deleted_is_gone(tells):
    assert tells("message_template_status_update", event="DELETED") is None


def test_news_of_unknown_templates_or_without_sense_change_nothing(meta, tells, template):
    assert tells("message_template_status_update", event="SOMETHING_NEW").status == "pending"
    assert (
        tells("message_template_status_update", message_template_id=[], event="APPROVED").status == "approved"
    )
    assert tells("message_template_quality_update", new_quality_score=7).quality == ""


BODY = "Olá {{1}}, seu pedido {{2}} saiu para entrega."
EXAMPLES = {"example": {"body_text": [["Ana", "42"]]}}


@pytest.mark.parametrize(
    ("components", "field", "code"),
    [
        ([{"type": "BODY", "text": "{{1}}, o pedido {{2}} saiu agora.", **EXAMPLES}], "body", "begins_with_variable"),
        ([{"type": "BODY", "text": "Seu pedido saiu para {{1}} em {{2}}", **EXAMPLES}], "body", "ends_with_variable"),
        ([{"type": "BODY", "text": "O pedido {{1}} {{2}} saiu agora.", **EXAMPLES}], "body", "adjacent_variables"),
        ([{"type": "BODY", "text": "Oi {{1}} e {{2}}.", **EXAMPLES}], "body", "too_many_variables"),
        ([{"type": "BODY", "text": "Seu pedido {{1}} saiu {{3}} agora.", **EXAMPLES}], "body", "variable_numbers"),
        ([{"type": "BODY", "text": BODY}], "body", "needs_examples"),
        ([{"type": "BODY", "text": "x" * 1025}], "body", "too_long"),
        ([{"type": "HEADER", "format": "IMAGE"}, GREETING], "header", "needs_file"),
        ([{"type": "HEADER", "format": "TEXT", "text": "x" * 61}, GREETING], "header", "too_long"),
        ([GREETING, {"type": "FOOTER", "text": "Olá {{1}}"}], "footer", "no_variables"),
        ([GREETING, {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "x" * 26}]}],
         "buttons.0.text", "too_long"),
        ([GREETING, {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Ver", "url": "https://a.br/{{1}}"}]}],
         "buttons.0.url", "needs_examples"),
        ([GREETING, {"type": "BUTTONS", "buttons": [{"type": "PHONE_NUMBER", "text": "Ligar", "phone_number": "x"}]}],
         "buttons.0.phone_number", "phone_shape"),
        ([GREETING, {"type": "CAROUSEL", "cards": []}], "carousel", "count"),
    ],
)  # fmt: skip
def test_what_meta_would_refuse_is_said_before(template, acme_world, components, field, code):
    with acme_world.scope(), pytest.raises(Invalid) as refused:
        template_rules.check(template, components)
    assert code in refused.value.fields[field]


WORDS = {"type": "BODY", "text": "Tênis azul"}
ANSWER = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Quero"}]}
CALL = {
    "type": "BUTTONS",
    "buttons": [{"type": "PHONE_NUMBER", "text": "Ligar", "phone_number": "+551140000001"}],
}


def card(*parts, format="IMAGE"):
    header = {"type": "HEADER", "format": format, "example": {"header_handle": ["h"]}}
    return {"components": [header, *parts]}


def carousel(*cards):
    return [GREETING, {"type": "CAROUSEL", "cards": list(cards)}]


GOOD = card(WORDS, ANSWER)


@pytest.mark.parametrize(
    ("components", "field", "code"),
    [
        (carousel(GOOD), "carousel", "count"),
        (carousel(*[GOOD] * 11), "carousel", "count"),
        ([*carousel(GOOD, GOOD), {"type": "FOOTER", "text": "Loja"}], "footer", "not_with_cards"),
        (carousel(GOOD, card({**WORDS, "text": "x" * 161}, ANSWER)), "card.1.body", "too_long"),
        (carousel(GOOD, card(WORDS, CALL)), "card.1.buttons", "not_alike"),
        (carousel(GOOD, card(WORDS, ANSWER, format="VIDEO")), "card.1.buttons", "not_alike"),
        (carousel(GOOD, card(WORDS)), "card.1.buttons", "count_in_card"),
        (carousel(*[card(WORDS, ANSWER, format="DOCUMENT")] * 2), "card.0.header", "needs_media"),
        (carousel(GOOD, {"components": [{"type": "HEADER", "format": "IMAGE"}, WORDS, ANSWER]}),
         "card.1.header", "needs_file"),
    ],
)  # fmt: skip
def test_what_meta_would_refuse_in_cards_is_said_at_the_card(template, acme_world, components, field, code):
    with acme_world.scope(), pytest.raises(Invalid) as refused:
        template_rules.check(template, components)
    assert code in refused.value.fields[field]


def test_cards_that_are_alike_pass(template, acme_world):
    with acme_world.scope():
        template_rules.check(template, carousel(GOOD, GOOD))


def test_what_meta_takes_passes(template, acme_world):
    buttons = [
        {"type": "QUICK_REPLY", "text": "Obrigado"},
        {"type": "URL", "text": "Ver", "url": "https://a.br/{{1}}", "example": ["42"]},
        {"type": "PHONE_NUMBER", "text": "Ligar", "phone_number": "+551140000001"},
        {"type": "COPY_CODE", "example": "SAVE10"},
    ]
    header = {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}", "example": {"header_text": ["42"]}}
    with acme_world.scope():
        template_rules.check(template, [header, GREETING, {"type": "BUTTONS", "buttons": buttons}])


def sent(shown, *files, **choice):
    message = Message(
        kind="template",
        body="x",
        content={"template": {"name": "order", "language": "pt_BR"}, "shown": shown},
    )
    given = tuple((Attachment(kind=kind, position=n, name="a.pdf"), f"m{n}") for n, kind in enumerate(files))
    outgoing = Outgoing(message, Contact(), (Address("phone", "5511987654321"),), "cookie", "", given)
    return json.loads(render("777", outgoing).body)["template"].get("components")


def test_variables_leave_in_their_order_and_named_ones_with_their_name():
    assert sent({"values": {"2": "b", "1": "a", "10": "j", "header.1": "h"}, "header": {"kind": "text"}}) == [
        {"type": "header", "parameters": [{"type": "text", "text": "h"}]},
        {"type": "body", "parameters": [{"type": "text", "text": word} for word in ("a", "b", "j")]},
    ]
    named = [{"type": "text", "parameter_name": "first_name", "text": "Ana"}]
    assert sent({"values": {"first_name": "Ana"}}) == [{"type": "body", "parameters": named}]


def test_headers_buttons_and_cards_leave_as_graph_wants_them():
    shown = {
        "values": {"button.1": "42", "button.2": "SAVE", "card.0.1": "Tênis", "card.1.1": "Bota"},
        "header": {"kind": "document"},
        "buttons": [{"kind": "reply"}, {"kind": "url", "is_filled": True}, {"kind": "code"}],
        "cards": [{"header": {"kind": "image"}}, {"header": {"kind": "image"}}],
    }
    header, link, code, carousel = sent(shown, "document", "image", "image")
    assert header["parameters"] == [{"type": "document", "document": {"id": "m0", "filename": "a.pdf"}}]
    assert (link["index"], link["sub_type"], link["parameters"][0]["text"]) == ("1", "url", "42")
    assert code["parameters"] == [{"type": "coupon_code", "coupon_code": "SAVE"}]
    assert [card["components"][0]["parameters"][0]["image"]["id"] for card in carousel["cards"]] == [
        "m1",
        "m2",
    ]
    assert carousel["cards"][1]["components"][1]["parameters"] == [{"type": "text", "text": "Bota"}]


def test_a_row_of_graph_in_our_words():
    known = known_of(
        {"id": "5", "name": "a", "language": "en", "status": "PAUSED", "category": "MARKETING",
         "parameter_format": "NAMED", "components": [GREETING, "?"], "quality_score": {"score": "RED"},
         "rejected_reason": "NONE"}
    )  # fmt: skip
    assert (known.status, known.category, known.format, known.quality) == (
        "paused",
        "marketing",
        "named",
        "red",
    )
    assert (known.components, known.reason) == ([GREETING], "")
    assert known_of({"name": "no id"}) is None
    assert known_of("nonsense") is None
