"""Tokens: what one may do, how an app gets one, and how a code of the signup dialog becomes one."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import GraphError, unknown_object
from ..hub import Hub
from ..records import SCOPES, Grant, Json
from . import access
from .dialog import redeem


def debug_token(hub: Hub, request: Request) -> Response:
    """What a token is for; the question itself must carry a good token of the same app."""
    access.lines_of(hub.world, request)
    asked = request.query_params.get("input_token", "")
    grant = access.grant_of(hub.world, asked)
    if grant is None:
        broken = {"code": 190, "message": "Invalid OAuth access token."}
        return JSONResponse({"data": {"is_valid": False, "scopes": [], "error": broken}})
    data: Json = {
        "app_id": grant.app_id,
        "type": "SYSTEM_USER",
        "application": "Emulated app",
        "data_access_expires_at": 0,
        "expires_at": int(grant.expires_at),
        "is_valid": access.trouble_with(hub.world, grant) is None,
        "issued_at": int(grant.issued_at),
        "scopes": [*grant.scopes, "public_profile"],
        "granular_scopes": [{"scope": one, "target_ids": grant.accounts} for one in grant.scopes],
        "user_id": next(iter(grant.accounts), "0"),
    }
    if trouble := access.trouble_with(hub.world, grant):
        data["error"] = {"code": 190, "message": trouble.details, "subcode": trouble.subcode}
    return JSONResponse({"data": data})


def access_token(hub: Hub, given: Json) -> Response:
    """The app's own token, or that of a business for the code of the dialog; `given` is query or form."""
    app_id = str(given.get("client_id", ""))
    secret = hub.world.secret_of_app(app_id)
    if not secret:
        raise GraphError(101, "Error validating application. Cannot get application info.", status=400)
    if given.get("client_secret") != secret:
        raise GraphError(1, "Error validating client secret.", status=400)
    if "code" not in given:
        if given.get("grant_type", "client_credentials") != "client_credentials":
            raise GraphError(100, "The emulator knows client_credentials and codes only.")
        return JSONResponse({"access_token": f"{app_id}|{secret}", "token_type": "bearer"})
    accounts = redeem(hub, app_id, str(given["code"]), str(given.get("redirect_uri", "")))
    token = f"EAA{hub.world.new_number(24)}ZD"
    grant = Grant(token=token, app_id=app_id, accounts=accounts, issued_at=hub.world.now())
    save(hub, grant)
    for line in hub.world.lines.values():
        if line.waba_id in accounts:
            line.access_token, line.app_id, line.app_secret = token, app_id, secret
            hub.world.save(line.phone_number_id, line)
    return JSONResponse({"access_token": token, "token_type": "bearer"})


def change(hub: Hub, body: Json) -> Grant:
    """`/_ctl/tokens`: let a token expire, be revoked or lack a scope."""
    token = str(body["token"])
    known = access.grant_of(hub.world, token)
    if known is None:
        raise KeyError(token)
    grant = replace(known, **{key: body[key] for key in ("scopes", "expires_at", "revoked") if key in body})
    if unknown := set(grant.scopes) - set(SCOPES):
        raise ValueError(f"Unknown scopes: {', '.join(sorted(unknown))}.")
    save(hub, grant)
    return grant


def save(hub: Hub, grant: Grant) -> None:
    hub.world.grants[grant.token] = grant
    hub.world.save(grant.token, grant)


def app(hub: Hub, request: Request, app_id: str) -> Response:
    access.lines_of(hub.world, request)
    if not hub.world.secret_of_app(app_id):
        raise unknown_object(app_id)
    return JSONResponse({"id": app_id, "name": "Emulated app", "category": "Business and pages"})
