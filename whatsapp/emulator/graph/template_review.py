"""Meta's reviewers: what they refuse at once, what later, and what becomes of a template that customers dislike."""

import re
from collections.abc import Iterator

from ..errors import GraphError
from ..records import Json, Line, Template
from ..webhooks import Courier
from ..world import World
from . import checks, template_cards
from .uploads import is_known

PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
LONGEST = {"header": 60, "body": 1024, "footer": 60}
MEDIA = {"IMAGE", "VIDEO", "DOCUMENT"}
MOST_BUTTONS, BUTTON_TEXT = 10, 25
SELLING = re.compile(
    r"\b(desconto|promo\w*|oferta|descuento|discount|sale|% off|black friday)\b", re.IGNORECASE
)
PAUSES_H = (3, 6)  # the third pause disables it
TELLS = {
    "starts": "Variables can't be at the start of the template.",
    "ends": "Variables can't be at the end of the template.",
    "adjacent": "Variables can't stand next to each other.",
    "ratio": "This template contains too many variable parameters relative to the message length.",
}
EVENTS = {
    "APPROVED": "APPROVED", "REJECTED": "REJECTED", "PENDING": "PENDING", "PAUSED": "PAUSED",
    "DISABLED": "DISABLED", "FLAGGED": "APPROVED", "REINSTATED": "APPROVED", "IN_APPEAL": "IN_APPEAL",
    "PENDING_DELETION": "PENDING_DELETION", "ARCHIVED": "ARCHIVED", "UNARCHIVED": "APPROVED",
    "LOCKED": "LOCKED", "LIMIT_EXCEEDED": "LIMIT_EXCEEDED",
}  # fmt: skip


def inspected(world: World, components: list[Json]) -> list[Json]:
    """What is refused while the request is still open: shapes, lengths, examples that are missing."""
    if not any(str(one.get("type", "")).upper() == "BODY" for one in components):
        raise GraphError(100, "Param components must contain a component of type BODY.", subcode=2388043)
    for one in components:
        kind = checks.text(one, "type", 32, "components").lower()
        if kind == "buttons":
            _inspect_buttons(checks.items(one, "buttons", "components."))
        elif kind == "carousel":
            template_cards.inspect(components, one)
            for card in checks.items(one, "cards", "components."):
                inspected(world, checks.items(card, "components", "components.cards."))
        elif kind in LONGEST:
            _inspect_text(world, kind, one)
    return components


def begin(world: World, courier: Courier, line: Line, template: Template) -> None:
    template.status, template.rejected_reason = "PENDING", "NONE"
    world.save(template.id, template)
    delay = world.settings.behaviour.template_review_ms / 1000
    world.timers.after(delay, lambda: _decide(world, courier, line, template))


def tell(world: World, courier: Courier, line: Line, template: Template, event: str, **more: object) -> None:
    """A decision of Meta's, and its webhook."""
    template.status = EVENTS[event]
    template.rejected_reason = str(more.get("reason", "NONE")) if event == "REJECTED" else "NONE"
    world.save(template.id, template)
    value = _named(template) | {
        "event": event,
        "message_template_category": template.category,
        "reason": "NONE",
    }
    courier.post(line, "message_template_status_update", value | more)
    if event == "PAUSED":
        template.pauses += 1
        hours = PAUSES_H[min(template.pauses, len(PAUSES_H)) - 1]
        world.timers.after(hours * 3600, lambda: _resume(world, courier, line, template))


def rate(world: World, courier: Courier, line: Line, template: Template, score: str) -> None:
    """Customers react. Low quality pauses it for 3 hours, then for 6, then disables it."""
    was, template.quality = template.quality, score
    world.save(template.id, template)
    value = _named(template) | {"previous_quality_score": was, "new_quality_score": score}
    courier.post(line, "message_template_quality_update", value)
    if score == "RED" and template.status == "APPROVED":
        if template.pauses < len(PAUSES_H):
            title = ("FIRST_PAUSE", "SECOND_PAUSE")[template.pauses]
            tell(world, courier, line, template, "PAUSED", other_info={"title": title})
        else:
            tell(world, courier, line, template, "DISABLED", disable_info={"disable_date": int(world.now())})


def recategorise(
    world: World, courier: Courier, line: Line, template: Template, category: str, *, now: bool
) -> None:
    """Announced first, as Meta does it with a day's notice, or done at once."""
    if not now:
        value = _named(template) | {"new_category": template.category, "correct_category": category}
        courier.post(line, "template_category_update", value)
        return
    template.previous_category, template.category = template.category, category
    world.save(template.id, template)
    value = _named(template) | {"previous_category": template.previous_category, "new_category": category}
    courier.post(line, "template_category_update", value)


def _decide(world: World, courier: Courier, line: Line, template: Template) -> None:
    if world.templates.get(template.id) is not template or template.status != "PENDING":
        return
    found = next(_faults(template.components), "")
    if found:
        info = {
            "reason": TELLS[found],
            "recommendation": "Change the words around the variables and submit again.",
        }
        tell(world, courier, line, template, "REJECTED", reason="INVALID_FORMAT", rejection_info=info)
        return
    tell(world, courier, line, template, "APPROVED")
    words = " ".join(str(one.get("text", "")) for one in template.components)
    if template.category == "UTILITY" and SELLING.search(words):
        recategorise(world, courier, line, template, "MARKETING", now=True)


def _resume(world: World, courier: Courier, line: Line, template: Template) -> None:
    if world.templates.get(template.id) is template and template.status == "PAUSED":
        tell(world, courier, line, template, "APPROVED")


def _faults(components: list[Json]) -> Iterator[str]:
    """Why the words around the variables are refused."""
    for one in components:
        if str(one.get("type", "")).upper() == "CAROUSEL":
            for card in one.get("cards", []):
                yield from _faults(card.get("components", []))
        if str(one.get("type", "")).upper() != "BODY":
            continue
        pieces = PLACEHOLDER.split(str(one.get("text", "")))[::2]
        if len(pieces) == 1:
            continue
        if not re.search(r"\w", pieces[0]):
            yield "starts"
        # A closing sign after the last variable is enough for Meta.
        if not pieces[-1].strip():
            yield "ends"
        if any(not piece.strip() for piece in pieces[1:-1]):
            yield "adjacent"
        if len(re.findall(r"\w+", " ".join(pieces))) < 2 * (len(pieces) - 1) + 1:
            yield "ratio"


def _inspect_text(world: World, kind: str, component: Json) -> None:
    form = str(component.get("format", "TEXT")).upper()
    if kind == "header" and form in MEDIA:
        handle = ((component.get("example") or {}).get("header_handle") or [""])[0]
        if not is_known(world, str(handle)):
            words = f"Message template header of format {form} needs an example in header_handle."
            raise GraphError(100, words, subcode=2388273)
    if kind == "header" and form != "TEXT":
        return
    words = checks.text(component, "text", LONGEST[kind], f"components.{kind}")
    names = list(dict.fromkeys(PLACEHOLDER.findall(words)))
    if kind == "footer" and names:
        raise GraphError(100, "The footer cannot have variables.", subcode=2388073)
    if kind == "header" and len(names) > 1:
        raise GraphError(100, "The header can have one variable.", subcode=2388073)
    if len(names) > len(_examples(component, kind)):
        raise GraphError(
            100, f"Component of type {kind.upper()} is missing expected field(s) (example).", subcode=2388043
        )


def _examples(component: Json, kind: str) -> list[object]:
    example = component.get("example") or {}
    named = example.get(f"{kind}_text_named_params")
    if isinstance(named, list):
        return named
    given = example.get(f"{kind}_text") or []
    return list(given[0]) if given and isinstance(given[0], list) else list(given)


def _inspect_buttons(buttons: list[Json]) -> None:
    if len(buttons) > MOST_BUTTONS:
        raise GraphError(100, f"A template can have {MOST_BUTTONS} buttons.", subcode=2388158)
    for one in buttons:
        kind = checks.text(one, "type", 32, "components.buttons").upper()
        if kind != "COPY_CODE":
            checks.text(one, "text", BUTTON_TEXT, "components.buttons")
        needs = kind == "COPY_CODE" or (kind == "URL" and PLACEHOLDER.search(str(one.get("url", ""))))
        if needs and not one.get("example"):
            raise GraphError(
                100, f"Button of type {kind} is missing expected field(s) (example).", subcode=2388043
            )


def _named(template: Template) -> Json:
    return {
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
