"""A customer, and the typed addresses that customer is reached by."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Left, Now
from django.utils.timezone import now

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tickets.models import search
from tickets.models.search import plain as plain

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from tickets.models.tag import ContactTag


class AddressKind(models.TextChoices):
    PHONE = "phone"
    BSUID = "bsuid"
    BSUID_PARENT = "bsuid_parent"
    LID = "lid"
    GROUP = "group"
    USERNAME = (
        "username"  # in small letters; shown and kept, never written to and no proof of who somebody is
    )


class ContactQuerySet(CompanyQuerySet):
    def live(self) -> "ContactQuerySet":
        return self.filter(deleted_at=None)

    def matching(self, words: str) -> "ContactQuerySet":
        """Contacts whose name, user name, e-mail or number contain every word (accents do not matter)."""
        wanted = search.terms(words)
        if not wanted:
            return self
        few = search.few_contacts(wanted)
        if few is not None:
            return self.filter(pk__any=few)
        return self._containing(wanted)

    def spelled(self, words: str) -> "ContactQuerySet":
        """The same without the index, which knows living contacts only."""
        return self._containing(search.terms(words))

    def _containing(self, wanted: list[str]) -> "ContactQuerySet":
        found = self
        for term in wanted:
            found = found.filter(search__contains=term)
        return found

    def with_parts(self) -> "ContactQuerySet":
        """Everything `ContactSerializer` shows, in two queries."""
        from tickets.models.tag import ContactTag

        living = ContactAddress.objects.filter(ended_at=None).order_by("id")
        tagged = ContactTag.objects.filter(contact=OuterRef("pk"), tag__deleted_at=None)
        shown: ContactQuerySet = self.annotate(
            found_tag_ids=ArraySubquery(tagged.order_by("tag_id").values("tag_id"))
        )
        return shown.prefetch_related(Prefetch("addresses", living, to_attr="living_addresses"))


class Contact(CompanyModel, Deletable):
    """`search` is what the search box looks in: kept by `tickets.actions.contacts`."""

    name = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=20, blank=True)  # digits; blank when WhatsApp hides it
    username = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    notes = models.TextField(blank=True)
    is_blocked = models.BooleanField(default=False)
    is_group = models.BooleanField(default=False, db_default=False)
    bot_off = models.BooleanField(default=False)
    accepts_audio = models.BooleanField(null=True, blank=True)  # voice messages; null: as the company does
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    custom_fields = models.JSONField(default=dict)  # values of the company's own fields, by their keys
    consented_at = models.DateTimeField(null=True, blank=True)  # agreed to the processing of personal data
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    # When they wrote last, to the hour; when they were made, for who never wrote.
    last_active_at = models.DateTimeField(default=now, db_default=Now())
    search = models.TextField(default="", editable=False)
    # What lists are sorted by: a name without accents. A column, because row-level security lets an index be
    # used only for plain columns.
    sort_name: Any = models.GeneratedField(
        expression=Left("search", 60), output_field=models.CharField(max_length=60), db_persist=True
    )

    objects: Any = scoped(ContactQuerySet)
    found_tag_ids: list[int]  # only where `with_parts` or an import put them
    living_addresses: list["ContactAddress"]  # only where `with_parts` or `recognise` put them
    if TYPE_CHECKING:
        addresses: RelatedManager["ContactAddress"]
        contact_tags: RelatedManager[ContactTag]

    class Meta:
        indexes = [
            # The search box: the company first, then any part of the text.
            GinIndex(F("company"), OpClass(F("search"), "gin_trgm_ops"), name="contact_search"),
            models.Index(F("company"), F("id").desc(), name="contact_newest"),  # the contacts list
            models.Index(F("company"), F("last_active_at").desc(), F("id").desc(), name="contact_active"),
            models.Index("company", "sort_name", "id", name="contact_by_name"),
            # Who has the same e-mail address: imports and the review of duplicates.
            models.Index("company", "email", name="contact_email", condition=~Q(email="")),
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
        return display_name(self.pk, self.name, self.number, self.username)

    def may_speak(self, company_accepts: bool) -> bool:
        """Whether voice messages are listened to: this contact's own rule before the company's."""
        return company_accepts if self.accepts_audio is None else self.accepts_audio

    def search_text(self) -> str:
        return search.searchable(self.name, self.username, self.email, self.number)

    @property
    def tag_ids(self) -> list[int]:
        """Living tags; no query when the row came with its parts."""
        if hasattr(self, "found_tag_ids"):
            return list(self.found_tag_ids)
        return list(
            self.contact_tags.filter(tag__deleted_at=None).order_by("tag_id").values_list("tag_id", flat=True)
        )

    def known_addresses(self) -> list["ContactAddress"]:
        """Where the contact can be reached now; no query when the row came with its parts."""
        if hasattr(self, "living_addresses"):
            return list(self.living_addresses)
        return list(self.addresses.filter(ended_at=None).order_by("id"))


class ContactAddress(CompanyModel):
    """`scope` is the account where a BSUID was heard first, and empty for a phone."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=12, choices=AddressKind)
    value = models.CharField(max_length=160)
    scope = models.CharField(max_length=64, blank=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    learned_from = models.JSONField(
        default=dict, db_default=Value({}, models.JSONField())
    )  # {"how", "at", "by"…}

    objects: Any = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "value", "scope"],
                condition=Q(ended_at=None),
                name="contact_address_once",
            )
        ]
        indexes = [
            # Messages that come late from a user id that its owner has left
            models.Index(
                fields=["company", "kind", "value"],
                name="contact_address_former",
                condition=Q(ended_at__isnull=False, kind__in=["bsuid", "bsuid_parent"]),
            )
        ]


def display_name(pk: int, name: str, number: str, username: str) -> str:
    """What a customer is called where there is room for one name."""
    if name:
        return name
    if number:
        return f"+{number}"
    return f"@{username}" if username else f"WhatsApp · {pk}"
