"""What one row of a file would do to the address book, and doing it. A hundred rows are looked up at once.

The same row a second time does nothing: people are found again by their number in any of its spellings, by an
e-mail address that leaves no doubt, or by a name that is all there is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from helpdesk.errors import Refused
from tenants.models import Membership, User
from tickets.actions import contacts, field_values, tags
from tickets.actions.addresses import attach
from tickets.actions.import_columns import FIELD
from tickets.events import CONTACT_UPDATED
from tickets.models import Contact, ContactAddress, ContactImport, ContactTag, CustomField, Tag
from tickets.models.contact import AddressKind
from tickets.models.contact_import import OnExisting
from tickets.models.custom_field import FieldOn, FieldType
from tickets.numbers import digits_of, variants
from tickets.transport import Address

_LENGTHS = {"name": 200, "email": 254, "notes": 10_000}
_YES = {"true", "1", "sim", "yes", "si", "sí", "x", "verdadeiro"}
_NO = {"false", "0", "nao", "não", "no", "falso"}
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


@dataclass
class Planned:
    """`outcome`: create, update, unchanged, skip or fail."""

    line: int
    cells: Sequence[str]
    outcome: str = "fail"
    contact: Contact | None = None
    values: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)

    def complain(self, column: str, code: str, detail: str) -> None:
        self.problems.append({"column": column, "code": code, "detail": detail})


class Book:
    """What the address book knows about these rows, read in a handful of queries. `hold` locks whom they mean."""

    def __init__(
        self, job: ContactImport, rows: Sequence[tuple[int, Sequence[str]]], *, hold: bool = False
    ) -> None:
        self.job = job
        self.own_fields = {one.key: one for one in CustomField.objects.live().filter(on=FieldOn.CONTACT)}
        self._read_tags()
        members = Membership.objects.active().select_related("user")
        workers = [one.user for one in members if one.may("tickets.write")]
        self.people: dict[str, User] = {person.email.casefold(): person for person in workers}
        self.rows = [self._understand(line, cells) for line, cells in rows]
        self._look_up(hold)

    def plan(self) -> list[Planned]:
        """What would become of the rows; a person who comes twice is new once."""
        for row in self.rows:
            self.decide(row)
            if row.outcome == "create":
                self._remember(Contact(**row.values))
        return self.rows

    def decide(self, row: Planned) -> None:
        """Also called again just before a row is applied: an earlier row may have made its contact."""
        if row.problems:
            return
        row.contact = self._known(row)
        if row.contact is None:
            row.outcome = "create"
        elif self.job.on_existing == OnExisting.SKIP:
            row.outcome = "skip"
        else:
            row.outcome = "update" if self._changes(row, row.contact) else "unchanged"

    def apply(self, row: Planned) -> None:
        """Raises Refused. Part of the caller's transaction."""
        self.decide(row)
        if row.outcome not in {"create", "update"}:
            return
        wanted = self._wanted_tags(row)
        contact = row.contact or Contact()
        had = contact.tag_ids if row.contact else []
        number = row.values.get("number", "")
        is_new_number = bool(number) and not contact.number
        for name, value in self._changes(row, contact).items():
            if name != "tags":
                setattr(contact, name, value)
        contact.search = contact.search_text()
        contact.save()
        if is_new_number:
            learned = {"how": "import", "import": self.job.pk, "by": self.job.user_id}
            attach(contact, Address(AddressKind.PHONE, number), learned=learned)
        if more := wanted - set(had):
            tags.put_on_contact(contact, more | set(had))
            contact.version += 1
        contact.found_tag_ids = sorted(wanted | set(had))
        self._remember(contact)
        if row.outcome == "update":
            contacts.tell(CONTACT_UPDATED, contact)
        row.contact = contact

    def recover(self, row: Planned) -> None:
        """Applying the row was undone: forget what it changed here."""
        if row.contact is not None:
            row.contact.refresh_from_db()
        self._read_tags()

    def _read_tags(self) -> None:
        self.tag_ids = {tag.name.casefold(): tag.pk for tag in Tag.objects.live()}

    def _understand(self, line: int, cells: Sequence[str]) -> Planned:
        row = Planned(line, cells)
        for part, cell in zip(self.job.mapping, cells, strict=False):
            if not part or not cell:
                continue
            if part.startswith(FIELD):
                self._own_field(row, part.removeprefix(FIELD), cell)
            elif part == "number":
                row.values["number"] = number_in(cell, self.job.region)
                if not row.values["number"]:
                    row.complain(part, "number_invalid", "This is not a telephone number.")
            elif part == "tags":
                row.tags = [name.strip()[:40] for name in re.split(r"[,;|]", cell) if name.strip()]
                self._check_tags(row)
            elif part == "owner":
                self._owner(row, cell)
            else:
                self._text(row, part, cell)
        if not any(row.values.get(name) for name in ("name", "number", "email")) and not row.problems:
            row.complain("", "row_empty", "A contact needs a name, a number or an e-mail address.")
        return row

    def _text(self, row: Planned, part: str, cell: str) -> None:
        if len(cell) > _LENGTHS[part]:
            row.complain(part, "too_long", f"At most {_LENGTHS[part]} signs.")
        elif part == "email":
            row.values["email"] = cell.lower()
            try:
                validate_email(cell)
            except ValidationError:
                row.complain(part, "email_invalid", "This is not an e-mail address.")
        else:
            row.values[part] = cell

    def _owner(self, row: Planned, cell: str) -> None:
        named = {person.name.casefold(): person for person in self.people.values()}
        person = self.people.get(cell.casefold()) or named.get(cell.casefold())
        if person is None:
            row.complain("owner", "owner_unknown", "Nobody with this e-mail address works on tickets.")
        else:
            row.values["owner_id"] = person.pk

    def _check_tags(self, row: Planned) -> None:
        unknown = [name for name in row.tags if name.casefold() not in self.tag_ids]
        if unknown and not self.job.make_tags:
            row.complain("tags", "tag_unknown", f"There is no tag {unknown[0]}.")

    def _own_field(self, row: Planned, key: str, cell: str) -> None:
        known = self.own_fields.get(key)
        if known is None:
            return
        try:
            value = field_values.checked(known, _typed(known, cell))
        except ValueError as error:
            row.complain(f"{FIELD}{key}", "field_invalid", str(error))
            return
        if value is not None:
            row.fields[key] = value

    def _look_up(self, hold: bool) -> None:
        """Everybody these rows may mean, each as one object, so that changes to it add up."""
        numbers = {one for row in self.rows for one in _spellings(row.values.get("number", ""))}
        emails = {row.values["email"] for row in self.rows if row.values.get("email")}
        names = {row.values["name"] for row in self.rows if row.values.get("name")}
        phones = ContactAddress.objects.filter(kind=AddressKind.PHONE, value__in=numbers, ended_at=None)
        owners: dict[str, int] = dict(phones.values_list("value", "contact_id"))
        meant = Q(pk__in=owners.values()) | Q(email__in=emails) | Q(name__in=names, number="", email="")
        found = Contact.objects.live().filter(meant).order_by("id")
        people: list[Contact] = list(found.select_for_update() if hold else found)
        by_id = {one.pk: one for one in people}
        self.by_number = {value: by_id[pk] for value, pk in owners.items() if pk in by_id}
        self.by_email = _gathered((one.email.lower(), one) for one in people if one.email)
        self.by_name = _gathered((one.name, one) for one in people if not one.number and not one.email)
        tagged: dict[int, list[int]] = {}
        rows = ContactTag.objects.filter(contact__in=by_id, tag__deleted_at=None)
        for contact_id, tag_id in rows.values_list("contact_id", "tag_id"):
            tagged.setdefault(contact_id, []).append(tag_id)
        for contact in people:
            contact.found_tag_ids = tagged.get(contact.pk, [])

    def _known(self, row: Planned) -> Contact | None:
        number, email = row.values.get("number", ""), row.values.get("email", "")
        for one in _spellings(number):
            if one in self.by_number:
                return self.by_number[one]
        same = self.by_email.get(email, {}) if email else {}
        if len(same) == 1:
            (contact,) = same.values()
            if not number or not contact.number:  # two people may share an address, but not with two numbers
                return contact
        if not number and not email:
            return next(iter(self.by_name.get(row.values.get("name", ""), {}).values()), None)
        return None

    def _changes(self, row: Planned, contact: Contact) -> dict[str, Any]:
        """What the row says otherwise. A number that is known in another spelling stays as it is."""
        values = {name: value for name, value in row.values.items() if value}
        if contact.number:
            values.pop("number", None)
        changes = {name: value for name, value in values.items() if getattr(contact, name) != value}
        fields = {**contact.custom_fields, **row.fields}
        if fields != contact.custom_fields:
            changes["custom_fields"] = fields
        known = {self.tag_ids.get(name.casefold()) for name in row.tags} | set(self.job.tags)
        if None in known or (known and not known <= set(contact.tag_ids if contact.pk else [])):
            changes["tags"] = True
        return changes

    def _wanted_tags(self, row: Planned) -> set[int]:
        for name in row.tags:
            if name.casefold() not in self.tag_ids:
                self.tag_ids[name.casefold()] = tags.create(by=self.job.user, name=name).pk
        living = set(self.tag_ids.values())
        return {self.tag_ids[name.casefold()] for name in row.tags} | (set(self.job.tags) & living)

    def _remember(self, contact: Contact) -> None:
        """The next row may be the same person once more."""
        if contact.number:
            self.by_number[contact.number] = contact
        if contact.email:
            self.by_email.setdefault(contact.email.lower(), {})[contact.pk] = contact
        if contact.name and not contact.number and not contact.email:
            self.by_name.setdefault(contact.name, {})[contact.pk] = contact


def number_in(cell: str, region: str) -> str:
    """The digits of a number with or without its country code; blank when it cannot be one."""
    national, plain = digits_of(cell, region), digits_of(cell)
    possible = [one for one in (national, plain) if one]
    for fits in (phonenumbers.is_valid_number, phonenumbers.is_possible_number):
        for one in possible:
            try:
                if fits(phonenumbers.parse(f"+{one}")):
                    return one
            except phonenumbers.NumberParseException:
                continue
    return ""


def refused(row: Planned, error: Refused) -> None:
    row.outcome = "fail"
    row.complain("", error.code, error.detail)


def _gathered(pairs: Iterable[tuple[str, Contact]]) -> dict[str, dict[int, Contact]]:
    found: dict[str, dict[int, Contact]] = {}
    for word, contact in pairs:
        found.setdefault(word, {})[contact.pk] = contact
    return found


def _spellings(number: str) -> list[str]:
    return [number, *sorted(variants(number))] if number else []


def _typed(known: CustomField, cell: str) -> Any:
    """A cell is text; fields are not. Raises ValueError."""
    kind, word = FieldType(known.type), cell.casefold()
    if kind == FieldType.NUMBER:
        text = cell.replace(".", "").replace(",", ".") if "," in cell else cell
        number = float(text)
        return int(number) if number.is_integer() else number
    if kind == FieldType.BOOLEAN:
        if word not in _YES | _NO:
            raise ValueError("Say yes or no.")
        return word in _YES
    if kind == FieldType.MULTI:
        return [part.strip() for part in re.split(r"[,;|]", cell) if part.strip()]
    if kind == FieldType.DATE and (found := _DAY_FIRST.fullmatch(cell)):
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return cell
