"""What the demo's templates cost, and a reply that waits for a customer whose window is closed."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils.timezone import now

from tickets.actions import costs
from tickets.actions.composing import Draft
from tickets.actions.parking import park
from tickets.models import Message, Price, Ticket
from tickets.models.message import Direction, Kind, State
from tickets.models.ticket import Status
from whatsapp.demo.company import Stage

# Amounts to look at, not Meta's: each company types its own.
PRICES = {"marketing": "0.34", "utility": "0.04", "authentication": "0.04", "service": "0.01"}
PRICED = 24  # the newest messages of ours that Meta put a price tag on
CHARGED = ("utility", "marketing", "utility")
WAITING = "Seu pedido já está separado. Quer retirar na loja ou prefere a entrega?"


def charge(stage: Stage) -> None:
    """Prices of this year and a cost for the newest messages: every third was charged, as a template is."""
    starts_on = now().date().replace(month=1, day=1)
    for category, amount in PRICES.items():
        Price.objects.create(category=category, amount=Decimal(amount), starts_on=starts_on)
    ours = Message.objects.filter(direction=Direction.OUT, state__in=[State.DELIVERED, State.READ])
    messages = list(ours.order_by("-at", "-id")[:PRICED])
    for place, message in enumerate(messages):
        charged = place % 3 == 0
        message.pricing = {
            "billable": charged,
            "category": CHARGED[place // 3 % len(CHARGED)] if charged else "service",
            "type": "regular" if charged else "free_customer_service",
        }
        message.save(update_fields=["pricing"])
    costs.record(messages)
    _wait_for_an_answer()


def _wait_for_an_answer() -> None:
    """An agent wrote after the window had closed: the text stands in the thread and has not left."""
    ours = Ticket.objects.select_related("agent").filter(
        status=Status.OPEN, agent__isnull=False, connection__kind="cloud_api"
    )
    ticket = ours.order_by("last_message_at", "pk").first()
    if ticket is None:
        return
    ticket.last_customer_at = now() - timedelta(hours=26)
    ticket.save(update_fields=["last_customer_at"])
    park(ticket, Draft(uuid4(), Kind.TEXT, WAITING), template=None, by=ticket.agent)
