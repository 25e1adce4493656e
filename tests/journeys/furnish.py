"""A company with something on every screen, for those who look at all of them."""

import json
import time

from tests.chaos.storm import PASSWORD
from tickets.tests.files import sound

CUSTOMERS = 4
SHOW_CODE = """
from datetime import timedelta
from django.utils.timezone import now
from tenants.scoping import platform_scope
from whatsapp.models import Device
with platform_scope("a code for a picture"):
    code = {{"state": "pairing", "attempt": 2, "qr": "https://wa.me/settings/linked_devices#2@abc,def,ghi"}}
    Device.objects.filter(pk={pk}).update(**code, qr_expires_at=now() + timedelta(hours=1))
"""
SENT = [
    {"type": "text", "body": "Olá! O pedido *1042* já saiu?"},
    {"type": "location", "latitude": -23.56, "longitude": -46.65, "name": "Loja", "address": "Rua Augusta, 10"},
    {"type": "contacts", "contacts": [{"name": {"formatted_name": "Rui Leal"}, "phones": [{"phone": "+5511999"}]}]},
    {"type": "unsupported", "body": "poll"},
]  # fmt: skip


def furnished(found, stack, name):
    """A company with something on every screen."""
    made = found(name)
    made.call("PATCH", "company/settings/", json={"qr_devices": True, "groups": True})
    queue = made.call("POST", "queues/", json={"name": "Vendas", "color": "#0b7285", "greeting": "Olá"})["id"]
    provider = made.call("POST", "ai/providers/", json={
        "name": "Roteiro", "base_url": f"{stack.ai_server}/v1", "api_key": "sk-roteiro",
        "chat_model": "scripted-chat", "is_default": True,
    })  # fmt: skip
    made.call("POST", f"ai/providers/{provider['id']}/check/")  # a call for the report
    text = "Entregas saem de segunda a sexta e chegam em dois dias úteis."
    made.call("POST", "knowledge/documents/", json={"name": "Entregas", "sector": "Vendas", "text": text})
    help_by_machines(made, stack)
    for said_by in ("human", "pending"):
        words = {"question": f"Quando chega? ({said_by})", "answer": "Em dois dias úteis."}
        made.call("POST", "knowledge/answers/", json={**words, "validated_by": said_by})
    person = {"name": "Ana Lima", "email": f"ana@{name}.example", "role": "agent", "queues": [queue]}
    made.call("POST", "users/", json={**person, "password": PASSWORD})
    made.call("POST", "api-keys/", json={"name": "ERP", "scopes": ["read"]})
    made.call("PATCH", f"connections/{made.connection}/", json={"queue": queue})
    made.call("POST", f"connections/{made.connection}/check/")
    made.call("POST", "tags/", json={"name": "Pedido atrasado", "color": "#b42318"})
    made.call("POST", "fields/", json={"on": "ticket", "label": "Motivo do contato"})
    for twin in ("Rui Leal", "Rui A. Leal"):  # somebody who is there twice
        made.call("POST", "contacts/", json={"name": twin, "email": "rui@example.com"})
    for number in range(CUSTOMERS):
        who = {"id": f"551192000000{number}", "name": f"Cliente {number}"}
        stack.control("PUT", "personas", json=who)
        for draft in SENT:
            path = f"personas/{who['id']}/send"
            stack.control("POST", path, json={"phone_number_id": made.phone_number_id, **draft})
    talk_in_group(stack, made)
    wait_for_scan(stack, made)
    return made


def help_by_machines(company, stack):
    """An assistant with a tool and an exam, a bot, a recording: who works on them is done before they are looked at."""
    tool = {"description": "Onde está um pedido", "method": "GET", "url": "https://shop.example.com/orders"}
    company.call("POST", "ai/tools/", json={"name": "order_status", **tool})
    words = {"instructions": "Ajude.", "uses_knowledge": False, "tools": ["set_tag"]}
    assistant = company.call("POST", "ai/assistants/", json={"name": "Clara", **words})["id"]
    asked = [
        {"question": f"Quando chega o pedido {number}?", "expected": "Em dois dias."} for number in (1, 2)
    ]
    file = {"file": ("perguntas.json", json.dumps(asked), "application/json")}
    questions = company.call("POST", "ai/exams/sets/", data={"name": "Perguntas"}, files=file)["id"]
    exam = {"assistant": assistant, "source": "set", "questions": questions, "size": len(asked)}
    company.call("POST", "ai/exams/", json=exam)
    bot = {"name": "Catálogo", "kind": "webhook", "url": "https://bots.example.com/webhook/catalogo"}
    company.call("POST", "bots/", json=bot)
    company.call("POST", "ai/providers/", json={
        "name": "Gravações", "kind": "assemblyai", "base_url": stack.ai_server, "api_key": "sk-gravador",
        "transcription_model": "universal-3-pro",
    })  # fmt: skip
    call = {"file": ("Ligação.mp3", sound("mp3"), "audio/mpeg")}
    company.call("POST", "transcriptions/", data={"speakers_expected": 2}, files=call)


def talk_in_group(stack, company):
    """Two of the customers and the company in one chat."""
    number, people = company.phone_number_id, ["5511920000000", "5511920000001"]
    about = {"phone_number_id": number, "subject": "Revendedoras", "members": people}
    group = stack.control("POST", "groups", json=about)["id"]
    for place, who in enumerate(people):
        draft = {"phone_number_id": number, "type": "text", "body": f"Bom dia {place}!", "group": group}
        stack.control("POST", f"personas/{who}/send", json=draft)


def wait_for_scan(stack, company):
    """A phone whose code is shown for long: no host of devices runs here that could renew it."""
    fields = {"name": "Celular do balcão", "kind": "qr", "credentials": {"accepts_risk": True}}
    pk = company.call("POST", "connections/", json=fields)["id"]
    company.call("POST", f"devices/{pk}/pair/")
    stack.manage("shell", "-c", SHOW_CODE.format(pk=pk))


def conversations(company):
    """One that is answered, one that waits, and a group."""
    while len(found := company.call("GET", "tickets/?tab=waiting")["results"]) < CUSTOMERS + 1:
        time.sleep(0.1)
    (group,) = (row for row in found if row["contact"]["is_group"])
    rows = [row for row in found if row is not group]
    ticket = rows[0]["id"]
    company.call("POST", f"tickets/{ticket}/accept/")
    for number, kind in enumerate(["text", "note", "text"]):
        client = f"00000000-0000-4000-8000-00000000000{number}"
        body = {"client_id": client, "kind": kind, "body": f"Resposta {number}: _certo_ https://example.com"}
        company.call("POST", f"tickets/{ticket}/messages/", json=body)
    table = {"file": ("Clientes.csv", "Nome;Telefone\nAna Prado;11 98111-2233\nErrado;12\n", "text/csv")}
    return {
        "ticket": ticket,
        "waiting": rows[1]["id"],
        "group": group["id"],
        "contact": rows[0]["contact"]["id"],
        "import": company.call("POST", "contact-imports/", files=table)["id"],
        "assistant": first(company, "ai/assistants/"),
        "exam": first(company, "ai/exams/"),
        "recording": first(company, "transcriptions/"),
    }


def first(company, path):
    return company.call("GET", path)["results"][0]["id"]
