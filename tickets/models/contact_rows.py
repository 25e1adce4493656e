"""Contacts as lists show them, built by PostgreSQL in one statement.

`ContactSerializer` says the same in Python for single rows; a test compares.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import TextField
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from tickets.models.contact import ContactQuerySet

_ROW = RawSQL(
    """json_build_object(
        'id', tickets_contact.id, 'name', name,
        'display_name', CASE WHEN name <> '' THEN name WHEN number <> '' THEN '+' || number
            WHEN username <> '' THEN '@' || username ELSE 'WhatsApp · ' || tickets_contact.id END,
        'number', nullif(number, ''), 'username', nullif(username, ''), 'email', email, 'notes', notes,
        'addresses', (
            SELECT coalesce(json_agg(json_build_object('kind', a.kind, 'value', a.value) ORDER BY a.id), '[]')
            FROM tickets_contactaddress a WHERE a.contact_id = tickets_contact.id AND a.ended_at IS NULL),
        'is_blocked', is_blocked, 'is_group', is_group,
        'bot_off', bot_off, 'accepts_audio', accepts_audio, 'owner', owner_id,
        'tags', ARRAY(
            SELECT t.tag_id FROM tickets_contacttag t JOIN tickets_tag g ON g.id = t.tag_id
            WHERE t.contact_id = tickets_contact.id AND g.deleted_at IS NULL ORDER BY t.tag_id),
        'custom_fields', custom_fields, 'consented_at', consented_at,
        'last_active_at', last_active_at, 'merged_into', merged_into_id,
        'is_deleted', tickets_contact.deleted_at IS NOT NULL,
        'created_at', tickets_contact.created_at, 'updated_at', tickets_contact.updated_at,
        'version', tickets_contact.version
    )::text""",
    (),
    output_field=TextField(),
)


def as_rows(contacts: "ContactQuerySet", *also: str) -> Any:
    """The same contacts as light rows with `shown`, and `also` what their order is made of."""
    columns = dict.fromkeys(["id", *also, "shown"])
    return contacts.annotate(shown=_ROW).values_list(*columns, named=True)
