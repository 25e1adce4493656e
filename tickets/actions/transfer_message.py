"""What an agent says to the customer when handing the ticket on."""

import logging
import uuid
from typing import Any

from helpdesk.errors import Refused
from tenants.models import User
from tickets.actions import outbound
from tickets.models import Ticket

logger = logging.getLogger(__name__)


def send(ticket: Ticket, data: dict[str, Any]) -> None:
    """Follows a transfer once it stands. Said by who transferred; the customer's window may have closed by now."""
    text, by = data.get("message"), User.objects.filter(pk=data["by"]).first()
    if not text or by is None:
        return
    try:
        outbound.send(ticket, by=by, client_id=uuid.uuid4(), body=text)
    except Refused as refused:
        logger.info(
            "transfer message not sent", extra={"fields": {"ticket": ticket.pk, "code": refused.code}}
        )
