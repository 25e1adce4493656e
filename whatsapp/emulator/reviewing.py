"""Being Meta's reviewer: decide about a template, rate it, move it to another category."""

from starlette.requests import Request

from .graph import template_review
from .graph.templates import describe, find
from .hub import Hub
from .records import Json


async def templates(hub: Hub, request: Request) -> Json:
    found = hub.world.templates.values()
    return {"templates": [describe(one) | {"waba_id": one.waba_id} for one in found]}


async def decide(hub: Hub, request: Request) -> Json:
    """{waba_id, name, language} and what happens: `event` (+`reason`, `rejection_info`), `quality`, or
    `category` (announced, or at once with `now`)."""
    body = await request.json()
    world, courier = hub.world, hub.courier
    template = find(world, str(body.get("waba_id")), str(body.get("name")), str(body.get("language")))
    if template is None:
        raise ValueError("There is no such template.")
    line = world.lines_of_account(template.waba_id)[0]
    if event := body.get("event"):
        if event not in template_review.EVENTS:
            raise ValueError(f"event is one of {', '.join(template_review.EVENTS)}.")
        more = {key: body[key] for key in ("reason", "rejection_info", "disable_info") if key in body}
        template_review.tell(world, courier, line, template, event, **more)
    if score := body.get("quality"):
        template_review.rate(world, courier, line, template, str(score).upper())
    if category := body.get("category"):
        template_review.recategorise(
            world, courier, line, template, str(category).upper(), now=bool(body.get("now", True))
        )
    return describe(template)


TABLE = [("GET", "/_ctl/templates", templates), ("POST", "/_ctl/templates", decide)]
