"""What the demo's people did with their tickets: tags, fields, priorities, some put aside, some worked on together."""

import random
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from tenants.models import User
from tickets.actions import drafts, fields, marks, outbound, participants, pins, snooze, tags
from tickets.actions.composing import Draft
from tickets.models import Tag, Ticket
from tickets.models.custom_field import FieldOn
from tickets.models.message import Kind
from tickets.models.ticket import Priority, Status
from whatsapp.demo.company import Stage

TAGS = {
    "aurora": (
        ("Pedido atrasado", "#b42318"),
        ("Troca", "#8a4b08"),
        ("Orçamento", "#0b7285"),
        ("Elogio", "#2b6a3f"),
        ("Reclamação", "#a61e4d"),
        ("Atacado", "#1864ab"),
    ),
    "sol": (
        ("Cita nueva", "#0b7285"),
        ("Cambio de cita", "#8a4b08"),
        ("Factura", "#5f3dc4"),
        ("Urgente", "#b42318"),
    ),
}
FIELDS: dict[str, tuple[dict[str, Any], ...]] = {
    "aurora": (
        {"label": "Número do pedido", "help": "Como está na nota, sem o #"},
        {
            "label": "Motivo do contato",
            "type": "choice",
            "choices": ["Dúvida", "Compra", "Entrega", "Troca", "Pagamento"],
        },
        {"label": "Valor combinado", "type": "number"},
    ),
    "sol": (
        {
            "label": "Especialidad",
            "type": "choice",
            "choices": ["Medicina general", "Pediatría", "Dermatología", "Fisioterapia"],
            "required_to_close": True,
        },
        {"label": "Fecha de la cita", "type": "date"},
    ),
}
NOTES = {
    "aurora": (
        "@{name} a cliente pediu o mesmo desconto do mês passado. Você lembra quanto foi?",
        "@{name} já falei com a transportadora, chega amanhã. Pode avisar se ela escrever de novo?",
    ),
    "sol": ("@{name} ¿hay hueco el jueves por la mañana con la doctora Vidal?",),
}
DRAFTS = {
    "aurora": ("Bom dia! Consegui confirmar com o estoque e", "Oi! Sobre a troca que você pediu, vou"),
    "sol": ("Buenos días, le confirmo que",),
}


def act(stage: Stage) -> None:
    """In the company's scope, after its conversations."""
    dice = random.Random(11)  # noqa: S311  (the same demo everywhere)
    key = stage.cast.key
    known = {tag.name: tag for tag in Tag.objects.live()}
    own = [known.get(name) or tags.create(by=None, name=name, color=color) for name, color in TAGS[key]]
    asked = [fields.create(by=None, on=FieldOn.TICKET, **given) for given in FIELDS[key]]
    living = Ticket.objects.exclude(status=Status.CLOSED).select_related("agent").order_by("id")
    for place, ticket in enumerate(living):
        _describe(ticket, place, own, asked, dice)
    _put_aside(stage, dice)
    _together(stage)


def _describe(ticket: Ticket, place: int, own: list[Tag], asked: list[Any], dice: random.Random) -> None:
    """What a ticket is about, as whoever works on it wrote it down."""
    if place % 5 < 3:
        marks.tag(
            ticket, tag_ids=[tag.pk for tag in dice.sample(own, k=dice.choice((1, 1, 2)))], by=ticket.agent
        )
    if place % 9 in (0, 4):
        wanted = Priority.URGENT if place % 9 == 0 else Priority.HIGH
        marks.prioritize(ticket, priority=wanted, by=ticket.agent)
    if place % 3 == 0:
        fields.fill_in(ticket, values={field.key: _value(field, dice) for field in asked}, by=ticket.agent)


def _value(field: Any, dice: random.Random) -> Any:
    if field.type == "choice":
        return dice.choice(field.choices)
    if field.type == "number":
        return dice.choice((89, 149, 320, 1250))
    if field.type == "date":
        return (now() + timedelta(days=dice.randint(1, 20))).date().isoformat()
    return str(dice.randint(20_400, 20_990))


def _put_aside(stage: Stage, dice: random.Random) -> None:
    """One of each agent until tomorrow morning, and one until the customer writes."""
    zone = ZoneInfo(stage.company.timezone)
    morning = datetime.combine(now().astimezone(zone).date() + timedelta(days=1), time(9), zone)
    for agent in _agents(stage):
        mine = list(Ticket.objects.filter(agent=agent, status=Status.OPEN).order_by("last_message_at")[:2])
        for ticket, until in zip(mine, (morning, None), strict=False):
            snooze.snooze(ticket, until=until, by=agent)


def _together(stage: Stage) -> None:
    """A question to a colleague, a pinned ticket and an unfinished answer of each agent."""
    key, agents = stage.cast.key, _agents(stage)
    for place, agent in enumerate(agents):
        colleague = agents[(place + 1) % len(agents)]
        awake = Ticket.objects.filter(agent=agent, status=Status.OPEN, snoozed_at=None)
        mine = list(awake.order_by("-last_message_at")[:4])
        if len(mine) < 4:
            continue
        asked, pinned, begun, shared = mine
        body = NOTES[key][place % len(NOTES[key])].format(name=colleague.name)
        note = Draft(uuid4(), Kind.NOTE, body, mentions=(colleague.pk,))
        outbound.send_all(asked, note, by=agent)
        pins.pin(pinned, by=agent)
        drafts.keep(begun, by=agent, body=DRAFTS[key][place % len(DRAFTS[key])])
        participants.add(shared, user_ids=[colleague.pk], by=agent)


def _agents(stage: Stage) -> list[User]:
    return [stage.people[person.email] for person in stage.cast.people if person.role == "agent"]
