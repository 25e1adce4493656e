"""Message templates: the approved ones, making new ones, and whether a send fits its template."""

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import GraphError
from ..records import Json, Line, Template
from ..webhooks import Courier
from ..world import World
from . import checks

PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
REOPEN = {
    "pt_BR": "Olá {{1}}, temos uma resposta para a sua conversa. Responda a esta mensagem para continuar.",
    "en": "Hello {{1}}, we have an answer for your conversation. Reply to this message to continue.",
    "es": "Hola {{1}}, tenemos una respuesta para tu conversación. Responde a este mensaje para continuar.",
}
HELLO = "Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message."
RECEIPT = "Your order {{1}} of {{2}} is confirmed. Thank you!"


def seed(world: World, waba_id: str) -> None:
    """Every account starts with a few templates that Meta has already approved."""
    if any(one.waba_id == waba_id for one in world.templates.values()):
        return
    greeting = [{"type": "HEADER", "format": "TEXT", "text": "Hello World"}, _body(HELLO)]
    greeting.append({"type": "FOOTER", "text": "WhatsApp Business Platform sample message"})
    _add(world, waba_id, "hello_world", "en_US", "UTILITY", greeting)
    for language, words in REOPEN.items():
        _add(world, waba_id, "conversation_reopen", language, "UTILITY", [_body(words, "Ana")])
    buttons = {
        "type": "BUTTONS",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Thanks"},
            {"type": "QUICK_REPLY", "text": "I need help"},
        ],
    }
    _add(world, waba_id, "order_confirmation", "en", "UTILITY", [_body(RECEIPT, "1042", "$ 20"), buttons])


def index(world: World, request: Request, waba_id: str) -> Response:
    wanted = {key: request.query_params.get(key) for key in ("name", "language", "status", "category")}
    found = [
        one
        for one in world.templates.values()
        if one.waba_id == waba_id
        and all(
            value is None or str(getattr(one, key)).lower() == value.lower() for key, value in wanted.items()
        )
    ]
    size = min(int(request.query_params.get("limit", "25")), 250)
    start = int(request.query_params.get("after", "0") or 0)
    page = found[start : start + size]
    paging: Json = {"cursors": {"before": str(start), "after": str(start + len(page))}}
    if start + size < len(found):
        paging["next"] = str(request.url.include_query_params(after=start + len(page)))
    return JSONResponse({"data": [describe(one) for one in page], "paging": paging})


def create(world: World, courier: Courier, line: Line, body: Json) -> Response:
    """Meta answers PENDING and reviews later; here the review always ends well."""
    name = checks.text(body, "name", 512)
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise GraphError(100, "Param name must contain only lowercase letters, digits and underscores.")
    language = checks.text(body, "language", 20)
    category = checks.text(body, "category", 32).upper()
    if category not in {"UTILITY", "MARKETING", "AUTHENTICATION"}:
        raise GraphError(100, "Param category must be one of {AUTHENTICATION, MARKETING, UTILITY}.")
    if find(world, line.waba_id, name, language):
        raise GraphError(100, "There is already content in this language for this template.", subcode=2388024)
    components = checks.items(body, "components")
    for one in components:
        checks.text(one, "type", 32, "components")
        if one["type"].upper() == "BUTTONS":
            checks.items(one, "buttons", "components.")
    template = _add(world, line.waba_id, name, language, category, components)
    template.parameter_format = str(body.get("parameter_format", "POSITIONAL")).upper()
    template.status = "PENDING"
    world.save(template.id, template)
    delay = world.settings.behaviour.template_review_ms / 1000
    world.timers.after(delay, lambda: _approve(world, courier, line, template))
    return JSONResponse({"id": template.id, "status": "PENDING", "category": category})


def delete(world: World, waba_id: str, name: str) -> Response:
    found = [one for one in world.templates.values() if one.waba_id == waba_id and one.name == name]
    if not found:
        raise GraphError(100, f"Message template {name!r} does not exist.", subcode=2593002)
    for one in found:
        del world.templates[one.id]
        world.store.drop("template", one.id)
    return JSONResponse({"success": True})


def find(world: World, waba_id: str, name: str, language: str) -> Template | None:
    for one in world.templates.values():
        if (one.waba_id, one.name, one.language) == (waba_id, name, language):
            return one
    return None


def describe(template: Template) -> Json:
    keys = ("id", "name", "language", "status", "category", "components", "parameter_format")
    return {key: getattr(template, key) for key in keys}


def match(world: World, waba_id: str, body: Json) -> Template:
    """The approved template that a send names, if its parameters fit."""
    asked = checks.part(body, "template")
    name = checks.text(asked, "name", 512, "template")
    language = checks.text(checks.part(asked, "language", "template."), "code", 20, "template.language")
    template = find(world, waba_id, name, language)
    if template is None or template.status != "APPROVED":
        raise GraphError(132001, f"template name ({name}) does not exist in {language}")
    given = _parameters(asked)
    for component in template.components:
        kind = component["type"].lower()
        if kind in {"body", "header"} and component.get("text"):
            _count(kind, component["text"], given.get(kind, []))
        elif kind == "header" and component.get("format") not in {None, "TEXT"}:
            _media_header(component["format"].lower(), given.get("header", []))
    return template


def _parameters(asked: Json) -> dict[str, list[Json]]:
    """The parameters of each component that the send fills in."""
    components = checks.items(asked, "components", "template.") if asked.get("components") else []
    found: dict[str, list[Json]] = {}
    for one in components:
        kind = checks.text(one, "type", 32, "template.components").lower()
        found[kind] = checks.items(one, "parameters", "template.components.") if one.get("parameters") else []
    return found


def _count(kind: str, words: str, parameters: list[Json]) -> None:
    expected = list(dict.fromkeys(PLACEHOLDER.findall(words)))
    if len(expected) != len(parameters):
        given, wanted = len(parameters), len(expected)
        details = (
            f"{kind}: number of localizable_params ({given}) does not match the expected number ({wanted})"
        )
        raise GraphError(132000, details)
    for number, one in enumerate(parameters):
        if one.get("type") not in ("text", "currency", "date_time"):
            raise GraphError(
                132012, f"{kind}: parameter at index {number} has type {one.get('type')!r}, expected text"
            )
        if one["type"] == "text":
            checks.text(one, "text", 32768, f"{kind}: parameter at index {number}")


def _media_header(expected: str, parameters: list[Json]) -> None:
    if len(parameters) != 1:
        raise GraphError(
            132000, f"header: number of params ({len(parameters)}) does not match the expected number (1)"
        )
    if parameters[0].get("type") != expected or not isinstance(parameters[0].get(expected), dict):
        raise GraphError(
            132012,
            f"header: Format mismatch, expected {expected.upper()}, received {parameters[0].get('type')}",
        )


def render(template: Template, body: Json) -> Json:
    """What the customer sees: words with their parameters, header, footer and buttons."""
    given = _parameters(body["template"])
    shown: Json = {"name": template.name, "language": template.language}
    for component in template.components:
        kind = component["type"].lower()
        if kind == "buttons":
            shown["buttons"] = [{"type": one["type"], "text": one["text"]} for one in component["buttons"]]
        elif component.get("text"):
            shown[kind] = _fill(component["text"], given.get(kind, []))
        elif kind == "header":
            shown["header_media"] = given["header"][0]
    return shown


def _fill(words: str, parameters: list[Json]) -> str:
    named = {str(one.get("parameter_name", number)): one for number, one in enumerate(parameters, 1)}

    def value(found: re.Match[str]) -> str:
        one: Any = named.get(found[1], {})
        inner = one.get(one.get("type", "text"), "")
        return str(inner.get("fallback_value", "") if isinstance(inner, dict) else inner)

    return PLACEHOLDER.sub(value, words)


def _approve(world: World, courier: Courier, line: Line, template: Template) -> None:
    if world.templates.get(template.id) is not template:
        return
    template.status = "APPROVED"
    world.save(template.id, template)
    value = {
        "event": "APPROVED",
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
        "message_template_category": template.category,
        "reason": "NONE",
    }
    courier.post(line, "message_template_status_update", value)


def _add(
    world: World, waba_id: str, name: str, language: str, category: str, components: list[Json]
) -> Template:
    template = Template(world.new_number(16), waba_id, name, language, category, components)
    world.templates[template.id] = template
    world.save(template.id, template)
    return template


def _body(words: str, *example: str) -> Json:
    return {"type": "BODY", "text": words} | ({"example": {"body_text": [list(example)]}} if example else {})
