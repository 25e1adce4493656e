"""What a company's plan allows: how many users, queues and connections."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from helpdesk.errors import LimitReached
from tenants.models import Company
from tenants.scoping import current_company_id


def require_room(what: str, rows: QuerySet[Any]) -> None:
    """Refuse when `rows` already fill the limit named `what`. Call it in the transaction that adds a row.

    The company's row is locked, so that two people cannot both take the last place.
    """
    assert transaction.get_connection().in_atomic_block
    company = Company.objects.select_for_update(no_key=True).get(pk=current_company_id())
    limit = company.limits.get(what)
    if limit is not None and rows.count() >= limit:
        raise LimitReached("limit_reached", f"The plan allows {limit} {what}.", limit=limit, what=what)
