"""Buttons, lists and their like, compared with what two independent libraries send for the same intent."""

import asyncio
import json
import uuid

import httpx
import pytest

from tickets import contents
from tickets.models import Attachment, Contact, Message
from tickets.transport import CannotRender, Outgoing
from whatsapp.cloud_api.limits import KINDS
from whatsapp.cloud_api.render import check, render
from whatsapp.tests.test_render import PHONE, by_pywa, without_ours

TOKEN = uuid.UUID("0b6f1a52-9a35-4d3e-8f0e-1d2c3b4a5968")
TO = "5511987654321"
PICTURE = Attachment(kind="image", mime="image/jpeg", size=1000)
ANSWER = {
    "messaging_product": "whatsapp",
    "messages": [{"id": "wamid.X"}],
    "contacts": [{"input": "1", "wa_id": "1"}],
}
MEDIA_ID = "1003383421387256"
ROWS = [{"id": "a", "title": "9h", "description": "Com a Ana"}, {"id": "b", "title": "14h"}]


def message(kind, body, **content):
    tidied, problems = contents.tidy(kind, content)
    assert not problems
    return Message(kind=kind, body=body, content=tidied, client_id=TOKEN)


def ours(kind, body, *, files=(), reaction=None, reply_to="", **content):
    made = message(kind, body, **content) if kind != "text" else Message(kind="text", body=body)
    outgoing = Outgoing(made, Contact(), (PHONE,), "cookie", reply_to, files, reaction)
    return without_ours(json.loads(render("777", outgoing).body))


def filled(value):
    """Without the keys that a library writes although they hold nothing."""
    if isinstance(value, dict):
        return {key: filled(one) for key, one in value.items() if one not in (None, [], {})}
    return [filled(one) for one in value] if isinstance(value, list) else value


def pywa(method, *given, **named):
    from pywa import types

    made = {key: one(types) if callable(one) else one for key, one in named.items()}
    return filled(without_ours(by_pywa(method, **{"to": TO, **made})))


def by_kapso(method, **named):
    """The body that kapso would post."""
    from kapso_whatsapp.client import WhatsAppClient

    bodies = []

    def keep(request):
        bodies.append(json.loads(request.content))
        return httpx.Response(200, json=ANSWER)

    async def post():
        transport = httpx.MockTransport(keep)
        real = httpx.AsyncClient
        httpx.AsyncClient = lambda *a, **k: real(*a, **{**k, "transport": transport})
        try:
            async with WhatsAppClient(access_token="t", base_url="https://graph.example") as client:
                await getattr(client.messages, method)(phone_number_id="777", to=TO, **named)
        finally:
            httpx.AsyncClient = real

    asyncio.run(post())
    # What is left out counts as individual.
    return filled({"recipient_type": "individual", **without_ours(bodies[-1])})


BUTTONS = {"buttons": [{"id": "yes", "title": "Sim"}, {"id": "no", "title": "Não"}]}


@pytest.mark.parametrize(
    ("mine", "method", "theirs"),
    [
        (
            lambda: ours("buttons", "Confirma?", header={"text": "Pedido 12"}, footer="Acme", **BUTTONS),
            "send_message",
            {"text": "Confirma?", "header": "Pedido 12", "footer": "Acme",
             "buttons": lambda t: [t.Button("Sim", "yes"), t.Button("Não", "no")]},
        ),
        (
            lambda: ours(
                "buttons", "Gostou?", header={"kind": "image", "upload": 7}, files=((PICTURE, MEDIA_ID),), **BUTTONS
            ),
            "send_image",
            {"image": MEDIA_ID, "caption": "Gostou?",
             "buttons": lambda t: [t.Button("Sim", "yes"), t.Button("Não", "no")]},
        ),
        (
            lambda: ours("list", "Qual?", button="Ver", sections=[{"title": "Manhã", "rows": ROWS}]),
            "send_message",
            {"text": "Qual?", "buttons": lambda t: t.SectionList("Ver", [t.Section("Manhã", [
                t.SectionRow("9h", "a", "Com a Ana"), t.SectionRow("14h", "b")])])},
        ),
        (
            lambda: ours("link", "Veja", title="Abrir", url="https://acme.example"),
            "send_message",
            {"text": "Veja", "buttons": lambda t: t.URLButton("Abrir", "https://acme.example")},
        ),
        (
            lambda: ours("form", "Preencha", form_id="99", button="Abrir", screen="FIRST", data={"a": 1}),
            "send_message",
            {"text": "Preencha", "buttons": lambda t: t.FlowButton(
                "Abrir", flow_id="99", flow_token=str(TOKEN), flow_action_type="navigate",
                flow_action_screen="FIRST", flow_action_payload={"a": 1})},
        ),
        (
            lambda: ours("form", "Preencha", form_id="99", button="Abrir"),
            "send_message",
            {"text": "Preencha",
             "buttons": lambda t: t.FlowButton("Abrir", flow_id="99", flow_token=str(TOKEN))},
        ),
        (lambda: ours("location_request", "Onde?"), "request_location", {"text": "Onde?"}),
        (lambda: ours("contact_request", "Qual?"), "request_contact_info", {"text": "Qual?"}),
        (
            lambda: ours("product", "Este", catalog_id="77", product_id="SKU-1", footer="Frete grátis"),
            "send_product",
            {"catalog_id": "77", "sku": "SKU-1", "body": "Este", "footer": "Frete grátis"},
        ),
        (
            lambda: ours(
                "products", "Opções", header={"text": "Vitrine"}, catalog_id="77",
                sections=[{"title": "Camisetas", "products": ["SKU-1", "SKU-2"]}],
            ),
            "send_products",
            {"catalog_id": "77", "title": "Vitrine", "body": "Opções",
             "product_sections": lambda t: [t.ProductsSection("Camisetas", ["SKU-1", "SKU-2"])]},
        ),
        (
            lambda: ours("location", "", latitude=-23.5, longitude=-46.6, name="Loja", address="Sé"),
            "send_location",
            {"latitude": -23.5, "longitude": -46.6, "name": "Loja", "address": "Sé"},
        ),
        (
            lambda: ours("contacts", "", contacts=[
                {"name": "Ana Lima", "phones": ["+55 11 91234-5678"], "emails": ["ana@acme.example"]}]),
            "send_contact",
            {"contact": lambda t: t.Contact(
                name=t.Contact.Name(formatted_name="Ana Lima", first_name="Ana", last_name="Lima"),
                phones=[t.Contact.Phone(phone="+55 11 91234-5678", type="CELL", wa_id="5511912345678")],
                emails=[t.Contact.Email(email="ana@acme.example", type="WORK")])},
        ),
        (
            lambda: ours("text", "x", reaction="👍", reply_to="wamid.Q"),
            "send_reaction", {"emoji": "👍", "message_id": "wamid.Q"},
        ),
        (
            lambda: ours("text", "x", reaction="", reply_to="wamid.Q"),
            "remove_reaction", {"message_id": "wamid.Q"},
        ),
    ],
)  # fmt: skip
def test_pywa_sends_the_same(mine, method, theirs):
    assert mine() == pywa(method, **theirs)


@pytest.mark.parametrize(
    ("mine", "method", "theirs"),
    [
        (
            lambda: ours("buttons", "Confirma?", header={"text": "Pedido"}, footer="Acme", **BUTTONS),
            "send_interactive_buttons",
            {"body_text": "Confirma?", "header_text": "Pedido", "footer_text": "Acme", **BUTTONS},
        ),
        (
            lambda: ours("list", "Qual?", button="Ver", sections=[{"title": "Manhã", "rows": ROWS}]),
            "send_interactive_list",
            {"body_text": "Qual?", "button_text": "Ver", "sections": [{"title": "Manhã", "rows": ROWS}]},
        ),
        (
            lambda: ours("link", "Veja", title="Abrir", url="https://acme.example"),
            "send_interactive_cta_url",
            {"body_text": "Veja", "parameters": {"display_text": "Abrir", "url": "https://acme.example"}},
        ),
        (
            lambda: ours("location_request", "Onde?"),
            "send_interactive_location_request", {"body_text": "Onde?"},
        ),
        (
            lambda: ours("product", "Este", catalog_id="77", product_id="SKU-1"),
            "send_interactive_product",
            {"body_text": "Este", "catalog_id": "77", "product_retailer_id": "SKU-1"},
        ),
        (
            lambda: ours(
                "products", "Opções", header={"text": "Vitrine"}, catalog_id="77",
                sections=[{"title": "Camisetas", "products": ["SKU-1"]}],
            ),
            "send_interactive_product_list",
            {"body_text": "Opções", "header_text": "Vitrine", "catalog_id": "77",
             "sections": [{"title": "Camisetas", "product_items": [{"product_retailer_id": "SKU-1"}]}]},
        ),
        (
            lambda: ours("location", "", latitude=-23.5, longitude=-46.6, name="Loja"),
            "send_location", {"location": {"latitude": -23.5, "longitude": -46.6, "name": "Loja"}},
        ),
        (
            lambda: ours("text", "x", reaction="👍", reply_to="wamid.Q"),
            "send_reaction", {"reaction": {"message_id": "wamid.Q", "emoji": "👍"}},
        ),
    ],
)  # fmt: skip
def test_kapso_sends_the_same(mine, method, theirs):
    assert mine() == by_kapso(method, **theirs)


def buttons(*titles):
    return {"buttons": [{"id": str(place), "title": title} for place, title in enumerate(titles)]}


def rows(count, title="Linha", **row):
    return [{"id": str(place), "title": title, "description": "", **row} for place in range(count)]


@pytest.mark.parametrize(
    ("kind", "body", "content", "problems"),
    [
        ("buttons", "", buttons("Sim"), {"body": ["required"]}),
        ("buttons", "x" * 1025, buttons("Sim"), {"body": ["too_long"]}),
        ("buttons", "Oi", buttons("a", "b", "c", "d"), {"content.buttons": ["too_many"]}),
        ("buttons", "Oi", buttons("x" * 21, "b"), {"content.buttons.0.title": ["too_long"]}),
        ("buttons", "Oi", buttons("Sim", "Sim"), {"content.buttons.1.title": ["not_unique"]}),
        (
            "buttons", "Oi", {**buttons("Sim"), "footer": "x" * 61, "header": {"kind": "text", "text": "x" * 61}},
            {"content.footer": ["too_long"], "content.header.text": ["too_long"]},
        ),
        (
            "buttons", "Oi", {**buttons("Sim"), "header": {"kind": "image", "upload": 1}},
            {"content.header.upload": ["wrong"]},
        ),
        (
            "list", "Oi", {"button": "Ver", "sections": [{"title": "", "rows": rows(11)}]},
            {"content.sections": ["too_many"]},
        ),
        (
            "list", "Oi", {"button": "x" * 21, "sections": [{"title": "A", "rows": rows(1)}, {"title": "", "rows": [
                {"id": "z", "title": "x" * 25, "description": "x" * 73}]}]},
            {"content.button": ["too_long"], "content.sections.1.title": ["required"],
             "content.sections.1.rows.0.title": ["too_long"], "content.sections.1.rows.0.description": ["too_long"]},
        ),
        (
            "list", "Oi", {"button": "Ver", "sections": [{"title": "", "rows": [*rows(1), *rows(1)]}]},
            {"content.sections.0.rows.1.id": ["not_unique"]},
        ),
        ("link", "Oi", {"title": "x" * 21, "url": "https://a.example"}, {"content.title": ["too_long"]}),
        ("form", "Oi", {"form_id": "1", "button": "x" * 21}, {"content.button": ["too_long"]}),
        (
            "products", "Oi", {"header": {"kind": "text", "text": "V"}, "catalog_id": "1",
                               "sections": [{"title": "", "products": [str(one) for one in range(31)]}]},
            {"content.sections": ["too_many"]},
        ),
        ("location_request", "", {}, {"body": ["required"]}),
    ],
)  # fmt: skip
def test_every_place_that_whatsapp_would_refuse_is_named(kind, body, content, problems):
    with pytest.raises(CannotRender) as refusal:
        check(Message(kind=kind, body=body, content=content), [])
    assert refusal.value.code == "content_refused"
    assert refusal.value.fields == problems


def test_each_kind_that_is_sent_has_its_limits():
    assert set(contents.READERS) <= set(KINDS)
