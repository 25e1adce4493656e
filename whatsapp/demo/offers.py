"""Messages of the demo with something to tap, and what customers tapped: each kind once, in open conversations."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from tickets.models import Message, Ticket
from tickets.models.message import Direction, Kind, State
from tickets.models.ticket import Status
from whatsapp.demo.company import Stage

Said = tuple[str, str, dict[str, Any]]

# What we sent, and what the customer answered to it.
TALKS: dict[str, tuple[tuple[Said, Said | None], ...]] = {
    "aurora": (
        (
            (
                Kind.BUTTONS, "Seu pedido chega amanhã. Alguém estará em casa para receber?",
                {
                    "header": {"kind": "text", "text": "Pedido 4471"}, "footer": "Loja Aurora",
                    "buttons": [
                        {"id": "1", "title": "Sim, pode entregar"}, {"id": "2", "title": "Mudar o dia"},
                        {"id": "3", "title": "Retirar na loja"},
                    ],
                },
            ),
            (Kind.BUTTON_REPLY, "Mudar o dia", {"id": "2", "title": "Mudar o dia", "description": ""}),
        ),
        (
            (
                Kind.LIST, "Estes são os horários livres. Qual fica melhor para você?",
                {
                    "button": "Ver horários", "footer": "Entregas de segunda a sábado",
                    "sections": [
                        {"title": "Manhã", "rows": [
                            {"id": "1", "title": "8h às 10h", "description": "Frete grátis"},
                            {"id": "2", "title": "10h às 12h", "description": ""},
                        ]},
                        {"title": "Tarde", "rows": [
                            {"id": "3", "title": "14h às 16h", "description": ""},
                            {"id": "4", "title": "16h às 18h", "description": "Últimas vagas"},
                        ]},
                    ],
                },
            ),
            (Kind.LIST_REPLY, "14h às 16h", {"id": "3", "title": "14h às 16h", "description": ""}),
        ),
        (
            (Kind.LOCATION_REQUEST, "Pode mandar a localização do endereço de entrega?", {}),
            (
                Kind.LOCATION, "Praça da Sé",
                {"latitude": -23.55052, "longitude": -46.63331, "name": "Praça da Sé", "address": "Sé, São Paulo"},
            ),
        ),
        (
            (
                Kind.LINK, "Aqui você acompanha a entrega em tempo real.",
                {"title": "Acompanhar", "url": "https://aurora.example/pedidos/4471"},
            ),
            None,
        ),
        (
            (
                Kind.PRODUCTS, "Separei três que combinam com o que você levou.",
                {
                    "header": {"kind": "text", "text": "Para você"}, "catalog_id": "7700",
                    "sections": [{"title": "Novidades", "products": ["SKU-1", "SKU-2", "SKU-3"]}],
                },
            ),
            None,
        ),
        (
            (
                Kind.FORM, "Para trocar, preencha este formulário rápido.",
                {"form_id": "812000000000001", "button": "Pedir troca"},
            ),
            None,
        ),
        ((Kind.CONTACT_REQUEST, "Em qual número a transportadora pode ligar?", {}), None),
        (
            (
                Kind.CONTACTS, "Marcos Teles",
                {"contacts": [{"name": "Marcos Teles", "phones": ["+55 11 94000-2211"], "emails": []}]},
            ),
            None,
        ),
    ),
}  # fmt: skip


def offer(stage: Stage) -> None:
    """At the end of conversations whose window is open, two kinds in each."""
    talks = TALKS.get(stage.cast.key, ())
    lately = now() - timedelta(hours=12)
    tickets = Ticket.objects.filter(
        status=Status.OPEN, last_customer_at__gt=lately, contact__number__startswith="55"
    )
    for place, ticket in enumerate(
        tickets.select_related("connection").order_by("-last_message_at")[: len(talks) // 2]
    ):
        at = ticket.last_message_at
        for asked, answered in talks[place * 2 : place * 2 + 2]:
            at += timedelta(seconds=5)
            ours = _say(
                ticket, asked, at=at, direction=Direction.OUT, author=ticket.agent_id, state=State.READ
            )
            if answered:
                at += timedelta(seconds=5)
                _say(ticket, answered, at=at, direction=Direction.IN, state=State.RECEIVED, reply_to=ours)


def _say(
    ticket: Ticket,
    said: Said,
    *,
    at: Any,
    direction: str,
    state: str,
    author: int | None = None,
    reply_to: Message | None = None,
) -> Message:
    kind, body, content = said
    message = Message(
        company_id=ticket.company_id, ticket=ticket, connection=ticket.connection, direction=direction, kind=kind,
        body=body, content=content, author_id=author, state=state, reply_to=reply_to, at=min(at, now()),
    )  # fmt: skip
    message.save()
    ticket.last_message, ticket.last_message_at = message, message.at
    fields = ["last_message", "last_message_at"]
    if direction == Direction.IN:
        ticket.last_customer_at = message.at
        fields.append("last_customer_at")
    ticket.save(update_fields=fields)
    return message
