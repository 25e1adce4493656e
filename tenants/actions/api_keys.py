"""Keys for programs: made, shown once, revoked."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from tenants.actions import audit
from tenants.authentication import hash_of
from tenants.models import ApiKey, User
from tenants.scoping import current_company_id


@transaction.atomic
def create(
    *, name: str, scopes: list[str], expires_at: datetime | None, by: audit.Actor
) -> tuple[ApiKey, str]:
    """The row and the key itself, which nobody can read again."""
    prefix = secrets.token_hex(4)
    key = f"hd_{current_company_id()}_{prefix}_{secrets.token_urlsafe(32)}"
    row = ApiKey.objects.create(
        name=name,
        prefix=prefix,
        key_hash=hash_of(key),
        scopes=sorted(set(scopes)),
        expires_at=expires_at,
        created_by=by if isinstance(by, User) else None,
    )
    data = {"name": name, "scopes": row.scopes}
    audit.record("api_key.created", actor=by, target=f"api_key:{row.pk}", data=data)
    return row, key


@transaction.atomic
def revoke(row: ApiKey, *, by: audit.Actor) -> None:
    """The key stops working with its next call; its row stays for the audit."""
    row = ApiKey.objects.locked(row.pk)
    if row.revoked_at is None:
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])
        audit.record("api_key.revoked", actor=by, target=f"api_key:{row.pk}", data={"name": row.name})
