"""What a customer answers by tapping: buttons, rows, forms and orders, in the shapes that webhooks have."""

import json

from .hub import Hub
from .records import Json

# What a person calls it; the webhook names the type `interactive`, except for orders and template buttons.
TAPS = frozenset({"button_reply", "list_reply", "form_reply"})
ANSWERS = TAPS | {"order", "button"}
ITEM_KEYS = ("product_retailer_id", "quantity", "item_price", "currency")


def answer(hub: Hub, kind: str, draft: Json) -> Json:
    """The part of the message that says what was tapped. Raises ValueError when there is nothing in it."""
    if kind == "button":
        body = draft.get("body")
        return {"button": {"payload": draft.get("payload", body), "text": body}}
    if kind == "order":
        return {"order": _order(draft)}
    if kind == "form_reply":
        return {"interactive": {"type": "nfm_reply", "nfm_reply": _filled_in(hub, draft)}}
    parts = {"id", "title", "description"} if kind == "list_reply" else {"id", "title"}
    return {"interactive": {"type": kind, kind: {key: draft[key] for key in draft if key in parts}}}


def _filled_in(hub: Hub, draft: Json) -> Json:
    """A form's answers, with the token by which the business knows which of its messages was answered."""
    given = draft.get("answers")
    if not isinstance(given, dict) or not given:
        raise ValueError("A form needs its answers.")
    asked = hub.world.messages.get(str(draft.get("context") or ""))
    action: Json = ((asked.content.get("interactive") if asked else None) or {}).get("action") or {}
    token = str((action.get("parameters") or {}).get("flow_token") or "unused")
    words = json.dumps({**given, "flow_token": token}, ensure_ascii=False)
    return {"name": "flow", "body": str(draft.get("body") or "Sent"), "response_json": words}


def _order(draft: Json) -> Json:
    chosen = draft.get("items") or []
    if not chosen:
        raise ValueError("An order needs items.")
    items = [{key: one[key] for key in ITEM_KEYS} for one in chosen]
    order: Json = {"catalog_id": str(draft.get("catalog_id", "")), "product_items": items}
    return order | ({"text": str(draft["body"])} if draft.get("body") else {})
