"""Who is who in the demo: a group of customers, a new number, a changed user name, and two who may be one person."""

from datetime import timedelta

from django.utils.timezone import now

from tenants.actions import company as companies
from tickets.actions import addresses, groups, inbound, recognition
from tickets.models import Connection, Contact, Ticket
from tickets.models.contact import AddressKind
from tickets.models.message import Direction, Kind, State
from tickets.models.ticket import Status
from tickets.transport import Address, GroupNews, Inbound, Receipt, Sender
from whatsapp.demo.company import Stage

GROUP = Address(AddressKind.GROUP, "Z3JvdXA6NTUxMTQwMDAxMDAwOjAwMDAwMDAwMDAwMDAwMDAwMQ==")
SUBJECT, ABOUT = "Revendedoras Zona Sul", "Pedidos em atacado e reposições. Entregas às quintas."
PEOPLE = (
    ("Sueli Andrade", "5511976540001"),
    ("Nair Coutinho", "5511976540002"),
    ("Marlene Dias", "5511976540003"),
)
TALK = (
    (0, "Bom dia! O catálogo novo já chegou?"),
    (1, "Chegou sim, vi no balcão 😍"),
    (2, "@5511976540001 separa três vestidos Alba M para mim, por favor"),
    (0, "Separo! Alguém mais quer aproveitar o frete?"),
)
ANSWER = "Bom dia, meninas! O catálogo está aqui e o frete de quinta sai por nossa conta 💐"


def know(stage: Stage) -> None:
    if stage.cast.key != "aurora":
        return
    companies.set_options({"groups": True}, by=None)
    _talk_in_group()
    _change_number()
    _change_name()
    _meet_twice()


def _talk_in_group() -> None:
    number = Connection.objects.live().select_related("company", "queue").order_by("id")[0]
    people = [Sender((Address(AddressKind.PHONE, digits),), name) for name, digits in PEOPLE]
    start = now() - timedelta(minutes=50)
    groups.record(number, GroupNews(GROUP, "created", start, tuple(people), SUBJECT, ABOUT))
    said = [
        Inbound(
            f"wamid.group{place}",
            people[who],
            Kind.TEXT,
            start + timedelta(minutes=place),
            body=body,
            group=GROUP,
        )
        for place, (who, body) in enumerate(TALK)
    ]
    ticket = inbound.receive_all(number, said)[-1].ticket
    agent = Ticket.objects.filter(status=Status.OPEN, agent__isnull=False).order_by("id")[0].agent
    ticket.status, ticket.agent, ticket.opened_at = Status.OPEN, agent, now() - timedelta(minutes=40)
    ticket.unread_count, ticket.waiting_since = 0, None
    answer = ticket.messages.create(
        company_id=ticket.company_id, connection=number, direction=Direction.OUT, kind=Kind.TEXT, body=ANSWER,
        author=agent, state=State.SENT, provider_id="wamid.group.answer", at=now() - timedelta(minutes=39),
    )  # fmt: skip
    for person, state in zip(PEOPLE, ("read", "read", "delivered"), strict=True):
        groups.note_receipt(answer, Receipt("wamid.group.answer", state, answer.at, participant=person[1]))
    answer.save()
    ticket.last_message, ticket.last_message_at = answer, answer.at
    ticket.save()


def _change_number() -> None:
    """A customer of an open conversation has another number since last week."""
    contact = _with_number()[0]
    was = Sender((Address(AddressKind.PHONE, contact.number),))
    new = (Address(AddressKind.BSUID, "BR.7Qd1LkXo0PzT"), Address(AddressKind.PHONE, "5511954321098"))
    recognition.renumber(was, Sender(new), at=now() - timedelta(days=6))


def _change_name() -> None:
    """Somebody who hides the number took another user name."""
    hidden = (
        Contact.objects.live().filter(number="", is_group=False).exclude(username="").order_by("id").first()
    )
    if hidden is None:
        return
    old = addresses.evidence("message", now() - timedelta(days=40))
    addresses.attach(hidden, Address(AddressKind.USERNAME, f"{hidden.username.lower()}.antiga"), learned=old)
    mine = Sender(
        tuple(Address(one.kind, one.value) for one in hidden.addresses.filter(kind=AddressKind.BSUID))
    )
    if mine.addresses:
        named = Sender(mine.addresses, hidden.name, f"{hidden.username}.oficial")
        recognition.recognise(named, at=now() - timedelta(days=2))


def _meet_twice() -> None:
    """One message had the user id of one contact and the number of another."""
    one, other = _with_number()[1:3]
    number = Address(AddressKind.PHONE, other.number)
    addresses.attach(
        other, Address(AddressKind.BSUID, "BR.4HsWm29RtYcE"), learned=addresses.evidence("send", now())
    )
    known = addresses.living([number])
    addresses.give(one, number, known, how="message", at=now() - timedelta(hours=3))


def _with_number() -> list[Contact]:
    open_ones = Ticket.objects.filter(status=Status.OPEN, agent__isnull=False).order_by("-last_message_at")
    rows = open_ones.exclude(contact__number="").select_related("contact")[:20]
    return [row.contact for row in rows[12:15]]
