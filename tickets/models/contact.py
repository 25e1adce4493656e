"""A customer, and the typed addresses that customer is reached by."""

import unicodedata
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager


class AddressKind(models.TextChoices):
    PHONE = "phone"
    BSUID = "bsuid"
    BSUID_PARENT = "bsuid_parent"
    LID = "lid"
    GROUP = "group"


class ContactQuerySet(CompanyQuerySet):
    def live(self) -> "ContactQuerySet":
        return self.filter(deleted_at=None)

    def matching(self, words: str) -> "ContactQuerySet":
        """Contacts whose name, user name, e-mail or number contain every word (accents do not matter)."""
        found = self
        for word in plain(words).split():
            found = found.filter(search__contains=word)
        return found


class Contact(CompanyModel, Deletable):
    """`search` is what the search box looks in: kept by `tickets.actions.contacts`."""

    name = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=20, blank=True)  # digits; blank when WhatsApp hides it
    username = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    notes = models.TextField(blank=True)
    is_blocked = models.BooleanField(default=False)
    bot_off = models.BooleanField(default=False)
    search = models.TextField(default="", editable=False)

    objects = scoped(ContactQuerySet)
    if TYPE_CHECKING:
        addresses: RelatedManager["ContactAddress"]

    class Meta:
        indexes = [
            # The search box: the company first, then any part of the text.
            GinIndex(F("company"), OpClass(F("search"), "gin_trgm_ops"), name="contact_search"),
            models.Index(F("company"), F("id").desc(), name="contact_newest"),  # the contacts list
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"],
                condition=Q(deleted_at=None) & ~Q(number=""),
                name="contact_number_once",
            )
        ]

    @property
    def display_name(self) -> str:
        if self.name:
            return self.name
        if self.number:
            return f"+{self.number}"
        return f"@{self.username}" if self.username else f"WhatsApp · {self.pk}"

    def search_text(self) -> str:
        return plain(f"{self.name} {self.username} {self.email} {self.number}")


class ContactAddress(CompanyModel):
    """`scope` is the business portfolio of a BSUID and empty for a phone."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=12, choices=AddressKind)
    value = models.CharField(max_length=160)
    scope = models.CharField(max_length=64, blank=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "value", "scope"],
                condition=Q(ended_at=None),
                name="contact_address_once",
            )
        ]


def plain(text: str) -> str:
    """Lower case without accents, as both sides of a search are compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
