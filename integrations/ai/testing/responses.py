"""Answers of /responses, whole and as the events of a stream, in the real order."""

import time
from collections.abc import Iterator
from typing import Any

from .answer import Answer
from .state import State


def whole(state: State, body: dict[str, Any], answer: Answer) -> dict[str, Any]:
    """The Response object when all is said."""
    incomplete = answer.finish in {"length", "content_filter"}
    return {
        **_shell(state, body, answer),
        "status": "incomplete" if incomplete else "completed",
        "output": [_item(item) for item in _items(state, answer)],
        "usage": _usage(answer),
        "incomplete_details": _why(answer) if incomplete else None,
    }


def events(state: State, body: dict[str, Any], answer: Answer) -> Iterator[dict[str, Any]]:
    """Every event, without its number."""
    shell = _shell(state, body, answer)
    started = {**shell, "status": "in_progress", "output": [], "usage": None, "incomplete_details": None}
    yield {"type": "response.created", "response": started}
    yield {"type": "response.in_progress", "response": started}
    items = _items(state, answer)
    for place, item in enumerate(items):
        yield from _item_events(place, item, answer)
    incomplete = answer.finish in {"length", "content_filter"}
    status = "incomplete" if incomplete else "completed"
    done = {
        **shell, "status": status, "output": [_item(item) for item in items], "usage": _usage(answer),
        "incomplete_details": _why(answer) if incomplete else None,
    }  # fmt: skip
    yield {"type": f"response.{status}", "response": done}


def _item_events(place: int, item: dict[str, Any], answer: Answer) -> Iterator[dict[str, Any]]:
    at = {"output_index": place, "item_id": item["id"]}
    if item["type"] == "function_call":
        begun = {**item, "arguments": "", "status": "in_progress"}
        yield {"type": "response.output_item.added", "output_index": place, "item": begun}
        for piece in _pieces(item["arguments"], 12):
            yield {"type": "response.function_call_arguments.delta", **at, "delta": piece}
        whole_call = {"arguments": item["arguments"], "name": item["name"]}
        yield {"type": "response.function_call_arguments.done", **at, **whole_call}
    else:
        part = item["content"][0]
        refusal = part["type"] == "refusal"
        kind, field = ("response.refusal", "refusal") if refusal else ("response.output_text", "text")
        more: dict[str, Any] = {} if refusal else {"logprobs": []}
        begun = {**item, "content": [], "status": "in_progress"}
        yield {"type": "response.output_item.added", "output_index": place, "item": begun}
        yield {"type": "response.content_part.added", **at, "content_index": 0, "part": {**part, field: ""}}
        for piece in answer.pieces:
            yield {"type": f"{kind}.delta", **at, "content_index": 0, "delta": piece, **more}
        yield {"type": f"{kind}.done", **at, "content_index": 0, field: part[field], **more}
        yield {"type": "response.content_part.done", **at, "content_index": 0, "part": part}
    yield {"type": "response.output_item.done", "output_index": place, "item": _item(item)}


def _items(state: State, answer: Answer) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    if answer.text or not answer.calls:
        if answer.is_refusal:
            part: dict[str, Any] = {"type": "refusal", "refusal": answer.text}
        else:
            part = {"type": "output_text", "text": answer.text, "annotations": [], "logprobs": []}
        made.append({"id": state.id("msg"), "type": "message", "role": "assistant", "content": [part]})
    for call in answer.calls:
        made.append(
            {
                "id": state.id("fc"), "type": "function_call", "call_id": state.id("call"), "name": call["name"],
                "arguments": call["arguments"],
            }
        )  # fmt: skip
    return made


def _item(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "status": "completed"}


def _shell(state: State, body: dict[str, Any], answer: Answer) -> dict[str, Any]:
    return {
        "id": state.id("resp"), "object": "response", "created_at": int(time.time()), "error": None,
        "instructions": body.get("instructions"), "max_output_tokens": body.get("max_output_tokens"),
        "model": body["model"], "parallel_tool_calls": True, "previous_response_id": None,
        "reasoning": {"effort": None, "summary": None}, "store": body.get("store", True),
        "temperature": body.get("temperature", 1.0), "text": body.get("text", {"format": {"type": "text"}}),
        "tool_choice": "auto", "tools": body.get("tools") or [], "top_p": 1.0, "truncation": "disabled",
        "user": None, "metadata": {},
    }  # fmt: skip


def _usage(answer: Answer) -> dict[str, Any]:
    return {
        "input_tokens": answer.input_tokens,
        "input_tokens_details": {"cached_tokens": answer.cached_tokens, "cache_write_tokens": 0},
        "output_tokens": answer.output_tokens,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": answer.input_tokens + answer.output_tokens,
    }


def _why(answer: Answer) -> dict[str, str]:
    return {"reason": "max_output_tokens" if answer.finish == "length" else "content_filter"}


def _pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]
