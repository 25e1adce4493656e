"""A connected number is made ready: verified, registered with its PIN, its account subscribed, its callback proved."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings

from helpdesk.errors import Refused
from tenants.actions import audit
from tickets.models import Connection
from whatsapp.cloud_api import apps, signup
from whatsapp.cloud_api.asking import NOT_ASKED, UNREACHABLE, Asker, Said, as_app, as_business
from whatsapp.cloud_api.foreign import items, line_of, mapping, text
from whatsapp.cloud_api.pasted import NUMBER_FIELDS, described
from whatsapp.models import App

# Everything that we understand, or keep for those who do.
FIELDS = (
    "messages", "message_template_status_update", "message_template_quality_update", "template_category_update",
    "message_template_components_update", "phone_number_quality_update", "phone_number_name_update",
    "business_capability_update", "account_update", "account_alerts", "account_review_update", "security",
    "user_preferences", "calls", "history", "smb_app_state_sync", "smb_message_echoes",
    "group_lifecycle_update", "group_participants_update", "group_settings_update", "group_status_update",
)  # fmt: skip
REFUSED = {
    133005: "pin_wrong",
    133008: "pin_wrong",
    133009: "pin_wrong",
    133015: "number_not_verified",
    133016: "registration_locked",
    136024: "code_refused",
    136025: "code_wrong",
    2200: "callback_refused",
    190: "token_invalid",
    UNREACHABLE: "unreachable",
    NOT_ASKED: "unreachable",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that must be true before messages flow. `state`: ok, todo, failed or skipped."""

    name: str
    state: str
    code: str
    detail: str = ""


def steps(connection: Connection) -> list[Step]:
    """What is done and what is left, asked of Meta now."""
    try:
        number = _number(connection)
    except Refused as refused:
        return [Step("number", "failed", refused.code, refused.detail)]
    verified = Step("verified", "ok" if number["is_verified"] else "todo", "")
    if number["on_phone"]:
        registered = Step("registered", "skipped", "registered_on_phone")
    else:
        registered = Step("registered", "ok" if number["is_registered"] else "todo", "")
    return [
        verified,
        registered,
        _asked("subscribed", lambda: is_subscribed(connection)),
        _asked("callback", lambda: _is_pointed(connection)),
    ]


def register(connection: Connection, pin: str, *, by: audit.Actor) -> None:
    """Sets the two-step PIN of a number that has none; must match it otherwise. Ten tries in three days."""
    tell(as_business(connection), f"{_number_id(connection)}/register", messaging_product="whatsapp", pin=pin)
    _write_down("connection.registered", connection, by)


def change_pin(connection: Connection, pin: str, *, by: audit.Actor) -> None:
    tell(as_business(connection), _number_id(connection), pin=pin)
    _write_down("connection.pin_changed", connection, by)


def request_code(connection: Connection, *, method: str, language: str) -> None:
    """WhatsApp sends the number a code, by SMS or a call."""
    path = f"{_number_id(connection)}/request_code"
    tell(as_business(connection), path, code_method=method.upper(), language=language.replace("-", "_"))


def verify_code(connection: Connection, code: str, *, by: audit.Actor) -> None:
    tell(as_business(connection), f"{_number_id(connection)}/verify_code", code=code)
    _write_down("connection.verified", connection, by)


def subscribe(connection: Connection, *, by: audit.Actor) -> None:
    """Without it Meta sends the app nothing of this account. Repeating it is harmless."""
    tell(as_business(connection), f"{_account_id(connection)}/subscribed_apps")
    _write_down("connection.subscribed", connection, by)


def point_callback(connection: Connection, *, by: audit.Actor) -> None:
    """Save our address at the app, with every field we read. Meta asks the address for a challenge first.

    The platform's app is everybody's: there the account gets an address of its own, and the app is not touched.
    """
    app = apps.app_of(connection)
    if app is None:
        raise Refused("not_connected", "The connection has no credentials.")
    if signup.is_platforms(app.app_id):
        point_account(connection, app)
        _write_down("connection.callback_set", connection, by)
        return
    tell(
        as_app(connection),
        f"{app.app_id}/subscriptions",
        object="whatsapp_business_account",
        callback_url=f"{settings.WEBHOOK_ROOT}{app.webhook_path}",
        verify_token=app.verify_token,
        fields=",".join(FIELDS),
        include_values="true",
    )
    _write_down("connection.callback_set", connection, by)


def point_account(connection: Connection, app: App) -> None:
    """Subscribe the app to the account, with our address for this account alone."""
    path = f"{_account_id(connection)}/subscribed_apps"
    address = f"{settings.WEBHOOK_ROOT}{app.webhook_path}"
    tell(as_business(connection), path, override_callback_uri=address, verify_token=app.verify_token)


def is_subscribed(connection: Connection) -> Step:
    app = apps.app_of(connection)
    answer = as_business(connection).get(f"{_account_id(connection)}/subscribed_apps")
    rows = [mapping(mapping(row).get("whatsapp_business_api_data")) for row in items(answer.get("data"))]
    is_there = app is not None and app.app_id in {str(row.get("id")) for row in rows}
    return Step("subscribed", "ok" if is_there else "todo", "")


def tell(asker: Asker, path: str, **form: str) -> dict[str, Any]:
    """A call that changes something at Meta. Raises Refused with a code that the console explains."""
    try:
        return asker.post(path, **form)
    except Said as said:
        raise _refusal(said) from said


def _is_pointed(connection: Connection) -> Step:
    """Whether Meta calls this address, for what it is most needed for."""
    app = apps.app_of(connection)
    if app is None:
        return Step("callback", "todo", "")
    if signup.is_platforms(app.app_id):
        return _is_pointed_by_account(connection, app)
    answer = as_app(connection).get(f"{app.app_id}/subscriptions")
    for row in map(mapping, items(answer.get("data"))):
        if row.get("object") != "whatsapp_business_account":
            continue
        url = text(row.get("callback_url"))
        if not url.endswith(app.webhook_path):
            return Step("callback", "todo", "callback_elsewhere", line_of(url, 200))
        fields = {line_of(mapping(one).get("name"), 60) for one in items(row.get("fields"))}
        if "messages" not in fields:
            return Step("callback", "todo", "callback_without_messages")
        return Step("callback", "ok", "")
    return Step("callback", "todo", "")


def _is_pointed_by_account(connection: Connection, app: App) -> Step:
    answer = as_business(connection).get(f"{_account_id(connection)}/subscribed_apps")
    urls = [text(mapping(row).get("override_callback_uri")) for row in items(answer.get("data"))]
    is_ours = any(url.endswith(app.webhook_path) for url in urls)
    return Step("callback", "ok" if is_ours else "todo", "callback_of_account")


def _asked(name: str, question: Any) -> Step:
    try:
        step: Step = question()
    except Said as said:
        return Step(name, "failed", "meta_refused", str(said))
    return step


def _number(connection: Connection) -> dict[str, Any]:
    try:
        return described(as_business(connection).get(_number_id(connection), fields=NUMBER_FIELDS))
    except Said as said:
        raise _refusal(said) from said


def _refusal(said: Said) -> Refused:
    return Refused(REFUSED.get(said.number, "meta_refused"), said.words)


def _number_id(connection: Connection) -> str:
    return quote(str(connection.credentials.get("phone_number_id", "")), safe="")


def _account_id(connection: Connection) -> str:
    return quote(str(connection.credentials.get("waba_id", "")), safe="")


def _write_down(action: str, connection: Connection, by: audit.Actor) -> None:
    audit.record(action, actor=by, target=f"connection:{connection.pk}", data={"name": connection.name})
