"""Numbers, accounts and apps: what a business can ask about itself, and the few things it can change."""

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .. import identity
from ..errors import GraphError
from ..hub import Hub
from ..records import Json, Line
from ..targets import is_allowed
from . import access, checks

NUMBER_DEFAULTS = ("verified_name", "code_verification_status", "display_phone_number", "quality_rating",
                   "platform_type", "throughput", "last_onboarded_time", "webhook_configuration")  # fmt: skip
PROFILE_KEYS = frozenset(
    {"about", "address", "description", "email", "profile_picture_handle", "profile_picture_url", "vertical",
     "websites"}
)  # fmt: skip


def number(hub: Hub, request: Request, line: Line) -> Response:
    access.line_of(hub.world, request, line.phone_number_id)
    return JSONResponse(_picked(_number(line), request, NUMBER_DEFAULTS))


def account(hub: Hub, request: Request, waba_id: str) -> Response:
    lines = access.account_of(hub.world, request, waba_id)
    body: Json = {
        "id": waba_id,
        "name": lines[0].verified_name,
        "currency": "USD",
        "timezone_id": "1",
        "message_template_namespace": f"ns_{waba_id}",
        "account_review_status": "APPROVED",
        "business_verification_status": "verified",
        "owner_business_info": {"id": lines[0].portfolio, "name": lines[0].verified_name},
        "health_status": {"can_send_message": "AVAILABLE", "entities": []},
    }
    return JSONResponse(
        _picked(body, request, ("name", "timezone_id", "message_template_namespace", "currency"))
    )


def numbers(hub: Hub, request: Request, waba_id: str) -> Response:
    lines = access.account_of(hub.world, request, waba_id)
    data = [_picked(_number(one), request, NUMBER_DEFAULTS) for one in lines]
    return JSONResponse({"data": data, "paging": {"cursors": {"before": "0", "after": str(len(data))}}})


def subscriptions(hub: Hub, request: Request, waba_id: str) -> Response:
    lines = access.account_of(hub.world, request, waba_id)
    apps: dict[str, Json] = {}
    for one in lines:
        if one.subscribed:
            about = {
                "id": one.app_id,
                "name": "Emulated app",
                "link": f"https://www.facebook.com/games/?app_id={one.app_id}",
            }
            apps[one.app_id] = {"whatsapp_business_api_data": about}
            if one.override:
                apps[one.app_id]["override_callback_uri"] = one.callback_url
    return JSONResponse({"data": list(apps.values())})


async def subscribe(hub: Hub, request: Request, waba_id: str, body: Json) -> Response:
    """Subscribing may name another callback address, which has to answer the challenge first."""
    lines = access.account_of(hub.world, request, waba_id)
    callback = body.get("override_callback_uri")
    if callback:
        token = checks.text(body, "verify_token", 500)
        answered, why = await challenge(hub, str(callback), token)
        if not answered:
            raise GraphError(
                100, f"(#2200) Callback verification failed with the following errors: {why}", subcode=2200
            )
    for one in lines:
        one.subscribed = True
        one.callback_url = str(callback) if callback else one.callback_url
        one.override = bool(callback) or one.override
        hub.world.save(one.phone_number_id, one)
    return JSONResponse({"success": True})


def unsubscribe(hub: Hub, request: Request, waba_id: str) -> Response:
    for one in access.account_of(hub.world, request, waba_id):
        one.subscribed = False
        hub.world.save(one.phone_number_id, one)
    return JSONResponse({"success": True})


async def challenge(hub: Hub, callback: str, verify_token: str) -> tuple[bool, str]:
    """Meta's GET before it trusts a callback address."""
    if not is_allowed(callback, hub.world.allowed_hosts):
        return False, "the host is not this machine and was not allowed"
    number = hub.world.new_number(10)
    asked = {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": number}
    try:
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            answer = await client.get(callback, params=asked)
    except httpx.HTTPError as error:
        return False, type(error).__name__
    if answer.status_code != 200 or answer.text.strip() != number:
        return False, f"HTTP {answer.status_code}, the challenge did not come back"
    return True, ""


def profile(line: Line) -> Response:
    shown = {key: value for key, value in line.profile.items() if key in PROFILE_KEYS}
    return JSONResponse({"data": [shown | {"messaging_product": "whatsapp"}]})


def change_profile(hub: Hub, line: Line, body: Json) -> Response:
    line.profile |= {key: value for key, value in body.items() if key in PROFILE_KEYS}
    hub.world.save(line.phone_number_id, line)
    return JSONResponse({"success": True})


def erase_contact(hub: Hub, request: Request, line: Line) -> Response:
    """Meta's contact book forgets one person, and cannot remember again by itself."""
    user_id = request.query_params.get("bsuid", "")
    if not identity.BSUID.match(user_id):
        raise checks.invalid("bsuid", "must be a business-scoped user ID")
    hub.world.forget_contact(line, user_id)
    return JSONResponse({"success": True})


def blocked(hub: Hub, line: Line) -> Response:
    data = [{"messaging_product": "whatsapp", "wa_id": one} for one in line.blocked]
    return JSONResponse({"data": data, "paging": {"cursors": {"before": "0", "after": str(len(data))}}})


def block(hub: Hub, line: Line, body: Json, *, add: bool) -> Response:
    """Only somebody who wrote within the last day can be blocked."""
    done: list[Json] = []
    failed: list[Json] = []
    for one in checks.items(body, "block_users"):
        given = str(one.get("user", ""))
        persona = hub.world.find_persona("".join(filter(str.isdigit, given)))
        opened = hub.world.chat(line.phone_number_id, persona.id).window_from if persona else None
        if persona is None or (add and (opened is None or opened < hub.world.now() - 86400)):
            why = {"message": "Failed to block/unblock", "code": 139100}
            failed.append(
                {"input": given, "errors": [why | {"error_data": {"details": "Re-engagement required"}}]}
            )
            continue
        line.blocked = [each for each in line.blocked if each != persona.id] + ([persona.id] if add else [])
        done.append({"input": given, "wa_id": persona.id})
    hub.world.save(line.phone_number_id, line)
    result: Json = {"messaging_product": "whatsapp"}
    result["block_users"] = {"added_users" if add else "removed_users": done}
    if failed:
        result["block_users"]["failed_users"] = failed
    return JSONResponse(result)


def _number(line: Line) -> Json:
    status = "CONNECTED" if line.registered else "PENDING"
    return {
        "id": line.phone_number_id,
        "display_phone_number": line.display_phone_number,
        "verified_name": line.verified_name,
        "code_verification_status": "VERIFIED" if line.verified else "NOT_VERIFIED",
        "quality_rating": line.quality_rating,
        "platform_type": "CLOUD_API" if line.registered else "NOT_APPLICABLE",
        "throughput": {"level": line.throughput},
        "status": status,
        "name_status": "APPROVED",
        "is_on_biz_app": line.on_phone,
        "is_pin_enabled": "_pin" in line.profile,
        "is_official_business_account": False,
        "account_mode": "LIVE",
        "messaging_limit_tier": line.messaging_limit,
        "whatsapp_business_manager_messaging_limit": line.messaging_limit,
        "last_onboarded_time": "2026-01-01T00:00:00+0000",
        "webhook_configuration": {"application": line.callback_url},
        "health_status": {"can_send_message": "AVAILABLE" if line.registered else "BLOCKED", "entities": []},
    }


def _picked(body: Json, request: Request, defaults: tuple[str, ...]) -> Json:
    """Graph answers the fields that were asked for, and always the id."""
    asked = request.query_params.get("fields", "")
    names = [one.strip() for one in asked.split(",")] if asked else list(defaults)
    if unknown := [one for one in names if one not in body]:
        raise GraphError(
            100, f"Tried accessing nonexisting field ({unknown[0]}) on node type (WhatsAppBusiness)"
        )
    return {name: body[name] for name in names} | {"id": body["id"]}
