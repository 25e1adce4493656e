"""What customers of the demo send beside words: each kind that can come in, at the end of two conversations."""

import random
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from tickets.actions import media, previews
from tickets.models import Message, MessageEdit, Ticket
from tickets.models.message import Direction, Kind, State
from tickets.models.ticket import Status
from whatsapp.demo import files
from whatsapp.demo.company import Stage

Said = tuple[str, str, dict[str, Any]]

AD = {
    "source_type": "ad", "source_id": "120200000000001", "source_url": "https://fb.me/aurora",
    "headline": "Vestidos de verão com 30% de desconto", "body": "Só até domingo", "ctwa_clid": "ARAkLkA8",
}  # fmt: skip
ORDER = {
    "catalog_id": "7700", "total": 219.7, "currency": "BRL",
    "items": [
        {"product_id": "Vestido Alba", "quantity": 1, "price": 159.9, "currency": "BRL"},
        {"product_id": "Lenço Brisa", "quantity": 2, "price": 29.9, "currency": "BRL"},
    ],
}  # fmt: skip
FORM = {
    "name": "flow",
    "answers": [
        {"label": "Motivo da troca", "value": "Tamanho"},
        {"label": "Número do pedido", "value": "4471"},
        {"label": "Dias para a coleta", "value": "Terça, Quinta"},
    ],
}
CARD = {
    "contacts": [{"name": "Lívia Prado", "phones": ["+55 11 95555-0182"], "emails": ["livia@prado.example"]}]
}
PLACE = {"latitude": -23.561414, "longitude": -46.655881, "name": "MASP", "address": "Av. Paulista, 1578"}
PROOF = (
    "Comprovante Pix 4471", "Comprovante Pix",
    ["Pix enviado", "Valor: R$ 219,70", "Para: Aurora Modas Ltda.", "CNPJ: 00.000.000/0001-91", "Banco: 000",
     "De: K. Ramos", "CPF: ***.456.789-**", "Pedido: 4471", "Controle: 7F2A 91C0 44D1 8E0B"], 2,
)  # fmt: skip
EARLIER, LATER = "Pode ser na terça", "Pode ser na quinta"
TALKS: tuple[tuple[Said, ...], ...] = (
    (
        (Kind.TEXT, "Oi! Vi o anúncio de vocês", {"referral": AD}),
        (Kind.IMAGE, "", {}), (Kind.IMAGE, "", {}), (Kind.IMAGE, "", {}), (Kind.IMAGE, "", {}),
        (Kind.ORDER, "Consegue entregar até sexta?", ORDER),
        (Kind.DOCUMENT, "Segue o comprovante do Pix", {}),
        (Kind.CALL, "", {"event": "missed", "direction": "in", "duration": None}),
        (Kind.TEXT, LATER, {}),
    ),
    (
        (Kind.TEXT, "Este tem no P?", {"product": {"catalog_id": "7700", "product_id": "Vestido Alba"}}),
        (Kind.FORM_REPLY, "", FORM),
        (Kind.LOCATION, "MASP", PLACE),
        (Kind.CONTACTS, "Lívia Prado", CARD),
        (Kind.UNSUPPORTED, "", {"type": "poll", "code": "131051"}),
        (Kind.SYSTEM, "", {"event": "number_changed"}),
        (Kind.TEXT, "Minha senha é 1234", {}),
        (Kind.TEXT, "Ops, apaguei 😅", {}),
    ),
)  # fmt: skip
REMOVED = "Minha senha é 1234"
BEFORE = 6  # the newest open conversations show other things


def send_all_kinds(stage: Stage, dice: random.Random) -> None:
    if stage.cast.key != "aurora":
        return
    rows = Ticket.objects.filter(status=Status.OPEN, agent__isnull=False).select_related("connection")
    tickets = list(rows.order_by("-last_message_at")[BEFORE : BEFORE + len(TALKS)])
    for ticket, talk in zip(tickets, TALKS, strict=False):
        _say_all(ticket, talk, dice)


def _say_all(ticket: Ticket, talk: tuple[Said, ...], dice: random.Random) -> None:
    at = ticket.last_message_at
    for kind, body, content in talk:
        at += timedelta(seconds=2 if kind == Kind.IMAGE else 15)
        message = _say(ticket, kind, body, content, min(at, now()))
        if kind in {Kind.IMAGE, Kind.DOCUMENT}:
            _attach(message, files.picture("dress", dice) if kind == Kind.IMAGE else files.document(*PROOF))
        if kind != Kind.SYSTEM:
            ticket.last_message, ticket.last_message_at = message, message.at
    ticket.last_customer_at = ticket.last_message_at
    ticket.save(update_fields=["last_message", "last_message_at", "last_customer_at"])


def _attach(message: Message, upload: SimpleUploadedFile) -> None:
    file = media.store_upload(upload, by=None)
    file.message = message
    file.save(update_fields=["message"])
    previews.draw(file.company_id, file.pk)


def _say(ticket: Ticket, kind: str, body: str, content: dict[str, Any], at: Any) -> Message:
    direction = Direction.INTERNAL if kind == Kind.SYSTEM else Direction.IN
    message = Message(
        company_id=ticket.company_id, ticket=ticket, connection=ticket.connection, direction=direction, kind=kind,
        body=body, content=content, state=State.RECEIVED, at=at,
    )  # fmt: skip
    if body == LATER:
        message.edited_at = at + timedelta(seconds=40)
    if body == REMOVED:
        message.removed_at = at + timedelta(seconds=10)
    message.save()
    if body == LATER:
        MessageEdit.objects.create(company_id=ticket.company_id, message=message, body=EARLIER, at=at)
    return message
