"""Small things of a number that Meta keeps: its user name, short links with QR codes, greetings; and flows."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import GraphError, unknown_object
from ..hub import Hub
from ..records import Json, Line
from . import accounts, checks

TAKEN = {"whatsapp", "meta", "facebook", "instagram"}
FLOW_CATEGORIES = {
    "SIGN_UP", "SIGN_IN", "APPOINTMENT_BOOKING", "LEAD_GENERATION", "CONTACT_US", "CUSTOMER_SUPPORT", "SURVEY",
    "OTHER",
}  # fmt: skip


def answer(hub: Hub, request: Request, line: Line, rest: list[str], body: Json) -> Response | None:
    """None when the path is none of these."""
    match request.method, rest:
        case "GET", ["whatsapp_business_profile"]:
            return accounts.profile(line)
        case "POST", ["whatsapp_business_profile"]:
            return accounts.change_profile(hub, line, body)
        case "GET", ["username"]:
            return JSONResponse({"username": line.extras.get("username", ""), "status": "approved"})
        case "POST", ["username"]:
            return _take_username(hub, line, str(body.get("username", "")))
        case "DELETE", ["username"]:
            return _keep(hub, line, username="")
        case "GET", ["username_suggestions"]:
            return JSONResponse({"data": [{"username": one} for one in _suggestions(line)]})
    return _of_conversations(hub, request, line, rest, body)


def _of_conversations(hub: Hub, request: Request, line: Line, rest: list[str], body: Json) -> Response | None:
    match request.method, rest:
        case "GET", ["settings"]:
            return JSONResponse(line.extras.get("settings", {}))
        case "POST", ["settings"]:
            return _keep(hub, line, settings=line.extras.get("settings", {}) | body)
        case "GET", ["conversational_automation"]:
            return JSONResponse({"conversational_automation": line.extras.get("automation", {})})
        case "POST", ["conversational_automation"]:
            return _keep(hub, line, automation=_automation(body))
        case method, ["message_qrdls", *code]:
            return _links(hub, line, method, code, body)
    return None


def flows(hub: Hub, request: Request, line: Line, body: Json) -> Response:
    """As many as a form needs to exist: made, listed, published. Their screens are not drawn here."""
    known: list[Json] = line.extras.get("flows", [])
    if request.method == "GET":
        return JSONResponse({"data": known})
    name, categories = checks.text(body, "name", 200), body.get("categories")
    if not isinstance(categories, list) or not categories or not set(map(str, categories)) <= FLOW_CATEGORIES:
        raise checks.invalid("categories")
    if any(one["name"] == name for one in known):
        raise checks.invalid("name", "is already used by another flow")
    status = "PUBLISHED" if body.get("publish") else "DRAFT"
    made = {"id": hub.world.new_number(16), "name": name, "status": status, "categories": categories}
    _keep(hub, line, flows=[*known, made])
    return JSONResponse({"id": made["id"], "success": True})


def _take_username(hub: Hub, line: Line, name: str) -> Response:
    if not 3 <= len(name) <= 35 or not name.replace(".", "").replace("_", "").isalnum():
        raise checks.invalid("username")
    others = {str(one.extras.get("username", "")) for one in hub.world.lines.values() if one is not line}
    if name.lower() in TAKEN | {one.lower() for one in others}:
        raise checks.invalid("username", "is not available")
    return _keep(hub, line, username=name)


def _suggestions(line: Line) -> list[str]:
    words = "".join(one for one in line.verified_name.lower() if one.isalnum()) or "loja"
    return [words[:30], f"{words[:25]}.oficial", f"{words[:26]}_{line.digits[-4:]}"]


def _automation(body: Json) -> Json:
    prompts, commands = body.get("prompts", []), body.get("commands", [])
    if not isinstance(prompts, list) or len(prompts) > 4:
        raise checks.invalid("prompts", "has at most 4")
    if not isinstance(commands, list) or len(commands) > 30:
        raise checks.invalid("commands", "has at most 30")
    return {
        "enable_welcome_message": bool(body.get("enable_welcome_message")),
        "prompts": prompts,
        "commands": commands,
    }


def _links(hub: Hub, line: Line, method: str, code: list[str], body: Json) -> Response:
    """wa.me links with a text that is written already."""
    known: list[Json] = line.extras.get("links", [])
    chosen = code[0] if code else str(body.get("code", ""))
    if method == "GET":
        shown = [one for one in known if not code or one["code"] == chosen]
        return JSONResponse({"data": shown})
    if chosen and not any(one["code"] == chosen for one in known):
        raise unknown_object(chosen)
    rest = [one for one in known if one["code"] != chosen]
    if method == "DELETE":
        return _keep(hub, line, links=rest)
    if method != "POST":
        raise GraphError(100, "Unsupported request on message_qrdls.")
    chosen = chosen or f"QR{hub.world.new_number(12)}"
    link = {
        "code": chosen,
        "prefilled_message": checks.text(body, "prefilled_message", 140),
        "deep_link_url": f"https://wa.me/message/{chosen}",
    }
    _keep(hub, line, links=[*rest, link])
    return JSONResponse(link)


def _keep(hub: Hub, line: Line, **values: object) -> Response:
    line.extras |= values
    hub.world.save(line.phone_number_id, line)
    return JSONResponse({"success": True})
