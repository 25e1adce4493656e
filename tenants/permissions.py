"""The check that every route passes: the bearer's rights against the view's own table."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from tenants.roles import OPERATOR, PUBLIC, SIGNED_IN


class Requires(BasePermission):
    """Compares the bearer's rights with the view's table: `required = {"list": "tickets.read", …}`.

    A route without an entry is refused to everyone, and a test names it.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = needed_for(view, request.method or "")
        if needed == PUBLIC:
            return True
        auth: Any = request.auth
        if auth is None or needed is None:
            return False
        if needed == SIGNED_IN:
            return auth.user is not None
        if needed == OPERATOR:
            return bool(auth.user and auth.user.is_operator)
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
