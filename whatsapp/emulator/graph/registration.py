"""A number becomes usable: its code is verified, it is registered with a PIN, and its app hears of it."""

from collections import deque
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import GraphError
from ..hub import Hub
from ..records import Json, Line
from . import access, accounts, checks

MOST, PER_S = 10, 72 * 3600.0  # registrations of one number
CODES_PER_HOUR = 5
METHODS = {"SMS", "VOICE"}


def register(hub: Hub, line: Line, body: Json) -> Response:
    """Sets the two-step PIN of a number that has none, and must match it otherwise."""
    pin = _pin(body)
    if line.on_phone:
        raise GraphError(100, "A number that is also in the WhatsApp Business app is registered there.")
    _spend(hub, line)
    if not line.verified:
        raise GraphError(133015, "The number is not verified: request a code first.")
    if line.profile.get("_pin", pin) != pin:
        raise GraphError(133005)
    line.profile["_pin"] = pin
    line.registered = True
    return _done(hub, line)


def deregister(hub: Hub, line: Line, body: Json) -> Response:
    if line.on_phone:
        raise GraphError(100, "A number that is also in the WhatsApp Business app cannot be deregistered.")
    _spend(hub, line)
    line.registered = False
    return _done(hub, line)


def change_pin(hub: Hub, line: Line, body: Json) -> Response:
    line.profile["_pin"] = _pin(body)
    return _done(hub, line)


def request_code(hub: Hub, line: Line, body: Json) -> Response:
    """The code goes to the number itself; the owner's page shows it."""
    method = checks.text(body, "code_method", 10)
    checks.text(body, "language", 10)
    if method not in METHODS:
        raise GraphError(100, "Param code_method must be one of {SMS, VOICE}.")
    if line.verified:
        raise GraphError(136024, "The number is verified already.")
    asked = [at for at in line.profile.get("_codes", []) if at > hub.world.now() - 3600]
    if len(asked) >= CODES_PER_HOUR:
        raise GraphError(136024, "Too many codes were requested. Try again in an hour.")
    line.profile["_codes"] = [*asked, hub.world.now()]
    line.profile["_code"] = hub.world.new_number(6)
    hub.world.publish({"type": "lines"})
    return _done(hub, line)


def verify_code(hub: Hub, line: Line, body: Json) -> Response:
    if not line.profile.get("_code") or str(body.get("code", "")) != line.profile["_code"]:
        raise GraphError(136025, "The code is wrong or has expired.")
    del line.profile["_code"]
    line.verified = True
    return _done(hub, line)


ACTS: dict[str, Callable[[Hub, Line, Json], Response]] = {
    "register": register,
    "deregister": deregister,
    "request_code": request_code,
    "verify_code": verify_code,
}


async def subscribe_app(hub: Hub, request: Request, app_id: str, given: Json) -> Response:
    """`/{app}/subscriptions`: the callback address of the whole app, which must answer the challenge."""
    secret = hub.world.secret_of_app(app_id)
    if access.token_of(request) != f"{app_id}|{secret}":
        raise GraphError(15, "This method must be called with an app access_token.", status=400)
    if request.method == "GET":
        return JSONResponse({"data": _subscriptions(hub, app_id)})
    if given.get("object") != "whatsapp_business_account":
        raise GraphError(100, "(#100) object must be whatsapp_business_account.")
    url, token = str(given.get("callback_url", "")), str(given.get("verify_token", ""))
    answered, why = await accounts.challenge(hub, url, token)
    if not answered:
        words = f"Callback verification failed with the following errors: {why}"
        raise GraphError(2200, words, status=400)
    if app_id in hub.world.apps:
        app = hub.world.apps[app_id]
        app.callback_url, app.verify_token = url, token
        app.fields = [one for one in str(given.get("fields", "")).split(",") if one]
        hub.world.save(app_id, app)
    for line in hub.world.lines.values():
        if line.app_id == app_id and not line.override:
            line.callback_url, line.verify_token = url, token
            hub.world.save(line.phone_number_id, line)
    return JSONResponse({"success": True})


def _subscriptions(hub: Hub, app_id: str) -> list[Json]:
    lines = [one for one in hub.world.lines.values() if one.app_id == app_id and not one.override]
    known = hub.world.apps.get(app_id)
    url = (known.callback_url if known else "") or next((one.callback_url for one in lines), "")
    if not url:
        return []
    fields = [{"name": one, "version": "v25.0"} for one in (known.fields if known else ["messages"])]
    row: Json = {"object": "whatsapp_business_account", "callback_url": url, "active": True}
    return [row | {"fields": fields}]


def _pin(body: Json) -> str:
    pin = str(body.get("pin", ""))
    if len(pin) != 6 or not pin.isdigit():
        raise GraphError(100, "The parameter pin is required: six digits.")
    return pin


def _spend(hub: Hub, line: Line) -> None:
    """Ten registrations and deregistrations in 72 hours; then the number is locked for as long."""
    tries = deque(at for at in line.profile.get("_registrations", []) if at > hub.world.now() - PER_S)
    if len(tries) >= MOST:
        raise GraphError(133016)
    line.profile["_registrations"] = [*tries, hub.world.now()]
    hub.world.save(line.phone_number_id, line)


def _done(hub: Hub, line: Line) -> Response:
    hub.world.save(line.phone_number_id, line)
    return JSONResponse({"success": True})
