"""Contacts as a table, for a spreadsheet or for the import of another company."""

from collections.abc import Iterator
from typing import Any

from tenants.actions import audit
from tenants.models import Membership
from tickets.models import Contact, CustomField, Tag
from tickets.models.custom_field import FieldOn

PAGE = 500
TITLES = ("id", "name", "number", "username", "email", "notes", "tags", "owner")
MORE = ("is_blocked", "bot_off", "consented_at", "created_at", "last_active_at")


def rows(contact_ids: Any) -> Iterator[list[Any]]:
    """The titles, then each contact, the newest first. `contact_ids`: the contacts that are meant."""
    fields = list(CustomField.objects.live().filter(on=FieldOn.CONTACT).order_by("position", "id"))
    names = dict(Tag.objects.live().values_list("pk", "name"))
    people = dict(Membership.objects.values_list("user_id", "user__email"))
    yield [*TITLES, *(field.label for field in fields), *MORE]
    last: int | None = None
    while True:
        part = contact_ids if last is None else contact_ids.filter(pk__lt=last)
        page = list(Contact.objects.with_parts().filter(pk__in=list(_ids(part))).order_by("-pk"))
        for contact in page:
            yield _row(contact, fields, names, people)
        if len(page) < PAGE:
            return
        last = page[-1].pk


def note(by: audit.Actor, asked: dict[str, Any]) -> None:
    """Who took customers' data out is in the audit log."""
    audit.record("contacts.exported", actor=by, target="contacts", data=asked)


def _ids(part: Any) -> Any:
    return part.order_by("-pk").values_list("pk", flat=True)[:PAGE]


def _row(
    contact: Contact, fields: list[CustomField], names: dict[int, str], people: dict[int, str]
) -> list[Any]:
    return [
        contact.pk,
        contact.name,
        contact.number,
        contact.username,
        contact.email,
        contact.notes,
        ", ".join(names[pk] for pk in contact.tag_ids if pk in names),
        people.get(contact.owner_id or 0, ""),
        *(_cell(contact.custom_fields.get(field.key)) for field in fields),
        contact.is_blocked,
        contact.bot_off,
        contact.consented_at.isoformat() if contact.consented_at else "",
        contact.created_at.isoformat(),
        contact.last_active_at.isoformat(),
    ]


def _cell(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value
