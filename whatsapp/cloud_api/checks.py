"""How a number is, asked live: one line for each thing that has to be right before messages flow."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.utils.timezone import now

from tickets.models import Connection
from tickets.transport import Check, Health, TransportError
from whatsapp.cloud_api import graph, number_lines
from whatsapp.cloud_api.foreign import items, line_of, mapping

NUMBER_FIELDS = (
    f"display_phone_number,verified_name,quality_rating,name_status,platform_type,{number_lines.FIELDS}"
)
EXPIRES_SOON = timedelta(days=14)
QUALITY = {
    "GREEN": "Quality is high.",
    "YELLOW": "Quality is medium: customers have complained.",
    "RED": "Quality is low: Meta may limit this number.",
}


def inspect(connection: Connection) -> Health:
    """Token and number first; without them the other questions have no answer."""
    known = connection.credentials
    try:
        number = graph.call(connection, "GET", f"{_id(known, 'phone_number_id')}?fields={NUMBER_FIELDS}")
    except TransportError as error:
        silent = error.code in {"unreachable", "service_unavailable", "provider_failed", "rate_limited"}
        return Health((Check("access_token", False, str(error), code=error.code),), is_unreachable=silent)
    checks = [_token(connection)]
    checks.append(_guarded("business_account", _belongs, connection))
    checks.append(_guarded("webhook_subscription", _is_subscribed, connection))
    quality = line_of(number.get("quality_rating"), 20).upper()
    checks.append(
        Check(
            "quality",
            True,
            QUALITY.get(quality, "Meta has not rated this number yet."),
            warning=quality in {"RED", "YELLOW"},
            code=f"quality_{quality.lower()}" if quality in QUALITY else "",
        )
    )
    checks.append(_name(number))
    checks += number_lines.lines(connection, number)
    return Health(
        tuple(checks),
        number="".join(filter(str.isdigit, line_of(number.get("display_phone_number"), 40)))[:20],
        verified_name=line_of(number.get("verified_name"), 120),
        quality=quality.lower(),
        account=str(known.get("waba_id", "")),
        portfolio=_portfolio(connection),
    )


def _token(connection: Connection) -> Check:
    """It works, or we would not be here. Whether it goes on working is asked of `/debug_token`.

    https://developers.facebook.com/docs/graph-api/reference/debug_token/: `expires_at` in seconds, 0 for never.
    """
    token = quote(str(connection.credentials.get("access_token", "")), safe="")
    fine = Check("access_token", True, "The token is valid and may use this number.")
    try:
        about = mapping(graph.call(connection, "GET", f"debug_token?input_token={token}").get("data"))
    except TransportError:
        return fine
    expires = about.get("expires_at")
    if not isinstance(expires, int) or expires <= 0:
        return fine
    ends = datetime.fromtimestamp(expires, UTC)
    advice = "Make one of a system user, which does not expire, and paste it before that day."
    soon = ends - now() < EXPIRES_SOON
    return Check(
        "access_token", True, f"The token ends on {ends:%Y-%m-%d}. {advice}", warning=soon, code="token_ends"
    )


def _guarded(name: str, question: Any, connection: Connection) -> Check:
    try:
        ok, detail = question(connection)
    except TransportError as error:
        return Check(name, False, str(error), code=error.code)
    return Check(name, ok, detail, code="" if ok else name)


def _belongs(connection: Connection) -> tuple[bool, str]:
    known = connection.credentials
    path: str | None = f"{_id(known, 'waba_id')}/phone_numbers?fields=id&limit=100"
    for _ in range(20):  # pages of a hundred; no account has more numbers than that
        answer = graph.call(connection, "GET", str(path))
        if known["phone_number_id"] in {mapping(row).get("id") for row in items(answer.get("data"))}:
            return True, "The number belongs to this WhatsApp Business Account."
        after = mapping(mapping(answer.get("paging")).get("cursors")).get("after")
        if not after or not mapping(answer.get("paging")).get("next"):
            break
        path = f"{_id(known, 'waba_id')}/phone_numbers?fields=id&limit=100&after={quote(str(after))}"
    return False, "The number is not one of this WhatsApp Business Account. Check both ids."


def _is_subscribed(connection: Connection) -> tuple[bool, str]:
    """Without it Meta sends no webhook at all, so it is made good on the spot; repeating it is harmless."""
    app = graph.app_for(connection)
    path = f"{_id(connection.credentials, 'waba_id')}/subscribed_apps"
    answer = graph.call(connection, "GET", path)
    apps = [
        mapping(mapping(row).get("whatsapp_business_api_data")).get("id") for row in items(answer.get("data"))
    ]
    if app.app_id in [str(one) for one in apps]:
        return True, "The app receives this account's webhooks."
    graph.call(connection, "POST", path)
    return True, "The app was subscribed to this account's webhooks just now."


def _portfolio(connection: Connection) -> str:
    """Who owns the account: within one portfolio a person has one user id. Blank when Meta does not say."""
    path = f"{_id(connection.credentials, 'waba_id')}?fields=owner_business_info"
    try:
        owner = mapping(graph.call(connection, "GET", path).get("owner_business_info"))
    except TransportError:
        return ""
    return line_of(owner.get("id"), 64)


def _name(number: dict[str, Any]) -> Check:
    status = line_of(number.get("name_status"), 40).upper()
    refused = status in {"DECLINED", "EXPIRED"}
    words = "Meta has not approved the display name." if refused else "The display name can be used."
    return Check("display_name", not refused, words, code="display_name" if refused else "")


def _id(known: dict[str, Any], name: str) -> str:
    return quote(str(known.get(name, "")), safe="")
