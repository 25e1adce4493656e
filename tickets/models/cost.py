"""What messages cost: the company's own price list, and a row for each message that the provider charges or gives."""

from typing import Any

from django.db import models

from tenants.models import User
from tenants.scoping import CompanyModel, scoped
from tickets.models.connection import Connection
from tickets.models.message import Message
from tickets.models.ticket import Ticket


class CostCategory(models.TextChoices):
    """As the provider names them; others that it may say are kept as they come."""

    MARKETING = "marketing"
    UTILITY = "utility"
    AUTHENTICATION = "authentication"
    AUTHENTICATION_INTERNATIONAL = "authentication_international"
    SERVICE = "service"


class Price(CompanyModel):
    """One delivered message of this category to this country, from this day on, in the company's currency.

    Typed by the company from its own agreement or the provider's list: none comes with the product, since prices
    differ by country and change. A blank country is for all others.
    """

    country = models.CharField(max_length=2, blank=True)
    category = models.CharField(max_length=30, choices=CostCategory)
    amount = models.DecimalField(max_digits=12, decimal_places=6)
    starts_on = models.DateField()

    objects: Any = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "category", "country", "starts_on"], name="price_once"
            ),
        ]


class Cost(CompanyModel):
    """What the provider said about one message. `amount` is empty while the company has no price for it."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="cost")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+", db_index=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    country = models.CharField(max_length=2, blank=True)
    category = models.CharField(max_length=30)
    type = models.CharField(max_length=30)  # regular, free_customer_service, free_entry_point
    billable = models.BooleanField()
    amount = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    objects: Any = scoped()

    class Meta:
        indexes = [
            models.Index(fields=["company", "at"], name="cost_by_time"),  # totals of a period
            models.Index(fields=["ticket"], name="cost_of_ticket"),
        ]
