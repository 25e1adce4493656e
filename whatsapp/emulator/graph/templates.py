"""Message templates as a business manages them: listing, making, changing, deleting; examples by upload."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import GraphError
from ..records import Json, Line, Template
from ..webhooks import Courier
from ..world import World
from . import checks, template_review

CATEGORIES = {"UTILITY", "MARKETING", "AUTHENTICATION"}
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
    """Meta answers PENDING and reviews later."""
    name = checks.text(body, "name", 512)
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise GraphError(100, "Param name must contain only lowercase letters, digits and underscores.")
    language = checks.text(body, "language", 20)
    category = checks.text(body, "category", 32).upper()
    if category not in CATEGORIES:
        raise GraphError(100, "Param category must be one of {AUTHENTICATION, MARKETING, UTILITY}.")
    if find(world, line.waba_id, name, language):
        raise GraphError(100, "There is already content in this language for this template.", subcode=2388024)
    components = template_review.inspected(world, checks.items(body, "components"))
    template = _add(world, line.waba_id, name, language, category, components)
    template.parameter_format = str(body.get("parameter_format", "POSITIONAL")).upper()
    template_review.begin(world, courier, line, template)
    return JSONResponse({"id": template.id, "status": "PENDING", "category": category})


def change(world: World, courier: Courier, line: Line, template: Template, body: Json) -> Response:
    """New words are reviewed again; the old ones can be sent meanwhile no more."""
    if template.status not in {"APPROVED", "REJECTED", "PAUSED"}:
        raise GraphError(100, "This template cannot be edited in its status.", subcode=2388039)
    if "components" in body:
        template.components = template_review.inspected(world, checks.items(body, "components"))
    if "category" in body and template.status != "APPROVED":
        template.category = checks.text(body, "category", 32).upper()
    template_review.begin(world, courier, line, template)
    return JSONResponse({"success": True})


def one(template: Template) -> Response:
    return JSONResponse(describe(template))


def delete(world: World, waba_id: str, request: Request) -> Response:
    """All languages of a name, or the one that `hsm_id` names."""
    name, number = request.query_params.get("name", ""), request.query_params.get("hsm_id")
    found = [
        one
        for one in world.templates.values()
        if one.waba_id == waba_id and one.name == name and number in (None, one.id)
    ]
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
    shown: Json = {key: getattr(template, key) for key in keys}
    shown["quality_score"] = {"score": template.quality}
    shown["rejected_reason"] = template.rejected_reason
    if template.previous_category:
        shown["previous_category"] = template.previous_category
    return shown


def _add(
    world: World, waba_id: str, name: str, language: str, category: str, components: list[Json]
) -> Template:
    template = Template(world.new_number(16), waba_id, name, language, category, components)
    world.templates[template.id] = template
    world.save(template.id, template)
    return template


def _body(words: str, *example: str) -> Json:
    return {"type": "BODY", "text": words} | ({"example": {"body_text": [list(example)]}} if example else {})
