"""What Meta tells of numbers and accounts: each piece of news leads to a fresh look at the numbers it may be about."""

from collections.abc import Mapping
from typing import Any

from tickets.actions import connections, outcomes
from tickets.models import Connection

FIELDS = {
    "phone_number_quality_update",
    "phone_number_name_update",
    "account_update",
    "account_alerts",
    "account_review_update",
    "business_capability_update",
    "security",
}
STOPS = {
    "DISABLED_UPDATE": ("account_disabled", "Meta disabled this WhatsApp account."),
    "ACCOUNT_DELETED": ("account_deleted", "This WhatsApp account was deleted."),
    "PARTNER_REMOVED": ("account_disconnected", "This WhatsApp account was disconnected from the app."),
}


def heard(account: str, value: Mapping[str, Any]) -> None:
    """Part of the lane's transaction; the look at Meta is a job behind it."""
    rows = Connection.objects.live().filter(kind="cloud_api")
    for connection in [one for one in rows if one.credentials.get("waba_id") == account]:
        if stop := STOPS.get(str(value.get("event", ""))):
            code, reason = stop
            outcomes.hold(connection.pk, reason, code)
        else:
            connections.look.nudge(connection.company_id, connection.pk)
