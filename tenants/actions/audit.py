"""Writing down what somebody may have to answer for. Never put a secret or a customer's words in `data`."""

from typing import Any

from tenants.models import ApiKey, AuditEntry, User

Actor = User | ApiKey | None


def record(
    action: str,
    *,
    actor: Actor,
    target: str = "",
    data: dict[str, Any] | None = None,
    ip: str | None = None,
    company_id: int | None = None,
) -> AuditEntry:
    """Keep one entry of the open company; `company_id` names it where the platform's scope is open."""
    entry = AuditEntry(
        action=action,
        actor=actor if isinstance(actor, User) else None,
        api_key=actor if isinstance(actor, ApiKey) else None,
        target=target[:80],
        data=data or {},
        ip=ip or None,
    )
    if company_id is not None:
        entry.company_id = company_id
    entry.save()
    return entry
