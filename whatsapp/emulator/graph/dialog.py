"""Embedded signup: the dialog in which a business picks a number and hands an app a code for it.

The page is served at Meta's path, `/dialog/oauth`. It tells the window that opened it what was chosen, and goes
to the redirect address with a code that lives 30 seconds and works once.
"""

import json
from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..errors import GraphError
from ..hub import Hub
from ..records import Json, Line, MetaApp
from ..targets import is_allowed
from . import templates

PAGE = Path(__file__).parents[1] / "static" / "dialog.html"
POLICY = "default-src 'self'; style-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'"
CODE_S = 30
COEXISTENCE = "whatsapp_business_app_onboarding"
FINISHED = {False: "FINISH", True: "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING"}


async def page(hub: Hub, request: Request) -> Response:
    """The dialog itself, or Meta's plain error page when the address makes no sense."""
    asked = request.query_params
    app = hub.world.apps.get(asked.get("client_id", ""))
    if why := _mistake(hub, app, asked):
        words = f"<h1>Sorry, something went wrong.</h1><p>{escape(why)}</p>"
        return HTMLResponse(words, 400, {"content-security-policy": POLICY})
    on_phone = _extras(asked.get("extras", "")).get("featureType") == COEXISTENCE
    given = {
        "client_id": asked["client_id"],
        "redirect_uri": asked["redirect_uri"],
        "state": asked.get("state", ""),
        "on_phone": on_phone,
        "number": f"+55 11 4{hub.world.new_number(3)}-{hub.world.new_number(4)}",
    }
    text = PAGE.read_text().replace("__GIVEN__", escape(json.dumps(given), quote=True))
    return HTMLResponse(text, headers={"content-security-policy": POLICY, "cache-control": "no-store"})


async def finish(hub: Hub, request: Request) -> Json:
    """`/_ctl/signup`: somebody pressed Continue: a number that exists now, and a code for its account."""
    body = await request.json()
    app = hub.world.apps[str(body["client_id"])]
    on_phone = bool(body.get("on_phone"))
    line = _line(hub, app, body, on_phone)
    code = f"AQ{hub.world.new_number(30)}"
    hub.world.codes[code] = {
        "app_id": app.app_id, "accounts": [line.waba_id], "redirect_uri": str(body.get("redirect_uri", "")),
        "until": hub.world.now() + CODE_S,
    }  # fmt: skip
    told = {"phone_number_id": line.phone_number_id, "waba_id": line.waba_id, "business_id": line.portfolio}
    message = {"type": "WA_EMBEDDED_SIGNUP", "event": FINISHED[on_phone], "version": "3", "data": told}
    back = {"code": code, "state": str(body.get("state", ""))}
    return {"code": code, "message": message, "redirect": f"{body.get('redirect_uri', '')}?{urlencode(back)}"}


def redeem(hub: Hub, app_id: str, code: str, redirect_uri: str) -> list[str]:
    """The accounts behind a code, once. Raises GraphError for whatever Meta refuses."""
    found = hub.world.codes.pop(code, None)
    if found is None or found["app_id"] != app_id:
        raise GraphError(100, "This authorization code has been used.", status=400, subcode=36009)
    if found["until"] < hub.world.now():
        raise GraphError(100, "This authorization code has expired.", status=400, subcode=36007)
    if found["redirect_uri"] != redirect_uri:
        words = (
            "Error validating verification code. Please make sure your redirect_uri is identical to the one"
            " you used in the OAuth dialog request"
        )
        raise GraphError(100, words, status=400, subcode=36008)
    accounts: list[str] = found["accounts"]
    return accounts


def _line(hub: Hub, app: MetaApp, body: Json, on_phone: bool) -> Line:
    """The number that was picked: one there is, by its digits, or a new one in a new account."""
    world = hub.world
    digits = "".join(filter(str.isdigit, str(body.get("number", ""))))
    if not 8 <= len(digits) <= 15:
        raise ValueError("Type the number with its country code.")
    line = next((one for one in world.lines.values() if one.digits == digits), None)
    if line is None:
        line = Line(
            phone_number_id=world.new_number(15),
            waba_id=world.new_number(15),
            display_phone_number=str(body["number"]),
            verified_name=str(body.get("name") or "New business"),
            business_id=world.new_number(15),
            registered=on_phone,
            subscribed=False,
            app_id=app.app_id,
        )
        line.app_secret, line.callback_url = app.app_secret, app.callback_url
        line.verify_token = app.verify_token
    line.on_phone, line.onboarded_at, line.synced = on_phone, world.now(), []
    line.shares_history = bool(body.get("shares_history", True))
    world.lines[line.phone_number_id] = line
    world.save(line.phone_number_id, line)
    templates.seed(world, line.waba_id)
    world.publish({"type": "lines"})
    return line


def _mistake(hub: Hub, app: MetaApp | None, asked: object) -> str:
    get = asked.get  # type: ignore[attr-defined]
    if app is None:
        return "Invalid App ID: The provided app ID does not look like a valid app ID."
    if app.config_id and get("config_id") != app.config_id:
        return "The configuration id is not one of this app."
    if get("response_type") != "code":
        return "Embedded signup needs response_type=code."
    if urlsplit(get("redirect_uri", "")).scheme not in {"http", "https"}:
        return "The redirect_uri URL must be absolute."
    if not is_allowed(get("redirect_uri", ""), hub.world.allowed_hosts):
        return "URL blocked: the redirect address is not one of this app's."
    return ""


def _extras(text: str) -> Json:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
