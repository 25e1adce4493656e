"""Lines of a number's health that nothing fails by: limits, throughput, restrictions, the age of the Graph version."""

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import now

from tickets.models import Connection
from tickets.transport import Check
from whatsapp.cloud_api.apps import app_of
from whatsapp.cloud_api.foreign import items, line_of, mapping

FIELDS = "whatsapp_business_manager_messaging_limit,throughput,health_status"
# When Meta turns each version off, as its changelog says; a call to a dead one behaves like the oldest living one.
VERSIONS_END = {
    "v20.0": date(2026, 9, 24),
    "v21.0": date(2027, 1, 21),
    "v22.0": date(2027, 5, 20),
    "v23.0": date(2027, 10, 8),
    "v24.0": date(2028, 2, 18),
    "v25.0": date(2028, 7, 29),
}
WARN_BEFORE = timedelta(days=120)
SILENT = timedelta(days=3)
SMALL_LIMITS = {"TIER_50", "TIER_250"}


def lines(connection: Connection, number: dict[str, Any]) -> list[Check]:
    return [
        _restrictions(number),
        _limit(number),
        _throughput(number),
        _version(connection),
        _heard(connection),
    ]


def _restrictions(number: dict[str, Any]) -> Check:
    health = mapping(number.get("health_status"))
    state = line_of(health.get("can_send_message"), 20).upper()
    told = [
        line_of(mapping(problem).get("error_description"), 200)
        for entity in items(health.get("entities"))
        for problem in items(mapping(entity).get("errors"))
    ]
    words = " ".join(dict.fromkeys(filter(None, told)))[:300]
    return Check("restrictions", state != "BLOCKED", words or state.title(), warning=state == "LIMITED")


def _limit(number: dict[str, Any]) -> Check:
    tier = line_of(number.get("whatsapp_business_manager_messaging_limit"), 30).upper()
    return Check("messaging_limit", True, tier.removeprefix("TIER_"), warning=tier in SMALL_LIMITS)


def _throughput(number: dict[str, Any]) -> Check:
    level = line_of(mapping(number.get("throughput")).get("level"), 30).upper()
    return Check("throughput", True, level.title(), warning=level == "NOT_APPLICABLE")


def _version(connection: Connection) -> Check:
    app = app_of(connection)
    version = app.graph_version if app else ""
    ends = VERSIONS_END.get(version)
    is_old = ends is not None and now().date() > ends - WARN_BEFORE
    words = f"{version}, {ends.isoformat()}" if ends else version
    return Check("graph_version", True, words, warning=is_old)


def _heard(connection: Connection) -> Check:
    last = connection.last_received_at
    is_silent = last is None or last < now() - SILENT
    return Check("last_webhook", True, last.isoformat() if last else "", warning=is_silent)
