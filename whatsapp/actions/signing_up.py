"""A number arrives from Meta's window: its token is kept first, then it is subscribed and registered."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from helpdesk.errors import Refused
from tenants.actions import audit
from tenants.scoping import current_company_id
from tickets.actions import connections
from tickets.models import Connection
from whatsapp.actions import numbers, phones
from whatsapp.actions.numbers import Step
from whatsapp.cloud_api import apps, signup

MOST = 20  # numbers of one answer


@dataclass(slots=True)
class Arrival:
    """One number: the connection it became, what was done and what is left. The PIN is shown this once."""

    connection: Connection
    steps: list[Step] = field(default_factory=list)
    pin: str = ""


def finish(
    *, by: audit.Actor, code: str, state: str, waba_id: str = "", phone_number_id: str = "", pin: str = ""
) -> list[Arrival]:
    """Turn the dialog's answer into connections. Raises Refused when nothing could be connected."""
    if not signup.is_available():
        raise Refused("signup_off", "This installation has no app for it.")
    user_id = getattr(by, "pk", None)
    on_phone = signup.read_state(state, current_company_id(), user_id)
    found = signup.granted(signup.redeem(code))
    chosen = _chosen(found, waba_id, phone_number_id)
    if not chosen:
        raise Refused("signup_without_number", "No number was chosen in Meta's window.")
    return [_arrive(found.token, account, row, by, on_phone, pin) for account, row in chosen]


def _chosen(found: signup.Granted, waba_id: str, phone_number_id: str) -> list[tuple[str, dict[str, Any]]]:
    """What the browser named, if the token reaches it; otherwise everything that is not connected yet."""
    named = [one for one in found.numbers if one[1]["id"] == phone_number_id]
    if named:
        return named
    of_account = [one for one in found.numbers if one[0] == waba_id] or list(found.numbers)
    known = set(Connection.objects.live().values_list("external_id", flat=True))
    new = [one for one in of_account if one[1]["id"] not in known]
    return (new or of_account)[:MOST]


def _arrive(
    token: str, account: str, row: dict[str, Any], by: audit.Actor, on_phone: bool, pin: str
) -> Arrival:
    connection = _keep(token, account, row, by)
    arrival = Arrival(connection)
    arrival.steps.append(_try("subscribed", lambda: _subscribe(connection)))
    if on_phone or row["on_phone"]:
        arrival.steps.append(Step("registered", "skipped", "registered_on_phone"))
        phones.arrived(connection, by=by)
    elif not row["is_registered"]:
        arrival.pin = pin or f"{secrets.randbelow(10**6):06}"
        step = _try("registered", lambda: numbers.register(connection, arrival.pin, by=by))
        arrival.steps.append(step)
        arrival.pin = arrival.pin if step.state == "ok" else ""
    return arrival


def _keep(token: str, account: str, row: dict[str, Any], by: audit.Actor) -> Connection:
    """The token is on disk before anything is done with it: it cannot be asked for again."""
    credentials = {
        "phone_number_id": row["id"],
        "waba_id": account,
        "app_id": settings.WHATSAPP_SIGNUP_APP_ID,
        "app_secret": settings.WHATSAPP_SIGNUP_APP_SECRET,
        "access_token": token,
    }
    known = Connection.objects.live().filter(kind="cloud_api", external_id=row["id"]).first()
    if known is not None:
        connection = connections.update(known, by=by, credentials=credentials)
    else:
        name = _free_name(row["name"] or row["number"])
        connection = connections.create(by=by, kind="cloud_api", name=name, credentials=credentials)
    target = f"connection:{connection.pk}"
    audit.record("connection.signed_up", actor=by, target=target, data={"name": connection.name})
    return connection


def _free_name(wanted: str) -> str:
    taken = set(Connection.objects.live().values_list("name", flat=True))
    names = [wanted[:60], *(f"{wanted[:55]} {number}" for number in range(2, 100))]
    return next((name for name in names if name not in taken), wanted[:60])


def _subscribe(connection: Connection) -> None:
    """The platform's app has one callback address for all companies: this account gets ours instead."""
    app = apps.app_of(connection)
    assert app is not None, "made a moment ago"
    numbers.point_account(connection, app)


def _try(name: str, act: Any) -> Step:
    try:
        act()
    except Refused as refused:
        return Step(name, "failed", refused.code, refused.detail)
    return Step(name, "ok", "")
