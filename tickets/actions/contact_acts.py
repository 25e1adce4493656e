"""What can be done to many contacts at once, and putting back what was before.

Each act changes one thing; `read` says what that thing is now, so that undoing it never undoes anything else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import now

from helpdesk.errors import Refused
from tickets.actions import blocking, contacts, fields, forgetting, tags, word
from tickets.events import CONTACT_UPDATED
from tickets.models import Contact, Tag
from tickets.models.contact_job import ContactAct
from tickets.models.custom_field import FieldOn

Params = dict[str, Any]
Value = Any


@dataclass(frozen=True)
class Act:
    """`needs`: the right it takes. `read`: what is about to change. `write`: change it, on a locked row."""

    needs: str
    read: Callable[[Contact, Params], Value]
    wanted: Callable[[Params, Value], Value]
    write: Callable[[Contact, Params, Value], None]


def do(act: Act, contact: Contact, params: Params) -> tuple[Value, Value]:
    """Do it; answers what was before and what is now. The caller holds the contact. May raise Refused."""
    was = act.read(contact, params)
    wanted = act.wanted(params, was)
    if wanted != was:
        act.write(contact, params, wanted)
        contacts.tell(CONTACT_UPDATED, contact)
    return was, wanted


def put_back(act: Act, contact: Contact, params: Params, was: Value, became: Value) -> None:
    """Raises Refused when somebody changed the same thing since."""
    if act.read(contact, params) != became:
        raise Refused("undo_too_late", "Somebody changed this contact since.")
    if was != became:
        act.write(contact, params, was)
        contacts.tell(CONTACT_UPDATED, contact)


def _column(name: str, needs: str, wanted: Callable[[Params, Value], Value]) -> Act:
    def write(contact: Contact, params: Params, value: Value) -> None:
        setattr(contact, name, value)
        contact.save(update_fields=[name])

    return Act(needs, lambda contact, params: getattr(contact, name), wanted, write)


def _has_tags(contact: Contact, params: Params) -> list[int]:
    """Those of the named tags that the contact has."""
    return sorted(set(contact.tag_ids) & set(params["tags"]))


def _write_tags(contact: Contact, params: Params, has: list[int]) -> None:
    living = set(Tag.objects.live().filter(pk__in=has).values_list("pk", flat=True))
    tags.put_on_contact(contact, (set(contact.tag_ids) - set(params["tags"])) | living)


def _living_tags(params: Params, was: list[int]) -> list[int]:
    found = Tag.objects.live().filter(pk__in=params["tags"]).values_list("pk", flat=True)
    return sorted(set(found) | set(was))


def _is_deleted(contact: Contact, params: Params) -> bool:
    return contact.is_deleted


def _delete(contact: Contact, params: Params, is_deleted: bool) -> None:
    if is_deleted:
        contact.deleted_at = now()
        contact.save(update_fields=["deleted_at"])
        contact.addresses.filter(ended_at=None).update(ended_at=contact.deleted_at)
        forgetting.tell_provider.nudge(contact.company_id, contact.pk)
    else:
        contacts.restore(contact)


def _write_block(contact: Contact, params: Params, is_blocked: bool) -> None:
    contact.is_blocked = is_blocked
    contact.save(update_fields=["is_blocked"])
    blocking.tell_provider.nudge(contact.company_id, contact.pk)
    if is_blocked:
        word.taken_from(contact)


def _write_bot_off(contact: Contact, params: Params, bot_off: bool) -> None:
    contact.bot_off = bot_off
    contact.save(update_fields=["bot_off"])
    if bot_off:
        word.taken_from(contact)


def _bot_off(contact: Contact, params: Params) -> bool:
    return contact.bot_off


def _is_blocked(contact: Contact, params: Params) -> bool:
    return contact.is_blocked


def _owner(params: Params, was: Value) -> int | None:
    owner: int | None = params["owner"]
    if owner is not None and not contacts.may_own(owner):
        raise Refused("owner_unknown", "This person can no longer own contacts.")
    return owner


def _read_field(contact: Contact, params: Params) -> Value:
    return contact.custom_fields.get(params["field"])


def _write_field(contact: Contact, params: Params, value: Value) -> None:
    given = {params["field"]: value}
    contact.custom_fields = fields.merged(FieldOn.CONTACT, contact.custom_fields, given)
    contact.save(update_fields=["custom_fields"])


ACTS: dict[str, Act] = {
    ContactAct.TAG: Act("contacts.write", _has_tags, _living_tags, _write_tags),
    ContactAct.UNTAG: Act("contacts.write", _has_tags, lambda params, was: [], _write_tags),
    ContactAct.OWNER: _column("owner_id", "contacts.write", _owner),
    ContactAct.BLOCK: Act("contacts.write", _is_blocked, lambda params, was: True, _write_block),
    ContactAct.UNBLOCK: Act("contacts.write", _is_blocked, lambda params, was: False, _write_block),
    ContactAct.BOT_OFF: Act("contacts.write", _bot_off, lambda params, was: True, _write_bot_off),
    ContactAct.BOT_ON: Act("contacts.write", _bot_off, lambda params, was: False, _write_bot_off),
    ContactAct.FIELD: Act("contacts.write", _read_field, lambda params, was: params["value"], _write_field),
    ContactAct.DELETE: Act("contacts.delete", _is_deleted, lambda params, was: True, _delete),
}
