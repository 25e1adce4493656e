"""A connection: one number or account of the company on a channel."""

from typing import Any

from django.db import models
from django.db.models import Q

from helpdesk.fields import EncryptedJSONField
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tickets.models.hours import Hours
from tickets.models.menu import Menu
from tickets.models.queue import Queue


class Status(models.TextChoices):
    PENDING = "pending"
    CONNECTED = "connected"
    HELD = "held"  # the provider stopped sends; the queue waits and `status_reason` says why
    DISCONNECTED = "disconnected"


class ConnectionQuerySet(CompanyQuerySet):
    def live(self) -> "ConnectionQuerySet":
        return self.filter(deleted_at=None)

    def accounts_beside(self, accounts: set[str]) -> set[str]:
        """These accounts with all others of their portfolios: a person has one user id in all of them."""
        known = self._portfolios()
        portfolios = {known[one] for one in accounts if one in known}
        return accounts | {account for account, portfolio in known.items() if portfolio in portfolios}

    def accounts_elsewhere(self, account: str) -> set[str]:
        """Accounts that another portfolio owns: user ids of there mean nothing here."""
        known = self._portfolios()
        return {one for one, portfolio in known.items() if account in known and portfolio != known[account]}

    def _portfolios(self) -> dict[str, str]:
        return dict(self.exclude(portfolio="").values_list("account", "portfolio"))


class Connection(CompanyModel, Deletable):
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)  # a key of settings.TRANSPORTS
    status = models.CharField(max_length=12, choices=Status, default=Status.PENDING)
    status_reason = models.CharField(max_length=300, blank=True)
    status_code = models.CharField(
        max_length=40, blank=True, db_default=""
    )  # of the reason: consoles have words
    external_id = models.CharField(max_length=64, blank=True)  # Cloud API: the phone_number_id
    number = models.CharField(max_length=20, blank=True)  # digits as the customer sees them
    # The provider's account of this number, and the portfolio that owns the account; blank until it told us.
    account = models.CharField(max_length=64, blank=True, default="", db_default="")
    portfolio = models.CharField(max_length=64, blank=True, default="", db_default="")
    verified_name = models.CharField(max_length=120, blank=True)
    quality = models.CharField(max_length=20, blank=True)
    is_default = models.BooleanField(default=False)
    queue = models.ForeignKey(Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    menu = models.ForeignKey(Menu, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    hours = models.ForeignKey(Hours, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    greeting = models.TextField(blank=True)  # nothing is said where one of these is blank
    farewell = models.TextField(blank=True)  # the company's text when blank
    out_of_hours = models.TextField(blank=True)  # the company's text when blank
    reopen_minutes = models.PositiveIntegerField(default=120)
    credentials = EncryptedJSONField(default=dict)  # only the transport that carries it knows what is inside
    health = models.JSONField(default=dict, blank=True)  # {"checked_at", "checks"}: what the last look found
    last_received_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped(ConnectionQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "external_id"],
                condition=Q(deleted_at=None) & ~Q(external_id=""),
                name="connection_number_once",  # across companies: a number answers for one of them
            ),
            models.UniqueConstraint(
                fields=["company", "name"], condition=Q(deleted_at=None), name="connection_name_once"
            ),
        ]

    @property
    def is_held(self) -> bool:
        """Nothing goes out now: removed, stopped by the provider, or failed at its last check."""
        return self.deleted_at is not None or self.status in {Status.HELD, Status.DISCONNECTED}
