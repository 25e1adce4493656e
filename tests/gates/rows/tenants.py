"""Rows of people and their keys."""

from typing import Any
from uuid import uuid4

from django.utils.timezone import now

from tests.support.world import World


def person(world: World) -> Any:
    return world.person(f"Person {uuid4().hex[:6]}")


def session(world: World) -> Any:
    from tenants.models import Session

    user = world.person(f"Person {uuid4().hex[:6]}")
    return Session.objects.create(
        user=user, company=world.company, refresh_id=uuid4().hex, last_used_at=now(), expires_at=now()
    )


def api_key(world: World) -> Any:
    from tenants.models import ApiKey

    with world.scope():
        return ApiKey.objects.create(
            name="Key", prefix=uuid4().hex[:8], key_hash=uuid4().hex, scopes=["read"]
        )


def audit_entry(world: World) -> Any:
    from tenants.models import AuditEntry

    with world.scope():
        return AuditEntry.objects.create(action="company.updated")


def admin_of(world: World) -> Any:
    """Whose own rows the gates look at."""
    from tenants.models import Membership

    with world.scope():
        admin = Membership.objects.filter(role="admin").order_by("pk").first()
    return admin.user if admin else world.person(f"Person {uuid4().hex[:6]}", role="admin")


MAKERS = {
    "tenants.User": person,
    "tenants.Membership": person,
    "tenants.Session": session,
    "tenants.ApiKey": api_key,
    "tenants.AuditEntry": audit_entry,
}
