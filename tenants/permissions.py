"""Who may do what: one table of roles, and the check that every route passes."""

from typing import Any

from django.db import models
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class Role(models.TextChoices):
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    AGENT = "agent"


AGENT = frozenset(
    {
        "tickets.read", "tickets.write", "tickets.close", "tickets.transfer",
        "contacts.read", "contacts.write",
        "queues.read", "users.read", "connections.read", "company.read",
    }
)  # fmt: skip
SUPERVISOR = AGENT | {"tickets.see_all", "contacts.delete", "audit.read"}
ADMIN = SUPERVISOR | {
    "tickets.delete", "queues.write", "connections.write", "users.write", "company.write", "api_keys.write",
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
    ),
    "admin": ADMIN,
}


def permissions_of(role: str) -> frozenset[str]:
    return ROLES.get(role, frozenset())


class Requires(BasePermission):
    """Compares the bearer's rights with the view's table: `required = {"list": "tickets.read", …}`.

    A route without an entry is refused to everyone, and a test names it.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = needed_for(view, request.method or "")
        if needed == PUBLIC:
            return True
        auth = request.auth
        if auth is None or needed is None:
            return False
        if needed == SIGNED_IN:
            return request.user is not None
        if needed == OPERATOR:
            return bool(request.user and request.user.is_operator)
        return needed in auth.permissions


class Anyone(BasePermission):
    """For the documentation pages, which hold no company's data."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return True


def needed_for(view: Any, method: str) -> str | None:
    """The permission that this action of the view declares; None when it declares none."""
    table: dict[str, str] = getattr(view, "required", {})
    action = getattr(view, "action", None) or method.lower()
    return table.get(action)
