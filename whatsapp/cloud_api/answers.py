"""What customers fill in and put together: forms, addresses and orders, as tables that a person can read."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from whatsapp.cloud_api.foreign import decimal, items, line_of, mapping, storable, text

Parts = dict[str, Any]  # fields of Inbound
MOST = 60  # answers of a form, products of an order
_DEPTH = 6
_SILENT = {"flow_token"}  # ours, not an answer
# WhatsApp's form builder writes "screen_0_Your_name_1": the screen, the label, the place.
_BUILT = re.compile(r"screen_\d+_(.+?)_\d+", re.DOTALL)


def form_reply(reply: Mapping[str, Any]) -> Parts:
    """`response_json` should be an object in a text, and may be any JSON, or none."""
    content: dict[str, Any] = {"name": line_of(reply.get("name"), 60)}
    given = reply.get("response_json")
    answers: list[dict[str, str]] = []
    try:
        parsed = json.loads(given) if isinstance(given, str) else given
    except (ValueError, RecursionError):
        content["raw"] = text(given)[:4000]
    else:
        answers = [
            {"label": label, "value": value} for label, value in _answers("", storable(parsed), _DEPTH)
        ]
    content["answers"] = answers[:MOST]
    return {"kind": "form_reply", "body": text(reply.get("body")), "content": content}


def _answers(label: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Nested answers keep the innermost name; a list of plain values is one answer."""
    if depth == 0:
        yield label, _plain(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _SILENT:
                yield from _answers(_label(key), inner, depth - 1)
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        for one in value:
            yield from _answers(label, one, depth - 1)
    elif isinstance(value, list):
        yield label, ", ".join(_plain(one) for one in value)[:2000]
    elif value is not None:
        yield label, _plain(value)


def _label(key: str) -> str:
    built = _BUILT.fullmatch(key)
    return line_of((built[1] if built else key).replace("_", " "), 120)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return _without_place(value)[:2000]
    return json.dumps(value, ensure_ascii=False)[:2000]


def _without_place(value: str) -> str:
    """The builder writes the chosen option as "0_Monday"."""
    return re.sub(r"^\d{1,3}_(?=\D)", "", value)


def order(given: Mapping[str, Any]) -> Parts | None:
    """The basket of a catalogue. The total is there when one currency and every price are known."""
    basket = [_product(mapping(item)) for item in items(given.get("product_items"))[:MOST]]
    if not basket:
        return None
    currencies = {item["currency"] for item in basket}
    priced = [item["price"] * item["quantity"] for item in basket if item["price"] is not None]
    is_whole = len(currencies) == 1 and len(priced) == len(basket)
    content = {
        "catalog_id": line_of(given.get("catalog_id"), 80),
        "items": basket,
        "total": round(sum(priced), 2) if is_whole else None,
        "currency": next(iter(currencies)) if len(currencies) == 1 else "",
    }
    return {"kind": "order", "body": text(given.get("text")), "content": content}


def _product(item: Mapping[str, Any]) -> dict[str, Any]:
    quantity = decimal(item.get("quantity"))
    return {
        "product_id": line_of(item.get("product_retailer_id"), 200),
        "quantity": int(quantity) if quantity is not None and 0 < quantity < 1e6 else 1,
        "price": decimal(item.get("item_price")),
        "currency": line_of(item.get("currency"), 3).upper(),
    }
