"""Things that belong to one person or to the whole company: who may write which."""

from rest_framework.request import Request

from helpdesk.errors import NotAllowed
from tenants.authentication import auth_of
from tenants.models import User
from tickets.api.shared import person_behind


def owner_for(request: Request, *, is_shared: bool, permission: str) -> User | None:
    """Whose it will be. Raises NotAllowed for the company's without the permission."""
    if not is_shared:
        return person_behind(request)
    require_shared(request, permission)
    return None


def require_change(request: Request, row: object, permission: str) -> None:
    """One's own may always be changed, the company's with the permission. Others' were not found before."""
    if getattr(row, "owner_id", None) is None:
        require_shared(request, permission)


def require_shared(request: Request, permission: str) -> None:
    if permission not in auth_of(request).permissions:
        raise NotAllowed("not_allowed", "Your role may only change what is your own.")
