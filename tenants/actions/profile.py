"""What people change about themselves, and what their console needs to know about them."""

from typing import Any

from django.conf import settings
from django.db import transaction

from helpdesk.events import publish
from tenants.actions.sessions import memberships_of
from tenants.events import USER_UPDATED
from tenants.models import Membership, Session, User
from tenants.roles import permissions_of
from tenants.scoping import company_scope
from tenants.serializers.user import MeCompanySerializer, MeUserSerializer

USER_FIELDS = tuple(MeUserSerializer().fields)
COMPANY_FIELDS = tuple(MeCompanySerializer().fields)


def me(user: User, company_id: int | None, memberships: list[Membership]) -> dict[str, Any]:
    """The person in this company, as `MeSerializer` declares it; built by hand because every login waits for
    it."""
    here = next((row for row in memberships if row.company_id == company_id), None)
    return {
        "user": {name: getattr(user, name) for name in USER_FIELDS},
        "company": {name: getattr(here.company, name) for name in COMPANY_FIELDS} if here else None,
        "role": here.role if here else None,
        "permissions": sorted(permissions_of(here.role)) if here else [],
        "queues": _queues(here) if here else [],
        "farewell": here.farewell if here else "",
        "memberships": [
            {"company": {"id": row.company.pk, "name": row.company.name}, "role": row.role}
            for row in memberships
        ],
        "is_operator": user.is_operator,
        "socket": {"port": settings.SOCKETS_PORT, "path": "/ws/"},
        "build": settings.BUILD,
    }


def me_of(session: Session, memberships: list[Membership]) -> dict[str, Any]:
    return me(session.user, session.company_id, memberships)


@transaction.atomic
def update(user: User, changes: dict[str, Any]) -> User:
    """Name and preferences. Colleagues in each company hear of a new name."""
    for key, value in changes.items():
        setattr(user, key, value)
    user.save(update_fields=[*changes, "updated_at"])
    if "name" in changes:
        for membership in memberships_of(user):
            _tell_colleagues(membership)
    return user


def set_farewell(membership: Membership, text: str) -> None:
    """The person's own goodbye to this company's customers; empty for the company's."""
    membership.farewell = text
    membership.save(update_fields=["farewell"])


def _tell_colleagues(membership: Membership) -> None:
    with company_scope(membership.company_id):
        membership.save(update_fields=[])  # the name is part of how the row looks: a new version
        publish(USER_UPDATED, Membership.objects.with_parts().get(pk=membership.pk), to={"company"})


def _queues(membership: Membership) -> list[int]:
    with company_scope(membership.company_id):
        members = membership.queue_members.filter(queue__deleted_at=None)
        return sorted(members.values_list("queue_id", flat=True))
