"""Answers of /chat/completions, whole and in chunks."""

import time
from collections.abc import Iterator
from typing import Any

from .answer import Answer
from .state import State


def whole(state: State, body: dict[str, Any], answer: Answer) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": answer.text or None, "refusal": None}
    if answer.is_refusal:
        message |= {"content": None, "refusal": answer.text}
    if answer.calls:
        message["tool_calls"] = [_call(state, call) for call in answer.calls]
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(answer)}
    return {**_shell(state, body, "chat.completion"), "choices": [choice], "usage": _usage(answer)}


def chunks(state: State, body: dict[str, Any], answer: Answer) -> Iterator[dict[str, Any]]:
    shell = _shell(state, body, "chat.completion.chunk")
    field = "refusal" if answer.is_refusal else "content"
    yield {**shell, "choices": [_choice({"role": "assistant", "content": ""})]}
    for piece in answer.pieces:
        yield {**shell, "choices": [_choice({field: piece})]}
    for place, call in enumerate(answer.calls):
        begun = {"index": place, **_call(state, {**call, "arguments": ""})}
        yield {**shell, "choices": [_choice({"tool_calls": [begun]})]}
        for start in range(0, len(call["arguments"]), 12):
            part = {"index": place, "function": {"arguments": call["arguments"][start : start + 12]}}
            yield {**shell, "choices": [_choice({"tool_calls": [part]})]}
    yield {**shell, "choices": [_choice({}, _finish(answer))]}
    if (body.get("stream_options") or {}).get("include_usage"):
        yield {**shell, "choices": [], "usage": _usage(answer)}


def _choice(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}


def _call(state: State, call: dict[str, str]) -> dict[str, Any]:
    function = {"name": call["name"], "arguments": call["arguments"]}
    return {"id": state.id("call"), "type": "function", "function": function}


def _finish(answer: Answer) -> str:
    return {"done": "tool_calls" if answer.calls else "stop"}.get(answer.finish, answer.finish)


def _shell(state: State, body: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": state.id("chatcmpl"), "object": kind, "created": int(time.time()), "model": body["model"]}


def _usage(answer: Answer) -> dict[str, Any]:
    return {
        "prompt_tokens": answer.input_tokens, "completion_tokens": answer.output_tokens,
        "total_tokens": answer.input_tokens + answer.output_tokens,
        "prompt_tokens_details": {"cached_tokens": answer.cached_tokens},
    }  # fmt: skip
