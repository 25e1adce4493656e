"""The demo's address books: owners, tags, own fields, notes and segments, an import, and people who are there twice."""

import random
from datetime import timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, Max, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.timezone import now

from tenants.models import User
from tickets.actions import contact_notes, contacts, fields, import_work, imports, merges, segments, tags
from tickets.models import Contact, ContactAddress, ContactTag, Message, Tag, Ticket
from tickets.models.custom_field import FieldOn
from tickets.numbers import variants
from whatsapp.demo.company import Stage

DICE = random.Random(7)  # noqa: S311  (the same demo everywhere)
TAGS = {
    "aurora": (
        ("VIP", "#b45309"),
        ("Atacado", "#1d4ed8"),
        ("Recompra", "#0f766e"),
        ("Inadimplente", "#be123c"),
    ),
    "sol": (("Primera visita", "#0e7490"), ("Aseguradora", "#a21caf"), ("Familia", "#15803d")),
}
FIELDS = {
    "aurora": (
        {"label": "Cidade"},
        {"label": "Aniversário", "type": "date"},
        {"label": "Plano", "type": "choice", "choices": ["Bronze", "Prata", "Ouro"]},
    ),
    "sol": ({"label": "Aseguradora"}, {"label": "Fecha de nacimiento", "type": "date"}),
}
CITIES = ("São Paulo", "Campinas", "Santos", "Belo Horizonte", "Recife", "Curitiba", "Niterói")
INSURERS = ("Sanitas", "Adeslas", "DKV", "Mapfre")
NOTES = {
    "aurora": (
        "Prefere falar à tarde, depois das 14h.",
        "Compra para a loja da irmã em Santos. Sempre pede nota fiscal.",
        "Combinado: 10% de desconto a partir de seis peças.",
        "Pediu para não receber ofertas por enquanto.",
        "Filha da Dona Lúcia, que também é cliente.",
    ),
    "sol": (
        "Alérgica a la penicilina; confirmar con el médico.",
        "Prefiere cita por la tarde.",
        "Viene con su madre, que también es paciente.",
    ),
}
SHEETS = {
    "aurora": (
        "feira-artesanato-2026.csv",
        "Nome;Telefone;E-mail;Cidade;Etiquetas\n"
        "Helena Prado;(11) 97654-1020;helena@pradoatelie.example;São Paulo;Atacado\n"
        "Empório Jacarandá;(19) 3231-4455;compras@jacaranda.example;Campinas;Atacado\n"
        "Marcos Vinícius Teles;(21) 99812-3344;;Niterói;\n"
        "Sebastiana Cruz;(81) 98123;;Recife;\n"
        "Papelaria Girassol;(31) 3344-2211;contato@girassol;Belo Horizonte;Atacado\n"
        "Yara Nakamura;(11) 96543-7788;yara@nakamura.example;Santos;VIP, Recompra\n",
    ),
    "sol": (
        "pacientes-marzo.csv",
        "Nombre;Teléfono;Correo\nNuria Cano;+34 612 345 678;nuria@example.com\nIván Soler;61;\n",
    ),
}
SEGMENTS = {
    "aurora": (
        ("Carteira de cada um", "#0f766e", "owner", "is", ["me"]),
        ("Atacado", "#1d4ed8", "tag", "any", "Atacado"),
        ("Sem falar há 30 dias", "#b45309", "last_active_at", "older_than_days", 30),
        ("Bloqueados", "#be123c", "blocked", "is", True),
    ),
    "sol": (
        ("Mis pacientes", "#0e7490", "owner", "is", ["me"]),
        ("Primera visita", "#15803d", "tag", "any", "Primera visita"),
    ),
}


def keep_book(stage: Stage) -> None:
    """In the company's scope, after its conversations."""
    key, admin = stage.cast.key, next(iter(stage.people.values()))
    _date()
    known = {tag.name: tag for tag in Tag.objects.live()}
    own = [known.get(name) or tags.create(by=None, name=name, color=color) for name, color in TAGS[key]]
    keys = [fields.create(by=None, on=FieldOn.CONTACT, **given).key for given in FIELDS[key]]
    people = list(Contact.objects.live().order_by("id"))
    _know(stage, people, own, keys)
    for place, body in enumerate(NOTES[key] * 2):
        author = list(stage.people.values())[place % len(stage.people)]
        contact_notes.write(people[place * 3 % len(people)], body=body, by=author)
    for name, color, about, operator, value in SEGMENTS[key]:
        wanted = [next(tag.pk for tag in own if tag.name == value)] if about == "tag" else value
        condition = {"key": about, "operator": operator, "value": wanted}
        segments.create(by=None, owner=None, name=name, color=color, filter={"all": [condition]})
    _import(stage, admin)
    _twice(people, admin)


def _date() -> None:
    """When each wrote last, and how we know their numbers: as if it had happened day by day."""
    wrote = Ticket.objects.filter(contact=OuterRef("pk")).order_by().values("contact")
    last = Subquery(wrote.annotate(last=Max("last_customer_at")).values("last"))
    Contact.objects.update(last_active_at=Coalesce(last, F("created_at")))
    ContactAddress.objects.update(learned_from={"how": "message"})
    word = Func(
        Concat(Value("phone:"), F("contact__number")),
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(TextField()),
    )
    address = Ticket.objects.filter(pk=OuterRef("ticket")).annotate(address=word).values("address")
    Message.objects.filter(direction="in").update(heard_from=Subquery(address))


def _know(stage: Stage, people: list[Contact], own: list[Tag], keys: list[str]) -> None:
    """Tags, owners and values for some of them; two are blocked, and one wants no automatic texts."""
    agents = [stage.people[one.email] for one in stage.cast.people if one.role == "agent"]
    chosen = []
    for place, contact in enumerate(people):
        contact.owner = agents[place % len(agents)] if place % 4 == 1 else None
        contact.is_blocked, contact.bot_off = place in {37, 61}, place == 5
        contact.custom_fields = _values(stage.cast.key, keys) if place % 3 == 0 else {}
        chosen += [(contact, tag) for tag in DICE.sample(own, k=DICE.choice((0, 0, 1, 1, 2)))]
    Contact.objects.bulk_update(people, ["owner", "is_blocked", "bot_off", "custom_fields"])
    ContactTag.objects.bulk_create(
        ContactTag(company_id=contact.company_id, contact=contact, tag=tag) for contact, tag in chosen
    )


def _values(key: str, keys: list[str]) -> dict[str, Any]:
    birthday = (now() - timedelta(days=DICE.randint(7_000, 24_000))).date().isoformat()
    if key == "aurora":
        values = [DICE.choice(CITIES), birthday, DICE.choice(["Bronze", "Prata", "Ouro"])]
    else:
        values = [DICE.choice(INSURERS), birthday]
    return dict(zip(keys, values, strict=True))


def _import(stage: Stage, admin: User) -> None:
    """One that is over, with rows that could not be imported; and one that waits for its columns."""
    name, content = SHEETS[stage.cast.key]
    done = imports.upload(content.encode(), name, by=admin)
    imports.start(done, by=admin)
    import_work.work(stage.company.pk, done.pk)
    imports.upload(content.replace(";", ",").encode(), f"copia-{name}", by=admin)


def _twice(people: list[Contact], admin: User) -> None:
    """Pairs that look like one person, and one pair that was merged already."""
    for contact in [one for one in people if variants(one.number) and len(one.number) == 13][:2]:
        contacts.create(
            number=contact.number[:4] + contact.number[5:], name=contact.name.split(" ")[0], by=admin
        )
    with_email = next(one for one in people if one.email)
    contacts.create(name=with_email.name, email=with_email.email, by=admin)
    again = contacts.create(name=people[8].name or "Sem nome", notes="Veio da planilha antiga.", by=admin)
    merges.merge(again, into=people[8], by=admin, take=[])
