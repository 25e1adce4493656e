"""What people say about contacts that look like one person: that they are two. (That they are one is a merge.)"""

from django.db import transaction

from helpdesk.errors import Invalid
from tenants.models import User
from tickets.models import Contact, NotDuplicates


@transaction.atomic
def part(one: Contact, other: Contact, *, by: User | None) -> NotDuplicates:
    """They are two: they are not shown as duplicates again."""
    if one.pk == other.pk:
        raise Invalid("same_contact", "Name two contacts.", second=["The same contact."])
    first, second = sorted((one.pk, other.pk))
    row, _ = NotDuplicates.objects.get_or_create(
        first_id=first, second_id=second, defaults={"by": by, "company_id": one.company_id}
    )
    said: NotDuplicates = row
    return said


def forget(one: Contact, other: Contact) -> None:
    """Nothing was said about the two."""
    first, second = sorted((one.pk, other.pk))
    NotDuplicates.objects.filter(first=first, second=second).delete()
