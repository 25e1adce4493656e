"""Who may do what: one table of roles over permissions, and what the scopes of an API key may."""

from django.db import models


class Role(models.TextChoices):
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    AGENT = "agent"


AGENT = frozenset(
    {
        "tickets.read", "tickets.write", "tickets.close", "tickets.transfer",
        "contacts.read", "contacts.write",
        "queues.read", "users.read", "connections.read", "company.read",
        "ai.use", "knowledge.read",
    }
)  # fmt: skip
SUPERVISOR = AGENT | {
    "tickets.see_all", "contacts.delete", "contacts.import", "contacts.export", "audit.read", "costs.read",
    "tags.write",
    "views.write", "quick_replies.write", "macros.write",
    "ai.read", "knowledge.write",
}  # fmt: skip
ADMIN = SUPERVISOR | {
    "tickets.delete", "queues.write", "connections.write", "users.write", "company.write", "api_keys.write",
    "fields.write", "automation.write", "templates.write", "ledger.see", "ledger.replay",
    "ai.write",
}  # fmt: skip
ROLES: dict[str, frozenset[str]] = {Role.ADMIN: ADMIN, Role.SUPERVISOR: SUPERVISOR, Role.AGENT: AGENT}

PUBLIC = "public"  # no sign-in needed
SIGNED_IN = "signed_in"  # any person with a session, whatever the company
OPERATOR = "operator"  # whoever runs the platform

# What an API key may do; `admin` is everything an administrator may.
SCOPES: dict[str, frozenset[str]] = {
    "read": frozenset(name for name in ADMIN if name.endswith(".read")) | {"tickets.see_all"},
    "write": frozenset(
        name for name in ADMIN if name.split(".")[0] in {"tickets", "contacts"} or name.endswith(".read")
    )
    | {"ai.use"},
    "ai": frozenset(name for name in ADMIN if name.split(".")[0] in {"ai", "knowledge"}),
    "admin": ADMIN,
}


def permissions_of(role: str) -> frozenset[str]:
    return ROLES.get(role, frozenset())
